"""Complex wound care since December 2022: duration of the day, its notification, its additional fee."""

from __future__ import annotations

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing.model import Message, WoundNotice
from quittance.belgium.nursing.texts import message, shown
from quittance.belgium.speech.days import last_day

FIRST_TYPE, RENEWED_TYPE = 3, 6
STEPS = ("wound_minutes_1", "wound_minutes_2", "wound_minutes_3")
TIMED = ("wound_complex", "wound_specific")


def step(minutes: int, book: law.Book) -> int:
    """The step of duration that the minutes of a day reach: 0 (none) to 3; 0 where the law of the day has none.

    >>> [step(minutes, law.Book(20454)) for minutes in (29, 30, 59, 60, 89, 90)], step(90, law.Book(18000))
    ([0, 1, 1, 2, 2, 3], 0)
    """
    starts = [book.read(name).value for name in STEPS]
    return sum(1 for start in starts if start is not None and minutes >= start)


def notice_type(minutes: int, book: law.Book, *, renewed: bool) -> int | None:
    """The type of notification of a duration: 3, 4, 5, or 6, 7, 8 when renewed; None below the first step.

    >>> notice_type(75, law.Book(20454), renewed=False), notice_type(95, law.Book(20454), renewed=True)
    (4, 8)
    """
    reached = step(minutes, book)
    return (RENEWED_TYPE if renewed else FIRST_TYPE) + reached - 1 if reached else None


def types(reached: int) -> tuple[int, int]:
    """The two types (first, renewed) of a step."""
    return FIRST_TYPE + reached - 1, RENEWED_TYPE + reached - 1


def notified(notices: tuple[WoundNotice, ...], reached: int, book: law.Book) -> bool:
    """Whether a notification of a step holds on the day of the book."""
    return any(one.type in types(reached) and one.first <= book.day <= until(one, book) for one in notices)


def until(notice: WoundNotice, book: law.Book) -> int:
    """The last day of a notification: three months at most."""
    return min(notice.last, last_day(notice.first, book.number("wound_months")))


def check(notice: WoundNotice) -> list[Message]:
    """What is wrong with a notification."""
    book = law.Book(notice.first)
    end = until(notice, book)
    if end == notice.last:
        return []
    told = {"first": shown(notice.first), "last": shown(notice.last), "limit": shown(end)}
    months = book.number("wound_months")
    return [message("wound.length", book.read("wound_months"), months=months, **told)]

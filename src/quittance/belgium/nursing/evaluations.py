"""Katz evaluations in time: how long they hold, their end, and what changes from one to the next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import katz
from quittance.belgium.nursing.model import ITEMS, Evaluation, Level, Message
from quittance.belgium.nursing.texts import message, shown
from quittance.belgium.speech.days import last_day


@dataclass(frozen=True, slots=True)
class Change:
    """An item whose score changed."""

    item: str
    old: int
    new: int
    text: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changes between two evaluations: the items, the level before and after, and what follows."""

    changes: tuple[Change, ...]
    old: Level
    new: Level
    text: str
    messages: tuple[Message, ...]


def limit(evaluation: Evaluation, book: law.Book) -> int:
    """The last day on which an evaluation can hold: three months, « de quantième à veille de quantième »."""
    return last_day(evaluation.first, book.number("evaluation_months"))


def until(evaluation: Evaluation, book: law.Book) -> int:
    """The last day on which an evaluation holds.

    >>> shown(until(Evaluation((1, 1, 1, 1, 1, 1), 20454), law.Book(20454)))
    '31/03/2026'
    """
    ends = [limit(evaluation, book), evaluation.last, evaluation.stopped]
    return min(one for one in ends if one is not None)


def following(evaluation: Evaluation, others: Sequence[Evaluation]) -> Evaluation | None:
    """The next evaluation, not refused: it stands in the place of this one from its first day, for good."""
    later = [one for one in others if not one.refused and _order(one) > _order(evaluation)]
    return min(later, key=_order, default=None)


def ends(evaluation: Evaluation, others: Sequence[Evaluation], book: law.Book) -> int:
    """The last day on which an evaluation holds among the others: the eve of the next one, at the latest.

    Of one that is replaced on its own first day it is the eve of that day.

    >>> old, new = Evaluation((3, 3, 3, 3, 3, 1), 20458), Evaluation((2, 1, 1, 1, 1, 1), 20486, 20513)
    >>> shown(ends(old, [old, new], law.Book(20458))), shown(ends(new, [old, new], law.Book(20458)))
    ('01/02/2026', '01/03/2026')
    """
    after = following(evaluation, others)
    end = until(evaluation, book)
    return end if after is None else min(end, after.first - 1)


def covering(evaluations: Sequence[Evaluation], day: int, book: law.Book) -> Evaluation | None:
    """The evaluation that holds on a day: an older one does not come back when the one after it ends."""
    held = [one for one in evaluations if not one.refused and one.first <= day <= ends(one, evaluations, book)]
    return max(held, key=_order, default=None)


def _order(evaluation: Evaluation) -> tuple[int, int]:
    return evaluation.first, evaluation.number


def level(evaluation: Evaluation, book: law.Book) -> Level:
    """The level that counts: that which the medical adviser granted, else that of the scores."""
    if evaluation.granted is not None:
        return evaluation.granted
    return katz.level_by(book, evaluation.scores)


def check(evaluation: Evaluation, day: int, chosen: Mapping[str, int] | None = None) -> list[Message]:
    """What is wrong with an evaluation, and what is to be done about its end, seen on a day."""
    book = law.Book(evaluation.first, chosen or {})
    if not katz.complete(evaluation.scores):
        return [message("evaluation.scores", scores=" ".join(map(str, evaluation.scores)))]
    return [*_faults(evaluation, book), *_end(evaluation, day, book)]


def _faults(evaluation: Evaluation, book: law.Book) -> list[Message]:
    first, found = shown(evaluation.first), []
    if evaluation.refused:
        found.append(message("evaluation.refused", book.read("evaluation_needed"), first=first))
    if book.number("evaluation_address") and not evaluation.address:
        found.append(message("evaluation.address", book.read("evaluation_address"), first=first))
    if level(evaluation, book) is Level.NONE and evaluation.toilets not in ("T2", "T7"):
        found.append(message("evaluation.profile", book.read("t2_per_week"), first=first))
    end = limit(evaluation, book)
    if evaluation.last is not None and evaluation.last > end:
        told = {"first": first, "last": shown(evaluation.last), "limit": shown(end)}
        months = book.number("evaluation_months")
        found.append(message("evaluation.length", book.read("evaluation_months"), months=months, **told))
    return found


def _end(evaluation: Evaluation, day: int, book: law.Book) -> list[Message]:
    last = until(evaluation, book)
    if evaluation.stopped is not None:
        if evaluation.stop_told or day < evaluation.stopped:
            return []
        return [message("evaluation.close", book.read("evaluation_needed"), last=shown(last))]
    if day > last:
        months = book.number("evaluation_months")
        return [message("evaluation.ended", book.read("evaluation_months"), last=shown(last), months=months)]
    if last - day <= book.number("alert_days"):
        return [message("evaluation.ending", book.read("alert_days"), last=shown(last), left=last - day)]
    return []


def compare(
    old: Evaluation, new: Evaluation, billed_until: int | None = None, chosen: Mapping[str, int] | None = None
) -> Comparison:
    """What changes from an evaluation to the next; `billed_until` is the last day billed at the old level.

    A level lowered for days already billed is put right by a correction invoice.

    >>> compare(Evaluation((4, 4, 4, 4, 4, 4), 20454), Evaluation((4, 4, 4, 3, 4, 4), 20500)).text
    'Un critère change : « aller à la toilette » passe de 4 à 3. Le niveau passe de C à B.'
    """
    book = law.Book(new.first, chosen or {})
    changes = tuple(
        _change(item, before, after)
        for item, before, after in zip(ITEMS, old.scores, new.scores, strict=True)
        if before != after
    )
    before, after = level(old, law.Book(old.first, chosen or {})), level(new, book)
    messages = []
    if after < before and billed_until is not None and billed_until >= new.first:
        told = {"first": shown(new.first), "last": shown(billed_until), "old": _name(before), "new": _name(after)}
        messages.append(message("level.lowered", book.read("evaluation_needed"), **told))
    return Comparison(changes, before, after, f"{_said(changes)} {_levels(before, after)}", tuple(messages))


def _change(item: str, old: int, new: int) -> Change:
    return Change(item, old, new, f"« {law.labels('items')[item]} » passe de {old} à {new}")


def _said(changes: tuple[Change, ...]) -> str:
    if not changes:
        return "Aucun critère ne change."
    head = "Un critère change" if len(changes) == 1 else f"{len(changes)} critères changent"
    return f"{head} : {', '.join(one.text for one in changes)}."


def _levels(old: Level, new: Level) -> str:
    return f"Le niveau reste {_name(new)}." if old is new else f"Le niveau passe de {_name(old)} à {_name(new)}."


def _name(one: Level) -> str:
    return one.value or "toilette"

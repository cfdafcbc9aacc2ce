"""Days, months and ages of the law, on day numbers (days since 1970-01-01).

A period of months runs « de quantième à veille de quantième » (Belgian Judicial Code, articles 52 to 54): one of a
month that begins on 15 January ends on 14 February.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from quittance.kernel.dated import OPEN, day_number, day_of

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre"),
    "décembre",
)


def same_day(day: int, months: int) -> int:
    """The same day of the month so many months later, or the last one of a shorter month.

    >>> day_of(same_day(day_number(date(2026, 8, 31)), 6)).isoformat()
    '2027-02-28'
    """
    start = day_of(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return day_number(date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])))


def last_day(first: int, months: int) -> int:
    """The last day of a period of months that begins on `first`.

    It is the eve of the same day, or the last day of a month that has no such day.

    >>> day_of(last_day(day_number(date(2026, 1, 15)), 24)).isoformat()
    '2028-01-14'
    >>> day_of(last_day(day_number(date(2028, 2, 29)), 12)).isoformat()
    '2029-02-28'
    """
    same = same_day(first, months)
    return same if day_of(same).day < day_of(first).day else same - 1


def birthday(birth: int, years: int) -> int:
    """The day on which an age is reached: that of a 29 February on 1 March of a common year.

    >>> day_of(birthday(day_number(date(2008, 2, 29)), 18)).isoformat()
    '2026-03-01'
    """
    born = day_of(birth)
    if (born.month, born.day) == (2, 29) and monthrange(born.year + years, 2)[1] == 28:
        return day_number(date(born.year + years, 3, 1))
    return day_number(date(born.year + years, born.month, born.day))


def age(birth: int, day: int) -> int:
    """The age in whole years on a day.

    >>> age(day_number(date(2008, 5, 4)), day_number(date(2026, 5, 3)))
    17
    """
    years = day_of(day).year - day_of(birth).year
    return years if birthday(birth, years) <= day else years - 1


def month_of(day: int) -> tuple[int, int]:
    """The calendar month of a day, as year and month."""
    return day_of(day).year, day_of(day).month


def shown(day: int) -> str:
    """A day as French text reads it; empty for an open end.

    >>> shown(20454), shown(OPEN)
    ('01/01/2026', '')
    """
    return "" if abs(day) >= OPEN else f"{day_of(day):%d/%m/%Y}"


def month_shown(day: int) -> str:
    """The month of a day in French.

    >>> month_shown(20454)
    'janvier 2026'
    """
    year, month = month_of(day)
    return f"{MONTHS[month - 1]} {year}"

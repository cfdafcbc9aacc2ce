"""Days as integers, and tables whose rows hold from one day to another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from quittance.kernel.rule import helper

OPEN = 2_000_000
"""The day that no open row reaches (in the year 7445)."""

_EPOCH = date(1970, 1, 1)
_EPOCH_ORDINAL = _EPOCH.toordinal()


def day_number(day: date) -> int:
    """Days since 1970-01-01.

    >>> day_number(date(1970, 1, 2)), day_number(date(2026, 1, 1))
    (1, 20454)
    """
    return day.toordinal() - _EPOCH_ORDINAL


def day_of(number: int) -> date:
    """The date of a day number.

    >>> day_of(20454).isoformat()
    '2026-01-01'
    """
    return _EPOCH + timedelta(days=number)


@helper
def row_on(starts: Any, ends: Any, first: Any, last: Any, day: Any) -> Any:
    """Position of the row in `first..last` (exclusive) that holds on `day`, or -1 where none does.

    Rows of one range do not overlap; the newest stand last, where most questions end.

    >>> row_on([0, 10], [9, 19], 0, 2, 12), row_on([0, 10], [9, 19], 0, 2, 30)
    (1, -1)
    """
    for row in range(last - 1, first - 1, -1):
        if starts[row] <= day and day <= ends[row]:
            return row
    return -1

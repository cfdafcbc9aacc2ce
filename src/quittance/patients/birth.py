"""Birth dates as insurers know them: DDMMYYYY, which may be no day of the calendar (date lunaire)."""

from __future__ import annotations

import re
from datetime import date

_PARTED = re.compile(r"(\d{1,2})[\s./-](\d{1,2})[\s./-](\d{4})")
_WHOLE = re.compile(r"\d{8}")


class BirthError(ValueError):
    """Text that is no birth date, lunar or not."""


def read(text: str) -> tuple[str, date | None]:
    """Read a birth date as typed: its eight digits, and its day or None when the calendar has no such day.

    >>> read("14/8/1948")
    ('14081948', datetime.date(1948, 8, 14))
    >>> read("31 02 1950")
    ('31021950', None)
    """
    typed = text.strip()
    parted = _PARTED.fullmatch(typed)
    if parted:
        raw = f"{parted[1]:0>2}{parted[2]:0>2}{parted[3]}"
    elif _WHOLE.fullmatch(typed):
        raw = typed
    else:
        raise BirthError(text)
    if not 1850 <= int(raw[4:]) <= 2200:
        raise BirthError(text)
    try:
        return raw, date(int(raw[4:]), int(raw[2:4]), int(raw[:2]))
    except ValueError:
        return raw, None

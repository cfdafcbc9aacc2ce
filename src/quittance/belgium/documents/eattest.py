"""The receipt numbers of the mutuality for electronic certificates (eAttest), as its answer gives them.

Their shape was read in one example of an answer: `rules.yaml` marks it as doubtful, so a number of another shape is
doubted and not refused for good. No check digit was found.
"""

from __future__ import annotations

import re
from datetime import date

MOST = 40
SHAPE = re.compile(r"([1-69][0-9]{2})[ -]?([0-9])[ -]?([0-9]{6})[ -]?([0-9]{7})[ -]?([0-9]{2})", re.ASCII)
_BETWEEN = re.compile(r"[,;\n]")


def receipts(typed: str) -> list[str]:
    """The numbers in a text, with a comma between them; each once, one of the known shape as it is printed.

    >>> receipts("500 1 260504 0000001 12, 500-1-260504-0000001-12;  ABC  7")
    ['500-1-260504-0000001-12', 'ABC 7']
    """
    plain = (" ".join(part.split()) for part in _BETWEEN.split(typed))
    return list(dict.fromkeys(_printed(one) for one in plain if one))


def is_usual(receipt: str) -> bool:
    """Whether a number has the shape that is known: mutuality, a digit, day of the answer, number, two digits.

    >>> is_usual("500-1-260504-0000001-12"), is_usual("500-1-261304-0000001-12"), is_usual("ABC 7")
    (True, False, False)
    """
    found = SHAPE.fullmatch(receipt)
    return found is not None and _is_day(found[3])


def _printed(receipt: str) -> str:
    found = SHAPE.fullmatch(receipt)
    return "-".join(found.groups()) if found else receipt


def _is_day(digits: str) -> bool:
    try:
        date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
    except ValueError:
        return False
    return True

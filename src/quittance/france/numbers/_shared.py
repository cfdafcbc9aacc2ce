"""What the French numbers share: the error, the cleaning of what was typed, the digits check."""

from __future__ import annotations

import re

from stdnum import luhn
from stdnum.util import clean


class NumberError(ValueError):
    """A text that cannot be the number asked for. The message (French) says what, why and what to do."""


def cleaned(number: str) -> str:
    """The number without spaces, dots, dashes and slashes, in capitals."""
    return str(clean(number, " .-/")).strip().upper()


def digits(number: str, name: str, length: int) -> str:
    """`number` when it is exactly `length` digits 0-9; NumberError otherwise."""
    if not re.fullmatch(f"[0-9]{{{length}}}", number, re.ASCII):
        raise NumberError(f"{name} : « {number[:40]} » n'a pas {length} chiffres ; vérifiez la saisie.")
    return number


def luhn_fits(number: str) -> bool:
    """Whether the last digit is the Luhn key of the others."""
    return bool(luhn.is_valid(number))

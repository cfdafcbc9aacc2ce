"""Integer cents: one rounding function, and the two ways an amount is written."""

from __future__ import annotations

import re
from decimal import Decimal
from numbers import Real

from quittance.kernel.rule import helper

MAX_CENTS = 99_999_999
_AMOUNT = re.compile(r"(-?)([0-9]{1,6})(?:[.,]([0-9]{1,2}))?")


class AmountError(ValueError):
    """A text or number that is not an amount of at most two decimals."""


@helper
def half_up(numerator: int, denominator: int) -> int:
    """Quotient of two integers, rounded to the nearest, ties away from zero.

    Units: whatever the quotient is in; `denominator` must be positive.
    Source: facts of pricing, section 7 (half up to the cent).

    >>> half_up(16125, 10), half_up(4725, 10), half_up(-5, 2)
    (1613, 473, -3)
    """
    if numerator < 0:
        return -((-2 * numerator + denominator) // (2 * denominator))
    return (2 * numerator + denominator) // (2 * denominator)


def parse_cents(value: object) -> int:
    """Cents of an amount in euro, written as text or as a number of at most two decimals.

    Raises `AmountError` for anything else, and above 999,999.99 euro.

    >>> parse_cents("16,10"), parse_cents("-2.9"), parse_cents(23), parse_cents(0.1)
    (1610, -290, 2300, 10)
    """
    if isinstance(value, bool) or not isinstance(value, str | Decimal | Real):
        raise AmountError(value)
    text = value.strip() if isinstance(value, str) else _plain(value)
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise AmountError(value)
    sign, whole, decimals = found.groups()
    cents = int(whole) * 100 + int((decimals or "0").ljust(2, "0"))
    return -cents if sign else cents


def parse_typed(text: str) -> int:
    """Cents of an amount in euro as people type it: spaces, the sign of the euro and a true minus are read too.

    Raises `AmountError` as `parse_cents` does.

    >>> parse_typed(" 1 234,50 €"), parse_typed("\u22122,90")
    (123450, -290)
    """
    return parse_cents("".join(text.split()).removesuffix("€").replace("\u2212", "-"))


def format_cents(cents: int) -> str:
    """Amount in euro with two decimals, a dot and an optional leading minus.

    >>> format_cents(1610), format_cents(-290), format_cents(5)
    ('16.10', '-2.90', '0.05')
    """
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02d}"


def _plain(number: Decimal | Real) -> str:
    """The shortest decimal text of a number, without exponent: a JSON number becomes text at once."""
    text = str(number)
    return f"{Decimal(text):f}" if "e" in text.lower() else text.removesuffix(".0")

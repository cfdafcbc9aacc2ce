"""Amounts as the oracle writes them: whole cents, and fractions on the way to them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any


def number(value: Any) -> Fraction:
    """The exact number of "16,10", "16.10", 16.1 or 16."""
    return Fraction(str(value).strip().replace(",", "."))


def half_up(value: Fraction) -> int:
    """The nearest whole number; a tie goes away from zero."""
    sign = -1 if value < 0 else 1
    whole, rest = divmod(abs(value), 1)
    return sign * (int(whole) + (1 if rest >= Fraction(1, 2) else 0))


def cents(value: Any) -> int:
    """Whole cents of an amount in euro."""
    return half_up(number(value) * 100)


def euro(amount: int) -> str:
    """Cents as the contract writes them: -290 is "-2.90"."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02d}"


def percent(value: Fraction) -> int | float:
    """A rate as the contract shows it: 70, or 12.5 where it is not whole."""
    return int(value) if value.denominator == 1 else float(value)

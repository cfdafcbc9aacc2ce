"""Amounts: one rounding, two writings."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.kernel.money import MAX_CENTS, AmountError, format_cents, half_up, parse_cents


@given(st.integers(-(10**15), 10**15), st.integers(1, 10**10))
def test_half_up_is_the_nearest_and_ties_go_away_from_zero(numerator: int, denominator: int) -> None:
    exact = Fraction(numerator, denominator)
    rounded = half_up(numerator, denominator)
    assert abs(rounded - exact) <= Fraction(1, 2)
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@given(st.integers(-MAX_CENTS, MAX_CENTS))
def test_what_is_written_is_read_back(cents: int) -> None:
    text = format_cents(cents)
    assert parse_cents(text) == parse_cents(text.replace(".", ",")) == cents
    assert Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal(cents).scaleb(-2)


@pytest.mark.parametrize(
    ("value", "cents"),
    [("0", 0), (" 16,1 ", 1610), ("-2.90", -290), (23, 2300), (16.1, 1610), (Decimal("0.07"), 7), (1e2, 10000)],
)
def test_it_reads_what_a_person_or_a_json_number_says(value: object, cents: int) -> None:
    assert parse_cents(value) == cents


@pytest.mark.parametrize(
    "value",
    ["", "1.234", "1 000", "1e3", "--1", "abc", None, True, [], {}, 0.123, "٣", float("nan"), 10**9, 1e300, "1\n2"],
)
def test_it_refuses_what_is_not_an_amount(value: object) -> None:
    with pytest.raises(AmountError):
        parse_cents(value)

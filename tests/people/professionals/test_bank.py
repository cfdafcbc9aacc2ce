"""Bank accounts: whatever is typed, a form error or an account, and nothing else."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from quittance.people.professionals import bank

ACCOUNT = "BE71096123456769"
NEAR = st.text("BEFR0123456789 -.abzé٣٤", max_size=40).map(lambda one: "BE71" + one)


@given(st.one_of(st.text(max_size=60), NEAR, st.from_regex(r"\A[A-Z]{2}[0-9]{2}[A-Z0-9]{8,34}\Z")))
@example("BE71 0961 2345 6768")
@example("XX00AAAAAAAAAAAA")
@example("BE٧١096123456769")
@example("\x00")
def test_anything_typed_as_an_iban_is_an_account_or_a_form_error(typed):
    try:
        found = bank.check_iban(typed)
    except ValidationError as error:
        told = error.messages[0]
        assert len(told) > 40
    else:
        assert bank.check_iban(found) == found
        assert isinstance(bank.bic_of(found), str)


@given(st.one_of(st.text(max_size=30), st.from_regex(r"\A[A-Z]{6}[A-Z0-9]{2,6}\Z")))
def test_anything_typed_as_a_bic_is_a_code_or_a_form_error(typed):
    try:
        found = bank.check_bic(typed)
    except ValidationError as error:
        told = error.messages[0]
        assert len(told) > 40
    else:
        assert len(found) in (8, 11)


@pytest.mark.parametrize("typed", [ACCOUNT, "be71 0961 2345 6769", "BE71-0961-2345-6769", " BE71.0961.2345.6769 "])
def test_an_account_is_read_as_people_write_it(typed):
    assert bank.check_iban(typed) == ACCOUNT
    assert bank.bic_of(ACCOUNT) == "GKCCBEBB"
    assert bank.shown(ACCOUNT) == "BE71 0961 2345 6769"


@pytest.mark.parametrize("digit", "0123456789")
def test_one_wrong_digit_is_found(digit):
    for place in range(2, len(ACCOUNT)):
        wrong = ACCOUNT[:place] + digit + ACCOUNT[place + 1 :]
        if wrong != ACCOUNT:
            with pytest.raises(ValidationError):
                bank.check_iban(wrong)

"""Payments, with the manual's own figures: 123.80 billed, 10.00 asked from the fund, 113.80 from the patient."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.billing.models import Bill, Payment
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.payments import (
    Balance,
    balance,
    change_payment,
    record_payment,
    reverse_payment,
    standing,
)
from tests.billing.making import MANUAL, make_bill


@pytest.fixture
def bill(acting):
    return make_bill(acting, **MANUAL)


def left(bill):
    return balance(Bill.objects.for_(bill).get(pk=bill.pk)).left_cents


def test_at_first_the_patient_owes_what_was_asked(bill):
    assert balance(bill) == Balance(11380, 0)
    assert not balance(bill).is_partial


def test_s06_a_card_payment_leaves_the_rest(acting, bill):
    record_payment(acting, bill, means="card", cents=11000, key="card")
    assert left(bill) == 380
    assert balance(bill).is_partial


def test_s07_a_second_means_settles(acting, bill):
    record_payment(acting, bill, means="card", cents=11000, key="card")
    record_payment(acting, bill, means="cash", cents=380, key="cash")
    assert left(bill) == 0
    assert balance(bill).is_settled


def test_s08_too_much_is_taken_and_flagged(acting, bill):
    record_payment(acting, bill, means="card", cents=11000, key="card")
    record_payment(acting, bill, means="cheque", cents=400, key="cheque")
    assert left(bill) == -20
    assert balance(bill).is_negative


def test_a_change_is_a_reversal_and_a_new_row(acting, bill):
    wrong = record_payment(acting, bill, means="cheque", cents=400, key="a")
    right = change_payment(acting, wrong, means="cash", cents=380, key="b")
    assert [row.cents for row in bill.payments.all()] == [400, -400, 380]
    assert standing(bill) == [right]
    assert left(bill) == 11000
    assert change_payment(acting, wrong, means="cash", cents=380, key="b") == right
    with pytest.raises(RefusedError):
        change_payment(acting, wrong, means="cash", cents=390, key="c")


def test_a_reversal_is_made_once_and_is_not_reversed(acting, bill):
    paid = record_payment(acting, bill, means="card", cents=100, key="a")
    undone = reverse_payment(acting, paid)
    assert reverse_payment(acting, paid) == undone
    with pytest.raises(RefusedError):
        reverse_payment(acting, undone)
    assert left(bill) == 11380


def test_the_same_key_pays_once(acting, bill):
    first, again = (record_payment(acting, bill, means="card", cents=100, key="a") for _ in range(2))
    assert first == again
    assert left(bill) == 11280


@pytest.mark.parametrize(("means", "cents"), [("card", 0), ("card", -5), ("gold", 100)])
def test_nothing_and_unknown_means_are_refused(acting, bill, means, cents):
    with pytest.raises(RefusedError):
        record_payment(acting, bill, means=means, cents=cents, key="a")
    assert not Payment.objects.for_(acting).exists()


def test_a_cancelled_bill_asks_nothing_and_what_was_paid_goes_back(acting, bill):
    record_payment(acting, bill, means="card", cents=100, key="a")
    event = cancel_bill(acting, bill, "wrong patient")
    assert cancel_bill(acting, bill) == event
    assert left(bill) == -100
    with pytest.raises(RefusedError):
        record_payment(acting, bill, means="card", cents=100, key="b")


@pytest.mark.property
@given(st.integers(0, 10**8), st.lists(st.integers(1, 10**8)))
def test_a_balance_is_one_of_four(asked, paid):
    one = Balance(asked, sum(paid))
    assert one.left_cents + one.paid_cents == asked
    assert [one.is_negative, one.is_settled, one.left_cents > 0].count(True) == 1
    assert not one.is_partial or one.left_cents > 0

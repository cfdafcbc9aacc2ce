"""The first law of the ledger: shares and receivables sum to the fee, when written and when read."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quittance.billing.models import Bill, Counter, Line, Receivable, Share
from quittance.billing.services.errors import LedgerError, RefusedError
from quittance.billing.services.pricing import require_sum
from quittance.billing.services.reading import bill_or_404, require_balance, require_whole
from quittance.billing.services.reprice import reprice_snapshot
from tests.billing.making import MANUAL, make_bill, make_patient

CENTS = st.integers(0, 10**6)
ACTS = st.fixed_dictionaries(
    {"code": st.sampled_from(["G", "GS", "DEQP003", "AFLB001"])},
    optional={"amo": st.sampled_from(["0.00", "4.00", "40.00"]), "amc": st.sampled_from(["0.00", "1.00"])},
)


@pytest.mark.property
@given(st.lists(st.lists(CENTS, min_size=1, max_size=4), min_size=1), st.integers(-3, 3))
def test_only_what_sums_is_balanced(shares, off):
    fee = sum(map(sum, shares))
    if off == 0:
        require_balance(fee, shares, [fee])
    else:
        with pytest.raises(LedgerError):
            require_balance(fee + off, shares, [fee + off])
        with pytest.raises(LedgerError):
            require_balance(fee, shares, [fee + off])
        with pytest.raises(LedgerError):
            require_sum(fee + off, tuple(map(sum, shares)), "line")


@pytest.mark.property
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=1, max_size=4), amo=st.booleans(), amc=st.booleans())
def test_whatever_is_issued_sums_and_what_is_refused_takes_no_number(acting, acts, amo, amc):
    patient = make_patient(acting)
    before = getattr(Counter.objects.for_(acting).first(), "next", 1)
    try:
        bill = bill_or_404(acting, make_bill(acting, patient=patient, acts=acts, amo=amo, amc=amc).pk)
    except RefusedError:
        assert getattr(Counter.objects.for_(acting).first(), "next", 1) == before
        return
    assert bill.number == before
    assert sum(line.fee_cents for line in bill.lines.all()) == bill.fee_cents
    assert all(share.cents >= 0 for line in bill.lines.all() for share in line.shares.all())
    assert reprice_snapshot(bill).same_bytes


def test_a_row_too_many_is_seen_when_read(acting):
    bill = make_bill(acting)
    extra = Receivable(practice=acting.practice, bill=bill, role="other", kind="patient", cents=1)
    extra.save()
    with pytest.raises(LedgerError):
        bill_or_404(acting, bill.pk)


def test_a_share_too_many_is_seen_when_read(acting):
    bill = make_bill(acting)
    line = Line.objects.for_(acting).get(bill=bill)
    Share(practice=acting.practice, line=line, role="other", kind="patient", cents=1).save()
    with pytest.raises(LedgerError, match="line 1"):
        require_whole(bill)


def test_under_the_same_law_a_snapshot_gives_the_same_bytes(acting):
    found = reprice_snapshot(make_bill(acting, **MANUAL))
    assert (found.same_law, found.same_bytes, found.differences) == (True, True, ())


def test_under_another_law_the_differences_are_told_and_nothing_changes(acting):
    bill = make_bill(acting)
    other = Bill.objects.for_(acting).get()
    other.law_digest = "another"
    other.snapshot["output"]["totals"]["fee"] = "29.00"
    found = reprice_snapshot(other)
    assert (found.same_law, found.same_bytes) == (False, False)
    assert [(one.path, one.issued, one.now) for one in found.differences] == [("totals.fee", "29.00", "30.00")]
    assert Bill.objects.for_(acting).get().snapshot == bill.snapshot

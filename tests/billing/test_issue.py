import pytest

from quittance.billing.models import Bill, BillEvent, Draft
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from quittance.billing.services.reading import bill_or_404
from tests.billing.making import MANUAL, make_bill, make_draft


def test_a_draft_becomes_a_bill_and_is_gone(acting):
    draft = make_draft(acting)
    bill = issue_bill(acting, draft, str(draft.key), draft.version)
    assert (bill.number, bill.reference, bill.fee_cents, bill.patient_cents) == (1, "000000001", 3000, 3000)
    assert not Draft.objects.for_(acting).exists()
    assert [event.kind for event in bill.events.all()] == [BillEvent.What.ISSUED]


def test_shares_and_receivables_are_written(acting):
    bill = bill_or_404(acting, make_bill(acting, **MANUAL).pk)
    (line,) = bill.lines.all()
    assert [(share.role, share.kind, share.cents) for share in line.shares.all()] == [
        ("amo", "compulsory", 1000),
        ("amc", "complementary", 0),
        ("patient", "patient", 11380),
    ]
    assert [(row.role, row.cents) for row in bill.receivables.all()] == [("amo", 1000), ("amc", 0), ("patient", 11380)]


def test_numbers_follow_each_other(acting):
    assert [make_bill(acting).number for _ in range(3)] == [1, 2, 3]


def test_the_same_key_gives_the_same_bill(acting):
    draft = make_draft(acting)
    pk, key = draft.pk, str(draft.key)
    first = issue_bill(acting, pk, key, 1)
    assert issue_bill(acting, pk, key, 1) == first
    assert Bill.objects.for_(acting).count() == 1


def test_a_draft_with_a_key_already_used_issues_nothing_more(acting):
    bill = make_bill(acting)
    other = make_draft(acting)
    assert issue_bill(acting, other, bill.idempotency_key, other.version) == bill
    assert Draft.objects.for_(acting).get() == other


def refused(acting, draft, version=1):
    with pytest.raises(RefusedError) as caught:
        issue_bill(acting, draft, str(draft.key), version)
    assert Draft.objects.for_(acting).filter(pk=draft.pk).exists()
    assert not Bill.objects.for_(acting).exists()
    return [problem["code"] for problem in caught.value.problems]


def test_a_draft_changed_elsewhere_is_refused(acting):
    assert refused(acting, make_draft(acting), version=2) == ["draft.changed"]


def test_a_draft_without_patient_is_refused(acting):
    draft = make_draft(acting)
    Draft.objects.for_(acting).update(patient=None)
    draft.refresh_from_db()
    assert refused(acting, draft) == ["patient.missing"]


def test_what_the_quote_refuses_is_refused_with_all_its_reasons(acting):
    codes = refused(acting, make_draft(acting, acts=[{"code": "NOTHING"}, {"code": "NOTHING2"}]))
    assert len(codes) == 2


def test_no_way_on_while_the_patients_share_is_negative(acting):
    assert refused(acting, make_draft(acting, acts=[{"code": "G", "amo": "35.00"}])) == ["patient.negative"]


def test_a_draft_that_is_gone_is_refused(acting):
    with pytest.raises(RefusedError, match=r"."):
        issue_bill(acting, 10**9, "unknown", 1)


def test_a_stranger_cannot_issue(acting, charlie_acting):
    draft = make_draft(acting)
    with pytest.raises(RefusedError):
        issue_bill(charlie_acting, draft, str(draft.key), 1)
    assert Draft.objects.for_(acting).exists()


def test_the_snapshot_holds_all_that_is_printed(acting):
    bill = make_bill(acting, **MANUAL)
    data = bill.snapshot
    assert data["patient"]["full_name"] == "Baptiste ADRUN"
    assert data["professional"]["full_name"] == "Dr Alice Test"
    assert data["issuer"]["number"] == "990000011"
    assert data["lines"][0]["label"]
    assert data["output"]["acts"][0]["steps"]
    assert data["law_digest"] == bill.law_digest != ""

"""A bill on a replaced day carries both; on another it is refused, act by act."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from quittance.audit.immutable import ImmutableError
from quittance.billing import documents
from quittance.billing.models import Bill, Draft
from quittance.billing.reach import bills
from quittance.billing.services.drafts import draft_for
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from quittance.billing.services.payments import balance
from quittance.people.models import Identifier
from quittance.people.substitutes import services
from tests.billing.making import make_bill, make_draft, make_patient
from tests.people.substitutes.conftest import on_the_day, replace


@pytest.fixture
def today(acting) -> date:
    return acting.today()


@pytest.fixture
def hers(acting, pair, nathalie, today):
    """Nathalie at work for Alice, today."""
    replace(acting, pair, today)
    return on_the_day(nathalie)


def begun(hers, patient, **changed):
    """Begin a draft as the page does, with one act."""
    draft = draft_for(hers, patient)
    draft.input = (
        draft.input | {"acts": [{"code": "G"}], "cover": {"third_party": {"amo": False, "amc": False}}} | changed
    )
    draft.save()
    return draft


def issued(acting, draft):
    return issue_bill(acting, draft, str(draft.key), draft.version)


def refused(acting, draft) -> str:
    with pytest.raises(RefusedError) as caught:
        issued(acting, draft)
    assert [one["code"] for one in caught.value.problems] == ["substitute.day"]
    assert Draft.objects.for_(acting).filter(pk=draft.pk).exists()
    return str(caught.value)


def test_a_bill_of_a_replaced_day_carries_both(hers, acting, substitute):
    Identifier.objects.for_(acting).create(professional=substitute, system="fr.rpps", value="10100000049")
    bill = issued(hers, begun(hers, make_patient(acting)))
    assert (bill.professional, bill.substitute) == (acting.professional, substitute)
    assert bill.snapshot["professional"]["full_name"] == "Dr Alice Test"
    assert bill.snapshot["substitute"]["full_name"] == "Dr Nathalie Rempex"
    assert bill.snapshot["substitute"]["identifiers"] == [{"system": "fr.rpps", "value": "10100000049"}]
    assert bill.number + 1 == make_bill(acting, patient=bill.patient).number, "the number is of the holder's series"


def test_the_receipt_names_both(hers, acting, substitute):
    Identifier.objects.for_(acting).create(professional=substitute, system="fr.rpps", value="10100000049")
    bill = issued(hers, begun(hers, make_patient(acting)))
    data = documents.Receipt(bill.snapshot, [], balance(bill), duplicate=False, cancelled=False)
    page = documents.page_of(data)
    assert page["from"]["name"] == "Dr Alice Test, remplacé par Dr Nathalie Rempex"
    assert ["fr.rpps du remplaçant", "10100000049"] in page["from"]["identifiers"]
    from quittance.france.documents import french_page

    assert ["RPPS du remplaçant", "10100000049"] in french_page(data)["from"]["identifiers"]
    assert documents.receipt(bill).startswith(b"%PDF")


def test_a_bill_without_substitute_says_nothing_of_one(acting):
    bill = make_bill(acting)
    assert bill.substitute is None
    assert "substitute" not in bill.snapshot


def test_an_act_of_another_day_is_refused_and_says_which(hers, acting, today):
    yesterday = today - timedelta(days=1)
    acts = [{"code": "G"}, {"code": "G", "date": yesterday.isoformat()}]
    said = refused(hers, begun(hers, make_patient(acting), acts=acts))
    assert yesterday.strftime("%d/%m/%Y") in said
    assert today.strftime("%d/%m/%Y") not in said
    assert "Dr Test" in said
    assert "Dr Rempex" in said


def test_a_day_not_confirmed_is_refused(hers, acting, pair, today):
    services.choose_days(acting, pair, {today + timedelta(days=1)}, {today + timedelta(days=1)})
    tomorrow = (today + timedelta(days=1)).isoformat()
    draft = begun(hers, make_patient(acting), date=tomorrow)
    assert "confirmer ce jour" in refused(hers, draft)


def test_the_holder_issues_the_next_day_what_the_substitute_began(hers, acting, substitute, nathalie):
    draft = begun(hers, make_patient(acting))
    assert draft_for(acting, draft.patient) != draft, "her own draft of the same patient is another one"
    assert issued(acting, Draft.objects.for_(acting).get(pk=draft.pk)).substitute == substitute


def test_unticked_meanwhile_the_draft_is_refused(hers, acting, pair):
    draft = begun(hers, make_patient(acting))
    services.deactivate(acting, pair)
    refused(acting, draft)


def test_a_substitute_reaches_the_holders_bills_and_no_others(hers, acting, bob, substitute):
    his = on_the_day(bob)
    patient = make_patient(acting)
    theirs, own = make_bill(his, patient=patient), make_bill(acting, patient=patient)
    assert list(bills(hers)) == [own]
    draft = make_draft(acting, patient=patient)
    with pytest.raises(RefusedError):
        issued(hers, draft)
    assert Draft.objects.for_(acting).filter(pk=draft.pk).exists()
    assert set(bills(acting)) == {theirs, own}


def test_nobody_changes_who_gave_the_care(hers, acting):
    bill = issued(hers, begun(hers, make_patient(acting)))
    bill.substitute = None
    with pytest.raises(ImmutableError):
        bill.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        Bill.objects.for_(acting).filter(pk=bill.pk).update(substitute=None)


def test_off_her_days_nothing_is_reached(hers, acting, pair, nathalie):
    make_bill(acting)
    services.deactivate(acting, pair)
    off = on_the_day(nathalie)
    assert (off.professional, off.substitute) == (None, None)
    assert not bills(off).exists()


def test_naming_both_costs_two_queries(hers, acting):
    issued(hers, begun(hers, make_patient(acting)))
    draft = begun(hers, make_patient(acting))
    with CaptureQueriesContext(connection) as queries:
        issue_bill(hers, draft.pk, str(draft.key), draft.version)
    told = [one["sql"] for one in queries if not one["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    assert len(told) <= 14, "\n".join(one[:90] for one in told)

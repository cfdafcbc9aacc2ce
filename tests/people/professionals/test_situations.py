"""Situations of practice: each its own number, series and terms; a bill is priced with those of its own."""

from __future__ import annotations

import pytest

from quittance.billing.models import Draft
from quittance.billing.services.drafts import draft_for
from quittance.billing.services.issue import issue_bill
from quittance.billing.services.pricing import session_of
from quittance.people.models import Issuer
from tests.billing.making import make_bill, make_draft, make_patient
from tests.signed import enter

TYPED = {
    "label": "Dr Test, samedi",
    "series": "S",
    "number": "990000044",
    "sector": "2",
    "option": "optam",
    "zone": "metropole",
    "fund": "",
    "kind": "liberal",
    "situation": "2",
}


@pytest.fixture
def owner(alice, client):
    return enter(client, alice, recent=True)


@pytest.fixture
def second(owner, acting):
    """Alice's second situation, in sector 2."""
    path = f"/professionals/{acting.professional.pk}/situations/"
    assert owner.post(f"{path}new/", TYPED).status_code == 302
    return Issuer.objects.for_(acting).get(number="990000044")


def test_a_situation_keeps_its_own_terms(second, acting):
    assert (second.label, second.series, second.professional) == ("Dr Test, samedi", "S", acting.professional)
    assert second.profile["sector"] == "2"
    assert acting.professional.profile["sector"] == "1"


def test_a_bill_is_priced_with_the_terms_of_its_situation(second, acting):
    acts = [{"code": "C"}]
    main = Issuer.objects.for_(acting).filter(professional=acting.professional).exclude(pk=second.pk).get()
    draft = make_draft_in(acting, main, acts)
    assert session_of(draft)["professional"] == {
        "specialty": "01",
        "sector": "1",
        "option": "none",
        "zone": "metropole",
    }
    first = issue_bill(acting, draft, str(draft.key), draft.version)
    draft = make_draft_in(acting, second, acts)
    assert session_of(draft)["professional"]["sector"] == "2"
    assert session_of(draft)["professional"]["option"] == "optam"
    other = issue_bill(acting, draft, str(draft.key), draft.version)
    assert [one.snapshot["input"]["professional"]["sector"] for one in (first, other)] == ["1", "2"]
    assert [one.snapshot["professional"]["profile"]["sector"] for one in (first, other)] == ["1", "2"]
    assert [one.reference for one in (first, other)] == ["000000001", "S000000001"]
    assert other.snapshot["issuer"] == {"label": "Dr Test, samedi", "number": "990000044"}
    acting.professional.refresh_from_db()
    assert acting.professional.profile["sector"] == "1"


def make_draft_in(acting, issuer, acts):
    patient = make_patient(acting)
    return Draft.objects.for_(acting).create(
        professional=acting.professional,
        issuer=issuer,
        patient=patient,
        country="FR",
        input={"date": "2026-01-05", "cover": {}, "acts": acts, "extras": {}},
    )


def test_the_situation_is_chosen_on_the_bill(owner, second, acting, bob):
    draft = draft_for(acting, make_patient(acting))
    assert draft.issuer != second
    page = owner.get(f"/bill/{draft.pk}/").text
    assert "Dr Test, samedi" in page
    assert owner.post(f"/bill/{draft.pk}/situation/", {"situation": second.pk}).status_code == 302
    kept = Draft.objects.for_(acting).get(pk=draft.pk)
    assert (kept.issuer, kept.version) == (second, draft.version + 1)
    theirs = Issuer.objects.for_(acting).get(professional__user=bob)
    for wrong in (theirs.pk, "x", "", 10**9):
        assert owner.post(f"/bill/{draft.pk}/situation/", {"situation": wrong}).status_code == 404
    assert owner.get(f"/bill/{draft.pk}/situation/").status_code == 405


def test_a_closed_situation_bills_no_more_and_comes_back(owner, second, acting):
    path = f"/professionals/{acting.professional.pk}/situations/{second.pk}/"
    draft = draft_for(acting, make_patient(acting))
    assert owner.post(f"{path}archive/").status_code == 302
    assert owner.post(f"/bill/{draft.pk}/situation/", {"situation": second.pk}).status_code == 404
    assert "fermée" in owner.get(f"/professionals/{acting.professional.pk}/").text
    assert owner.post(f"{path}archive/").status_code == 302
    assert owner.post(f"/bill/{draft.pk}/situation/", {"situation": second.pk}).status_code == 302
    assert owner.get(f"{path}archive/").status_code == 405


def test_a_number_in_use_and_the_main_situation_are_refused_here(owner, second, acting, bob):
    path = f"/professionals/{acting.professional.pk}/situations/"
    answer = owner.post(f"{path}new/", TYPED | {"number": "99 000002 2", "label": ""})
    assert answer.status_code == 422
    assert "facture déjà pour Dr Bob Test" in answer.text
    assert "Nommez la situation" in answer.text
    main = Issuer.objects.for_(acting).filter(professional=acting.professional).exclude(pk=second.pk).get()
    assert owner.get(f"{path}{main.pk}/").status_code == 404
    theirs = Issuer.objects.for_(acting).get(professional__user=bob)
    assert owner.get(f"{path}{theirs.pk}/").status_code == 404
    assert owner.post(f"{path}{second.pk}/", TYPED | {"sector": "1DP"}).status_code == 302
    second.refresh_from_db()
    assert second.profile["sector"] == "1DP"


def test_a_stranger_and_a_colleague_change_no_situation(second, acting, charlie_client, bob, client):
    path = f"/professionals/{acting.professional.pk}/situations/{second.pk}/"
    assert charlie_client.get(path).status_code == 404
    assert charlie_client.post(f"{path}archive/").status_code == 404
    enter(client, bob)
    assert client.post(path, TYPED | {"sector": "0"}).status_code == 403
    assert client.post(f"{path}archive/").status_code == 403


def test_the_first_bill_of_a_practice_is_made_as_before(acting):
    assert make_bill(acting).snapshot["input"]["professional"]["sector"] == "1"
    assert make_draft(acting).biller is not None

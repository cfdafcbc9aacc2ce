"""Preferences (K04): kept for each professional, honoured where the product can."""

from __future__ import annotations

import pytest

from quittance.billing.services.drafts import draft_for
from quittance.people.models import Professional
from tests.billing.making import make_bill, make_patient
from tests.signed import enter

TYPED = {"home": "on", "recap": "on", "means": "cheque", "adri": "systematic", "third_party": "coordinated"}


@pytest.fixture
def path(acting):
    return f"/professionals/{acting.professional.pk}/preferences/"


@pytest.fixture
def owner(alice, client):
    return enter(client, alice)


def fresh(acting):
    from quittance.people.acting import acting_for

    return acting_for(acting.user)


def test_defaults_are_those_of_the_terminal(owner, path):
    text = owner.get(path).text
    for name, value in (("adri", "targeted"), ("third_party", "standard"), ("means", "card")):
        assert f'name="{name}" value="{value}" id="id_{name}_' in text
    assert text.count(" checked") == 4  # and STS


def test_they_are_kept_with_an_event(owner, path, acting):
    from quittance.audit import events

    assert owner.post(path, TYPED)["Location"] == path
    kept = Professional.objects.for_(acting).get(pk=acting.professional.pk).preferences
    assert kept == {
        "home": True,
        "recap": True,
        "means": "cheque",
        "adri": "systematic",
        "third_party": "coordinated",
        **dict.fromkeys(("executing", "series", "sts", "sts_diagnostics", "sts_formula", "sts_assistance"), False),
    }
    told = events(acting).filter(action="change").order_by("seq").values_list("what", flat=True)
    assert list(told) == ["professional.preferences"]
    assert 'value="cheque" id="id_means_2" checked' in owner.get(path).text


def test_a_value_of_nowhere_is_refused(owner, path, acting):
    assert owner.post(path, TYPED | {"means": "shells"}).status_code == 422
    assert Professional.objects.for_(acting).get(pk=acting.professional.pk).preferences == {}


def test_a_new_bill_opens_at_home_with_its_recap_and_the_cheque_stands_first(owner, path, acting):
    before = draft_for(acting, make_patient(acting, "Avant"))
    assert before.input["extras"] == {}
    owner.post(path, TYPED)
    acting = fresh(acting)
    draft = draft_for(acting, make_patient(acting, "Après"))
    assert draft.input["extras"] == {"place": "home"}
    draft.input["acts"] = [{"code": "G"}]
    draft.save()
    text = owner.get(f"/bill/{draft.pk}/").text
    assert 'id="fold-recap" open' in text
    assert "À domicile" in text
    bill = make_bill(acting, patient=make_patient(acting, "Payeur"))
    shown = owner.get(f"/bills/{bill.pk}/").text
    assert 'button--primary" name="means" value="cheque"' in shown
    assert 'value="cheque" id="id_means_0" checked' in shown or 'name="means" value="cheque"' in shown


def test_what_waits_says_so(owner, path):
    text = owner.get(path).text
    assert text.count("rien ne s'en sert encore") == 2
    assert "Servira avec la lecture des cartes" in text
    assert "Servira avec l'appel des services" in text


def test_nobody_else_changes_them(path, bob, charlie_client, client, acting):
    enter(client, bob)
    assert client.post(path, TYPED).status_code == 403
    assert charlie_client.post(path, TYPED).status_code == 404
    assert Professional.objects.for_(acting).get(pk=acting.professional.pk).preferences == {}


def test_a_country_without_preferences_has_no_page(acting, alice, client, practice):
    practice.country = "LU"
    practice.save()
    assert enter(client, alice).get(f"/professionals/{acting.professional.pk}/preferences/").status_code == 404

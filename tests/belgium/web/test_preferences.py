"""How a Belgian professional works: which part of the patient's share is asked, and what bills open with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.belgium.people import BelgianPeople
from quittance.belgium.preferences_form import BelgianPreferencesForm, PercentField
from quittance.kernel.money import format_cents

people = BelgianPeople()
SENT = {"copay": "always", "copay_percent": "", "means": "cash"}


def kept(dora):
    dora.refresh_from_db()
    return dora.preferences


def saved(dora, **typed):
    form = people.preferences_form(SENT | typed, dora)
    assert form.is_valid(), form.errors
    form.save()
    return kept(dora)


@pytest.mark.parametrize(
    ("typed", "basis_points"),
    [
        ({"copay": "always"}, 10_000),
        ({"copay": "never"}, 0),
        ({"copay": "percent", "copay_percent": "50"}, 5_000),
        ({"copay": "percent", "copay_percent": "12,5"}, 1_250),
        ({"copay": "percent", "copay_percent": "12.55 %"}, 1_255),
        ({"copay": "percent", "copay_percent": "100"}, 10_000),
        ({"copay": "percent", "copay_percent": "0"}, 0),
        ({"copay": "never", "copay_percent": "hier"}, 0),
    ],
)
def test_the_part_that_is_asked_is_kept_in_basis_points(dora, typed, basis_points):
    assert saved(dora, **typed)["copay_bp"] == basis_points


@pytest.mark.parametrize("typed", ["", "101", "-1", "12,555", "moitié"])
def test_what_is_no_part_is_refused_and_kept_as_typed(dora, typed):
    form = people.preferences_form(SENT | {"copay": "percent", "copay_percent": typed}, dora)
    assert not form.is_valid()
    assert list(form.errors) == ["copay_percent"]
    assert form["copay_percent"].value() == typed
    assert "copay_bp" not in kept(dora)


@pytest.mark.parametrize(
    ("basis_points", "shown"),
    [
        (None, ("always", None)),
        (10_000, ("always", None)),
        (0, ("never", None)),
        (5_000, ("percent", "50")),
        (1_250, ("percent", "12,5")),
        (1_205, ("percent", "12,05")),
    ],
)
def test_what_is_kept_is_shown_as_it_was_chosen(dora, basis_points, shown):
    dora.preferences = {} if basis_points is None else {"copay_bp": basis_points}
    form = people.preferences_form(None, dora)
    assert (form["copay"].value(), form["copay_percent"].value()) == shown


@given(st.integers(1, 9_999))
def test_every_part_is_typed_as_it_is_shown(basis_points):
    from quittance.belgium.preferences_form import _copay

    shown = _copay(basis_points)["copay_percent"]
    assert PercentField().clean(shown) == basis_points
    assert PercentField().clean(format_cents(basis_points)) == basis_points


def test_other_preferences_stay(dora):
    dora.preferences = {"unknown": ["kept"], "home": True, "copay_bp": 0}
    dora.save()
    found = saved(dora, copay="always", recap="on")
    assert found == {"unknown": ["kept"], "home": False, "recap": True, "means": "cash", "copay_bp": 10_000}


def test_the_page_shows_changes_and_says_what_the_certificate_says(dora_client, dora):
    path = f"/professionals/{dora.pk}/preferences/"
    shown = dora_client.get(path)
    assert "arrêté royal du 15.07.2002" in shown.text
    assert dora_client.post(path, SENT | {"copay": "percent", "copay_percent": "x"}).status_code == 422
    assert dora_client.post(path, SENT | {"copay": "never", "home": "on"}).status_code == 302
    assert kept(dora)["copay_bp"] == 0
    assert kept(dora)["home"] is True
    assert path in dora_client.get(f"/professionals/{dora.pk}/").text


def test_a_bill_opens_where_the_preferences_say(dora):
    from quittance.billing.services.drafts import draft_for
    from quittance.patients.services import create_patient
    from quittance.people.acting import acting_for

    saved(dora, home="on")
    acting = acting_for(dora.user)
    assert acting is not None
    patient = create_patient(acting, {"birth_name": "Exemple", "first_names": "Nina"})
    assert draft_for(acting, patient).input["extras"] == {"place": "home"}


def test_the_means_offered_are_those_of_payments(dora):
    form = BelgianPreferencesForm(None, dora)
    assert form["means"].value() == "card"
    assert not people.preferences_form(SENT | {"means": "gold"}, dora).is_valid()

"""What France tells of people: numbers checked and explained, terms of a situation, preferences."""

from __future__ import annotations

from datetime import date

import pytest

from quittance.france.preferences_form import FrenchPreferencesForm
from quittance.france.professional_form import FrenchProfessionalForm
from quittance.france.situation_form import FurtherSituationForm
from quittance.people.country import NumberRefusedError, people_of
from quittance.people.models import Identifier, Issuer

DAY = date(2026, 1, 5)
TYPED = {
    "specialty": "01",
    "rpps_number": "1010 0000 016",
    "adeli_number": "",
    "number": "99000001 1",
    "sector": "2",
    "option": "optam",
    "zone": "guyane",
    "fund": "261",
    "kind": "liberal",
    "situation": "",
}


@pytest.fixture
def france():
    found = people_of("FR")
    assert found is not None
    return found


def test_a_provider_is_known_by_the_rpps(france):
    assert france.check_number("provider", "1010 0000 016").value == "10100000016"
    assert france.check_number("provider", "10100000017").warnings
    for kind, text in (("provider", "12"), ("person", "x"), ("company", "0777777078")):
        with pytest.raises(NumberRefusedError):
            france.check_number(kind, text)


def test_france_knows_no_mandate_and_no_group(france, practice):
    assert not france.scopes()
    assert not france.steps()
    assert france.group_form(None, None) is None


def test_the_form_shows_what_it_wrote(acting, france):
    one = acting.professional
    form = FrenchProfessionalForm(TYPED, one, acting.practice)
    assert form.is_valid(), form.errors
    form.save(one)
    shown = FrenchProfessionalForm(None, one, acting.practice)
    for name in ("specialty", "sector", "option", "zone", "fund", "kind"):
        assert shown[name].value() == TYPED[name], name
    assert shown["number"].value() == "990000011"
    assert shown["rpps_number"].value() == "10100000016"
    facts = {fact.label: fact.value for fact in france.facts(one, DAY)}
    assert facts["RPPS"] == "10100000016"
    assert facts["N° de facturation"] == "99000001-1"
    assert facts["Spécialité"] == "Médecine générale"
    assert facts["Caisse de rattachement"] == "261 · CPAM Valence"
    assert france.provider_number(one, DAY) == "10100000016"
    again = FrenchProfessionalForm(TYPED | {"rpps_number": ""}, one, acting.practice)
    assert again.is_valid()
    again.save(one)
    assert not Identifier.objects.for_(acting).exists()
    assert Issuer.objects.for_(acting).count() == 1


def test_a_substitute_s_number_begins_his_rpps_and_is_not_doubted(acting):
    typed = TYPED | {"rpps_number": "99700557897", "number": "997005578"}
    form = FrenchProfessionalForm(typed, acting.professional, acting.practice)
    assert form.is_valid(), form.errors
    assert form.warnings["number"] == ""
    assert form.warnings["rpps_number"] == ""
    alone = FurtherSituationForm({**typed}, acting.professional, None)
    assert "on attend" in alone.warnings["number"]


def test_a_further_situation_begins_with_the_terms_of_the_professional(acting):
    form = FurtherSituationForm(None, acting.professional, None)
    assert (form["sector"].value(), form["number"].value()) == ("1", None)


def test_preferences_keep_what_another_form_wrote(acting):
    one = acting.professional
    one.preferences = {"theme": "large"}
    form = FrenchPreferencesForm({"means": "cash", "adri": "manual", "third_party": "standard"}, one)
    assert form.is_valid(), form.errors
    form.save()
    assert one.preferences["theme"] == "large"
    assert (one.preferences["adri"], one.preferences["sts"]) == ("manual", False)

"""A Belgian professional: numbers explained, convention status by period, what is refused and what only doubted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quittance.belgium import status
from quittance.belgium.people import BelgianPeople
from quittance.people.country import NumberRefusedError, people_of
from quittance.people.models import Identifier, StatusPeriod

pytestmark = pytest.mark.django_db
people = BelgianPeople()
TYPED = {
    "profession_kind": "speech_therapist",
    "inami": "6-12345-16-801",
    "inami_since": "",
    "bce": "0777.777.078",
    "convention": "conventioned",
    "convention_from": "2026-01-01",
}


def saved(dora, **typed):
    form = people.professional_form(TYPED | typed, dora, dora.practice)
    assert form.is_valid(), form.errors
    form.save(dora)
    return form


def made(dora, **typed):
    """Keep the numbers of one who is new: the form asks for the first convention status too."""
    form = people.professional_form(TYPED | typed, None, dora.practice)
    assert form.is_valid(), form.errors
    form.save(dora)
    return form


def refused(dora, **typed):
    form = people.professional_form(TYPED | typed, None, dora.practice)
    assert not form.is_valid()
    return {name: " ".join(map(str, texts)) for name, texts in form.errors.items()}


def periods(dora):
    rows = StatusPeriod.objects.for_(dora).filter(professional=dora).order_by("from_day")
    return [(one.value, one.from_day, one.to_day) for one in rows]


def convention(dora, day):
    found = status.convention_on(dora, day)
    return found and found.value


def test_belgium_is_found_by_its_code():
    assert isinstance(people_of("BE"), BelgianPeople)


def test_numbers_and_status_are_kept_and_shown_again(dora):
    made(dora)
    again = people.professional_form(None, dora, dora.practice)
    assert again["inami"].value() == "6-12345-16-801"
    assert again["bce"].value() == "0777.777.078"
    assert again["profession_kind"].value() == "speech_therapist"
    assert "convention" not in again.fields
    assert again.competence.endswith("gradué en logopédie")
    assert people.provider_number(dora, date(2026, 2, 1)) == "61234516"


def test_a_visa_alone_has_no_number(dora):
    saved(dora, inami="")
    assert people.provider_number(dora, date(2026, 2, 1)) == ""
    assert "visa" in people.facts(dora, date(2026, 2, 1))[0].value


@pytest.mark.parametrize(
    ("typed", "field", "text"),
    [
        ({"inami": "6-12345-17-801"}, "inami", "on attend 16"),
        ({"inami": "12"}, "inami", "onze chiffres"),
        ({"bce": "777777078"}, "bce", "Mettez un 0 devant : 0777.777.078"),
        ({"convention": "partial"}, "convention", "médecins et dentistes"),
        ({"convention_from": ""}, "convention_from", ""),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do(dora, typed, field, text):
    assert text in refused(dora, **typed)[field]


def test_a_doctor_may_be_conventioned_in_part(dora):
    made(dora, profession_kind="doctor", inami="1-07651-19-003", convention="partial")
    assert dora.profile["profession"] == "doctor"
    assert convention(dora, date(2026, 1, 1)) == "partial"
    assert [code for code, _label in people.parts(dora)["convention"]] == ["conventioned", "partial", "none"]
    assert "accreditation" in people.parts(dora)


def test_a_speech_therapist_is_conventioned_or_not_and_never_accredited(dora):
    found = {kind: [code for code, _label in values] for kind, values in people.parts(dora).items()}
    assert found.pop("convention") == ["conventioned", "none"]
    assert found == {"address": [], "bank": [], "social": [], "training": [], "premium": []}


def test_a_plausible_number_is_doubted_and_kept(dora):
    form = saved(dora, inami="6-12345-16-803", bce="0999.999.922")
    assert "801" in form.warnings["inami"]
    assert "fictif" in form.warnings["bce"]
    told = {fact.label: fact for fact in people.facts(dora, dora.practice.today())}
    assert "801" in told["Numéro INAMI"].note
    assert told["Compétence 803"].value == "non expliquée"


def test_facts_explain_number_competence_company_and_status(dora):
    made(dora)
    told = {fact.label: (fact.value, fact.note) for fact in people.facts(dora, date(2026, 2, 1))}
    assert told["Numéro INAMI"] == ("6-12345-16-801", "")
    assert told["Compétence 801"][0] == "gradué en logopédie"
    assert told["Numéro d’entreprise (BCE)"][0] == "0777.777.078"
    assert told["Conventionnement"] == ("conventionné", "depuis le 01/01/2026")
    assert all(fact.source_url.startswith("https://") for fact in people.facts(dora, date(2026, 2, 1)))
    before = people.facts(dora, date(2025, 12, 31))[-1]
    assert (before.value, bool(before.note)) == ("non connu ce jour-là", True)


def test_the_first_status_is_kept_once_and_read_by_day(dora):
    made(dora)
    saved(dora, convention="none")
    assert periods(dora) == [("conventioned", date(2026, 1, 1), None)]
    StatusPeriod.objects.for_(dora).update(to_day=date(2026, 6, 30))
    StatusPeriod.objects.for_(dora).create(
        professional=dora, kind="convention", value="none", from_day=date(2026, 7, 1)
    )
    assert convention(dora, date(2025, 12, 31)) is None
    assert convention(dora, date(2026, 6, 30)) == "conventioned"
    assert convention(dora, date(2026, 7, 1)) == "none"
    assert people.facts(dora, date(2026, 6, 30))[-1].note == "depuis le 01/01/2026 jusqu’au 30/06/2026"


def test_a_new_diploma_keeps_the_old_number_until_the_day_before(dora):
    saved(dora)
    day = dora.practice.today() - timedelta(days=10)
    saved(dora, inami="61234516802", inami_since=day.isoformat())
    assert status.number_on(dora, status.INAMI, day - timedelta(days=1)) == "61234516801"
    assert status.number_on(dora, status.INAMI, day) == "61234516802"


def test_a_number_without_a_day_is_corrected_and_an_empty_one_goes(dora):
    saved(dora)
    saved(dora, inami="61234516802")
    assert Identifier.objects.for_(dora).filter(system=status.INAMI).count() == 1
    assert people.provider_number(dora, date(2020, 1, 1)) == "61234516"
    saved(dora, inami="", bce="")
    assert not Identifier.objects.for_(dora).exists()


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        ("provider", "4-85944-26-401", "48594426"),
        ("company", "0777.777.078", "0777777078"),
        ("person", "85.07.30-033.28", "85073003328"),
        ("person", "98.47.28-997.65", "98472899765"),
        ("national", "85.07.30-033.28", "85073003328"),
        ("third_party", "940001-26", "94000126001"),
        ("fund", "135", "135"),
    ],
)
def test_numbers_of_parties_are_checked(kind, typed, value):
    found = people.check_number(kind, typed)
    assert found.value == value
    assert people.check_number(kind, found.shown).value == value


@pytest.mark.parametrize("kind", ["provider", "company", "person", "third_party", "fund"])
def test_another_number_of_a_party_is_refused_in_the_country_s_words(kind):
    with pytest.raises(NumberRefusedError, match="12345"):
        people.check_number(kind, "12345")


def test_a_bis_number_is_refused_where_none_may_be():
    with pytest.raises(NumberRefusedError, match="est un numéro BIS"):
        people.check_number("national", "98.47.28-997.65")


def test_the_scopes_are_mandates_and_three_are_rights_too():
    found = people.scopes()
    assert {code for code, one in found.items() if one.is_right} == {
        *("third_party_billing", "insurability", "medico_administrative"),
    }
    assert found["prosante"].needs == "visa"
    assert found["administrative_file"].needs == "number"
    assert "accréditation" in found["administrative_file"].excluded
    assert "record.accreditation" not in found["administrative_file"].powers
    assert all(one.parties == ("person", "company", "institution") for one in found.values())
    assert people.steps()[0].label == "Enregistrer l'organisation"
    assert [step.about[:11] for step in people.steps() if "Facultatif" in step.about] == ["Facultatif."]

"""The French half of a patient: numbers doubted and never refused for their key, Corsica, rank, fund, periods."""

from __future__ import annotations

import doctest
from datetime import date, timedelta

import pytest
from django.urls import reverse

from quittance.france import fields, patient_form, words
from quittance.france.law import funds
from quittance.france.models import FrenchPatient
from quittance.france.numbers import nir
from quittance.france.pages import patient_demo
from quittance.france.patient_form import FrenchPatientForm, cover_by_fund
from quittance.patients import services
from quittance.patients.models import Cover, PayerKind

BLANK = {
    "rank": "1",
    "quality": "0",
    "document": "none",
    "exemption": "0",
    "scheme": "none",
    "treating_doctor": "unknown",
}


@pytest.mark.parametrize("module", [fields, patient_form, words, patient_demo, funds])
def test_examples_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.fixture
def patient(acting):
    return services.create_patient(acting, {"birth_name": "Adrun", "first_names": "Baptiste"})


def save(patient, **typed):
    form = FrenchPatientForm(BLANK | typed, instance=getattr(patient, "french", None))
    assert form.is_valid(), form.errors
    form.save(patient)
    return FrenchPatient.objects.for_(patient).get(patient=patient)


@pytest.mark.parametrize(
    ("number", "key", "kept", "key_kept"),
    [
        ("1690366000409", "52", "1690366000409", "52"),
        ("1 69 03 66 000 409 52", "", "1690366000409", "52"),
        ("1690366000409", "", "1690366000409", "52"),
        ("1690366000409", "53", "1690366000409", "53"),
        ("2 53 07 2B 073 004", "70", "253072B073004", "70"),
        ("2 53 07 2a 073 004", "", "253072A073004", nir.key("253072A073004")),
        ("", "", "", ""),
    ],
)
def test_numbers_are_kept_with_their_key_right_or_wrong(patient, number, key, kept, key_kept):
    french = save(patient, nir=number, nir_key=key)
    assert (french.nir, french.nir_key) == (kept, key_kept)


@pytest.mark.parametrize("number", ["12", "253072C073004", "16903660004095", "abc"])
def test_what_cannot_be_a_number_is_refused_beside_its_field(number):
    form = FrenchPatientForm(BLANK | {"nir": number})
    assert "13 caractères" in str(form.errors["nir"])


def test_a_wrong_key_is_doubted_beside_the_field_and_on_the_file(alice_client, patient):
    asked = alice_client.get("/fr/nir/nir/", {"nir": "1690366000409", "nir_key": "53"})
    assert "on attend 52" in asked.text
    assert "on attend" not in alice_client.get("/fr/nir/nir/", {"nir": "1690366000409", "nir_key": "52"}).text
    assert "52" in alice_client.get("/fr/nir/nir/", {"nir": "1690366000409", "nir_key": ""}).text
    save(patient, nir="1690366000409", nir_key="53")
    assert "NIR à vérifier" in alice_client.get(reverse("patients:detail", args=[patient.pk])).text
    assert "on attend 52" in alice_client.get(reverse("patients:change", args=[patient.pk])).text
    assert alice_client.get("/fr/nir/other/").status_code == 404


@pytest.mark.parametrize("typed", [{"rank": "0"}, {"rank": "10"}, {"rank": "x"}, {"quality": "x"}, {"travel_ik": "-1"}])
def test_rank_quality_and_travel_have_bounds(typed):
    assert set(FrenchPatientForm(BLANK | typed).errors) == set(typed)


@pytest.mark.parametrize(
    "typed", [{"regime": "01"}, {"fund": "261"}, {"regime": "1", "fund": "261"}, {"regime": "01", "fund": "26A"}]
)
def test_a_fund_is_whole_or_absent(typed):
    assert "recopiez les trois" in str(FrenchPatientForm(BLANK | typed).errors["regime"])


@pytest.mark.parametrize("name", ["rights", "exemption", "ald", "scheme"])
def test_a_period_does_not_end_before_it_begins(name):
    form = FrenchPatientForm(BLANK | {f"{name}_from": "2026-02-01", f"{name}_to": "2026-01-31"})
    assert "précède le premier" in str(form.errors[f"{name}_to"])
    assert FrenchPatientForm(BLANK | {f"{name}_from": "2026-02-01", f"{name}_to": "2026-02-01"}).is_valid()


def test_the_fund_is_a_payer_with_one_cover(patient):
    save(patient, regime="01", fund="261", rights_to="2026-12-31")
    cover = Cover.objects.for_(patient).get(kind=PayerKind.COMPULSORY)
    assert (cover.payer.name, cover.payer.number, cover.to_day) == ("CPAM Valence", "012610000", date(2026, 12, 31))
    patient.refresh_from_db()
    save(patient, regime="02", fund="571")
    cover = Cover.objects.for_(patient).get(kind=PayerKind.COMPULSORY)
    assert (cover.payer.name, cover.to_day) == ("MSA de la Moselle", None)
    assert cover_by_fund(FrenchPatient(practice=patient.practice, patient=patient)) is None


def test_the_insured_person_opens_for_a_dependant():
    assert FrenchPatientForm(BLANK | {"quality": "6"}).opened["insured"]
    assert not FrenchPatientForm(BLANK).opened["insured"]
    assert FrenchPatientForm(BLANK | {"rights_from": "2026-02-01", "rights_to": "2025-01-31"}).opened["rights"]


def test_funds_are_found_by_name_and_number(alice_client):
    assert "CPAM Quimper" in alice_client.get("/fr/funds/", {"fund_search": "cpam quim"}).text
    assert "MSA de la Moselle" in alice_client.get("/fr/funds/", {"fund_search": "02571"}).text
    assert "recopiez" in alice_client.get("/fr/funds/", {"fund_search": "zzz"}).text
    filled = alice_client.get("/fr/funds/01/261/").text
    assert 'value="261"' in filled
    assert "CPAM Valence" in filled
    assert alice_client.get("/fr/funds/99/zzz/").status_code == 404


def test_the_list_of_funds_has_no_unnamed_one():
    names = [fund.name for fund in funds.funds().values()]
    assert len(names) > 300
    assert not [name for name in names if "COMPLETER" in name.upper() or "INCONNU" in name.upper()]


def chips(patient, day=date(2026, 11, 22)):
    from quittance.france.pages.patient_chips import chips

    patient = type(patient).objects.for_(patient).get(pk=patient.pk)
    return [(chip.kind, chip.text) for chip in chips(patient, day)]


@pytest.mark.parametrize(
    ("typed", "chip"),
    [
        ({"rights_to": "2027-12-31"}, ("good", "Droits AMO ouverts")),
        ({"rights_to": "2026-12-31"}, ("warn", "Droits AMO : 39 jours")),
        ({"rights_to": "2026-11-22"}, ("warn", "Droits AMO : 0 jour")),
        ({"rights_to": "2026-11-21"}, ("bad", "Droits AMO fermés depuis le 21/11/2026")),
        ({"rights_from": "2026-11-23"}, ("bad", "Droits AMO à partir du 23/11/2026")),
        ({"ald": "on"}, ("info", "ALD")),
        ({"ald": "on", "ald_to": "2026-11-22"}, ("info", "ALD")),
        ({"scheme": "c2s"}, ("info", "C2S")),
        ({"local_scheme": "on"}, ("info", "Alsace-Moselle")),
        ({"treating_doctor": "yes"}, ("neutral", "Médecin traitant")),
        ({"treating_doctor": "no"}, ("warn", "Sans médecin traitant")),
        ({"exemption": "5"}, ("info", "Exonération 5")),
    ],
)
def test_rights_are_told_as_chips(patient, typed, chip):
    save(patient, **typed)
    assert chip in chips(patient)


def test_what_has_ended_is_told_no_more(patient):
    save(patient, ald="on", ald_to="2026-11-21", scheme="c2s", scheme_to="2026-11-21")
    told = [text for _kind, text in chips(patient)]
    assert not {"ALD", "C2S"} & set(told)


def test_the_demo_is_filled_once_and_each_patient_prices(practice, alice):
    import quittance
    from quittance.patients.models import Patient
    from quittance.people.models import Professional
    from quittance.web.country import country_web

    for _ in range(2):
        patient_demo.demo(practice)
    patients = list(Patient.objects.for_(practice))
    assert len(patients) == 12
    web, professional = country_web("FR"), Professional.objects.for_(practice).get()
    day = practice.today()
    for patient in patients:
        assert web.chips(patient, day)
        session = web.session_input({"acts": [{"code": "G"}]}, patient, professional, day)
        assert "error" not in quittance.quote(session), patient
    assert [one.birth_text for one in patients if one.is_lunar] == ["31/02/1950"]
    assert day_is_soon(practice)


def day_is_soon(practice):
    ends = Cover.objects.for_(practice).filter(payer__name="ALMERYS").values_list("to_day", flat=True)
    return practice.today() + timedelta(days=39) in set(ends)

"""Pages of patients: strangers meet 404, refusals keep what was typed, and double clicks make one row."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from quittance.patients import services
from quittance.patients.models import Cover, Patient, Prescriber

BLANK = {
    "rank": "1",
    "quality": "0",
    "document": "none",
    "exemption": "0",
    "scheme": "none",
    "treating_doctor": "unknown",
}


def typed(**more):
    return {**BLANK, "birth_name": "Adrun", "first_names": "Baptiste", "key": str(uuid4()), **more}


@pytest.fixture
def patient(acting):
    return services.create_patient(acting, {"birth_name": "Adrun", "first_names": "Baptiste"})


@pytest.fixture
def cover(patient):
    payer = services.record_payer(patient, "fr.amc", "98532001", "ALMERYS", "complementary")
    return services.add_cover(patient, payer, {})


@pytest.fixture
def prescriber(acting):
    return services.create_prescriber(acting, {"last_name": "Tanguy", "first_name": "", "number": "1"})


def test_a_stranger_meets_no_row(charlie_client, patient, cover, prescriber):
    rows = {"detail": patient, "change": patient, "delete": patient, "cover_new": patient, "payer_fields": cover.payer}
    rows |= dict.fromkeys(("cover", "cover_duplicate", "cover_default", "cover_delete"), cover)
    rows |= {"prescriber": prescriber, "prescriber_delete": prescriber}
    for name, row in rows.items():
        path = reverse(f"patients:{name}", args=[row.pk])
        assert {charlie_client.get(path).status_code, charlie_client.post(path, typed()).status_code} <= {404, 405}, (
            name
        )
    assert Patient.objects.for_(patient).get().birth_name == "Adrun"
    assert Cover.objects.for_(patient).get() == cover
    assert "ADRUN" not in charlie_client.get("/patients/?q=adr").text
    assert "ALMERYS" not in charlie_client.get("/patients/payers/?payer_name=alm").text
    assert "TANGUY" not in charlie_client.get("/patients/prescribers/?q=tan").text


def test_a_double_click_makes_one_patient(alice_client, acting):
    sent = typed()
    for _ in range(2):
        assert alice_client.post("/patients/create/", sent).status_code == 302
    assert Patient.objects.for_(acting).count() == 1


def test_a_refused_form_keeps_every_word(alice_client, acting):
    sent = typed(
        birth="hier", first_names="Éloïse", nir="12", management_code="7", city="Quimper", rights_to="2026-12-31"
    )
    answer = alice_client.post("/patients/create/", sent)
    assert answer.status_code == 422
    for word in ("hier", "Éloïse", 'value="12"', 'value="7"', "Quimper", "2026-12-31", sent["key"]):
        assert word in answer.text, word
    assert "n’est pas une date de naissance" in answer.text
    assert "13 caractères" in answer.text
    assert not Patient.objects.for_(acting).exists()


@pytest.mark.parametrize(
    ("birth", "lunar", "raw", "day"),
    [
        ("14/08/1948", "", "14081948", "1948-08-14"),
        ("1.2.2001", "", "01022001", "2001-02-01"),
        ("31/02/1950", "on", "31021950", "None"),
        ("00202048", "on", None, None),
        ("31021950", "", None, None),
        ("01/01/2999", "", None, None),
        ("12/05/48", "", None, None),
    ],
)
def test_birth_dates(alice_client, acting, birth, lunar, raw, day):
    sent = typed(birth=birth) | ({"lunar": lunar} if lunar else {})
    answer = alice_client.post("/patients/create/", sent)
    if raw is None and lunar:
        raw, day = birth, "None"
    if raw is None:
        assert answer.status_code == 422
        assert 'id="id_birth_error"' in answer.text
    else:
        made = Patient.objects.for_(acting).get()
        assert (made.birth_raw, str(made.birth_date)) == (raw, day)


def test_a_locked_identity_is_shown_and_stays(alice_client, patient):
    patient.locked = True
    patient.save()
    path = reverse("patients:change", args=[patient.pk])
    assert re.search(r'name="birth_name"[^>]*disabled', alice_client.get(path).text)
    alice_client.post(path, typed(birth_name="Autre", phone="0102030405"))
    patient.refresh_from_db()
    assert (patient.birth_name, patient.phone) == ("Adrun", "0102030405")


def test_a_locked_cover_cannot_be_posted(alice_client, cover):
    cover.locked = True
    cover.save()
    path = reverse("patients:cover", args=[cover.pk])
    answer = alice_client.post(path, {"payer_name": "Autre", "payer_number": "12345678"})
    assert answer.status_code == 200
    assert "dupliquez-la" in answer.text
    cover.refresh_from_db()
    assert cover.payer.name == "ALMERYS"


def test_nothing_is_changed_by_a_get(alice_client, patient, cover, prescriber):
    for name, row in (("delete", patient), ("cover_delete", cover), ("cover_duplicate", cover)):
        assert alice_client.get(reverse(f"patients:{name}", args=[row.pk])).status_code == 405
    assert alice_client.get(reverse("patients:prescriber_delete", args=[prescriber.pk])).status_code == 405
    assert Cover.objects.for_(patient).count() == 1
    assert Patient.objects.for_(patient).exists()
    assert Prescriber.objects.for_(patient).exists()


def test_a_prescriber_needs_a_number_of_its_own(alice_client, acting, prescriber):
    sent = {"last_name": "Autre", "number": "1", "key": str(uuid4())}
    assert "porte déjà ce numéro" in alice_client.post("/patients/prescribers/new/", sent).text
    sent["number"] = "1 2"
    for _ in range(2):
        assert alice_client.post("/patients/prescribers/new/", sent).status_code == 302
    assert [one.number for one in Prescriber.objects.for_(acting).filter(last_name="Autre")] == ["12"]


def test_the_list_pages_on(alice_client, acting):
    for number in range(35):
        services.create_patient(acting, {"birth_name": f"Nom{number}"})
    assert "n=60" in alice_client.get("/patients/").text
    assert alice_client.get("/patients/?n=60").text.count('role="option"') == 35
    assert alice_client.get("/patients/?n=x&order=oops").status_code == 200


def test_a_page_of_a_patient_needs_few_queries(alice_client, patient, cover, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        assert alice_client.get(reverse("patients:detail", args=[patient.pk])).status_code == 200


def test_a_file_is_deleted_only_by_who_has_just_proved_who_she_is(alice_client, alice, patient):
    path = reverse("patients:delete", args=[patient.pk])
    late = alice_client.post(path)
    assert (late.status_code, Patient.objects.for_(patient).count()) == (422, 1)
    assert "preuve récente" in late.text
    assert alice_client.post(path, {"password": "correct horse battery"}).status_code == 302
    assert not Patient.objects.for_(patient).exists()

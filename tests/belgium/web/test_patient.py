"""The patients of a Belgian practice: their number, their mutuality, and no bill before there are prices."""

from __future__ import annotations

import uuid

import pytest

from quittance.belgium.web import BelgianWeb
from quittance.billing.models import Draft
from quittance.patients.models import Cover, Patient
from quittance.web.country import country_web

pytestmark = pytest.mark.django_db
TYPED = {
    "birth_name": "Exemple",
    "first_names": "Nina",
    "used_name": "",
    "sex": "M",
    "birth": "30/07/1985",
    "niss": "85.07.30-033.28",
    "mutuality": "135",
    "registration": "",
}


@pytest.fixture
def nina(dora_client, dora):
    made = dora_client.post("/patients/create/", TYPED | {"key": str(uuid.uuid4())})
    assert made.status_code == 302, made.content.decode()
    return Patient.objects.for_(dora).get()


def test_number_and_mutuality_are_kept_and_the_mutuality_is_who_pays(nina):
    assert (nina.belgian.niss, nina.belgian.mutuality) == ("85073003328", "135")
    cover = Cover.objects.for_(nina).get()
    assert (cover.payer.system, cover.payer.number, cover.member_number) == ("be.mutuality", "135", "85073003328")
    assert cover.payer.name == "Mutualité Saint-Michel"


def test_the_file_shows_them_and_a_change_keeps_one_cover(dora_client, nina):
    shown = dora_client.get(f"/patients/{nina.pk}/").content.decode()
    assert "85.07.30-033.28" in shown
    assert "Mutualité Saint-Michel" in shown
    typed = TYPED | {"mutuality": "319", "key": str(uuid.uuid4())}
    assert dora_client.post(f"/patients/{nina.pk}/change/", typed).status_code == 302
    assert Cover.objects.for_(nina).get().payer.number == "319"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"niss": "85.07.30-033.29"}, "on attend 28"),
        ({"niss": "850730"}, "onze chiffres"),
        ({"mutuality": "799"}, "ni une union nationale"),
    ],
)
def test_a_wrong_number_is_refused_and_stays_typed(dora_client, dora, typed, text):
    page = dora_client.post("/patients/create/", TYPED | typed | {"key": str(uuid.uuid4())})
    assert page.status_code == 422
    assert text in page.content.decode()
    assert next(iter(typed.values())) in page.content.decode()
    assert not Patient.objects.for_(dora).exists()


def test_a_fund_that_the_list_has_not_is_kept(dora_client, dora):
    typed = TYPED | {"mutuality": "199", "niss": "", "key": str(uuid.uuid4())}
    assert dora_client.post("/patients/create/", typed).status_code == 302
    patient = Patient.objects.for_(dora).get()
    chips = [chip.text for chip in country_web("BE").chips(patient, dora.practice.today())]
    assert chips == ["Pas de numéro national", "Mutualité 199"]
    assert country_web("BE").printed(patient, dora.practice.today()) == {"niss": "", "mutuality": "199"}


def test_chips_tell_a_bis_number_and_an_empty_file(nina):
    web, day = BelgianWeb(), nina.practice.today()
    nina.belgian.niss = "98472899765"
    assert [chip.text for chip in web.chips(nina, day)] == ["Numéro BIS", "Mutualité Saint-Michel"]
    assert [chip.text for chip in web.chips(Patient(practice=nina.practice), day)] == ["Assurance non renseignée"]
    assert web.patient_facts(Patient(practice=nina.practice), day) == []
    assert web.printed(nina, day) == {"niss": "98.47.28-997.65", "mutuality": "Mutualité Saint-Michel · 135"}


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ({"niss": "850730033"}, "onze chiffres"),
        ({"niss": "85073003328", "birth": "31/07/1985"}, "né le 30/07/1985"),
        ({"niss": "85073003328", "birth": "30/07/1985", "sex": "F"}, "autre sexe"),
        ({"niss": "85073003328", "birth": "30/07/1985", "sex": "M"}, ""),
        ({"niss": ""}, ""),
    ],
)
def test_the_number_is_doubted_beside_its_field(dora_client, query, text):
    page = dora_client.get("/be/number/niss/", query)
    assert page.status_code == 200
    assert text in page.content.decode()
    assert bool(text) == ("doubt" in page.content.decode())


def test_a_mutuality_is_found_and_filled_in(dora_client):
    found = dora_client.get("/be/mutualities/", {"mutuality_search": "saint mich"}).content.decode()
    assert "/be/mutualities/135/" in found
    filled = dora_client.get("/be/mutualities/135/").content.decode()
    assert 'value="135"' in filled
    assert "Mutualité Saint-Michel" in filled
    assert "vignette" in dora_client.get("/be/mutualities/", {"mutuality_search": "zzz"}).content.decode()
    assert dora_client.get("/be/mutualities/799/").status_code == 404
    assert dora_client.get("/be/number/iban/").status_code == 404


def test_no_complementary_insurer_bears_a_share(dora_client, nina):
    assert "Mutuelles" not in dora_client.get(f"/patients/{nina.pk}/").content.decode()
    assert dora_client.get(f"/patients/{nina.pk}/covers/new/").status_code == 404
    payer = Cover.objects.for_(nina).get().payer
    assert dora_client.get(f"/patients/payers/{payer.pk}/fields/").status_code == 404


def test_a_bill_says_that_there_is_no_page_of_one_yet(dora_client, nina):
    page = dora_client.get("/bill/")
    assert page.status_code == 200
    assert "Pas encore de factures pour ce pays" in page.content.decode()
    started = dora_client.post("/bill/start/", {"patient": nina.pk}, follow=True)
    assert "Pas encore de factures pour ce pays" in started.content.decode()
    assert not Draft.objects.for_(nina).exists()
    assert dora_client.get("/bills/").status_code == 200

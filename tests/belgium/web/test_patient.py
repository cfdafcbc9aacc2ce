"""The patients of a Belgian practice: their number, their mutuality, the codes and rights of today."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from quittance.belgium.web import BelgianWeb
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
    assert chips == ["Pas de numéro national", "Mutualité 199", "Assurabilité inconnue"]
    printed = country_web("BE").printed(patient, dora.practice.today())
    assert (printed["mutuality"], printed["mutuality_number"], printed["mutuality_name"]) == (
        "199",
        "199",
        "Mutualité 199",
    )


def _chips(patient, day):
    return [chip.text for chip in BelgianWeb().chips(patient, day)]


def test_chips_tell_a_bis_number_and_an_empty_file(nina):
    web, day = BelgianWeb(), nina.practice.today()
    nina.belgian.niss = "98472899765"
    assert _chips(nina, day) == ["Numéro BIS", "Mutualité Saint-Michel", "Assurabilité inconnue"]
    empty = Patient(practice=nina.practice)
    assert _chips(empty, day) == ["Assurance non renseignée"]
    assert web.patient_facts(empty, day) == []
    blank = {"niss_number": "", "mutuality_number": "", "mutuality_name": "", "ct1": "", "ct2": "", "registration": ""}
    usual = {"niss": "", "mutuality": "", "preferential": False, "language": "fr", "address": []}
    assert web.printed(empty, day) == blank | usual


def test_a_patient_written_before_there_were_covers_still_tells_the_mutuality(nina):
    Cover.objects.for_(nina).delete()
    assert _chips(nina, nina.practice.today()) == ["Mutualité Saint-Michel"]
    assert BelgianWeb().printed(nina, nina.practice.today())["mutuality"] == "Mutualité Saint-Michel · 135"
    nina.belgian.mutuality = ""
    assert _chips(nina, nina.practice.today()) == ["Pas de mutualité"]


def _change(client, patient, **more):
    return client.post(f"/patients/{patient.pk}/change/", TYPED | {"key": str(uuid.uuid4())} | more)


RIGHTS = {
    "ct1": "111",
    "ct2": " 1 1 1",
    "gmd": "on",
    "chronic": "on",
    "maf": "on",
    "medical_house": "on",
    "language": "nl",
}


def test_codes_and_rights_of_today_are_kept_shown_and_printed(dora_client, nina):
    address = {"address_line1": "Quai de la Batte 1", "postcode": "4000", "city": "Liège"}
    assert _change(dora_client, nina, **RIGHTS, **address).status_code == 302
    patient, day = Patient.objects.for_(nina).get(), nina.practice.today()
    assert _chips(patient, day) == ["Mutualité Saint-Michel", "BIM", "DMG", "MAF", "Maison médicale"]
    assert ("CT1 / CT2", "111 / 111") in BelgianWeb().patient_facts(patient, day)
    assert BelgianWeb().printed(patient, day) == {
        "niss": "85.07.30-033.28",
        "mutuality": "Mutualité Saint-Michel · 135",
        "niss_number": "85073003328",
        "mutuality_number": "135",
        "mutuality_name": "Mutualité Saint-Michel",
        "ct1": "111",
        "ct2": "111",
        "preferential": True,
        "language": "nl",
        "address": ["Quai de la Batte 1", "4000 Liège"],
        "registration": "",
    }
    cover = Cover.objects.for_(nina).get()
    assert (cover.belgian.gmd, cover.belgian.chronic, cover.from_day, cover.to_day) == (True, True, None, None)
    shown = dora_client.get(f"/patients/{nina.pk}/change/").content.decode()
    assert 'value="111"' in shown
    assert "DMG, chronique, MAF, maison médicale" in shown


@pytest.mark.parametrize(("typed", "bim"), [("", True), ("no", False), ("yes", True)])
def test_the_rate_typed_stands_over_the_code(dora_client, nina, typed, bim):
    assert _change(dora_client, nina, ct1="111", preferential=typed).status_code == 302
    patient = Patient.objects.for_(nina).get()
    assert ("BIM" in _chips(patient, nina.practice.today())) is bim
    assert Cover.objects.for_(nina).get().belgian.preferential is {"": None, "no": False, "yes": True}[typed]


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"ct1": "999"}, "CT1 : 999 n’est pas un code"),
        ({"ct1": "11"}, "n’a pas trois chiffres"),
        ({"ct2": "900"}, "ne vaut plus pour des soins depuis le 31/12/2007"),
        ({"mutuality": "", "ct1": "110"}, "Une période par cette mutualité vaut depuis"),
    ],
)
def test_codes_that_do_not_hold_are_refused_and_stay_typed(dora_client, nina, typed, text):
    page = _change(dora_client, nina, **typed)
    assert page.status_code == 422
    assert text in page.content.decode()
    assert f'value="{list(typed.values())[-1]}"' in page.content.decode()
    assert Cover.objects.for_(nina).get().belgian.ct1 == ""


def test_rights_without_a_mutuality_are_refused(dora_client, dora):
    typed = TYPED | {"mutuality": "", "gmd": "on", "key": str(uuid.uuid4())}
    page = dora_client.post("/patients/create/", typed)
    assert page.status_code == 422
    assert "dites laquelle" in page.content.decode()
    assert not Patient.objects.for_(dora).exists()


def test_the_form_changes_the_period_of_today_and_no_other(dora_client, nina):
    today = nina.practice.today()
    old, payer = Cover.objects.for_(nina).get(), Cover.objects.for_(nina).get().payer
    Cover.objects.for_(nina).filter(pk=old.pk).update(to_day=today - timedelta(days=1))
    new = Cover.objects.for_(nina).create(patient=nina, payer=payer, kind="compulsory", from_day=today)
    assert _change(dora_client, nina, mutuality="319", ct1="421", niss="", registration="ABC").status_code == 302
    kept = {cover.pk: (cover.payer.number, cover.member_number) for cover in Cover.objects.for_(nina)}
    assert kept == {old.pk: ("135", "ABC"), new.pk: ("319", "ABC")}
    assert Patient.objects.for_(nina).get().belgian.mutuality == "319"
    assert Cover.objects.for_(nina).get(pk=new.pk).belgian.ct1 == "421"


def test_a_patient_whose_periods_are_over_is_not_insured_anew_by_a_change_of_name(dora_client, nina):
    today = nina.practice.today()
    Cover.objects.for_(nina).update(to_day=today - timedelta(days=10), from_day=None)
    shown = dora_client.get(f"/patients/{nina.pk}/change/").content.decode()
    assert 'value="135"' not in shown
    assert _chips(Patient.objects.for_(nina).get(), today) == ["Assurabilité inconnue"]
    assert _change(dora_client, nina, mutuality="", used_name="Autre").status_code == 302
    assert Cover.objects.for_(nina).count() == 1
    assert _change(dora_client, nina, mutuality="319").status_code == 302
    made = Cover.objects.for_(nina).get(payer__number="319")
    assert (made.from_day, made.to_day) == (today - timedelta(days=9), None)


def test_what_a_card_gave_is_shown_and_stays(dora_client, nina):
    Cover.objects.for_(nina).update(locked=True)
    shown = dora_client.get(f"/patients/{nina.pk}/change/").content.decode()
    assert "vient de la carte" in shown
    assert _change(dora_client, nina, mutuality="319", ct1="111", niss="").status_code == 302
    cover = Cover.objects.for_(nina).get()
    assert (cover.payer.number, cover.member_number, cover.belgian.ct1) == ("135", "85073003328", "")


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


@pytest.mark.parametrize(
    ("name", "typed", "text"),
    [
        ("ct1", "111", "BIM"),
        ("ct1", "110", "taux ordinaire"),
        ("ct1", "431", "pensionné, veuf, veuve ou orphelin (à vérifier)"),
        ("ct1", "999", "n’est pas un code"),
        ("ct2", "911", "sens non publié"),
        ("ct2", "900", "ne vaut plus"),
        ("ct1", "11", ""),
        ("ct1", "", ""),
        ("mutuality", "319", "Solidaris"),
        ("mutuality", "199", "Vérifiez-la sur la vignette"),
        ("mutuality", "799", "ni une union nationale"),
        ("mutuality", "", ""),
    ],
)
def test_a_code_or_a_mutuality_is_told_beside_its_field(dora_client, name, typed, text):
    page = dora_client.get(f"/be/number/{name}/", {name: typed})
    assert page.status_code == 200
    assert text in page.content.decode()
    assert bool(text) == bool(page.content.strip())


def test_no_complementary_insurer_bears_a_share(dora_client, nina):
    assert "Mutuelles" not in dora_client.get(f"/patients/{nina.pk}/").content.decode()
    assert dora_client.get(f"/patients/{nina.pk}/covers/new/").status_code == 404
    payer = Cover.objects.for_(nina).get().payer
    assert dora_client.get(f"/patients/payers/{payer.pk}/fields/").status_code == 404

"""A complementary contract: the payer's number, every formula with its parameters, the year's button, the copy."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from quittance.france import law
from quittance.france.cover_form import PERCENTS, FrenchCoverForm
from quittance.france.models import FrenchCover
from quittance.france.pages.patient_cover import terms
from quittance.france.words import find_formulas, parameters_of
from quittance.patients import services
from quittance.patients.models import Cover

BLANK = {
    "payer_name": "ALMERYS",
    "payer_number": "0098532001",
    "document": "paper",
    "management": "separate",
    "reference_date": "0",
}
VALUES = {"ceiling": "25,50", "lump": "10"}


@pytest.fixture
def patient(acting):
    return services.create_patient(acting, {"birth_name": "Adrun", "first_names": "Baptiste"})


def add(client, patient, **typed):
    return client.post(reverse("patients:cover_new", args=[patient.pk]), BLANK | typed)


@pytest.mark.parametrize("code", sorted(law.formulas()))
def test_each_formula_is_kept_with_what_it_reads_and_nothing_else(alice_client, patient, code):
    everything = dict.fromkeys(PERCENTS, "100") | VALUES
    assert add(alice_client, patient, formula=code, **everything).status_code == 302
    french = FrenchCover.objects.for_(patient).get()
    reads, _needs = parameters_of(code)
    wanted = {"percent_bp": "percent", "ceiling_cents": "ceiling", "lump_cents": "lump", "percent_dr_bp": "percent_dr"}
    for column, name in wanted.items():
        assert (getattr(french, column) is not None) == (name in reads), name
    if "ceiling" in reads:
        assert french.ceiling_cents == 2550
    assert terms(french).startswith(code)


@pytest.mark.parametrize("code", sorted(code for code in law.formulas() if parameters_of(code)[1]))
def test_a_formula_without_its_parameter_is_refused_beside_it(alice_client, patient, code):
    answer = add(alice_client, patient, formula=code)
    assert answer.status_code == 422
    for name in parameters_of(code)[1]:
        assert f'id="id_{name}_error"' in answer.text
        assert f"La formule {code} ne se calcule pas sans lui" in answer.text
    assert not Cover.objects.for_(patient).exists()


@pytest.mark.parametrize("typed", ["rien", "-5", "1,234", "1e3", "10001"])
def test_a_percentage_is_a_number(typed):
    form = FrenchCoverForm(BLANK | {"formula": "021", "percent": typed})
    assert "pourcentage" in str(form.errors["percent"])


@pytest.mark.parametrize(("typed", "kept"), [("62,5", 6250), ("100 %", 10000), ("0", 0), ("62.50", 6250)])
def test_percentages_are_read_as_typed(typed, kept):
    form = FrenchCoverForm(BLANK | {"formula": "021", "percent": typed})
    assert form.is_valid()
    assert form.cleaned_data["percent"] == kept


@pytest.mark.parametrize(
    ("typed", "kept"), [("0098532001", "98532001"), ("98 532 001", "98532001"), ("780004099", "780004099")]
)
def test_the_number_of_the_insurer_has_one_form(typed, kept):
    form = FrenchCoverForm(BLANK | {"payer_number": typed})
    assert form.is_valid()
    assert form.payer()["number"] == kept


@pytest.mark.parametrize("typed", ["", "12", "ABCDEFGH", "12345678901"])
def test_a_number_that_cannot_be_one_is_refused(typed):
    assert "8 à 10 chiffres" in str(FrenchCoverForm(BLANK | {"payer_number": typed}).errors["payer_number"])


def test_an_unknown_formula_is_refused():
    assert "n’est pas connue" in str(FrenchCoverForm(BLANK | {"formula": "999"}).errors["formula"])


def test_every_field_of_the_contract_comes_back(alice_client, patient):
    sent = {
        "member_number": "75822319", "from_day": "2026-01-01", "to_day": "2026-12-31", "management": "single",
        "convention_type": "al", "secondary_criterion": "001", "processing_indicator": "22", "reference_date": "2",
        "sts_routing": "M", "contract_type": "01", "amc_number": "0098532001", "routing_code": "ab", "host": "123",
        "domain": "almerys.example", "formula": "051", "percent": "62,5", "ceiling": "25,50",
    }  # fmt: skip
    assert add(alice_client, patient, **sent).status_code == 302
    cover = Cover.objects.for_(patient).get()
    assert (cover.payer.number, cover.from_day, cover.to_day) == ("98532001", date(2026, 1, 1), date(2026, 12, 31))
    page = alice_client.get(reverse("patients:cover", args=[cover.pk])).text
    for word in ("75822319", "AL", "001", "22", "0098532001", "AB", "123", "almerys.example", "62,50", "25,50"):
        assert f'value="{word}"' in page, word
    copied = alice_client.post(reverse("patients:cover_duplicate", args=[cover.pk]))
    copy = FrenchCover.objects.for_(patient).exclude(cover=cover).get()
    assert copied["Location"] == reverse("patients:cover", args=[copy.pk])
    names = [field.name for field in FrenchCover._meta.concrete_fields if field.name not in {"cover", "practice"}]
    assert all(getattr(copy, name) == getattr(cover.french, name) for name in names)


def test_the_button_fills_the_current_year(alice_client, practice):
    year = practice.today().year
    page = alice_client.get("/fr/year/").text
    assert f'value="{year}-01-01"' in page
    assert f'value="{year}-12-31"' in page
    assert "errorlist" not in page


def test_formulas_are_found_by_code_and_words(alice_client):
    assert [one.code for one in find_formulas("02a")] == ["02A", "032"]
    assert {one.code for one in find_formulas("forfait plaf")} >= {"024", "026", "028", "031"}
    assert len({one.code for word in ("0", "1") for one in find_formulas(word)}) == len(law.formulas())
    assert "None of the" not in alice_client.get("/fr/formulas/?formula_search=zzz").text


def test_choosing_a_formula_keeps_what_was_typed(alice_client):
    page = alice_client.get("/fr/formulas/024/", {"percent": "80", "formula": "021"}).text
    for part in ('value="80"', 'name="ceiling"', 'name="lump"', 'value="024"'):
        assert part in page, part
    assert 'name="ceiling"' not in alice_client.get("/fr/formulas/052/").text
    assert alice_client.get("/fr/formulas/999/").status_code == 404

"""The law file of speech therapy: codes, figures, sources and marks."""

from __future__ import annotations

import csv
import gzip
from collections import Counter
from importlib import resources

import pytest

from quittance.belgium.law import speech as law
from quittance.belgium.speech import days, setting
from quittance.kernel.dated import OPEN

NOW = 20454  # 2026-01-01
QUOTAS = {
    "a": 55,
    "b1": 288,
    "b2": 190,
    "b3": 140,
    "b4": 75,
    "b5": 55,
    "b6.1": 149,
    "b6.2": 176,
    "b6.3": 520,
    "b6.4": 128,
    "b6.5": 20,
    "c1": 90,
    "c2": 80,
    "d": 520,
    "e": 65,
    "f": 384,
    "g": 150,
}
RENEWALS = {"b6.3": 520, "d": 520, "f": 192, "g": 100}
BELOW = {"b2": 18, "b3": 18, "b4": 19, "d": 18, "e": 18, "f": 18}
UNITS = {
    "individual_30": 1,
    "individual_60": 2,
    "collective": 1,
    "guidance_individual": 2,
    "guidance_collective": 1,
    "assessment": 1,
    "evaluation": 0,
}


def test_the_disorders_and_their_quotas_are_those_published():
    assert {code: law.value("quota", NOW, code).value for code in law.disorders()} == QUOTAS
    assert {code: law.value("renewal", NOW, code).value for code in RENEWALS} == RENEWALS
    below = {code: law.value_or_none("below", NOW, code) for code in law.disorders()}
    assert {code: one.value for code, one in below.items() if one} == BELOW
    months = {code: law.value("months", NOW, code).value for code in law.disorders()}
    assert {code for code, one in months.items() if one == 12} == {"b4", "g"}
    assert set(months.values()) == {12, 24}


def test_what_is_forbidden_where():
    def without(name):
        return {code for code in law.disorders() if not law.value(name, NOW, code).value}

    assert without("school") == {"a", "b6.3", "e", "g"}
    assert without("special_education") == {"b2", "b3", "f"}
    assert set(law.disorders()) - without("while_rehabilitated") == {"b6.3", "d", "e"}
    assert without("notification") == {"b4"}
    assert without("renewal_by_gp") == {"d", "f"}
    assert without("carry_over") == {"b4", "b6.3", "d", "f", "g"}
    assert {code for code, one in law.disorders().items() if one.apart_from} == {"b2", "b3", "f"}
    assert law.excluded_services() == {"G", "T", "A", "Sp", "K"}


def test_units_of_each_kind():
    assert {code: law.units(law.kinds()[code], NOW).value for code in UNITS} == UNITS


def test_an_evaluation_takes_more_than_its_half_hour():
    longer = {code: (kind.minutes, kind.least) for code, kind in law.kinds().items() if kind.least != kind.minutes}
    assert longer == {"evaluation": (30, 31)}


def test_only_the_cleft_goes_on_without_a_new_assessment():
    assert {code for code in law.disorders() if not law.value("assessment_anew", NOW, code).value} == {"b4"}
    assert law.value("assessment_anew", NOW, "b4").doubtful


def test_the_codes_are_those_of_2026_and_twelve_abolished():
    active = [one for one in law.acts().values() if one.last == OPEN]
    gone = [one for one in law.acts().values() if one.last != OPEN]
    assert (len(active), len(gone)) == (125, 12)
    assert {days.shown(one.last) for one in gone} == {"31/07/2024"}
    assert all(int(code[:5]) % 7 == int(code[5]) for code in law.acts())
    kinds = Counter(one.kind.code for one in active)
    assert kinds == {
        "individual_30": 81,
        "individual_60": 16,
        "collective": 12,
        "guidance_individual": 6,
        "guidance_collective": 6,
        "assessment": 2,
        "evaluation": 2,
    }


def test_codes_exist_only_for_some_disorders():
    def of(kind):
        return {one.disorder for one in law.acts().values() if one.kind.code == kind}

    assert of("individual_30") == set(law.disorders())
    assert of("individual_60") == {"b1", "b3", "b6.4", "f"}
    assert of("collective") == {"b1", "b5", "b6.4", "c1"}
    assert of("guidance_individual") == of("guidance_collective") == {"b2", "b3", "b6.4", "c2", "d", "f"}
    at_school = {one.disorder for one in law.acts().values() if one.place == "school"}
    assert set(law.disorders()) - at_school == {"b6.3", "e", "g"}


def test_the_price_list_has_the_same_codes_for_the_same_disorders_and_places():
    table = resources.files("quittance.belgium.tariffs").joinpath("tables", "acts.csv.gz")
    lines = gzip.decompress(table.read_bytes()).decode("utf-8").splitlines()
    rows = [row for row in csv.DictReader(lines) if row["profession"] == "speech_therapist"]
    priced = {row["code"]: (row["pathology"], row["places"]) for row in rows}
    assert priced.keys() == law.acts().keys()
    for code, one in law.acts().items():
        assert priced[code][0] == one.disorder
        assert one.place == law.AMBULATORY or priced[code][1] == one.place


def test_every_figure_has_a_source_and_what_a_third_party_says_is_doubtful():
    for values in law.parameters().values():
        for one in values:
            assert one.label
            assert one.source in law.sources().values()
            assert one.first <= max(law.first_day(), one.first) <= one.last
            if one.source.mark == "T" and not one.doubtful:
                assert one.name == "school", "only what the table of codes shows by itself is not doubtful"
    assert {one.mark for one in law.sources().values()} == set(law.MARKS)
    used = {one.source for values in law.parameters().values() for one in values}
    used |= {one.source for kind in law.kinds().values() for one in kind.units}
    assert used == set(law.sources().values())


def test_every_figure_is_known_from_the_first_day_judged():
    for (name, disorder), values in law.parameters().items():
        assert law.value_or_none(name, law.first_day(), disorder) is not None
        assert [one.first for one in values] == sorted(one.first for one in values)


def test_what_is_missing_is_an_error_and_never_a_guess():
    with pytest.raises(law.LawError, match="quota"):
        law.value("quota", 0, "b1")
    with pytest.raises(law.LawError, match="collective"):
        law.units(law.kinds()["collective"], 0)


def test_labels():
    assert [setting.label(code) for code in ("a", "f")] == [
        "a – Trouble du langage oral ou de la parole, obstacle à la profession",
        "f – Dysphasie",
    ]
    assert all(one.text.startswith("§ 2, ") for one in law.disorders().values())

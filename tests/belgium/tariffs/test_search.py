"""Search over the nomenclature: by code, by words, on a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.belgium.tariffs.commands import index as shipped_index
from quittance.belgium.tariffs.search import CODE_START, EXACT_CODE, WHOLE_WORDS, WORD_STARTS, ActIndex, fold

ACTS = ["701013", "701083", "711314", "425110", "425515"]
LABELS = ["Bilan initial", "Bilan initial à l'hôpital", "Séance à l’école", "Toilette", "Toilette du week-end"]
PERIODS = {"701013": [0, 9, 20, 29], "711314": [0, 99], "425110": [50, 59]}


@pytest.fixture(scope="module")
def index():
    return ActIndex(ACTS, LABELS, PERIODS, {"701013": "speech_therapist"})


def found(index, *arguments, **options):
    return [hit.code for hit in index.search(*arguments, **options)]


def test_codes_come_first(index):
    assert found(index, "7010") == ["701013", "701083"]
    assert [hit.score for hit in index.search("701013")] == [EXACT_CODE]
    assert index.search("70")[0].score == CODE_START
    assert index.search("701013")[0].kind == "speech_therapist"


def test_starts_of_words_in_any_order_without_accents(index):
    assert found(index, "hop BILAN") == ["701083"]
    assert found(index, "ecole seance") == ["711314"]
    assert found(index, "toi") == ["425110", "425515"]
    assert [hit.score for hit in index.search("toilette")] == [WHOLE_WORDS, WHOLE_WORDS]
    assert {hit.score for hit in index.search("toi")} == {WORD_STARTS}
    assert found(index, "bilan toilette") == []


@pytest.mark.parametrize("words", ["", "  ", "??", "zzz", "999999"])
def test_nothing_found(index, words):
    assert found(index, words) == []


def test_only_acts_with_a_price_on_the_day(index):
    assert found(index, "bilan", 5) == ["701013"]
    assert found(index, "bilan", 15) == []
    assert found(index, "bilan", 20) == ["701013"]
    assert found(index, "toilette", 55) == ["425110"]
    assert found(index, "toilette", date(1970, 2, 20)) == ["425110"]
    assert found(index, "toilette") == ["425110", "425515"]


def test_limit(index):
    assert found(index, "7", limit=1) == ["701013"]
    assert found(index, "7", limit=0) == []


def test_the_shipped_nomenclature():
    index = shipped_index()
    assert found(index, "aphasie domicile 30", date(2026, 5, 4)) == ["712331"]
    assert found(index, "bégaiement séance collective", date(2026, 5, 4)) == ["723413", "723483", "723472"]
    assert found(index, "bilan evolution", date(2026, 5, 4)) == []
    assert len(found(index, "bilan evolution", date(2023, 5, 4))) == 12
    assert found(index, "visite nuit")[0] == "104230"


@given(st.text(max_size=40))
def test_any_text_is_searched(text):
    shipped = ActIndex(ACTS, LABELS, PERIODS)
    assert set(found(shipped, text)) <= set(ACTS)
    assert fold(text).isascii()

"""Search over acts: by code, by words, by keyword."""

from __future__ import annotations

from datetime import date

import pytest

from quittance.france.tariffs.ccam import flat
from quittance.france.tariffs.search import EXACT_CODE, ActIndex, Category, Keyword

ACTS = ["AFLB001", "AFLB007", "AFLB017", "C", "CS", "HBJD001", "JAFA001", "YYYY490"]
LABELS = [
    "Injection péridurale de sang autologue",
    "Injection thérapeutique péridurale, sans guidage",
    "Injection d'agent pharmacologique péridurale",
    "Consultation",
    "Consultation du spécialiste",
    "Détartrage et polissage des dents",
    "Exérèse d’œil",
    "Supplément pour électrocardiographie",
]


@pytest.fixture(scope="module")
def index() -> ActIndex:
    chapters = {"01": "Système nerveux", "07": "Appareil digestif", "19": "Suppléments"}
    of = {"AFLB001": "01.03", "AFLB007": "01.03", "AFLB017": "01.03", "HBJD001": "07.02", "JAFA001": "07.01"}
    aliases = {"YYYY490": "ecg"}
    periods = {"AFLB017": [14_000, 15_000]}
    of["YYYY490"] = "19.02"
    return ActIndex(ACTS, LABELS, chapter_of=of, chapters=chapters, periods=periods, aliases=aliases)


def found(index: ActIndex, words: str, **options: object) -> list[str]:
    return [hit.code for hit in index.search(words, **options)]  # type: ignore[arg-type]


def test_code_comes_first(index):
    assert found(index, "aflb00") == ["AFLB001", "AFLB007"]
    assert found(index, "C")[:2] == ["C", "CS"]
    assert index.search("C")[0].score == EXACT_CODE


def test_words_in_any_order_without_accents_or_case(index):
    assert found(index, "PERIDURALE inj") == ["AFLB001", "AFLB017", "AFLB007"]
    assert found(index, "sang péridurale") == ["AFLB001"]
    assert found(index, "oeil") == ["JAFA001"]
    assert found(index, "d'agent") == ["AFLB017"]


def test_whole_words_come_before_beginnings():
    index = ActIndex(["A1", "A2"], ["Dentition", "Une dent assez longue"])
    assert found(index, "dent") == ["A2", "A1"]


def test_alias(index):
    assert found(index, "ecg") == ["YYYY490"]


def test_nothing_found(index):
    assert found(index, "") == []
    assert found(index, "??") == []
    assert found(index, "injection dent") == []


def test_day_kind_limit_and_chapter(index):
    assert "AFLB017" not in found(index, "injection", on_day=date(2026, 1, 1))
    assert "AFLB017" in found(index, "injection", on_day=14_500)
    assert found(index, "c", kinds=("ngap",)) == ["C", "CS"]
    assert len(found(index, "injection", limit=1)) == 1
    assert found(index, "d", chapter="07") == ["JAFA001", "HBJD001"]
    assert found(index, "d", chapter="07.02") == ["HBJD001"]


def test_keywords_and_their_categories(index):
    assert index.keywords("Péri") == [Keyword("péridurale", 3)]
    assert index.keywords("") == []
    assert index.categories("péridurale") == [Category("01", "Système nerveux", 3)]
    assert index.categories("consultation") == [Category("", "NGAP", 2)]
    assert index.categories("péridurale", on_day=date(2026, 1, 1)) == [Category("01", "Système nerveux", 2)]
    assert index.categories("c", kinds=("ccam",)) == []
    # As many as the search finds: by the code too, and inside a chapter only its own.
    assert [(one.chapter, one.acts) for one in index.categories("d", 2, chapter="07")] == [("07.01", 1), ("07.02", 1)]
    assert index.categories("hbjd") == [Category("07", "Appareil digestif", 1)]


def test_the_manuals_own_search():
    """The user guide's example: the keyword "péridurale" leads to these acts."""
    codes, labels = flat.codes(), flat.labels()
    strings = {**flat.strings(), "acts": codes, "labels": [labels[code] for code in codes]}
    index = ActIndex.from_strings(strings)
    words = [keyword.word for keyword in index.keywords("Péri", limit=200)]
    assert {"périapical", "périarticulaire", "péricarde", "péridural", "péridurale"} <= set(words)
    hits = {hit.code for hit in index.search("péridurale", date(2026, 1, 5))}
    assert {"AFLB001", "AFLB007", "AFLB017", "AFLH001", "AGLB001"} <= hits
    assert found(index, "ecg", on_day=date(2026, 1, 5))[0].startswith("DEQP")
    assert [hit.code for hit in index.search("AFL", date(2025, 1, 1))][:3] == ["AFLA003", "AFLB001", "AFLB003"]

"""Labels of acts and words of professions in the language of the patient: complete, and never French in another."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from quittance.belgium.documents.labels import content, label, with_code
from quittance.belgium.documents.people import provider_page
from quittance.belgium.documents.words import Language, words
from quittance.belgium.law import speech
from quittance.belgium.tariffs.flat import labels
from quittance.belgium.tariffs.rows import PROFESSIONS
from quittance.belgium.tariffs.store import shipped
from tests.belgium.documents.making import SPEECH

OTHERS = (Language.NL, Language.DE)
THERAPIST = PROFESSIONS.index("speech_therapist")
FRENCH = re.compile(r"\b(séance|bilan logopédique|trouble|au cabinet|à l'école|à domicile)\b", re.IGNORECASE)


def codes() -> list[str]:
    return sorted(code for code, act in shipped().acts.items() if act.profession == THERAPIST)


@pytest.mark.parametrize("language", OTHERS)
def test_every_code_of_speech_therapy_has_a_label(language):
    found = {code: label(code, labels()[code], language) for code in codes()}
    assert len(found) == 137
    neutral = content()["neutral"][language]
    for code, text in found.items():
        act = speech.act(code)
        assert act is not None
        assert text != neutral
        assert not FRENCH.search(text), text
        assert f"({act.disorder})" in text or not act.disorder
    # Of one disorder and kind the places differ; so do the labels of all that are still billed.
    billed = [text for code, text in found.items() if "evolu" not in text and "Verlauf" not in text]
    assert len(set(billed)) == len(billed)


@pytest.mark.parametrize("language", OTHERS)
def test_a_label_says_the_minutes_of_its_french_one(language):
    for code in codes():
        french = re.findall(r"(\d+) minutes", labels()[code])
        assert re.findall(r"(\d+) [Mm]inut", label(code, "", language)) == french, code


@pytest.mark.parametrize("language", OTHERS)
def test_the_words_are_those_of_the_law_file_and_no_others(language):
    acts = [act for code in codes() if (act := speech.act(code))]
    said = content()
    assert set(said["kinds"]) == {act.kind.code for act in acts}
    assert set(said["places"]) == {act.place for act in acts}
    assert set(said["disorders"]) == {act.disorder for act in acts if act.disorder}
    assert all(row[language] for part in ("kinds", "places", "disorders") for row in said[part].values())


def test_in_french_the_label_of_the_bill_stays():
    assert label("712316", "Séance de ce jour", Language.FR) == "Séance de ce jour"
    assert label("712316", "", Language.FR) == "712316"


def test_of_another_act_of_the_nomenclature_a_neutral_word_and_its_code():
    assert label("425110", "Toilette", Language.NL) == "Verstrekking"
    assert with_code("425110", "Toilette", Language.NL) == "Verstrekking 425110"
    assert with_code("425110", "Toilette", Language.DE) == "Leistung 425110"
    assert with_code("712316", "Séance", Language.DE).startswith("Logopädische Einzelsitzung")


@pytest.mark.parametrize("language", Language)
def test_the_words_of_the_professional_stay_in_every_language(language):
    assert label("", "Rapport pour l'école", language) == "Rapport pour l'école"
    assert with_code("RAPPORT", "", language) == "RAPPORT"


@pytest.mark.parametrize(
    ("kind", "language", "word"),
    [
        ("speech_therapist", "fr", "Logopède et psychologue"),
        ("speech_therapist", "nl", "Logopedist"),
        ("nurse", "nl", "Verpleegkundige"),
        ("doctor", "de", "Arzt/Ärztin"),
        ("", "nl", ""),
        ("", "fr", "Logopède et psychologue"),
    ],
)
def test_a_profession_in_the_language_of_the_paper(kind, language, word):
    provider = replace(SPEECH, profession="Logopède et psychologue", kind=kind)
    assert provider_page(provider, words("supporting", Language(language)))["profession"] == word


def test_every_profession_has_its_word():
    for language in Language:
        for kind in PROFESSIONS[1:]:
            page = provider_page(replace(SPEECH, profession="", kind=kind), words("recap", language))
            assert page["profession"], (language, kind)

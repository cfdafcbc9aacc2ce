"""Every language says everything, and every fact names its source."""

import string
from datetime import date

import pytest

from quittance.belgium.documents import rules
from quittance.belgium.documents.words import Language, content, words

PAPERS = sorted(content())


def fields(text):
    return {name for _text, name, _spec, _conversion in string.Formatter().parse(str(text)) if name}


@pytest.mark.parametrize("paper", PAPERS)
def test_every_language_is_complete(paper):
    said = content()[paper]
    assert set(said) == set(Language)
    french = said["fr"]
    for language in Language:
        assert set(said[language]) == set(french), language
        for key, text in said[language].items():
            assert text, (language, key)
            assert type(text) is type(french[key])
            assert fields(text) == fields(french[key]), (language, key)


def test_a_paper_overrides_no_common_word_but_its_total():
    shared = set(content()["common"]["fr"])
    papers = ("certificate", "supporting", "recap")
    assert {key for paper in papers for key in shared & set(content()[paper]["fr"])} == {"total"}


def test_twelve_months():
    assert all(len(set(words("recap", language)["months"])) == 12 for language in Language)


def test_every_fact_has_a_day_and_a_source():
    for name in rules.content()["parameters"]:
        for one in rules.facts(name):
            assert one.since >= date(2015, 7, 1)
            assert one.source.label
            assert one.source.mark in "OPTDBC"
    assert {one["source"] for one in rules.content()["supporting"]} <= set(rules.sources())


def test_what_is_uncertain_is_told():
    names = {one.name for one in rules.doubtful(date(2026, 11, 1))}
    assert names == {
        "copay_box_partial",
        "eattest_receipt_shape",
        "received_over_certificates",
        "supporting_content",
        "supporting_mixed_days",
    }
    assert rules.doubtful(date(2015, 6, 30)) == []


def test_before_the_first_day_known_nothing_is_guessed():
    assert rules.fact("recap_months", date(2015, 6, 30)) is None
    with pytest.raises(rules.DocumentError, match="connues depuis le 01/07/2015, pas au 30/06/2015"):
        rules.number("recap_months", date(2015, 6, 30))

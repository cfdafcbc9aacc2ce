"""Codes of insurability: which are refused and why, and what their digits say."""

from __future__ import annotations

from datetime import date

import pytest

from quittance.belgium.law import figures, insurability
from quittance.belgium.pricing.encode import preferential_by


@pytest.mark.parametrize("name", ["ct1", "ct2"])
def test_every_code_of_the_list_is_taken_on_a_day_when_it_holds(name):
    for code, last in figures.insurability(name).items():
        assert insurability.check(name, code, last or date(2026, 1, 1)) == code
        assert "".join(word.digit for word in insurability.explain(name, code)) == code


@pytest.mark.parametrize(
    ("name", "text", "day", "told"),
    [
        ("ct1", "11", None, "CT1 : « 11 » n’a pas trois chiffres"),
        ("ct1", "1111", None, "trois chiffres"),
        ("ct1", "1l1", None, "trois chiffres"),
        ("ct1", "११०", None, "trois chiffres"),
        ("ct1", "999", None, "CT1 : 999 n’est pas un code que les mutualités connaissent"),
        ("ct1", "114", None, "n’est pas un code"),
        ("ct2", "900", None, "ne vaut plus pour des soins depuis le 31/12/2007"),
        ("ct2", "901", date(2008, 1, 1), "ne vaut plus"),
    ],
)
def test_a_code_is_refused_with_what_why_and_what_to_do(name, text, day, told):
    with pytest.raises(insurability.CodeError, match=told) as refused:
        insurability.check(name, text, day)
    assert "vignette" in str(refused.value) or "mutualité" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("ct1", "110", ["régime général (salariés)", "actif ou assimilé", "taux ordinaire"]),
        ("ct1", "421", ["travailleurs indépendants", "invalide", "intervention majorée (BIM)"]),
        ("ct1", "470", ["assuré par une convention internationale", "taux ordinaire"]),
        ("ct1", "100", ["régime général (salariés)", "", "taux ordinaire"]),
        ("ct2", "151", ["régime général (salariés)", "résident", ""]),
        ("ct2", "464", ["travailleurs indépendants", "", ""]),
        ("ct2", "000", ["", "", ""]),
        ("ct1", "", []),
    ],
)
def test_the_digits_in_words(name, code, told):
    assert [word.text for word in insurability.explain(name, code)] == told


def test_what_no_official_text_says_is_marked_and_what_says_nothing_has_no_source():
    scheme, status, preferential = insurability.explain("ct1", "131")
    assert (scheme.doubtful, status.doubtful, preferential.doubtful) == (True, True, False)
    assert all(word.source for word in (scheme, status, preferential))
    assert {word.source for word in insurability.explain("ct2", "000")} == {""}


def test_the_third_digit_is_the_one_that_prices_read():
    for code in figures.insurability("ct1"):
        assert insurability.is_preferential(code) == preferential_by(code)

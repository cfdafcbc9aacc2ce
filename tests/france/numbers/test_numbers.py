"""French identifiers: the published numbers with their keys, and what is refused or doubted."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.france.numbers import NumberError, adeli, am_number, birth_date, finess, nir, organism, rpps

ALL = [adeli, am_number, birth_date, finess, nir, organism, rpps]


@pytest.mark.parametrize(
    ("number", "key"),
    [("1690366000409", "52"), ("2555555911042", "74"), ("2061275111005", "64"), ("1570167482145", "62")],
)
def test_the_key_of_a_nir_is_the_published_one(number, key):
    assert nir.key(number) == key


@pytest.mark.parametrize("number", ["169036600040952", "206127511100564", "157016748214562"])
def test_a_published_nir_raises_no_doubt(number):
    assert nir.doubt(number) is None


@pytest.mark.parametrize(
    ("number", "key"),
    [
        ("99114560", "8"),
        ("99710088", "8"),
        ("99910331", "0"),
        ("99100069", "6"),
        ("00107316", "2"),
        ("99920315", "1"),
        ("99610218", "2"),
    ],
)
def test_the_key_of_an_am_number_is_the_published_one(number, key):
    assert am_number.key(number) == key
    assert am_number.doubt(f"{number}-{key}") is None


def test_a_substitutes_number_is_accepted_and_explained():
    assert am_number.is_valid("997005578")
    assert "remplaçant" in (am_number.doubt("997005578") or "")
    assert am_number.doubt("997005578", rpps="99700557897") is None


def test_the_rpps_key_is_a_luhn_digit():
    assert rpps.doubt("99700557897") is None
    assert "clé" in (rpps.doubt("99700557896") or "")


@pytest.mark.parametrize("number", ["253072B07300470", "253072A07300443"])
def test_corsica_has_letters_and_its_own_key(number):
    assert nir.doubt(number) is None
    assert nir.validate(number.lower()) == number


def test_a_wrong_key_is_doubted_not_refused():
    assert nir.is_valid("169036600040953")
    assert "on attend 52" in (nir.doubt("169036600040953") or "")


@pytest.mark.parametrize("month", ["20", "30", "42", "50", "99"])
def test_a_nir_of_an_unknown_month_is_not_doubted(month):
    number = f"169{month}66000409"
    assert nir.doubt(number + nir.key(number)) is None


def test_the_fictitious_number_of_an_anonymous_minor_is_not_doubted():
    assert nir.doubt("255555591104274") is None


def test_a_person_born_abroad_has_department_99():
    number = "1850399351042"
    assert nir.doubt(number + nir.key(number)) is None


@pytest.mark.parametrize("number", ["169136600040", "", "169036C00040952", "x" * 400, "١690366000409"])
def test_what_cannot_be_a_nir_is_refused_with_a_remedy(number):
    with pytest.raises(NumberError, match="13 caractères") as caught:
        nir.validate(number)
    assert "carte" in str(caught.value)
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("number", "words"),
    [("5690366000409", "commence"), ("1691366000409", "mois"), ("1690300000409", "département")],
)
def test_a_strange_nir_is_doubted(number, words):
    assert words in (nir.doubt(number) or "")


@pytest.mark.parametrize("raw", ["00001950", "31021950", "15131950", "01201950", "01501950", "30021951"])
def test_a_lunar_date_stays_raw(raw):
    assert birth_date.is_lunar(raw)
    assert birth_date.parse(raw) is None
    assert birth_date.validate(birth_date.format(raw)) == raw
    assert "lunaire" in (birth_date.doubt(raw) or "")


def test_a_calendar_date_is_a_date():
    assert birth_date.parse("29022024") == date(2024, 2, 29)
    assert birth_date.doubt("29022024") is None
    assert "hors de portée" in (birth_date.doubt("01010000") or "")


def test_an_organism_has_three_parts_and_a_known_scheme():
    assert organism.parts("01 349 9881") == ("01", "349", "9881")
    assert organism.doubt("013499881") is None
    assert "régime 11" in (organism.doubt("113499881") or "")


def test_adeli_and_finess_take_overseas_and_corsican_departments():
    assert adeli.is_valid("9A1000017")
    assert adeli.doubt("751000017") is None
    assert "00" in (adeli.doubt("001000017") or "")
    assert finess.is_valid("2A0000014")
    assert finess.doubt("750000002") is None


@pytest.mark.parametrize("module", ALL)
@given(text=st.text(max_size=30) | st.from_regex(r"[0-9 .\-/]{5,20}"))
def test_any_text_is_a_number_or_a_french_refusal(module, text):
    if not module.is_valid(text):
        with pytest.raises(NumberError, match=r"vérifiez|reprenez"):
            module.validate(text)
        return
    number = module.validate(text)
    assert module.compact(module.format(number)) == number
    assert module.doubt(number) != ""


@given(st.from_regex(r"[1278][0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[1-8][0-9]|2A|2B)[0-9]{6}", fullmatch=True))
def test_a_nir_with_its_own_key_is_never_doubted(number):
    assert nir.doubt(number + nir.key(number)) is None
    assert 1 <= int(nir.key(number)) <= 97


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_an_am_number_with_its_own_key_is_never_doubted(number):
    assert am_number.doubt(number + am_number.key(number)) is None

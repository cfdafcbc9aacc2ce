"""The law file of home nursing: figures, sources, codes; and each code against the price list."""

from __future__ import annotations

import csv
import gzip
from importlib import resources
from itertools import pairwise

import pytest

from quittance.belgium.law import nursing_care as law
from quittance.belgium.law._read import LawError
from quittance.kernel.dated import OPEN


def test_every_figure_is_known_from_the_first_day_without_a_gap():
    for name, values in law.parameters().items():
        assert values[0].first <= law.first_day(), name
        assert values[-1].last == OPEN
        assert all(after.first == before.last + 1 for before, after in pairwise(values))


def test_every_source_is_used_and_what_is_deduced_or_read_nowhere_is_doubtful():
    values = [one for rows in law.parameters().values() for one in rows]
    assert {one.source for one in values} == set(law.sources().values())
    assert all(one.doubtful for one in values if one.source.mark in "DB")
    assert {one.source.mark for one in values} == set(law.marks()) - {"R"}


def test_an_unknown_amount_is_unknown_and_a_choice_of_the_practice_is_marked():
    book = law.Book(20454)
    assert book.read("daily_ceiling").value is None
    with pytest.raises(LawError, match="daily_ceiling"):
        book.number("daily_ceiling")
    chosen = law.Book(20454, {"daily_ceiling": 2000})
    assert (chosen.number("daily_ceiling"), chosen.read("daily_ceiling").source.mark) == (2000, "R")
    with pytest.raises(LawError, match="jour 0"):
        law.value("daily_ceiling", 0)


def codes():
    return [code for kind in law.kinds().values() for code in kind.codes.values()]


def test_codes_have_their_check_digit_and_stand_once():
    found = [*codes(), *(one["code"] for one in law.labels("offices").values())]
    assert all(len(code) == 6 and int(code[:5]) % 7 == int(code[5]) for code in found)
    assert len(found) == len(set(found))


def test_every_code_is_in_the_price_list():
    packed = resources.files("quittance.belgium.tariffs").joinpath("tables", "acts.csv.gz").read_bytes()
    rows = csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines())
    nursing = {row["code"] for row in rows if row["profession"] == "nurse"}
    assert set(codes()) <= nursing


def test_texts_say_what_why_and_what_to_do():
    for code, text in law.labels("messages").items():
        assert text["severity"] in ("error", "change", "warning", "info"), code
        assert all(text[part].endswith(".") for part in ("what", "why", "do")), code


@pytest.mark.parametrize("kind", sorted(law.kinds()))
def test_a_kind_has_a_known_group_columns_and_prescription(kind):
    one = law.kinds()[kind]
    assert one.group in ("session", "specific", "apart", "supplement", "pseudo", "flat")
    assert set(one.codes) <= {*law.labels("columns"), "any"}
    assert f"prescription_{one.prescription}" in law.parameters()

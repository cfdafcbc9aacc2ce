"""The arrays of the flat file: names, lengths, ranges, and the same amounts as the rows."""

from __future__ import annotations

from array import array
from datetime import date

from quittance.belgium.tariffs import flat
from quittance.belgium.tariffs.rows import PROFESSIONS
from quittance.belgium.tariffs.store import shipped
from quittance.kernel.dated import day_number

ACT = {
    *("act_profession", "act_kind", "act_minutes", "act_place", "act_weekend", "act_hospital_pair"),
    *("act_category", "act_pathology", "row_first", "row_last"),
}
ROW = {
    *("row_kind", "row_from", "row_to", "row_cents", "row_requires", "row_forbids", "row_age_from_months"),
    *("row_age_to_months", "row_doubtful", "row_verified_until", "row_source"),
    "row_note",
}
NUMBER = {code: at for at, code in enumerate(flat.codes())}
ARRAYS = flat.arrays(NUMBER)


def values(name):
    return ARRAYS[name][1]


def test_the_arrays_are_exactly_those_agreed():
    assert set(ARRAYS) == ACT | ROW
    assert {len(values(name)) for name in ACT} == {len(NUMBER)}
    assert {len(values(name)) for name in ROW} == {len(shipped().rows)}


def test_every_value_fits_its_type():
    for typecode, column in ARRAYS.values():
        assert array(typecode, column).tolist() == column


def test_ranges_hold_the_rows_of_their_act_and_all_rows():
    covered = 0
    rows = sorted(shipped().rows, key=lambda row: row.code)
    for code, at in NUMBER.items():
        first, last = values("row_first")[at], values("row_last")[at]
        covered += last - first
        own = [row for row in rows if row.code == code]
        assert sorted(values("row_cents")[first:last]) == sorted(row.cents for row in own)
    assert covered == len(rows)


def test_the_words_are_numbered_as_the_arrays_say():
    strings = flat.strings()
    act = NUMBER["711314"]
    assert strings["categories"][values("act_category")[act]] == "individual 30"
    assert strings["pathologies"][values("act_pathology")[act]] == "a"
    assert strings["families"] == list(PROFESSIONS)
    assert values("act_hospital_pair")[act] == NUMBER["711384"]
    assert values("act_hospital_pair")[NUMBER["713016"]] == -1
    last = values("row_source")[values("row_last")[act] - 1]
    assert strings["source_names"][last] == "logopedie-2026"
    assert strings["sources"][last].startswith("Honoraires et remboursements de logopédie")


def test_another_numbering_gives_the_same_acts():
    turned = {code: len(NUMBER) - 1 - at for code, at in NUMBER.items()}
    other = flat.arrays(turned)
    for code in ("711314", "103132", "567055"):
        mine, its = NUMBER[code], turned[code]
        ours = slice(values("row_first")[mine], values("row_last")[mine])
        theirs = slice(other["row_first"][1][its], other["row_last"][1][its])
        assert values("row_cents")[ours] == other["row_cents"][1][theirs]


def test_the_history_is_fees_alone():
    history = flat.fee_history()
    assert history
    assert not any(row.kind for row in history)


def test_periods_are_days_with_a_fee():
    spans = flat.strings()["search"]["periods"]["711314"]
    days = [day_number(date(year, month, day)) for year, month, day in ((2013, 1, 1), (2013, 12, 31), (2017, 1, 1))]
    assert spans[:3] == days
    assert spans[-1] == day_number(date(2026, 12, 31))
    assert spans == sorted(spans)
    assert "567055" not in flat.strings()["search"]["periods"]


def test_every_code_has_a_label():
    assert set(flat.labels()) == set(NUMBER)
    assert all(flat.labels().values())

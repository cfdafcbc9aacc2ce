"""The shipped tables: nothing wrong in them, each fault is seen, and the lists of 2012 to 2024 say what was printed."""

from __future__ import annotations

import gzip
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.check import faults
from quittance.belgium.tariffs.errors import IMPORT, TariffError
from quittance.belgium.tariffs.rows import (
    EVERY_CONDITION,
    FEE,
    KINDS,
    PLACES,
    PROFESSIONS,
    REIMBURSEMENT,
    WEEKENDS,
    Row,
    best,
    check_digit,
    is_code,
    names,
)
from quittance.belgium.tariffs.store import shipped
from quittance.kernel.dated import OPEN, day_number

PREFERENTIAL, GMD, CHRONIC = 1, 4, 8
CHILD, ADULT, OLD = 119, 120, 900


def amounts(code, on, conditions=0, age=ADULT):
    rows = [row for row in shipped().rows if row.code == code]
    day = day_number(date.fromisoformat(on))
    found = (best(rows, FEE, day, conditions, age), best(rows, REIMBURSEMENT, day, conditions, age))
    return tuple(None if row is None else f"{Decimal(row.cents) / 100:.2f}" for row in found)


def test_nothing_is_wrong():
    assert faults(store.load()) == []


def test_every_check_digit():
    assert all(int(code[:5]) % 7 == int(code[5]) for code in shipped().acts)


@pytest.mark.parametrize(
    ("code", "on", "conditions", "age", "said"),
    [
        ("101076", "2024-01-01", 0, ADULT, ("31.81", "25.81")),
        ("101076", "2024-12-31", PREFERENTIAL, ADULT, ("31.81", "30.31")),
        ("101076", "2024-06-01", GMD, ADULT, ("31.81", "27.81")),
        ("101076", "2024-06-01", GMD | PREFERENTIAL, ADULT, ("31.81", "30.81")),
        ("101032", "2024-06-01", GMD, CHILD, ("25.68", "21.68")),
        ("101010", "2024-06-01", 0, OLD, ("18.85", "12.85")),
        ("101076", "2012-06-01", 0, ADULT, ("23.32", "17.32")),
        ("101076", "2012-06-01", GMD, ADULT, ("23.32", None)),
        ("101076", "2025-01-01", 0, ADULT, (None, None)),
        ("101076", "2018-01-01", 0, ADULT, (None, None)),
        ("103132", "2024-06-01", 0, CHILD, ("45.81", "37.81")),
        ("103132", "2024-06-01", GMD | CHRONIC, CHILD, ("45.81", "37.81")),
        ("103132", "2024-06-01", PREFERENTIAL, CHILD, ("45.81", "43.81")),
        ("103132", "2024-06-01", 0, ADULT, ("45.81", "28.78")),
        ("103132", "2024-06-01", 0, OLD, ("45.81", "29.78")),
        ("103132", "2024-06-01", CHRONIC, ADULT, ("45.81", "29.78")),
        ("103132", "2024-06-01", CHRONIC | PREFERENTIAL, ADULT, ("45.81", "42.25")),
        ("103132", "2024-06-01", GMD, 899, ("45.81", "29.78")),
        ("103132", "2024-06-01", GMD, OLD, ("45.81", "34.59")),
        ("103132", "2024-06-01", GMD | CHRONIC, ADULT, ("45.81", "34.59")),
        ("103132", "2024-06-01", GMD | CHRONIC | PREFERENTIAL, OLD, ("45.81", "43.32")),
        ("104230", "2024-06-01", CHRONIC, ADULT, ("105.34", "68.97")),
        ("104230", "2024-06-01", GMD, ADULT, ("105.34", None)),
        ("101533", "2024-06-01", 0, ADULT, ("36.61", "36.61")),
        ("102034", "2017-06-01", 0, ADULT, ("37.15", "25.15")),
        ("102034", "2017-06-01", PREFERENTIAL, ADULT, ("37.15", "34.15")),
        ("102071", "2022-06-01", 0, ADULT, ("39.13", "27.13")),
        ("102071", "2022-05-31", 0, ADULT, (None, None)),
        ("373892", "2021-06-01", 0, 179, ("48.50", "48.50")),
        ("373892", "2021-06-01", 0, 180, ("48.50", None)),
        ("374371", "2021-06-01", 0, 180, ("32.00", "32.00")),
        ("302805", "2026-06-01", 0, ADULT, ("158.70", None)),
        ("560011", "2024-06-01", 0, ADULT, ("30.00", "23.75")),
        ("560055", "2024-06-01", PREFERENTIAL, ADULT, ("30.00", "8.33")),
        ("560055", "2014-06-01", 0, ADULT, ("22.26", "7.40")),
        ("567055", "2024-06-01", 0, ADULT, (None, None)),
        ("425110", "2018-01-01", 0, ADULT, ("5.35", "4.02")),
        ("425110", "2018-12-31", PREFERENTIAL, ADULT, ("5.35", "5.35")),
        ("425294", "2018-06-01", 0, ADULT, ("33.81", "30.43")),
        ("425515", "2018-06-01", 0, ADULT, (None, None)),
        ("425110", "2019-01-01", 0, ADULT, (None, None)),
        ("426510", "2018-06-01", 0, ADULT, ("0.00", "0.00")),
    ],
)
def test_the_amounts_that_were_printed(code, on, conditions, age, said):
    assert amounts(code, on, conditions, age) == said


def test_every_answer_is_one_for_each_patient_on_each_bound():
    """Whoever the patient is and whatever the day, two rows never answer equally well."""
    of_code: dict[tuple[str, int], list[Row]] = {}
    for row in shipped().rows:
        of_code.setdefault((row.code, row.kind), []).append(row)
    for rows in of_code.values():
        days = {day for row in rows for day in (row.from_day, row.to_day)}
        ages = {age for row in rows for age in (row.age_from, row.age_to - 1)}
        for day in days:
            for conditions in range(EVERY_CONDITION + 1):
                for age in ages:
                    ranks = [row.rank for row in rows if row.holds(day, conditions, age)]
                    assert not ranks or ranks.count(max(ranks)) == 1


def test_each_list_ends_on_the_last_day_it_is_known_for():
    for row in shipped().rows:
        source = shipped().sources[row.source]
        assert row.to_day == row.verified_until != OPEN
        assert row.to_day <= day_number(date.fromisoformat(source.verified_until))


@pytest.mark.parametrize(
    ("code", "profession", "kind", "places", "weekend", "minutes"),
    [
        ("425110", "nurse", "technical", ["home"], "weekday", 0),
        ("425515", "nurse", "technical", ["home"], "weekend", 0),
        ("425272", "nurse", "flat_rate", ["home"], "weekday", 0),
        ("425670", "nurse", "flat_rate", ["home"], "weekend", 0),
        ("426075", "nurse", "flat_rate", ["community"], "any", 0),
        ("429096", "nurse", "flat_rate", ["day_care"], "any", 0),
        ("427055", "nurse", "flat_rate", ["home"], "weekday", 0),
        ("427136", "nurse", "flat_rate", ["home"], "weekend", 0),
        ("427571", "nurse", "technical", ["practice"], "any", 0),
        ("425014", "nurse", "visit", ["home"], "weekday", 0),
        ("421131", "nurse", "other", [], "any", 0),
        ("560571", "physiotherapist", "session", ["rest_home"], "any", 20),
        ("567011", "physiotherapist", "session", ["practice"], "any", 30),
        ("103132", "doctor", "visit", ["home"], "any", 0),
        ("101076", "doctor", "consultation", [], "any", 0),
        ("373811", "dentist", "technical", [], "any", 0),
        ("713016", "speech_therapist", "session", ["practice"], "any", 90),
        ("701013", "speech_therapist", "assessment", [place for place in PLACES if place != "hospital"], "any", 30),
    ],
)
def test_what_a_code_is(code, profession, kind, places, weekend, minutes):
    act = shipped().acts[code]
    assert (PROFESSIONS[act.profession], KINDS[act.kind], act.minutes) == (profession, kind, minutes)
    assert (names(act.places, PLACES), WEEKENDS[act.weekend]) == (places, weekend)


def test_sources_are_the_same_in_words():
    text = (Path(store.__file__).parent / "SOURCES.md").read_text(encoding="utf-8")
    for one in shipped().sources.values():
        cells = [one.table, one.title, one.publisher, one.published, one.licence, one.verified_until]
        assert f"| {' | '.join(cells)} |" in text


# Each fault is seen.


def with_row(**changes):
    tables = store.load()
    at = next(at for at, row in enumerate(tables.rows) if row.code == "711314" and row.source == "logopedie-2026")
    rows = [*tables.rows]
    rows[at] = replace(rows[at], **changes)
    return replace(tables, rows=rows)


def with_act(code, **changes):
    tables = store.load()
    return replace(tables, acts={**tables.acts, code: replace(tables.acts[code], **changes)})


FAULTS = [
    (with_row(cents=3838), "coefficient fois valeur"),
    (with_row(cents=3838), "part ne s'accordent pas"),
    (with_row(cents=10, letter=""), "le remboursement dépasse les honoraires"),
    (with_row(cents=-1, letter=""), "montant négatif"),
    (with_row(source="ailleurs"), "source « ailleurs » inconnue"),
    (with_row(code="711336"), "deux lignes répondent"),
    (with_row(code="000000"), "acte inconnu"),
    (with_row(to_day=0), "période ou âge impossible"),
    (with_row(age_from=5, age_to=5), "période ou âge impossible"),
    (with_row(to_day=day_number(date(2026, 6, 1))), "connu au-delà"),
    (with_row(to_day=day_number(date(2026, 6, 1)), verified_until=0), "un remboursement sans honoraires"),
    (with_row(from_day=day_number(date(2026, 2, 1))), "des jours sans honoraires entre 2026-01-01 et 2026-12-31"),
    (with_row(requires=1, forbids=1), "conditions impossibles"),
    (with_row(requires=64), "conditions impossibles"),
    (with_act("711314", label=""), "acte sans libellé"),
    (with_act("711314", source="ailleurs"), "source « ailleurs » inconnue"),
    (with_act("711314", pair="711385"), "son pendant 711385 n'existe pas"),
    (with_act("711314", pair="711336"), "est pour les mêmes patients"),
    (with_act("711314", pair="712386"), "n'est pas le même acte"),
]


@pytest.mark.parametrize(("tables", "said"), FAULTS, ids=[said for _, said in FAULTS])
def test_a_fault_is_seen(tables, said):
    assert [one for one in faults(tables) if said in one]


def test_a_wrong_check_digit_and_a_hole_are_seen():
    tables = store.load()
    act = replace(tables.acts["711314"], code="711315")
    assert [one for one in faults(replace(tables, acts={**tables.acts, "711315": act})) if "reste par 7" in one]
    rows = [row for row in tables.rows if not (row.code == "711314" and row.kind == REIMBURSEMENT)]
    day = day_number(date(2026, 6, 1))
    late = [
        replace(row, from_day=day)
        for row in tables.rows
        if row.code == "711314" and row.kind == REIMBURSEMENT and row.requires == 0
    ]
    found = faults(replace(tables, rows=[*rows, *late]))
    assert [one for one in found if one.startswith("711314 : logopedie-2026 a des jours sans remboursement")]


def test_empty_tables_and_a_source_without_a_day_are_seen():
    tables = store.load()
    assert faults(replace(tables, acts={})) == [f"Les tables sont vides : lancez « {IMPORT} »."]
    source = replace(tables.sources["vnz-2024"], verified_until="")
    assert "source vnz-2024 : verified_until sans valeur" in faults(
        replace(tables, sources={**tables.sources, "vnz-2024": source})
    )
    cuts = [replace(tables.cuts[0], source="ailleurs")]
    assert [one for one in faults(replace(tables, cuts=cuts)) if "période de réduction" in one]


# Reading and writing.


def test_tables_go_and_come_without_a_change(tmp_path):
    target = tmp_path / "tables"
    store.write(store.load(), target)
    for name in (store.ACTS, store.PRICES, store.CUTS):
        written, read = (gzip.decompress((at / name).read_bytes()) for at in (target, store.folder()))
        assert written == read


@pytest.mark.parametrize("name", [store.ACTS, store.PRICES, store.CUTS, store.SOURCES])
@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"\x1f\x8bjunk", b"a,b\n1\n", b"a,b\n1,2\n", gzip.compress(b"a,b\n1,2\n", mtime=0), b'"a'],
)
def test_a_damaged_table_is_a_tariff_error(tables, name, content):
    path = tables.parent / name if name == store.SOURCES else tables / name
    path.write_bytes(content)
    with pytest.raises(TariffError, match=name.removesuffix(".gz")):
        store.load(tables)


def test_a_missing_table_says_so(tmp_path):
    with pytest.raises(TariffError, match="fichier illisible"):
        store.load(tmp_path)


def test_a_cut_off_table_is_refused(tables):
    path = tables / store.PRICES
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(TariffError, match="incomplet"):
        store.load(tables)


@given(st.integers(0, 99_999), st.integers(1, 6))
def test_another_last_digit_is_refused(base, more):
    five = f"{base:05}"
    assert is_code(five + check_digit(five))
    assert not is_code(five + str((int(check_digit(five)) + more) % 7))


@pytest.mark.parametrize("text", ["", "70101", "7010133", "70101３", "70101x", "701-13"])
def test_what_is_no_code(text):
    assert not is_code(text)


def test_the_most_specific_row_answers():
    wide, young = Row("701013", 1, 0, 9, 10), Row("701013", 1, 0, 9, 20, age_to=120)
    chronic = Row("701013", 1, 0, 9, 30, requires=CHRONIC)
    rows = [wide, young, chronic]
    assert best(rows, 1, 5, 0, ADULT) == wide
    assert best(rows, 1, 5, 0, CHILD) == young
    assert best(rows, 1, 5, CHRONIC, CHILD) == chronic
    assert best(rows, 1, 5, 0, None) == wide
    assert best(rows, 1, 10) is None
    assert best(rows, 0, 5) is None

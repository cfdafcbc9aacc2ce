"""The builder of the shipped tables: a small folder of facts, and each thing it refuses."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.errors import TariffError
from quittance.belgium.tariffs.facts.builder import build
from quittance.belgium.tariffs.rows import FEE, REIMBURSEMENT, best
from quittance.kernel.dated import day_number
from tests.belgium.tariffs.facts import FILES, folder

SPEECH = "logopedics_art36_tariffs_2026.csv"
HISTORY = "logopedics_fee_history.csv"
MEDICAL = "gp_specialist_dentist_tariffs.csv"
NURSES = "nursing_art8_codes.csv"


def amount(tables, code, kind, on, conditions=0):
    rows = [row for row in tables.rows if row.code == code]
    row = best(rows, kind, day_number(date.fromisoformat(on)), conditions, 400)
    return None if row is None else row.cents


def test_it_writes_what_was_gathered(tmp_path):
    target = tmp_path / "out" / "tables"
    report = build(folder(tmp_path / "in"), target)
    tables = store.load(target)
    assert report.text() == f"{len(tables.acts)} actes et {len(tables.rows)} lignes de prix écrits."
    assert amount(tables, "711314", FEE, "2026-05-01") == 1750
    assert amount(tables, "711314", REIMBURSEMENT, "2026-03-31", 2) == 1500
    assert amount(tables, "711314", REIMBURSEMENT, "2026-04-01", 2) == 1125
    assert amount(tables, "711314", REIMBURSEMENT, "2026-04-01", 3) == 1650
    assert amount(tables, "702015", FEE, "2024-07-31") == 5150
    assert amount(tables, "702015", FEE, "2024-08-01") is None
    assert amount(tables, "711351", FEE, "2023-05-01") == 1400
    assert amount(tables, "101032", REIMBURSEMENT, "2024-05-01", 4) == 2100
    assert amount(tables, "425110", REIMBURSEMENT, "2018-05-01", 1) == 500
    assert amount(tables, "426510", FEE, "2018-05-01") == 0
    assert tables.acts["711351"].pair == "711384"
    assert tables.acts["702085"].pair == "702015"


def test_the_same_facts_give_the_same_bytes(tmp_path):
    first, second = tmp_path / "a" / "tables", tmp_path / "b" / "tables"
    build(folder(tmp_path / "in"), first)
    build(folder(tmp_path / "in"), second)
    assert {one.name: one.read_bytes() for one in first.iterdir()} == {
        one.name: one.read_bytes() for one in second.iterdir()
    }


REFUSED = [
    (SPEECH, "701013,36", "701014,36", "chiffre de contrôle"),
    (SPEECH, "35.00,30.00", "35.01,30.00", "coefficient fois valeur"),
    (SPEECH, "30.00,33.00", "30.10,33.00", "ne s'accordent pas"),
    (SPEECH, "35.00,30.00", "cher,30.00", "n'est pas un montant"),
    (SPEECH, "R,17.5", "R,dix", "n'est pas un nombre"),
    (SPEECH, "R,17.5", "R,17.5555", "trop de décimales"),
    (SPEECH, "2026-01-01", "2027-01-01", "la liste n'est pas celle de"),
    (SPEECH, "2026-01-01", "hier", "n'est pas une date"),
    (SPEECH, "ambulatory", "moon", "facts.yaml ne connaît pas « moon »"),
    (SPEECH, "initial_assessment", "dance", "facts.yaml ne connaît pas « dance »"),
    (SPEECH, "36,a,oral", "36,z,oral", "facts.yaml ne connaît pas « z »"),
    (
        SPEECH,
        "701083,36,1,any,initial_assessment,hospitalised",
        "701013,36,1,any,initial_assessment,hospitalised",
        "deux",
    ),
    (SPEECH, "code,article", "codes,article", "colonnes absentes"),
    (SPEECH, "minutes", "minute", "la colonne « minutes » manque"),
    (HISTORY, "2026-01-01,35.00", "2026-01-01,35.10", "pas le montant de la liste"),
    (HISTORY, "2023-01-01", "2022-01-01", "facts.yaml ne connaît pas « 2022-01-01 »"),
    (MEDICAL, "GMD,2024-01-01,25.00,21.00", "GMD,2024-01-01,25.00,22.00", "ne s'accordent pas"),
    (MEDICAL, ",no GMD,", ",full moon,", "facts.yaml ne connaît pas « full moon »"),
    (MEDICAL, ",GMD,", ",no GMD,", "deux lignes répondent"),
    (MEDICAL, "VNZ list", "Moon list", "facts.yaml ne connaît pas « Moon list"),
    (NURSES, "425110,toilet", "425132,toilet", "facts.yaml ne connaît pas « 425110 »"),
    (NURSES, "home,weekday", "home,doomsday", "facts.yaml ne connaît pas « doomsday »"),
]


@pytest.mark.parametrize(("name", "old", "new", "said"), REFUSED)
def test_what_does_not_hold_is_refused_and_nothing_is_written(tmp_path, name, old, new, said):
    target = tmp_path / "out" / "tables"
    with pytest.raises(TariffError, match=said):
        build(folder(tmp_path / "in", name, old, new), target)
    assert not target.exists()


@pytest.mark.parametrize("name", FILES)
def test_a_missing_or_empty_file_is_named(tmp_path, name):
    path = folder(tmp_path / "in")
    (path / name).write_text("")
    with pytest.raises(TariffError, match=name):
        build(path, tmp_path / "out" / "tables")
    (path / name).unlink()
    with pytest.raises(TariffError, match=name):
        build(path, tmp_path / "out" / "tables")


@pytest.mark.property
@settings(max_examples=200)
@given(st.sampled_from([*FILES]), st.integers(0, 400), st.binary(max_size=6))
def test_any_damage_is_read_or_refused(tmp_path_factory, name, at, put):
    path = folder(tmp_path_factory.mktemp("facts"))
    content = (path / name).read_bytes()
    (path / name).write_bytes(content[:at] + put + content[at + len(put) :])
    with suppress(TariffError):
        build(path, path / "out" / "tables")

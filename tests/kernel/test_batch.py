"""One rule, one text: plain and compiled give the same integers, and a changed rule is compiled again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quittance.kernel import batch
from quittance.kernel import rule as rule_module
from quittance.kernel.flat import Flat, write
from quittance.kernel.rule import tracing
from tests.kernel import toy

pytestmark = pytest.mark.compiled

PRICES = {
    "price_from": ("i", [0, 100]),
    "price_to": ("i", [89, 200]),
    "price_cents": ("i", [1001, 2333]),
    "price_rows": ("i", [2]),
}


@pytest.fixture(scope="module")
def flat(tmp_path_factory: pytest.TempPathFactory) -> Flat:
    path = tmp_path_factory.mktemp("toy") / "toy.flat"
    write(path, PRICES, {}, "toy")
    return Flat(path)


def bills(given_lines: list[list[tuple[int, int]]]) -> tuple[list[Any], list[Any]]:
    made: list[Any] = []
    lines: list[Any] = []
    for acts in given_lines:
        bill = toy.Bill()
        bill.first = len(lines)
        for position, (day, quantity) in enumerate(acts):
            line = toy.Line()
            line.position, line.day, line.quantity = position, day, quantity
            lines.append(line)
        bill.last = len(lines)
        made.append(bill)
    return made, lines


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 210), st.integers(1, 99)), min_size=1, max_size=6), min_size=1, max_size=8
    )
)
def test_plain_and_compiled_give_the_same_integers(flat: Flat, acts: list[list[tuple[int, int]]]) -> None:
    made, lines = bills(acts)
    bill_records, line_records = batch.records_of(toy.BILL, made), batch.records_of(toy.LINE, lines)
    for bill in made:
        toy.price_bill(flat.arrays, bill, lines)
    run = batch.compiled(toy.price_bill, toy.BILL, toy.LINE, flat.header["arrays"])
    run(batch.tables_record(flat), bill_records, line_records)
    assert np.array_equal(batch.records_of(toy.BILL, made), bill_records)
    assert np.array_equal(batch.records_of(toy.LINE, lines), line_records)


def test_a_trace_tells_each_rule_with_what_it_read(flat: Flat) -> None:
    made, lines = bills([[(0, 3), (120, 1)]])
    with tracing() as steps:
        toy.price_bill(flat.arrays, made[0], lines)
    told = [(step.rule.id.rpartition(".")[2], step.first, step.last, step.inputs, step.result) for step in steps]
    assert told == [
        ("unit_price", 0, 1, (0,), 1001),
        ("base", 0, 1, (1001, 3), 3003),
        ("unit_price", 1, 2, (120,), 2333),
        ("base", 1, 2, (2333, 1), 2333),
        ("dearest", 0, 2, (), 0),
        ("rate", 0, 1, (1,), 5000),
        ("share", 0, 1, (3003, 5000), 1502),
        ("rate", 1, 2, (0,), 3333),
        ("share", 1, 2, (2333, 3333), 778),
    ]


def test_the_rules_of_another_country_are_taught_later_and_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rule_module, "RULES", dict(rule_module.RULES))
    monkeypatch.setattr(batch, "RULES", rule_module.RULES)
    batch.teach()
    before = batch.code_digest(toy.price_bill, toy.BILL)

    def elsewhere(tables: Any, bill: Any, line: Any) -> Any:
        return line.quantity

    elsewhere.__module__ = "another.pricing.rules"
    made = rule_module.rule(source="article 9", reads=("quantity",))(elsewhere)
    assert batch.code_digest(toy.price_bill, toy.BILL) == before
    batch.teach()
    assert made in batch._TAUGHT


_CHANGED = """
import sys
sys.path[:0] = [{folder!r}]
import copied
from quittance.kernel import batch
from quittance.kernel import rule as rule_module
from quittance.kernel.flat import Flat
flat = Flat(__import__("pathlib").Path({path!r}))
bill, line = copied.Bill(), copied.Line()
bill.last, line.quantity = 1, 1
bills, lines = batch.records_of(copied.BILL, [bill]), batch.records_of(copied.LINE, [line])
run = batch.compiled(copied.price_bill, copied.BILL, copied.LINE, flat.header["arrays"])
run(batch.tables_record(flat), bills, lines)
print(lines["share_cents"][0])
"""


def test_a_changed_rule_is_compiled_again(flat: Flat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUITTANCE_CACHE", str(tmp_path / "cache"))
    text = Path(toy.__file__).read_text()

    def share(rate: str) -> str:
        (tmp_path / "copied.py").write_text(text.replace("5000 if", f"{rate} if"))
        code = _CHANGED.format(folder=str(tmp_path), path=str(flat.path))
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    assert share("5000") == "501"
    assert share("4000") == "400"
    assert share("4000") == "400"  # from the cache, in another process
    assert len(list((tmp_path / "cache" / "compiled").iterdir())) == 2

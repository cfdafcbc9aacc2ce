"""Plain against compiled: every integer of every bill and line, on generated sessions of each country.

Limit: no difference. `python -m bench.equal 20000` tries 20,000 a country instead of 100,000.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import numpy as np

from bench import generated, generated_belgium
from quittance.kernel import batch
from quittance.kernel.country import countries

Session = dict[str, Any]


def encoded(sessions: list[Session], code: str = "FR") -> tuple[list[Any], list[Any]]:
    """Bills and lines of the sessions in one run, as the batch path holds them."""
    country: Any = countries()[code]
    room = country.layouts.__module__.rpartition(".")[0]
    encode = importlib.import_module(f"{room}.pricing.encode").encode
    read = importlib.import_module(f"{room}.pricing.input").Session.model_validate
    bills: list[Any] = []
    lines: list[Any] = []
    for made in sessions:
        bill, own, problems = encode(read(made), country.words)
        if not problems:
            bill.first, bill.last = len(lines), len(lines) + len(own)
            bills.append(bill)
            lines += own
    return bills, lines


def differences(sessions: list[Session], code: str = "FR") -> list[str]:
    """Fields in which both ways differ, with the session of the first."""
    country: Any = countries()[code]
    layouts, price_bill = country.layouts(), country.batch_rules()
    bills, lines = encoded(sessions, code)
    bill_records, line_records = batch.records_of(layouts.bill, bills), batch.records_of(layouts.line, lines)
    for bill in bills:
        price_bill(country.flat.arrays, bill, lines)
    run = batch.compiled(price_bill, layouts, country.flat.header["arrays"])
    run(batch.tables_record(country.flat), bill_records, line_records)
    found = []
    for records, fields, objects in ((bill_records, layouts.bill, bills), (line_records, layouts.line, lines)):
        plain = batch.records_of(fields, objects)
        for field in fields:
            wrong = np.flatnonzero((plain[field.name] != records[field.name]).reshape(len(records), -1).any(axis=1))
            if len(wrong):
                at = wrong[0]
                found.append(
                    f"{field.name}: {plain[field.name][at]} plain, {records[field.name][at]} compiled, at {at}"
                )
    return found


def _made(make: Callable[[], Session], count: int) -> Iterator[list[Session]]:
    """Sessions in portions, so that memory stays small."""
    for done in range(0, count, 10_000):
        yield [make() for _ in range(min(10_000, count - done))]


def main(count: int) -> int:
    """Compare each country."""
    random, ccam = Random(20260101), generated.ccam_codes()
    makers: dict[str, Callable[[], Session]] = {
        "FR": lambda: generated.session(random, ccam),
        "BE": lambda: generated_belgium.session(random),
    }
    for code, make in makers.items():
        for portion in _made(make, count):
            found = differences(portion, code)
            if found:
                print(f"FAIL {code}:", *found, sep="\n  ")
                return 1
        print(f"{code}: plain = compiled on {count} sessions, every integer (limit: no difference)")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))

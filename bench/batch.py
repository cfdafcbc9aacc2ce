"""The compiled rules of each country on mixed lines: 5 million lines/s on 2 cores, beside plain Python."""

from __future__ import annotations

import sys
from random import Random
from time import perf_counter
from typing import Any

import numpy as np

from bench import generated_belgium
from bench._figures import said
from bench.equal import encoded
from bench.generated import ccam_codes, session
from quittance.kernel import batch
from quittance.kernel.country import countries

COPIES, SESSIONS = 150, 4000


def measured(code: str, sessions: list[dict[str, Any]]) -> bool:
    """Price sessions of every kind, repeated until they fill a second."""
    country: Any = countries()[code]
    layouts, price_bill = country.layouts(), country.batch_rules()
    bills, lines = encoded(sessions, code)
    bill_records, line_records = batch.records_of(layouts.bill, bills), batch.records_of(layouts.line, lines)
    start = perf_counter()
    for bill in bills:
        price_bill(country.flat.arrays, bill, lines)
    plain = len(lines) / (perf_counter() - start)
    run = batch.compiled(price_bill, layouts, country.flat.header["arrays"])
    tables = batch.tables_record(country.flat)
    many_lines, many_bills = np.tile(line_records, COPIES), np.tile(bill_records, COPIES)
    shift = np.repeat(np.arange(COPIES, dtype=np.int32) * len(lines), len(bills))
    many_bills["first"] += shift
    many_bills["last"] += shift
    run(tables, bill_records, line_records)
    best = 0.0
    for _ in range(3):
        fresh_bills, fresh_lines = many_bills.copy(), many_lines.copy()
        start = perf_counter()
        run(tables, fresh_bills, fresh_lines)
        best = max(best, len(many_lines) / (perf_counter() - start))
    print(f"     {code}, plain Python: {plain:,.0f} lines/s; compiled: {best / plain:,.0f} times that")
    return said(f"{code}, computing alone", best / 1e6, 5, "M lines/s", at_least=True)


def main() -> int:
    """Both countries."""
    random, ccam = Random(7), ccam_codes()
    held = [
        measured("FR", [session(random, ccam) for _ in range(SESSIONS)]),
        measured("BE", [generated_belgium.session(random) for _ in range(SESSIONS)]),
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())

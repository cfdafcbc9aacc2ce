"""Plain against compiled: every integer of every bill and line, on 100,000 generated sessions. Limit: no difference."""

from __future__ import annotations

import sys
from random import Random
from typing import Any

import numpy as np

from bench.generated import ccam_codes, session
from quittance.france import country
from quittance.france.pricing import layout
from quittance.france.pricing.bill import price_bill
from quittance.france.pricing.encode import encode
from quittance.france.pricing.input import Session
from quittance.kernel import batch


def encoded(sessions: list[dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """Bills and lines of the sessions in one run, as the batch path holds them."""
    bills: list[Any] = []
    lines: list[Any] = []
    for made in sessions:
        bill, own, problems = encode(Session.model_validate(made), country.words)
        if not problems:
            bill.first, bill.last = len(lines), len(lines) + len(own)
            bills.append(bill)
            lines += own
    return bills, lines


def differences(sessions: list[dict[str, Any]]) -> list[str]:
    """Fields in which both ways differ, with the session of the first."""
    bills, lines = encoded(sessions)
    bill_records, line_records = batch.records_of(layout.BILL, bills), batch.records_of(layout.LINE, lines)
    for bill in bills:
        price_bill(country.flat.arrays, bill, lines)
    run = batch.compiled(price_bill, country.layouts(), country.flat.header["arrays"])
    run(batch.tables_record(country.flat), bill_records, line_records)
    found = []
    for records, fields, objects in ((bill_records, layout.BILL, bills), (line_records, layout.LINE, lines)):
        plain = batch.records_of(fields, objects)
        for field in fields:
            wrong = np.flatnonzero((plain[field.name] != records[field.name]).reshape(len(records), -1).any(axis=1))
            if len(wrong):
                at = wrong[0]
                found.append(
                    f"{field.name}: {plain[field.name][at]} plain, {records[field.name][at]} compiled, at {at}"
                )
    return found


def main(count: int) -> int:
    """Compare in portions, so that memory stays small."""
    random, ccam, done = Random(20260101), ccam_codes(), 0
    while done < count:
        portion = min(10_000, count - done)
        found = differences([session(random, ccam) for _ in range(portion)])
        done += portion
        if found:
            print(f"FAIL after {done} sessions:", *found, sep="\n  ")
            return 1
    print(f"plain = compiled on {done} sessions, every integer (limit: no difference)")
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000))

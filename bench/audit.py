"""The journal: a million events verified in 60 s, and what one event costs beside a plain insert.

Run: `python -m bench audit`, on SQLite in a throw-away folder; `python -m bench.audit URL` on an empty PostgreSQL.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

EVENTS, CHAINS, ONE_BY_ONE = 1_000_000, 4, 3_000
PIECE = 5_000


def _events(count: int) -> Iterator[list[Any]]:
    """Make rows of several practices, one after the other as a day brings them, each with its link."""
    from quittance.audit.canonical import GENESIS, link, payload

    heads = dict.fromkeys(range(CHAINS), GENESIS)
    for number in range(count):
        place, seq = number % CHAINS, number // CHAINS + 1
        chain, user = UUID(int=place + 1), UUID(int=number % 9)
        at, patient = 1_790_000_000_000_000 + number * 1_000, number % 2_000 or None
        values = [chain, at, user, "membership:12", 3, "view", "patients:detail", f"patients.Patient:{number % 2_000}"]
        values += [patient, "192.0.2.17", "done", "{}"]
        previous, heads[place] = heads[place], link(heads[place], seq, payload(values))
        yield [*values, seq, previous, heads[place]]


def _statement() -> str:
    from quittance.audit.sql import COLUMNS, TABLE, WRITTEN

    places = ", ".join(["%s"] * (len(COLUMNS) + 3))
    return f'INSERT INTO {TABLE} ({WRITTEN}, "seq", "previous", "hash") VALUES ({places})'


def _stored(row: list[Any]) -> list[Any]:
    from django.db import connection

    return [one.hex if isinstance(one, UUID) and connection.vendor == "sqlite" else one for one in row]


def _fill() -> None:
    """Insert a million rows by a path that the program has not."""
    from django.db import connection, transaction

    rows = map(_stored, _events(EVENTS))
    with transaction.atomic(), connection.cursor() as cursor:
        for done in range(0, EVENTS, PIECE):
            cursor.executemany(_statement(), [next(rows) for _ in range(PIECE)])
            print(f"\r{done + PIECE:>8} / {EVENTS} events", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _recorded() -> float:
    """Seconds to record events one by one in one transaction, at the end of a chain that is long already."""
    from django.db import transaction

    from quittance import audit

    who = audit.Someone(UUID(int=5), UUID(int=1), "membership:12", 3)
    with transaction.atomic():
        start = perf_counter()
        for number in range(ONE_BY_ONE):
            audit.record(who, "view", "patients:detail", patient=number)
        taken = perf_counter() - start
        transaction.set_rollback(True)
    return taken


def _inserted() -> float:
    """Seconds to insert the same rows as Django does any other, in one transaction."""
    from django.db import models, transaction

    from quittance.audit.models import AuditEvent
    from quittance.audit.sql import COLUMNS

    names = (*COLUMNS, "seq", "previous", "hash")
    rows = [dict(zip(names, row, strict=True)) for row in _events(ONE_BY_ONE * CHAINS)][::CHAINS]
    with transaction.atomic():
        start = perf_counter()
        for row in rows:
            models.Model.save(AuditEvent(**{**row, "chain": UUID(int=99)}), force_insert=True)
        taken = perf_counter() - start
        transaction.set_rollback(True)
    return taken


def _measured() -> int:
    from bench._figures import said
    from quittance.audit.verify import verify

    _fill()
    start = perf_counter()
    report = verify()
    taken = perf_counter() - start
    assert (report.rows, report.findings) == (EVENTS, []), report.findings
    recorded, inserted = (min(work() for _ in range(5)) for work in (_recorded, _inserted))
    name = f"one event ({recorded / ONE_BY_ONE * 1e6:.0f} µs) against a plain insert of its row"
    holds = [said("1 million events verified", taken, 60, "s"), said(name, recorded / inserted, 2, "times")]
    return 0 if all(holds) else 1


def main(argv: list[str]) -> int:
    """Fill, verify, compare; gives 1 when a limit is passed."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"QUITTANCE_DATA": data, "DJANGO_SETTINGS_MODULE": "quittance.web.settings"}
        os.environ.pop("DATABASE_URL", None)
        if argv:
            os.environ["DATABASE_URL"] = argv[0]
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        return _measured()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

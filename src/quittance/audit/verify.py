"""Walk the chains and tell which rows are not what was written: altered, missing, reordered, cut.

The hashes are worked out here again, from the columns as the database holds them: nothing of what wrote them is
trusted. A row is held only if it is its own link, and follows the row before.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any, Literal
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction

from quittance.audit.canonical import GENESIS, link, payload
from quittance.audit.sql import TABLE, WRITTEN

Kind = Literal["altered", "missing", "reordered", "cut"]
Row = tuple[Any, ...]
Heads = Mapping[str, Mapping[int, str]]
CHUNK = 2_000
SHOWN = 1_000  # of each chain: whoever rewrote more has rewritten the journal
CHAINS = f"SELECT DISTINCT chain FROM {TABLE} ORDER BY chain"  # noqa: S608 - a name of ours
ROWS = f'SELECT {WRITTEN}, "seq", "previous", "hash" FROM {TABLE} WHERE "chain" = %s ORDER BY "seq"'  # noqa: S608


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong from row `seq` to row `last` of a chain; `place` is where a reordered row was written."""

    kind: Kind
    chain: str
    seq: int
    last: int
    place: int | None = None


@dataclass(slots=True)
class Report:
    """What was walked: rows, the head of each chain, what is wrong, and how much more of it."""

    rows: int = 0
    heads: dict[str, tuple[int, str]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    more: int = 0


class Walk:
    """The walk along one chain; `noted` holds hashes that were noted earlier, by their place."""

    def __init__(self, name: str, noted: Mapping[int, str]) -> None:
        self.chain, self.noted = name, noted
        self.rows = self.more = 0
        self.seq, self.hash, self.sound = 0, GENESIS, True
        self.findings: list[Finding] = []
        self.broken: list[tuple[int, Any, str, Any]] = []
        self.seen: set[int] = set()

    def find(self, kind: Kind, seq: int, last: int | None = None, place: int | None = None) -> None:
        """Add to what is wrong; beyond the first thousand only their number."""
        if len(self.findings) < SHOWN:
            self.findings.append(Finding(kind, self.chain, seq, seq if last is None else last, place))
        else:
            self.more += 1

    def step(self, row: Row) -> None:
        """Hold one row against its own hash, the row before, and what was noted."""
        seq, previous, found = row[-3:]
        if not isinstance(seq, int):  # SQLite takes any value in any column
            self.find("altered", self.seq + 1)
            return
        text = payload(row[:-3])
        own = link(previous, seq, text) == found
        follows = seq == self.seq + 1
        if not own:
            self._keep_broken(seq, previous, text, found)
        if seq > self.seq + 1:
            self.find("missing", self.seq + 1, seq - 1)
        elif own and (not follows or (self.sound and previous != self.hash)):
            self.find("reordered", seq)
        if seq in self.noted:
            self.seen.add(seq)
            if own and self.noted[seq] != found:
                self.find("altered", seq)
        self.rows, self.seq, self.hash, self.sound = self.rows + 1, seq, found, own

    def _keep_broken(self, seq: int, previous: Any, text: str, found: Any) -> None:
        if len(self.broken) < SHOWN:
            self.broken.append((seq, previous, text, found))
        else:
            self.more += 1

    def end(self) -> None:
        """Tell of each broken row whether it was altered, or was written at another place; then what was cut."""
        gaps = (range(gap.seq, gap.last + 1) for gap in self.findings if gap.kind == "missing")
        places = [*(one[0] for one in self.broken), *islice(chain.from_iterable(gaps), SHOWN)]
        for seq, previous, text, found in self.broken:
            place = next((place for place in places if link(previous, place, text) == found), None)
            self.find("altered" if place is None else "reordered", seq, place=place)
        for seq in sorted(self.noted.keys() - self.seen):
            self.find("cut", seq)
        self.findings.sort(key=lambda finding: finding.seq)


def _lenient(text: bytes) -> str:
    """Read a text that is none: it was not written by us, and must not stop the walk."""
    return text.decode(errors="surrogateescape")


@contextmanager
def _rows(using: str, value: Any, lenient: bool) -> Iterator[Iterator[list[Row]]]:
    """Read a chain by pieces, through a server-side cursor where there is one, in one view of the data.

    On SQLite a statement alone is such a view, and a transaction would keep everybody from writing.
    """
    connection = connections[using]
    whole = transaction.atomic(using) if connection.vendor == "postgresql" else nullcontext()
    with whole, connection.chunked_cursor() as cursor:
        if lenient:
            connection.connection.text_factory = _lenient
        try:
            cursor.execute(ROWS, [value])
            yield iter(lambda: cursor.fetchmany(CHUNK), [])
        finally:
            if lenient:
                connection.connection.text_factory = str


def _name(value: Any) -> str:
    return value.hex if isinstance(value, UUID) else str(value)


def _chains(using: str) -> dict[str, Any]:
    with connections[using].cursor() as cursor:
        cursor.execute(CHAINS)
        return {_name(value): value for (value,) in cursor.fetchall()}


def walk(
    name: str, value: Any, noted: Mapping[int, str], using: str = DEFAULT_DB_ALIAS, *, lenient: bool = False
) -> Walk:
    """Walk one chain to its end; `value` is its name as the database holds it."""
    found = Walk(name, noted)
    try:
        with _rows(using, value, lenient) as pieces:
            for row in chain.from_iterable(pieces):
                found.step(row)
    except OperationalError:
        if lenient or connections[using].vendor != "sqlite":
            raise
        return walk(name, value, noted, using, lenient=True)
    found.end()
    return found


def verify(noted: Heads | None = None, using: str = DEFAULT_DB_ALIAS) -> Report:
    """Walk every chain there is, and look for every one that was noted."""
    report, noted = Report(), noted or {}
    chains = _chains(using)
    for name, value in chains.items():
        one = walk(name, value, noted.get(name, {}), using)
        report.rows += one.rows
        report.more += one.more
        report.heads[name] = (one.seq, one.hash)
        report.findings += one.findings
    for name in sorted(noted.keys() - chains.keys()):
        report.findings += [Finding("cut", name, seq, seq) for seq in sorted(noted[name])]
    return report

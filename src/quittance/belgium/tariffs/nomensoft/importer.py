"""Import of a NomenSoft publication into the tables (`quittance tariffs --country BE import nomensoft PATH`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.check import faults
from quittance.belgium.tariffs.errors import NomenSoftError
from quittance.belgium.tariffs.nomensoft.amounts import Found, found_in
from quittance.belgium.tariffs.nomensoft.reading import read
from quittance.belgium.tariffs.rows import Row
from quittance.kernel.dated import day_number

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did."""

    source: str
    until: date
    new_acts: int
    acts: int
    rows: int
    left_out: tuple[tuple[str, int], ...]

    def text(self) -> str:
        """In French, for a person."""
        lines = [
            f"{self.source}, connu jusqu'au {self.until} :",
            f"{self.rows} lignes de prix pour {self.acts} codes, dont {self.new_acts} nouveaux.",
            f"{sum(count for _, count in self.left_out)} lignes écartées :",
            *(f"  {count} × {reason}" for reason, count in self.left_out),
        ]
        return "\n".join(lines)


def import_publication(path: Path, published: date, until: date | None = None, target: Path | None = None) -> Report:
    """Read a publication and lay it over the tables: on the days that it knows of a code, its rows alone stand.

    `until` is the last day it is known for (default: the end of the year it was published in); a row without end
    ends there, since a later day would be a guess. Nothing is written unless everything was read and the tables
    pass their check. Raises `NomenSoftError` only (or `TariffError` where the tables at hand cannot be read).
    """
    last = until or date(published.year, 12, 31)
    if last < published:
        raise NomenSoftError(f"La publication du {published} ne peut être connue jusqu'au {last} seulement.")
    name = f"nomensoft-{published}"
    found = found_in(read(path), name, day_number(last))
    tables = store.load(target)
    described = {code: act for code, act in tables.acts.items() if not act.source.startswith("nomensoft-")}
    acts = {**tables.acts, **found.acts, **described}
    rows = list(_laid(tables.rows, found))
    source = store.Source(
        table=name,
        title=f"NomenSoft, publication du {published}",
        publisher="INAMI",
        published=published.isoformat(),
        licence="publication officielle (faits)",
        verified_until=last.isoformat(),
    )
    known = tables.sources.get(name)
    if known and known.verified_until > source.verified_until:
        source = known
    merged = store.Tables(acts, rows, {**tables.sources, name: source}, tables.cuts)
    if wrong := faults(merged, holes=False):
        raise NomenSoftError(f"{len(wrong)} défauts, rien n'est écrit : " + " ; ".join(wrong[:5]))
    store.write(merged, target)
    return Report(
        source=name,
        until=last,
        new_acts=len(found.acts.keys() - tables.acts.keys()),
        acts=len(found.acts),
        rows=sum(map(len, found.rows.values())),
        left_out=tuple(sorted(Counter(found.left_out).items())),
    )


def _laid(rows: Iterable[Row], found: Found) -> Iterator[Row]:
    """The rows of before, cut away where the publication speaks, and its own."""
    spans = {code: joined((row.from_day, row.to_day) for row in own) for code, own in found.rows.items()}
    for row in rows:
        yield from outside(row, spans.get(row.code, ()))
    for own in found.rows.values():
        yield from own


def joined(spans: Iterable[Span]) -> list[Span]:
    """Spans of days as few as possible, in order.

    >>> joined([(10, 12), (1, 3), (4, 5)])
    [(1, 5), (10, 12)]
    """
    found: list[Span] = []
    for first, last in sorted(spans):
        if found and first <= found[-1][1] + 1:
            found[-1] = found[-1][0], max(found[-1][1], last)
        else:
            found.append((first, last))
    return found


def outside(row: Row, spans: Sequence[Span]) -> Iterator[Row]:
    """The parts of a row that no span covers."""
    start = row.from_day
    for first, last in spans:
        if last < start or first > row.to_day:
            continue
        if first > start:
            yield _part(row, start, first - 1)
        start = last + 1
    if start <= row.to_day:
        yield _part(row, start, row.to_day)


def _part(row: Row, first: int, last: int) -> Row:
    return replace(row, from_day=first, to_day=last, verified_until=min(row.verified_until, last))

"""The CCAM tables of the product in memory, and how they stand on disk (sorted csv.gz, the same bytes each time)."""

from __future__ import annotations

import csv
import gzip
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from quittance.kernel.money import format_cents, parse_cents

FOLDER = Path(__file__).parent.parent / "tables"
GRIDS = 20
NO_PRICE = -1
OPEN = ""
"""The end of a row that still holds."""


class Key(NamedTuple):
    """An act (code CCAM), its activity and its phase."""

    code: str
    activity: str
    phase: str


@dataclass(frozen=True, slots=True)
class Act:
    """What an act is called and where it stands; days are ISO texts, the last one included."""

    code: str
    label: str
    short: str
    kind: str
    sex: str
    chapter: str
    start: str
    end: str
    source: str


@dataclass(frozen=True, slots=True)
class Price:
    """The prices of a key by grid (index = grid, -1 = none), cents; `doubtful` is a mask over the grids."""

    start: str
    end: str
    cents: tuple[int, ...]
    doubtful: int
    source: str


@dataclass(frozen=True, slots=True)
class Properties:
    """What the list says of a key beside its price."""

    start: str
    end: str
    exemption: str
    agreement: bool
    conditional: bool
    covered: bool
    grouping: str
    modifiers: str
    doubtful: bool
    source: str

    def same(self, other: Properties) -> bool:
        """Whether both say the same, whatever their days and source."""
        return self._said() == other._said()

    def _said(self) -> tuple[object, ...]:
        return (self.exemption, self.agreement, self.conditional, self.covered, self.grouping, self.modifiers)


@dataclass(frozen=True, slots=True)
class Extra:
    """Coefficients of the overseas zones (thousandths) and charges of the practice (cents) of a key."""

    guadeloupe_milli: int
    martinique_milli: int
    guyane_milli: int
    reunion_milli: int
    cabinet_cents: int
    source: str


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A note of the list on an act or a chapter."""

    code: str
    start: str
    kind: str
    text: str
    source: str


@dataclass(slots=True)
class Tables:
    """Every CCAM table."""

    acts: dict[str, Act] = field(default_factory=dict)
    prices: dict[Key, list[Price]] = field(default_factory=dict)
    properties: dict[Key, list[Properties]] = field(default_factory=dict)
    extras: dict[Key, Extra] = field(default_factory=dict)
    gestures: dict[str, tuple[tuple[str, ...], str]] = field(default_factory=dict)
    incompatible: dict[str, tuple[str, ...]] = field(default_factory=dict)
    chapters: dict[str, str] = field(default_factory=dict)
    groupings: dict[str, tuple[str, bool]] = field(default_factory=dict)
    families: list[tuple[str, str]] = field(default_factory=list)
    modifiers: dict[str, str] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)


def day_before(day: str) -> str:
    """The day before an ISO day.

    >>> day_before("2026-01-01")
    '2025-12-31'
    """
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


@lru_cache(maxsize=60_000)
def decode_prices(text: str) -> tuple[int, ...]:
    """Cents by grid of a text like `52.96:3,5,16-18 37.17:4`.

    >>> decode_prices("52.96:3,5,16-18 37.17:4")[2:6]
    (-1, 5296, 3717, 5296)
    """
    cents = [NO_PRICE] * GRIDS
    for part in text.split():
        amount, _, grids = part.partition(":")
        for grid in decode_grids(grids):
            cents[grid] = parse_cents(amount)
    return tuple(cents)


def encode_prices(cents: Sequence[int]) -> str:
    """The text of cents by grid, the lowest grid first."""
    by_amount: dict[int, list[int]] = {}
    for grid, amount in enumerate(cents):
        if amount != NO_PRICE:
            by_amount.setdefault(amount, []).append(grid)
    return " ".join(f"{format_cents(amount)}:{_ranges(tuple(grids))}" for amount, grids in by_amount.items())


def decode_grids(text: str) -> list[int]:
    """Grid numbers of a text like `3,5,16-18`.

    >>> decode_grids("3,5,16-18")
    [3, 5, 16, 17, 18]
    """
    grids: list[int] = []
    for part in filter(None, text.split(",")):
        first, _, last = part.partition("-")
        grids.extend(range(int(first), int(last or first) + 1))
    return grids


def encode_mask(mask: int) -> str:
    """Grids of a mask as text.

    >>> encode_mask(1 << 13 | 1 << 15)
    '13,15'
    """
    return _ranges(tuple(grid for grid in range(GRIDS) if mask >> grid & 1))


@lru_cache(maxsize=4_000)
def _ranges(grids: tuple[int, ...]) -> str:
    runs: list[list[int]] = []
    for grid in grids:
        if runs and runs[-1][1] == grid - 1:
            runs[-1][1] = grid
        else:
            runs.append([grid, grid])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def merge_prices(rows: Iterable[Price]) -> list[Price]:
    """Rows in order of their days, equal neighbours of one source made one, rows without any price left out."""
    merged: list[Price] = []
    for row in rows:
        last = merged[-1] if merged else None
        if all(cents == NO_PRICE for cents in row.cents):
            continue
        if last and last.end and _next(last.end) == row.start and _alike(last, row):
            merged[-1] = replace(last, end=row.end)
        else:
            merged.append(row)
    return merged


def _alike(one: Price, other: Price) -> bool:
    return one.cents == other.cents and one.doubtful == other.doubtful and one.source == other.source


def merge_properties(rows: Iterable[Properties]) -> list[Properties]:
    """Rows in order of their days, equal neighbours made one under the newest source."""
    merged: list[Properties] = []
    for row in rows:
        last = merged[-1] if merged else None
        if last and last.end and _next(last.end) == row.start and last.same(row) and last.doubtful == row.doubtful:
            merged[-1] = replace(row, start=last.start)
        else:
            merged.append(row)
    return merged


@lru_cache(maxsize=4_000)
def _next(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


# On disk


def read_rows(name: str, folder: Path = FOLDER) -> Iterator[list[str]]:
    """Rows of a table, its header left out; nothing where the table has not been built."""
    path = folder / f"ccam_{name}.csv.gz"
    if not path.exists():
        return
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


def table_bytes(header: str, rows: Iterable[Sequence[object]]) -> bytes:
    """The bytes of a table: the same rows always give the same."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header.split(","))
    writer.writerows(rows)
    return gzip.compress(text.getvalue().encode(), 9, mtime=0)


def write_all(contents: Mapping[Path, bytes]) -> None:
    """Write every file beside its place, then rename them all: nobody ever reads half of one."""
    written: list[tuple[Path, Path]] = []
    try:
        for path, content in contents.items():
            if path.exists() and path.read_bytes() == content:
                continue
            with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
                written.append((Path(file.name), path))
                file.write(content)
        for temporary, path in written:
            temporary.chmod(0o644)
            temporary.replace(path)
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)

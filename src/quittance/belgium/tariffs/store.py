"""The shipped tables: acts and amounts as compressed CSV, read and written whole; and their sources."""

from __future__ import annotations

import csv
import gzip
import io
import os
import tempfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path

from quittance.belgium.tariffs.errors import IMPORT, TariffError
from quittance.belgium.tariffs.rows import (
    AMOUNTS,
    CONDITIONS,
    KINDS,
    NO_AGE,
    NO_SHARE,
    PLACES,
    PROFESSIONS,
    WEEKENDS,
    Act,
    Row,
    mask,
    names,
)
from quittance.kernel.dated import OPEN, day_number, day_of

ACTS, PRICES, SOURCES, CUTS = "acts.csv.gz", "prices.csv.gz", "sources.csv", "cuts.csv.gz"
ACT_FIELDS = (
    *("code", "profession", "kind", "minutes", "places", "weekend", "pair"),
    *("category", "pathology", "article", "label", "source"),
)
PRICE_FIELDS = (
    *("code", "kind", "from", "to", "cents", "requires", "forbids", "age_from_months", "age_to_months", "share_cents"),
    *("letter", "coefficient", "value", "source", "verified_until", "doubtful", "note"),
)
SOURCE_FIELDS = ("table", "title", "publisher", "published", "licence", "verified_until")
CUT_FIELDS = ("profession", "from", "to", "cut", "source")
LARGEST = 200_000_000
"""Bytes of a table once open: a file that grows past it is no price list."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from. `verified_until` is the last day that the publication is known for."""

    table: str
    title: str
    publisher: str
    published: str
    licence: str
    verified_until: str

    @property
    def text(self) -> str:
        """The source as a trace names it."""
        return f"{self.title}, {self.publisher}"


@dataclass(frozen=True, slots=True)
class Cut:
    """A window in which the reimbursement of non-conventioned providers of a profession is cut, or is not."""

    profession: str
    from_day: int
    to_day: int
    cut: bool
    source: str


@dataclass(frozen=True, slots=True)
class Tables:
    """Everything known, in the order of the tables: acts by code, rows by code, kind and day, sources by name."""

    acts: Mapping[str, Act]
    rows: Sequence[Row]
    sources: Mapping[str, Source]
    cuts: Sequence[Cut]


def folder() -> Path:
    """Where the shipped tables stand; `sources.csv` is in the folder above."""
    return Path(str(resources.files("quittance.belgium.tariffs").joinpath("tables")))


def load(at: Path | None = None) -> Tables:
    """The tables of a folder (the shipped ones by default). Raises `TariffError`."""
    root = at or folder()
    acts = [_act(cells, f"{ACTS}, ligne {line}") for line, cells in _lines(root / ACTS)]
    rows = [_row(cells, f"{PRICES}, ligne {line}") for line, cells in _lines(root / PRICES)]
    cuts = [_cut(cells, f"{CUTS}, ligne {line}") for line, cells in _lines(root / CUTS)]
    sources = [source_of(cells) for _, cells in _lines(root.parent / SOURCES)]
    return Tables({act.code: act for act in acts}, rows, {one.table: one for one in sources}, cuts)


@lru_cache(maxsize=1)
def shipped() -> Tables:
    """The shipped tables, read once."""
    return load()


def write(tables: Tables, at: Path | None = None) -> None:
    """Write the tables of a folder and their sources, each file whole or not at all."""
    root = at or folder()
    acts = sorted(tables.acts.values(), key=lambda act: act.code)
    _write(root / ACTS, gzip.compress(to_csv(ACT_FIELDS, map(_act_line, acts)), mtime=0))
    _write(root / PRICES, gzip.compress(to_csv(PRICE_FIELDS, map(_row_line, sorted(tables.rows, key=order))), mtime=0))
    _write(root / CUTS, gzip.compress(to_csv(CUT_FIELDS, map(_cut_line, tables.cuts)), mtime=0))
    sources = sorted(tables.sources.values(), key=lambda one: one.table)
    cells = [[getattr(one, field) for field in SOURCE_FIELDS] for one in sources]
    _write(root.parent / SOURCES, to_csv(SOURCE_FIELDS, cells))
    shipped.cache_clear()


def order(row: Row) -> tuple[str, int, int, int, int, int, int]:
    """Rows in the order of the table: by code, amounts, day, conditions, age."""
    return row.code, row.kind, row.from_day, row.requires, row.forbids, row.age_from, row.age_to


def to_csv(fields: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A table as CSV, one line feed a row whatever the machine."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(list(fields))
    writer.writerows(rows)
    return text.getvalue().encode()


def read_table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, gzip or not. Raises `TariffError` for whatever is not one."""
    try:
        content = path.read_bytes()
        text = (_unzipped(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text), strict=True)
        found = list(reader)
    except OSError as error:
        raise TariffError(f"{path.name} : fichier illisible ({error.strerror}) ; vérifiez le chemin.") from error
    except (EOFError, zlib.error, csv.Error, ValueError) as error:
        raise TariffError(f"{path.name} : ce n'est pas un CSV UTF-8 ({error}).") from error
    if not reader.fieldnames or any(None in row or None in row.values() for row in found):
        raise TariffError(f"{path.name} : des lignes n'ont pas les colonnes annoncées ; corrigez le fichier.")
    return found


def _unzipped(content: bytes) -> bytes:
    opened = zlib.decompressobj(31)
    text = opened.decompress(content, LARGEST)
    if not opened.eof:
        raise EOFError("fichier compressé incomplet ou trop grand")
    return text


def _lines(path: Path) -> list[tuple[int, dict[str, str]]]:
    return list(enumerate(read_table(path), 2))


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)


@lru_cache(maxsize=10_000)
def day(text: str) -> int:
    """Day number of an ISO day; the open end for an empty text.

    >>> day("2026-01-01"), day("")
    (20454, 2000000)
    """
    return day_number(date.fromisoformat(text)) if text else OPEN


@lru_cache(maxsize=10_000)
def iso(number: int) -> str:
    """The ISO day of a number; an empty text for the open end.

    >>> iso(20454), iso(OPEN)
    ('2026-01-01', '')
    """
    return "" if number == OPEN else day_of(number).isoformat()


def _unreadable(where: str, error: Exception) -> TariffError:
    return TariffError(
        f"{where} : ligne illisible ({error}) ; remettez le fichier livré avec Quittance, puis relancez « {IMPORT} »."
    )


def _act(cells: dict[str, str], where: str) -> Act:
    try:
        return Act(
            code=cells["code"],
            profession=PROFESSIONS.index(cells["profession"]),
            kind=KINDS.index(cells["kind"]),
            minutes=int(cells["minutes"]),
            places=mask(cells["places"].split(), PLACES),
            weekend=WEEKENDS.index(cells["weekend"]),
            pair=cells["pair"],
            category=cells["category"],
            pathology=cells["pathology"],
            article=cells["article"],
            label=cells["label"],
            source=cells["source"],
        )
    except (KeyError, ValueError) as error:
        raise _unreadable(where, error) from error


def _act_line(act: Act) -> list[object]:
    return [
        act.code,
        PROFESSIONS[act.profession],
        KINDS[act.kind],
        act.minutes,
        " ".join(names(act.places, PLACES)),
        WEEKENDS[act.weekend],
        act.pair,
        act.category,
        act.pathology,
        act.article,
        act.label,
        act.source,
    ]


@lru_cache(maxsize=1_000)
def _conditions(text: str) -> int:
    return mask(text.split(), CONDITIONS)


def _row(cells: dict[str, str], where: str) -> Row:
    try:
        return Row(
            code=cells["code"],
            kind=AMOUNTS.index(cells["kind"]),
            from_day=day(cells["from"]),
            to_day=day(cells["to"]),
            cents=int(cells["cents"]),
            requires=_conditions(cells["requires"]),
            forbids=_conditions(cells["forbids"]),
            age_from=int(cells["age_from_months"] or 0),
            age_to=int(cells["age_to_months"] or NO_AGE),
            share_cents=int(cells["share_cents"] or NO_SHARE),
            letter=cells["letter"],
            coefficient_milli=int(cells["coefficient"] or 0),
            value_micro=int(cells["value"] or 0),
            source=cells["source"],
            verified_until=day(cells["verified_until"]),
            doubtful=cells["doubtful"] == "1",
            note=cells["note"],
        )
    except (KeyError, ValueError) as error:
        raise _unreadable(where, error) from error


def _row_line(row: Row) -> list[object]:
    return [
        row.code,
        AMOUNTS[row.kind],
        iso(row.from_day),
        iso(row.to_day),
        row.cents,
        " ".join(names(row.requires, CONDITIONS)),
        " ".join(names(row.forbids, CONDITIONS)),
        row.age_from or "",
        "" if row.age_to == NO_AGE else row.age_to,
        "" if row.share_cents == NO_SHARE else row.share_cents,
        row.letter,
        row.coefficient_milli or "",
        row.value_micro or "",
        row.source,
        iso(row.verified_until),
        int(row.doubtful),
        row.note,
    ]


def _cut(cells: dict[str, str], where: str) -> Cut:
    try:
        return Cut(cells["profession"], day(cells["from"]), day(cells["to"]), cells["cut"] == "1", cells["source"])
    except (KeyError, ValueError) as error:
        raise _unreadable(where, error) from error


def _cut_line(one: Cut) -> list[object]:
    return [one.profession, iso(one.from_day), iso(one.to_day), int(one.cut), one.source]


def source_of(cells: dict[str, str]) -> Source:
    """A source from the cells of `sources.csv`. Raises `TariffError`."""
    try:
        return Source(**{field: cells[field] for field in SOURCE_FIELDS})
    except KeyError as error:
        raise TariffError(f"{SOURCES} : la colonne {error} manque.") from error

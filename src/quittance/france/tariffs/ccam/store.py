"""CCAM tables to and from their csv.gz files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from quittance.france.tariffs.ccam.tables import (
    FOLDER,
    Act,
    Extra,
    Key,
    Note,
    Price,
    Properties,
    Tables,
    decode_grids,
    decode_prices,
    encode_mask,
    encode_prices,
    read_rows,
    table_bytes,
    write_all,
)
from quittance.kernel.money import format_cents, parse_cents

HEADERS = {
    "acts": "code,label,short,type,sex,chapter,from,to,source",
    "prices": "code,activity,phase,from,to,prices,doubtful,source",
    "properties": "code,activity,phase,from,to,exemption,agreement,conditional,covered,"
    "grouping,modifiers,doubtful,source",
    "extras": "code,activity,phase,guadeloupe,martinique,guyane,reunion,cabinet,source",
    "gestures": "code,gestures,source",
    "incompatible": "code,incompatible,source",
    "chapters": "chapter,label",
    "groupings": "grouping,label,dental",
    "families": "family,chapter_or_code",
    "modifiers": "modifier,label",
    "notes": "code,from,kind,text,source",
}
INCOMPATIBLE_SOURCE = "ccam-v33"


def load(folder: Path = FOLDER, *, notes: bool = True, only: str = "") -> Tables:
    """Read every table (the notes only where asked), or in each what concerns one act."""

    def rows_of(name: str) -> Iterable[list[str]]:
        return (row for row in read_rows(name, folder) if not only or row[0] == only)

    tables = Tables()
    for code, *cells in rows_of("acts"):
        tables.acts[code] = Act(code, *cells)
    for code, activity, phase, start, end, prices, doubtful, source in rows_of("prices"):
        mask = sum(1 << grid for grid in decode_grids(doubtful))
        row = Price(start, end, decode_prices(prices), mask, source)
        tables.prices.setdefault(Key(code, activity, phase), []).append(row)
    for code, activity, phase, *said in rows_of("properties"):
        tables.properties.setdefault(Key(code, activity, phase), []).append(_properties(said))
    for code, activity, phase, a, b, c, d, cabinet, source in rows_of("extras"):
        zones = (int(a), int(b), int(c), int(d))
        tables.extras[Key(code, activity, phase)] = Extra(*zones, parse_cents(cabinet), source)
    for code, gestures, source in rows_of("gestures"):
        tables.gestures[code] = (tuple(gestures.split()), source)
    for code, others, _ in read_rows("incompatible", folder):
        if not only or code == only or only in others:
            tables.incompatible[code] = tuple(others.split())
    _load_lists(tables, folder)
    if notes:
        tables.notes = [Note(*cells) for cells in rows_of("notes")]
    return tables


def _properties(said: Sequence[str]) -> Properties:
    start, end, exemption, agreement, conditional, covered, grouping, modifiers, doubtful, source = said
    flags = (agreement == "1", conditional == "1", covered == "1")
    return Properties(start, end, exemption, *flags, grouping, modifiers, doubtful == "1", source)


def _load_lists(tables: Tables, folder: Path) -> None:
    for grouping, label, dental in read_rows("groupings", folder):
        tables.groupings[grouping] = (label, dental == "1")
    tables.chapters = {cells[0]: cells[1] for cells in read_rows("chapters", folder)}
    tables.modifiers = {cells[0]: cells[1] for cells in read_rows("modifiers", folder)}
    tables.families = [(family, member) for family, member in read_rows("families", folder)]


def save(tables: Tables, folder: Path = FOLDER) -> None:
    """Write every table, sorted."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {folder / f"ccam_{name}.csv.gz": (HEADERS[name], rows) for name, rows in _rows(tables).items()}
    write_all({path: table_bytes(header, rows) for path, (header, rows) in named.items()})


def _rows(tables: Tables) -> dict[str, Iterable[Sequence[object]]]:
    return {
        "acts": [
            (a.code, a.label, a.short, a.kind, a.sex, a.chapter, a.start, a.end, a.source)
            for _, a in sorted(tables.acts.items())
        ],
        "prices": [
            (*key, p.start, p.end, encode_prices(p.cents), encode_mask(p.doubtful), p.source)
            for key, rows in sorted(tables.prices.items())
            for p in rows
        ],
        "properties": [(*key, *_said(p)) for key, rows in sorted(tables.properties.items()) for p in rows],
        "extras": [(*key, *_extra(extra)) for key, extra in sorted(tables.extras.items())],
        "gestures": [(code, " ".join(g), source) for code, (g, source) in sorted(tables.gestures.items())],
        "incompatible": [
            (code, " ".join(others), INCOMPATIBLE_SOURCE) for code, others in sorted(tables.incompatible.items())
        ],
        "chapters": sorted(tables.chapters.items()),
        "groupings": [(code, label, int(dental)) for code, (label, dental) in sorted(tables.groupings.items())],
        "families": sorted(tables.families),
        "modifiers": sorted(tables.modifiers.items()),
        "notes": [(n.code, n.start, n.kind, n.text, n.source) for n in sorted(tables.notes)],
    }


def _said(row: Properties) -> tuple[object, ...]:
    flags = (int(row.agreement), int(row.conditional), int(row.covered))
    return (row.start, row.end, row.exemption, *flags, row.grouping, row.modifiers, int(row.doubtful), row.source)


def _extra(row: Extra) -> tuple[object, ...]:
    zones = (row.guadeloupe_milli, row.martinique_milli, row.guyane_milli, row.reunion_milli)
    return (*zones, format_cents(row.cabinet_cents), row.source)

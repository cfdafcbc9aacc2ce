"""What must hold in the CCAM tables whatever was imported: `quittance tariffs check`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from quittance.france.tariffs.ccam.merge import grids, roles
from quittance.france.tariffs.ccam.sources import read_sources
from quittance.france.tariffs.ccam.store import load
from quittance.france.tariffs.ccam.tables import FOLDER, NO_PRICE, Key, Price, Properties, Tables

_EXEMPTIONS = frozenset({"", "7", *"12345", *(f"{digit}-7" for digit in "12345")})


def check(folder: Path = FOLDER) -> list[str]:
    """Every fault of the tables, in French; an empty list when all is well."""
    tables = load(folder, notes=False)
    if not tables.acts:
        return ["Les tables de la CCAM sont vides : lancez « quittance tariffs import ccam »."]
    return [*faults(tables, read_sources(folder.parent))]


def faults(tables: Tables, sources: dict[str, dict[str, str]]) -> Iterator[str]:
    """Faults of tables in memory."""
    for name, source in sources.items():
        if not _is_day(source["verified_until"]):
            yield f"source {name} : « verified_until » n'est pas une date"
    for key, rows in tables.prices.items():
        yield from _periods(key, "prix", rows)
        for row in rows:
            yield from _price(key, row, sources)
        if not _described(tables, key, rows):
            yield f"{_name(key)} : un prix sans regroupement ni propriétés au même jour"
    for key, said in tables.properties.items():
        yield from _periods(key, "propriétés", said)
        for properties in said:
            yield from _properties(tables, key, properties, sources)
    yield from _acts(tables)
    yield from _relations(tables)


def _name(key: Key) -> str:
    return f"{key.code} activité {key.activity} phase {key.phase}"


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _periods(key: Key, what: str, rows: Sequence[Price | Properties]) -> Iterator[str]:
    for row in rows:
        if not _is_day(row.start) or (row.end and (not _is_day(row.end) or row.end < row.start)):
            yield f"{_name(key)} : {what} du {row.start} au {row.end}, période impossible"
    for one, other in pairwise(rows):
        if not one.end or one.end >= other.start:
            yield f"{_name(key)} : {what} du {one.start} et du {other.start} se chevauchent"


def _price(key: Key, row: Price, sources: dict[str, dict[str, str]]) -> Iterator[str]:
    where = f"{_name(key)} au {row.start}"
    if row.source not in sources:
        yield f"{where} : source « {row.source} » inconnue"
    priced = sum(1 << grid for grid, cents in enumerate(row.cents) if cents != NO_PRICE)
    if not priced:
        yield f"{where} : aucun prix"
    if row.doubtful & ~priced:
        yield f"{where} : grille douteuse sans prix"
    for grid in grids():
        outside = row.start < grid.start or bool(grid.end and (not row.end or row.end > grid.end))
        if priced >> grid.number & 1 and outside and row.start >= "2018-01-01":
            yield f"{where} : la grille {grid.number} n'existe pas à cette date"


def _described(tables: Tables, key: Key, rows: Sequence[Price]) -> bool:
    said = tables.properties.get(key)
    if not said or said[0].start > rows[0].start:
        return False
    return not said[-1].end or bool(rows[-1].end and rows[-1].end <= said[-1].end)


def _properties(tables: Tables, key: Key, row: Properties, sources: dict[str, dict[str, str]]) -> Iterator[str]:
    where = f"{_name(key)} au {row.start}"
    if row.source not in sources:
        yield f"{where} : source « {row.source} » inconnue"
    if row.grouping not in tables.groupings:
        yield f"{where} : code de regroupement « {row.grouping} » inconnu"
    if not set(row.modifiers) <= roles().keys():
        yield f"{where} : modificateurs « {row.modifiers} » inconnus"
    if row.exemption not in _EXEMPTIONS:
        yield f"{where} : exonération « {row.exemption} » inconnue"


def _acts(tables: Tables) -> Iterator[str]:
    for key in tables.prices.keys() | tables.properties.keys():
        if key.code not in tables.acts:
            yield f"{_name(key)} : acte sans libellé"
    for act in tables.acts.values():
        if not act.label or act.chapter not in tables.chapters:
            yield f"{act.code} : libellé ou chapitre manquant"


def _relations(tables: Tables) -> Iterator[str]:
    for code, others in tables.incompatible.items():
        if any(other <= code for other in others) or code not in tables.acts:
            yield f"{code} : incompatibilités mal rangées (chaque paire une fois, sous le premier code)"
    for code, (gestures, _) in tables.gestures.items():
        if unknown := [gesture for gesture in gestures if gesture not in tables.acts]:
            yield f"{code} : actes complémentaires inconnus {', '.join(unknown)}"

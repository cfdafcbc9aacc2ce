"""Importer of the dated history: price grids since 2005, the per-activity list of version 33, older spreadsheets.

Folder: `dated_v78.10/*.json.gz` (prices by grid and day, labels, notes), `v33_2014/*.csv.gz` (modifiers, agreement
and exemption by activity, complementary acts, incompatibilities, overseas coefficients), `ccam_acts_v67_*.csv` and
`ccam_acts_v78_*.csv` (older spreadsheets as one line per key), `ccam_association_chapters.csv`.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from quittance.france.tariffs.ccam.errors import HistoryFormatError
from quittance.france.tariffs.ccam.merge import (
    append_properties,
    apply_acts,
    apply_properties,
    dental_groupings,
    grids,
    said_of,
)
from quittance.france.tariffs.ccam.older import read_csv, read_older, read_version_33, unreadable
from quittance.france.tariffs.ccam.tables import (
    GRIDS,
    NO_PRICE,
    OPEN,
    Act,
    Key,
    Note,
    Price,
    Properties,
    Tables,
    day_before,
    merge_prices,
)
from quittance.kernel.money import AmountError, parse_cents

DATED = "ccam-dated-v78.10"
_V33_PUBLISHED = "2014-02-19"
_V67_APPLIES, _V67_PUBLISHED, _DENTAL_RATE, _V78_PUBLISHED = "2018-01-01", "2021-04-26", "2023-10-15", "2025-02-01"
"""Version 67 is taken back to the reform of the grids (2018-01-01); what it then says otherwise than
version 33 is doubtful until its own day. The dental families ASC, AID and ADM came with the dental rate."""
_LATE_FAMILIES = frozenset({"ASC", "AID", "ADM"})

Row = dict[str, Any]


def read_history(folder: Path) -> Tables:
    """Build every table up to the eve of the newest spreadsheet.

    Raises `HistoryFormatError` naming the file, and nothing else.
    """
    tables = Tables()
    _acts(tables, _json(folder, "ccam_actes", ("code", "libelle_long", "type_acte", "date_debut")))
    _chapters(tables, _json(folder, "ccam_hierarchie_actes", ("code", "strate", "libelle", "type")))
    _prices(tables, _json(folder, "ccam_tarifs_detailles", ("code", "activite", "phase", "date_effet")))
    first_day = {key: min(rows[0].start, _start(tables, key.code)) for key, rows in tables.prices.items()}
    version_33 = read_version_33(folder / "v33_2014", tables, first_day)
    _guard("v67", lambda: _snapshots(tables, folder, first_day, version_33))
    labels = _json(folder, "ccam_regroupement", ("code", "activite", "regroupement"))
    _unseen(tables, {(row["code"], row["activite"]): row["regroupement"] for row in labels}, first_day)
    _ends(tables)
    _lists(tables, folder)
    return tables


def _guard(name: str, work: Callable[[], None]) -> None:
    try:
        work()
    except (KeyError, ValueError, TypeError, IndexError) as error:
        raise HistoryFormatError(
            f"{name} : contenu inattendu ({error!r}). Téléchargez le fichier de nouveau."
        ) from error


def _json(folder: Path, name: str, wanted: tuple[str, ...]) -> list[Row]:
    """Rows of a JSON list, numbers kept as text: no float ever holds an amount."""
    path = folder / "dated_v78.10" / f"{name}.json.gz"
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            rows = json.load(file, parse_float=str, parse_int=str)
    except (OSError, EOFError, ValueError) as error:
        raise HistoryFormatError(unreadable(path, error)) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) and all(c in row for c in wanted) for row in rows):
        raise HistoryFormatError(
            f"{name}.json.gz : chaque élément doit porter {', '.join(wanted)}. Téléchargez le fichier de nouveau."
        )
    return rows


def _acts(tables: Tables, rows: Iterable[Row]) -> None:
    for row in rows:
        # The day written as the end is the first one without the act.
        end = day_before(row["date_fin"]) if row.get("date_fin") else OPEN
        code, label = row["code"], " ".join(row["libelle_long"].split())
        kind, sex = str(row["type_acte"]), str(row.get("compatibilite_sexe", "0"))
        short = " ".join(str(row.get("libelle_court") or "").split())
        tables.acts[code] = Act(code, label, short, kind, sex, "", row["date_debut"], end, DATED)


def _chapters(tables: Tables, rows: Iterable[Row]) -> None:
    for row in rows:
        parts = row["strate"].split(".")
        while parts and parts[-1] == "00":
            parts.pop()
        chapter = ".".join(parts)
        if row["type"] == "H" and chapter:
            tables.chapters[chapter] = " ".join(row["libelle"].split())
        elif row["code"] in tables.acts:
            tables.acts[row["code"]] = replace(tables.acts[row["code"]], chapter=chapter)


def _prices(tables: Tables, rows: Iterable[Row]) -> None:
    by_key: dict[Key, list[Row]] = {}
    for row in rows:
        by_key.setdefault(Key(row["code"], str(row["activite"]), str(row["phase"])), []).append(row)
    for key, dated in by_key.items():
        dated.sort(key=lambda row: str(row["date_effet"]))
        ends = [day_before(later["date_effet"]) for later in dated[1:]] + [OPEN]
        found = [
            Price(row["date_effet"], end, _cents(key, row), 0, DATED) for row, end in zip(dated, ends, strict=True)
        ]
        tables.prices[key] = merge_prices(piece for price in found for piece in _within_grids(price))


def _cents(key: Key, row: Row) -> tuple[int, ...]:
    try:
        return tuple(
            parse_cents(row[str(grid)]) if row.get(str(grid)) is not None else NO_PRICE for grid in range(GRIDS)
        )
    except AmountError as error:
        raise HistoryFormatError(
            f"ccam_tarifs_detailles : {key.code} au {row['date_effet']}, tarif {error} illisible. Corrigez-le."
        ) from error


def _within_grids(price: Price) -> list[Price]:
    """Cut a row where a grid begins or ends, and keep in each piece the grids that exist then."""
    cuts = {grid.start for grid in grids()}
    cuts = {cut for cut in cuts if price.start < cut and (price.end == OPEN or cut <= price.end)}
    starts = [price.start, *sorted(cuts)]
    ends = [*(day_before(cut) for cut in starts[1:]), price.end]
    return [
        replace(price, start=start, end=end, cents=_living(price.cents, start))
        for start, end in zip(starts, ends, strict=True)
    ]


def _living(cents: tuple[int, ...], day: str) -> tuple[int, ...]:
    alive = [grid.start <= day and (grid.end == OPEN or day <= grid.end) for grid in grids()]
    return tuple(amount if alive[number] else NO_PRICE for number, amount in enumerate(cents))


def _start(tables: Tables, code: str) -> str:
    act = tables.acts.get(code)
    return act.start if act else "9999-12-31"


def _snapshots(
    tables: Tables, folder: Path, first_day: dict[Key, str], version_33: dict[Key, list[Properties]]
) -> None:
    """Version 33, then 67, then 78: each says what holds until the next."""
    tables.properties.update(version_33)
    older, newer = read_older(folder, "v67"), read_older(folder, "v78")
    apply_acts(tables, older.acts, _V67_APPLIES, "ccam-v67", reopen=False)
    told = said_of(older, tables, blank_is_silent=True)
    for key, said in told.items():
        day = _covered_from(tables, key) if said.row.optam_cents is not None else _V67_APPLIES
        apply_properties(tables, {key: said}, day, "ccam-v67", first_day=first_day)
        _doubt(tables.properties[key], day)
    apply_properties(tables, told, _V67_PUBLISHED, "ccam-v67")
    apply_acts(tables, newer.acts, _V78_PUBLISHED, "ccam-v78", reopen=False)
    told = said_of(newer, tables, blank_is_silent=True)
    for key, said in told.items():
        rows = tables.properties.get(key)
        if rows and said.row.grouping in _LATE_FAMILIES and rows[-1].grouping != said.row.grouping:
            grouping = said.row.grouping
            start = max(_DENTAL_RATE, rows[-1].start)
            late = replace(rows[-1], start=start, end=OPEN, grouping=grouping, doubtful=True, source="ccam-v78")
            append_properties(rows, late)
    apply_properties(tables, told, _V78_PUBLISHED, "ccam-v78", first_day=first_day)


def _covered_from(tables: Tables, key: Key) -> str:
    """An act that version 33 does not cover is covered from its first price after it."""
    rows = tables.properties.get(key)
    if rows and not rows[-1].covered:
        for price in tables.prices.get(key, []):
            if price.start > _V33_PUBLISHED and any(cents > 0 for cents in price.cents):
                return min(price.start, _V67_APPLIES)
    return _V67_APPLIES


def _doubt(rows: list[Properties], day: str) -> None:
    """Between version 33 and version 67 the day of a change is unknown: mark it where they differ."""
    if len(rows) > 1 and rows[-1].start == day:
        rows[-1] = replace(rows[-1], doubtful=True)


def _unseen(tables: Tables, groupings: dict[tuple[str, str], str], first_day: dict[Key, str]) -> None:
    """Keys that no list describes: their grouping alone is known."""
    for key, day in first_day.items():
        if key in tables.properties:
            continue
        grouping = groupings.get((key.code, key.activity), "")
        if grouping:
            tables.properties[key] = [Properties(day, OPEN, "", False, False, True, grouping, "", True, DATED)]


def _ends(tables: Tables) -> None:
    """No row outlives its act."""
    for code, act in tables.acts.items():
        if act.end == OPEN:
            continue
        for phase in "0123":
            for activity in "12345":
                _end(tables, Key(code, activity, phase), act.end)


def _end(tables: Tables, key: Key, last: str) -> None:
    if key in tables.prices:
        rows = [row for row in tables.prices[key] if row.start <= last]
        tables.prices[key] = [replace(row, end=min(row.end or last, last)) for row in rows]
    if key in tables.properties:
        said = [row for row in tables.properties[key] if row.start <= last]
        tables.properties[key] = [replace(row, end=min(row.end or last, last)) for row in said]


def _lists(tables: Tables, folder: Path) -> None:
    for row in _json(folder, "ccam_libelle_regroupement", ("regroupement", "libelle_regroupement")):
        code = row["regroupement"]
        tables.groupings[code] = (row["libelle_regroupement"], code in dental_groupings())
    for row in _json(folder, "ccam_libelle_modificateur", ("modificateur", "libelle_modificateur")):
        tables.modifiers[row["modificateur"]] = row["libelle_modificateur"]
    for row in _json(folder, "ccam_notes", ("code", "date_debut", "type_note", "note")):
        text = str(row["note"]).replace(" ¶", "\n").replace("¶", "\n")
        tables.notes.append(Note(row["code"], row["date_debut"], row["type_note"], text, DATED))
    families = read_csv(folder / "ccam_association_chapters.csv", ("rule_family", "chapter_or_code"))
    tables.families = sorted({(row["rule_family"], row["chapter_or_code"]) for row in families})

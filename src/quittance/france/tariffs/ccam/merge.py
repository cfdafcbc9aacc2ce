"""How a publication changes the tables: what it closes, what it opens, and from which day."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from quittance.france.tariffs.ccam.published import Publication, PublishedAct, PublishedRow
from quittance.france.tariffs.ccam.tables import (
    FOLDER,
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
    merge_properties,
)

COMPLEMENTARY_CHAPTER = "18.02"


@dataclass(frozen=True, slots=True)
class Grid:
    """A price grid: its label, the column of the publication it follows, its days."""

    number: int
    label: str
    column: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Role:
    """Who may code a modifier, and the days on which the letter had the meaning of version 33."""

    letter: str
    role: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Said:
    """What a publication says of one key; `covered` is None where it says nothing new."""

    row: PublishedRow
    covered: bool | None
    exemption: str
    modifiers: str
    doubtful: bool


def _law_rows(name: str) -> list[list[str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@lru_cache(maxsize=1)
def grids() -> tuple[Grid, ...]:
    """The price grids, by number."""
    return tuple(Grid(int(number), *rest) for number, *rest in _law_rows("ccam_grids"))


@lru_cache(maxsize=1)
def roles() -> Mapping[str, Role]:
    """Modifier letters and who may code them."""
    return {cells[0]: Role(*cells) for cells in _law_rows("ccam_modifier_roles")}


@lru_cache(maxsize=1)
def dental_groupings() -> frozenset[str]:
    """Grouping codes of the dentists' families."""
    return frozenset(cells[0] for cells in _law_rows("ccam_dental"))


def said_of(publication: Publication, tables: Tables, *, blank_is_silent: bool = False) -> dict[Key, Said]:
    """Keys of a publication; lines without grouping are left out and told as oddities.

    A price of 0.00 leaves the cover as it was: version 81 writes it for most acts that were not reimbursed before.
    `blank_is_silent`: so does no price at all, in older lists that write nothing for both.

    A second line of one activity whose grouping is that of anaesthesia is read as activity 4.
    """
    told: dict[Key, Said] = {}
    for act in publication.acts:
        rows: dict[Key, tuple[PublishedRow, bool]] = {}
        for row in act.rows:
            key, doubtful = Key(act.code, row.activity, row.phase), False
            if key in rows and row.grouping == "ADA":
                key, doubtful = Key(act.code, "4", row.phase), True
                publication.oddities.append(f"ligne {row.line} ({act.code}) : anesthésie lue comme activité 4")
            if not row.grouping or key in rows:
                publication.oddities.append(f"ligne {row.line} ({act.code}) : ligne sans regroupement, écartée")
                continue
            rows[key] = (row, doubtful)
        told |= _said_of_act(act, rows, tables, blank_is_silent)
    return told


def _said_of_act(
    act: PublishedAct, rows: Mapping[Key, tuple[PublishedRow, bool]], tables: Tables, blank_is_silent: bool
) -> dict[Key, Said]:
    by_activity = modifiers_by_activity(act.code, act.modifiers, {key.activity for key in rows}, tables)
    # The exemption code is the act's: some lines of anaesthesia leave it blank.
    exemption = next((row.exemption for row, _ in rows.values() if row.exemption), "")
    return {
        key: Said(row, _covered(row, blank_is_silent), row.exemption or exemption, by_activity[key.activity], doubtful)
        for key, (row, doubtful) in rows.items()
    }


def _covered(row: PublishedRow, blank_is_silent: bool) -> bool | None:
    if row.optam_cents is None and row.other_cents is None:
        return None if blank_is_silent else False
    return True if row.optam_cents or row.other_cents else None


def modifiers_by_activity(code: str, letters: str, activities: set[str], tables: Tables) -> dict[str, str]:
    """Share the modifiers of an act, published together, among its activities.

    A letter that every activity may carry goes to those which an earlier list named one by one, where there is one.
    """
    shared: dict[str, str] = dict.fromkeys(activities, "")
    for letter in sorted(letters):
        for activity in _carriers(code, letter, activities, tables):
            shared[activity] += letter
    return shared


def _carriers(code: str, letter: str, activities: set[str], tables: Tables) -> set[str]:
    found = roles().get(letter)
    role = found.role if found else "operator"
    if role in {"both", "session"} and letter != "O":
        known = {activity for activity in activities if letter in _last_modifiers(code, activity, tables)}
        if known:
            return known
    allowed = {
        "anaesthesia": {"4"},
        "operator": {"1", "2", "3"},
        "both": {"1", "2", "3", "4"},
        "session": activities,
    }[role]
    return activities & allowed or activities


def _last_modifiers(code: str, activity: str, tables: Tables) -> str:
    letters = ""
    for phase in "0123":
        rows = tables.properties.get(Key(code, activity, phase))
        letters += rows[-1].modifiers if rows else ""
    return letters


def apply_properties(
    tables: Tables, told: Mapping[Key, Said], on: str, source: str, *, first_day: Mapping[Key, str] | None = None
) -> None:
    """Let each key say from day `on` what the publication says; `first_day` carries a key unseen before back to it."""
    for key, said in told.items():
        rows = tables.properties.setdefault(key, [])
        start = on if rows or first_day is None else min(on, first_day.get(key, on))
        row = said.row
        unsaid = rows[-1].covered if rows else row.optam_cents is not None
        covered = unsaid if said.covered is None else said.covered
        flags = (row.agreement, row.conditional, covered)
        new = Properties(start, OPEN, said.exemption, *flags, row.grouping, said.modifiers, said.doubtful, source)
        append_properties(rows, new)


def append_properties(rows: list[Properties], new: Properties) -> None:
    """Close what is open the day before, drop what starts on or after, add the new row, merge equals."""
    kept = [row for row in rows if row.start < new.start]
    if kept and (kept[-1].end == OPEN or kept[-1].end >= new.start):
        kept[-1] = replace(kept[-1], end=day_before(new.start))
    rows[:] = merge_properties([*kept, new])


def apply_prices(tables: Tables, told: Mapping[Key, Said], on: str, source: str) -> None:
    """Open the prices of a publication on day `on`, grid by grid."""
    for key, said in told.items():
        rows = [row for row in tables.prices.get(key, []) if row.start < on]
        before = _close(rows, on)
        cents, doubtful = _by_grid(said, before)
        if any(amount != NO_PRICE for amount in cents):
            rows.append(Price(on, OPEN, tuple(cents), doubtful, source))
        if rows:
            tables.prices[key] = rows
        else:
            tables.prices.pop(key, None)


def _close(rows: list[Price], on: str) -> Price | None:
    """End an open row the day before; the row that held until then, if any."""
    eve = day_before(on)
    if not rows or (rows[-1].end != OPEN and rows[-1].end < eve):
        return None
    rows[-1] = replace(rows[-1], end=eve)
    return rows[-1]


def _by_grid(said: Said, before: Price | None) -> tuple[list[int], int]:
    """Cents by grid, and the mask of the grids that keep a price the publication does not give."""
    cents, doubtful = [NO_PRICE] * GRIDS, 0
    columns = {"optam": said.row.optam_cents, "other": said.row.other_cents}
    if columns["optam"] is None and columns["other"] is None:
        return cents, doubtful
    for grid in grids():
        column = "optam" if grid.column == "dental" and said.row.grouping in dental_groupings() else grid.column
        amount = columns.get(column)
        if amount is not None:
            cents[grid.number] = amount
            doubtful |= said.doubtful << grid.number
        elif column in {"dental", "kept"} and before and before.cents[grid.number] != NO_PRICE:
            cents[grid.number] = before.cents[grid.number]
            doubtful |= 1 << grid.number
    return cents, doubtful


def end_absent(tables: Tables, told: Mapping[Key, Said], on: str) -> None:
    """Close the day before `on` every key and act that the publication no longer names."""
    eve = day_before(on)
    for key in tables.prices.keys() - told.keys():
        rows = [row for row in tables.prices[key] if row.start < on]
        tables.prices[key] = [replace(row, end=eve) if row.end == OPEN or row.end > eve else row for row in rows]
    for key in tables.properties.keys() - told.keys():
        said = [row for row in tables.properties[key] if row.start < on]
        tables.properties[key] = [replace(row, end=eve) if row.end == OPEN or row.end > eve else row for row in said]
    for store in (tables.prices, tables.properties):
        for key in [key for key, kept in store.items() if not kept]:
            del store[key]
    named = {key.code for key in told}
    for code, act in list(tables.acts.items()):
        if code not in named and act.start >= on:
            del tables.acts[code]
        elif code not in named and (act.end == OPEN or act.end > eve):
            tables.acts[code] = replace(act, end=eve)


def apply_acts(tables: Tables, acts: Iterable[PublishedAct], on: str, source: str, *, reopen: bool = True) -> None:
    """Take labels, chapters and complementary acts from a list; an older one does not `reopen` what has ended."""
    for act in acts:
        known = tables.acts.get(act.code)
        if known:
            end = OPEN if reopen else known.end
            tables.acts[act.code] = replace(known, label=act.label, chapter=act.chapter, end=end, source=source)
        else:
            kind = "2" if act.chapter.startswith(COMPLEMENTARY_CHAPTER) else "0"
            tables.acts[act.code] = Act(act.code, act.label, "", kind, "0", act.chapter, on, OPEN, source)
        if act.gestures or act.code in tables.gestures:
            tables.gestures[act.code] = (tuple(sorted(set(act.gestures))), source)


def drop_unknown_gestures(tables: Tables, publication: Publication) -> None:
    """Leave out complementary acts that no list has ever had, and tell it."""
    for act in publication.acts:
        gestures, source = tables.gestures.get(act.code, ((), ""))
        unknown = [gesture for gesture in gestures if gesture not in tables.acts]
        if unknown:
            names = ", ".join(unknown)
            publication.oddities.append(f"ligne {act.line} ({act.code}) : acte complémentaire inconnu {names}, écarté")
            tables.gestures[act.code] = (tuple(one for one in gestures if one not in unknown), source)


def apply_notes(tables: Tables, publication: Publication, on: str, source: str) -> None:
    """Take the notes of acts and chapters, in the place of those the same source gave before."""
    kept = [note for note in tables.notes if note.source != source]
    notes = [Note(act.code, on, "", text, source) for act in publication.acts for text in act.notes]
    notes += [Note(code, on, "", text, source) for code, texts in publication.chapter_notes.items() for text in texts]
    tables.notes = sorted({*kept, *notes})

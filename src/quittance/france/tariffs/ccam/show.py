"""Everything the tables know of one act: `quittance tariffs show CODE --on DATE`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from quittance.france.tariffs.ccam.flat import sentence
from quittance.france.tariffs.ccam.merge import grids
from quittance.france.tariffs.ccam.sources import read_sources
from quittance.france.tariffs.ccam.store import load
from quittance.france.tariffs.ccam.tables import (
    FOLDER,
    NO_PRICE,
    Act,
    Key,
    Note,
    Price,
    Properties,
    Tables,
    encode_mask,
)
from quittance.kernel.money import format_cents


class UnknownActError(LookupError):
    """No act of this code; the text (in French) says what to do."""


@dataclass(frozen=True, slots=True)
class ShownKey:
    """An activity and phase: every price row, and what holds on the day asked for (None where nothing does)."""

    activity: str
    phase: str
    prices: tuple[Price, ...]
    price: Price | None
    properties: Properties | None


@dataclass(frozen=True, slots=True)
class Shown:
    """An act on a day."""

    act: Act
    day: str
    chapters: tuple[tuple[str, str], ...]
    keys: tuple[ShownKey, ...]
    gestures: tuple[str, ...]
    incompatible: tuple[str, ...]
    notes: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]

    def text(self) -> str:
        """The act for a person, in French."""
        lines = [f"{self.act.code}  {sentence(self.act.label)}"]
        lines += [f"  {code}  {label}" for code, label in self.chapters]
        for key in self.keys:
            lines += _key_lines(key, self.day)
        if self.gestures:
            lines.append(f"Actes complémentaires : {', '.join(self.gestures)}")
        if self.incompatible:
            lines.append(f"Incompatible avec {len(self.incompatible)} actes : {', '.join(self.incompatible)}")
        lines += [f"Note : {note}" for note in self.notes]
        lines += [f"Source {name} : {title}" for name, title in self.sources]
        return "\n".join(lines)


def show(code: str, on: date, *, folder: Path = FOLDER) -> Shown:
    """What the tables say of an act on a day. Raises `UnknownActError` for a code they do not have."""
    code, day = code.strip().upper(), on.isoformat()
    tables = load(folder, only=code)
    act = tables.acts.get(code)
    if act is None:
        raise UnknownActError(f"L'acte CCAM {code[:10]} est inconnu. Cherchez-le avec « quittance tariffs search ».")
    keys = tuple(_key(tables, key, day) for key in sorted(tables.properties.keys() | tables.prices.keys()))
    dated = [*(row for rows in tables.prices.values() for row in rows)]
    named = {row.source for row in dated} | {row.source for rows in tables.properties.values() for row in rows}
    titles = {name: f"{row['title']}, vérifié jusqu'au {row['verified_until']}" for name, row in _titles().items()}
    return Shown(
        act,
        day,
        _path(tables, act.chapter),
        keys,
        tables.gestures.get(code, ((), ""))[0],
        _incompatible(tables, code),
        tuple(note.text for note in _latest_notes(tables, day)),
        tuple((name, titles.get(name, "")) for name in sorted(named)),
    )


def _titles() -> dict[str, dict[str, str]]:
    return read_sources()


def _key(tables: Tables, key: Key, day: str) -> ShownKey:
    prices, said = tables.prices.get(key, []), tables.properties.get(key, [])
    price = next((row for row in prices if row.start <= day and (not row.end or day <= row.end)), None)
    properties = next((row for row in said if row.start <= day and (not row.end or day <= row.end)), None)
    return ShownKey(key.activity, key.phase, tuple(prices), price, properties)


def _path(tables: Tables, chapter: str) -> tuple[tuple[str, str], ...]:
    parts = chapter.split(".")
    codes = [".".join(parts[:depth]) for depth in range(1, len(parts) + 1)]
    return tuple((code, sentence(tables.chapters[code])) for code in codes if code in tables.chapters)


def _incompatible(tables: Tables, code: str) -> tuple[str, ...]:
    own = set(tables.incompatible.get(code, ()))
    return tuple(sorted(own | {other for other, codes in tables.incompatible.items() if code in codes}))


def _latest_notes(tables: Tables, day: str) -> list[Note]:
    """The notes of the newest list that gave any by that day."""
    living = [note for note in tables.notes if note.start <= day]
    listed = [note for note in living if note.source.startswith("ccam-v")]
    newest = max((note.start for note in listed), default="")
    return [note for note in listed if note.start == newest] or living


def _key_lines(key: ShownKey, day: str) -> list[str]:
    lines = [f"Activité {key.activity}, phase {key.phase}"]
    if key.properties:
        lines.append(f"  {_described(key.properties)}")
    if key.price is None:
        spans = ", ".join(f"du {row.start} au {row.end or '…'}" for row in key.prices) or "jamais"
        lines.append(f"  pas de prix au {day} ; prix connus : {spans}")
    for row in reversed(key.prices):
        mark = "→" if row is key.price else " "
        doubtful = f"  (douteux : grilles {encode_mask(row.doubtful)})" if row.doubtful else ""
        lines.append(f"  {mark} {row.start} – {row.end or '…':10} {_amounts(row)}{doubtful}  [{row.source}]")
    return lines


def _amounts(row: Price) -> str:
    by_amount: dict[int, int] = {}
    for grid in grids():
        if row.cents[grid.number] != NO_PRICE:
            by_amount[row.cents[grid.number]] = by_amount.get(row.cents[grid.number], 0) | 1 << grid.number
    return " ; ".join(f"{format_cents(cents)} (grilles {encode_mask(mask)})" for cents, mask in by_amount.items())


def _described(row: Properties) -> str:
    words = [f"regroupement {row.grouping}", f"exonération {row.exemption or 'aucune'}"]
    words.append(f"modificateurs {' '.join(row.modifiers) or 'aucun'}")
    words += ["entente préalable"] if row.agreement else []
    words += ["remboursement sous conditions"] if row.conditional else []
    words += [] if row.covered else ["non pris en charge"]
    words += ["(douteux)"] if row.doubtful else []
    return ", ".join(words)

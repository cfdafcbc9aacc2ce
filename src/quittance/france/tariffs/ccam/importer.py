"""The two imports of `quittance tariffs import ccam`: the spreadsheet of the day, and the dated history.

Both read everything first, then write each table beside its place and rename it: a refused file changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from quittance.france.tariffs.ccam.errors import PublishedFormatError
from quittance.france.tariffs.ccam.history import read_history
from quittance.france.tariffs.ccam.merge import (
    apply_acts,
    apply_notes,
    apply_prices,
    apply_properties,
    drop_unknown_gestures,
    end_absent,
    said_of,
)
from quittance.france.tariffs.ccam.published import Publication, read_published
from quittance.france.tariffs.ccam.sources import add_source
from quittance.france.tariffs.ccam.store import load, save
from quittance.france.tariffs.ccam.tables import FOLDER, OPEN, Key, Price, Properties, Tables

_Row = TypeVar("_Row", Price, Properties)


@dataclass(slots=True)
class Report:
    """What an import changed, key by key (code, activity, phase)."""

    title: str
    keys: int = 0
    added: list[Key] = field(default_factory=list)
    changed: list[Key] = field(default_factory=list)
    ended: list[Key] = field(default_factory=list)
    oddities: list[str] = field(default_factory=list)

    def text(self) -> str:
        """The report for a person, in French."""
        lines = [
            f"{self.title} : {self.keys} lignes de tarif",
            f"  ajoutées  {len(self.added)}{_examples(self.added)}",
            f"  changées  {len(self.changed)}{_examples(self.changed)}",
            f"  terminées {len(self.ended)}{_examples(self.ended)}",
        ]
        return "\n".join([*lines, *(f"  à vérifier : {oddity}" for oddity in self.oddities)])


def _examples(keys: list[Key]) -> str:
    names = list(dict.fromkeys(key.code for key in keys))
    return f" ({', '.join(names[:5])}{', …' if len(names) > 5 else ''})" if names else ""


def import_ccam(path: Path, on: date | None = None, *, folder: Path = FOLDER) -> Report:
    """Import a folder of the history, or one spreadsheet. Raises `CcamImportError` only."""
    return import_history(path, folder=folder) if path.is_dir() else import_published(path, on, folder=folder)


def import_published(path: Path, on: date | None = None, *, folder: Path = FOLDER) -> Report:
    """Import a spreadsheet of the CNAM, applicable on the day its title says (or `on`).

    Raises `PublishedFormatError` for a file that is not one or is older than the newest list already imported.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise PublishedFormatError(f"{path} : fichier illisible ({error.strerror}). Vérifiez le chemin.") from error
    publication = read_published(content)
    tables = load(folder)
    if not tables.acts:
        raise PublishedFormatError(
            "Les tables de l'historique manquent : importez d'abord le dossier de l'historique (grilles datées)."
        )
    day = (on or publication.applicable).isoformat()
    _refuse_older(tables, day, f"ccam-v{publication.version}")
    report = apply_publication(tables, publication, day)
    save(tables, folder)
    add_source(publication, day, folder.parent)
    return report


def _refuse_older(tables: Tables, day: str, source: str) -> None:
    newest = max((rows[-1].start for rows in tables.prices.values()), default="")
    if newest > day:
        raise PublishedFormatError(
            f"La liste {source} s'applique au {day}, or les tables connaissent déjà des prix du {newest}. "
            "Importez les listes dans l'ordre de leurs dates, à partir de l'historique."
        )


def apply_publication(tables: Tables, publication: Publication, day: str) -> Report:
    """Put a publication into the tables from an ISO day on, and tell what it changed."""
    source = f"ccam-v{publication.version}"
    before = _holding(tables)
    told = said_of(publication, tables)
    apply_properties(tables, told, day, source)
    apply_prices(tables, told, day, source)
    end_absent(tables, told, day)
    apply_acts(tables, publication.acts, day, source)
    drop_unknown_gestures(tables, publication)
    apply_notes(tables, publication, day, source)
    tables.chapters |= publication.chapters
    after = _holding(tables)
    report = Report(f"CCAM version {publication.version}, applicable le {day}", len(told))
    report.added = sorted(after.keys() - before.keys())
    report.ended = sorted(before.keys() - after.keys())
    report.changed = sorted(key for key in after.keys() & before.keys() if after[key] != before[key])
    report.oddities = publication.oddities
    return report


def _holding(tables: Tables) -> Mapping[Key, tuple[object, ...]]:
    """What each key says in its open row, without days and sources."""
    held: dict[Key, tuple[object, ...]] = {}
    for key, rows in tables.properties.items():
        said = _open(rows)
        price = _open(tables.prices.get(key, []))
        if said is not None:
            row = (said.exemption, said.agreement, said.conditional, said.grouping, said.modifiers)
            held[key] = (*row, price.cents if price else None)
    return held


def _open(rows: list[_Row]) -> _Row | None:
    return rows[-1] if rows and rows[-1].end == OPEN else None


def import_history(path: Path, *, folder: Path = FOLDER) -> Report:
    """Rebuild every table from the folder of the dated history, and the spreadsheets `v*_raw/*.csv` beside it.

    Raises `HistoryFormatError` or `PublishedFormatError` naming the file.
    """
    tables = read_history(path)
    report = Report("Historique de la CCAM", len(tables.prices), added=sorted(tables.prices))
    publications = [read_published(file.read_bytes()) for file in sorted(path.glob("v*_raw/*.csv"))]
    for publication in sorted(publications, key=lambda one: one.applicable):
        later = apply_publication(tables, publication, publication.applicable.isoformat())
        report.oddities += later.oddities
    save(tables, folder)
    return report

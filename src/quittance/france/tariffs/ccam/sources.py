"""The row of a CCAM publication in `sources.csv`."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from quittance.france.tariffs.ccam.published import Publication
from quittance.france.tariffs.ccam.tables import write_all

FIELDS = ("table", "title", "publisher", "published", "licence", "verified_until")
LICENCE = "publication officielle, licence non précisée"
FOLDER = Path(__file__).parent.parent


def read_sources(folder: Path = FOLDER) -> dict[str, dict[str, str]]:
    """Every row of `sources.csv` by the id of its table."""
    path = folder / "sources.csv"
    if not path.exists():
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        return {row["table"]: row for row in csv.DictReader(file)}


def add_source(publication: Publication, day: str, folder: Path = FOLDER) -> None:
    """Add the row of a publication where there is none: it is verified on the day it applies, no longer."""
    sources = read_sources(folder)
    table = f"ccam-v{publication.version}"
    if table in sources:
        return
    title = f"CCAM version {publication.version} applicable au {day}"
    row = (table, title, "Caisse nationale de l'assurance maladie", day, LICENCE, day)
    sources[table] = dict(zip(FIELDS, row, strict=True))
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for _, row in sorted(sources.items()))
    write_all({folder / "sources.csv": text.getvalue().encode()})

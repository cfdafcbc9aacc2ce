"""The price table the product ships (tables/ngap_prices.csv.gz), written and read; and the acts with their flags."""

from __future__ import annotations

import csv
import gzip
import io
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path

from quittance.france.tariffs.ngap.rows import (
    OPTIONS,
    SECTORS,
    ZONES,
    Price,
    mask,
    names,
    specialty_codes,
    specialty_mask,
)
from quittance.kernel.dated import OPEN, day_number, day_of

PRICES = "ngap_prices.csv.gz"
ACTS = "ngap_acts.csv"
HOSTS = "ngap_hosts.csv"
FLAGS = ("child_examination", "consultation", "key_letter", "kilometres", "supplement", "night")
"""Flags of an act in the order of their bits: COx, doctor's consultation or visit, K and KC, IK, allowance, MM."""
FIELDS = (
    *("code", "zones", "specialties", "sectors", "options", "from", "to", "cents"),
    *("coefficient_min", "coefficient_max", "coefficient_required", "agreement"),
    *("night", "deep_night", "sunday", "age_from_months", "age_to_months"),
    *("source", "verified_until", "doubtful", "note"),
)


class TariffError(Exception):
    """A tariff table or publication that cannot be used. The text (French) says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Act:
    """An NGAP code: its French label, its flags, and the acts it may accompany (hosts), if bounded."""

    code: str
    label: str
    flags: frozenset[str]
    hosts: tuple[str, ...]


def folder() -> Path:
    """Where the shipped tables stand."""
    return Path(str(resources.files("quittance.france.tariffs").joinpath("tables")))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a whole file or nothing: a reader never sees half a table."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)


def to_csv(fields: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """A table as CSV, one line feed a row whatever the machine."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(list(fields))
    writer.writerows(rows)
    return text.getvalue().encode()


def zipped(content: bytes) -> bytes:
    """Compressed without a date, so that the same table gives the same bytes."""
    return gzip.compress(content, mtime=0)


def line(row: Price) -> list[object]:
    """A price as the cells of the shipped table."""
    return [
        row.code,
        " ".join(names(row.zones, ZONES)),
        " ".join(specialty_codes(row.specialties)),
        " ".join(names(row.sectors, SECTORS)),
        " ".join(names(row.options, OPTIONS)),
        day_of(row.from_day).isoformat(),
        "" if row.to_day == OPEN else day_of(row.to_day).isoformat(),
        row.cents,
        row.coefficient_min_milli,
        row.coefficient_max_milli,
        int(row.coefficient_required),
        int(row.agreement),
        row.night_cents,
        row.deep_night_cents,
        row.sunday_cents,
        row.age_from_months,
        row.age_to_months,
        row.source,
        day_of(row.verified_until).isoformat(),
        int(row.doubtful),
        row.note,
    ]


def price_of(cells: dict[str, str], where: str) -> Price:
    """A price from the cells of the shipped table. Raises `TariffError`."""
    try:
        return Price(
            code=cells["code"],
            zones=mask(cells["zones"].split(), ZONES),
            specialties=specialty_mask(cells["specialties"].split()),
            sectors=mask(cells["sectors"].split(), SECTORS),
            options=mask(cells["options"].split(), OPTIONS),
            from_day=day_number(date.fromisoformat(cells["from"])),
            to_day=day_number(date.fromisoformat(cells["to"])) if cells["to"] else OPEN,
            cents=int(cells["cents"]),
            coefficient_min_milli=int(cells["coefficient_min"]),
            coefficient_max_milli=int(cells["coefficient_max"]),
            coefficient_required=cells["coefficient_required"] == "1",
            agreement=cells["agreement"] == "1",
            night_cents=int(cells["night"]),
            deep_night_cents=int(cells["deep_night"]),
            sunday_cents=int(cells["sunday"]),
            age_from_months=int(cells["age_from_months"]),
            age_to_months=int(cells["age_to_months"]),
            source=cells["source"],
            verified_until=day_number(date.fromisoformat(cells["verified_until"])),
            doubtful=cells["doubtful"] == "1",
            note=cells["note"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise TariffError(f"{where} : ligne illisible ({error}) ; relancez « quittance tariffs import ».") from error


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, gzip or not. Raises `TariffError` for whatever is not one."""
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content).decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text), strict=True)
        return [row for row in reader if None not in row and None not in row.values()] if _whole(reader) else []
    except FileNotFoundError as error:
        raise TariffError(f"Le fichier {path.name} est introuvable ; vérifiez le chemin donné.") from error
    except UnicodeDecodeError as error:
        raise TariffError(f"Le fichier {path.name} n'est pas un texte UTF-8 ; enregistrez-le en CSV UTF-8.") from error
    except (OSError, EOFError, csv.Error, ValueError) as error:
        raise TariffError(f"Le fichier {path.name} n'est pas un CSV lisible : {error}.") from error


def _whole(reader: csv.DictReader[str]) -> bool:
    return bool(reader.fieldnames)


@cache
def prices() -> tuple[Price, ...]:
    """All shipped prices, in the order of the table: code, masks, day."""
    return tuple(price_of(cells, f"{PRICES}, ligne {at}") for at, cells in enumerate(read_rows(folder() / PRICES), 2))


@cache
def acts() -> dict[str, Act]:
    """All NGAP codes by code, in alphabetical order."""
    hosts: dict[str, tuple[str, ...]] = {
        cells["code"]: tuple(cells["hosts"].split()) for cells in read_rows(folder() / HOSTS)
    }
    found = {}
    for cells in read_rows(folder() / ACTS):
        flags = frozenset(cells["flags"].split())
        if not flags.issubset(FLAGS):
            raise TariffError(f"{ACTS}, {cells['code']} : caractère inconnu ({' '.join(sorted(flags))}).")
        found[cells["code"]] = Act(cells["code"], cells["label"], flags, hosts.get(cells["code"], ()))
    return found

"""Reading of what an NGAP publication gives: the tariff table, the price history, the associations.

Nothing is trusted: every cell is checked, and whatever cannot be read is a `TariffError` that says which line,
what is wrong with it and what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from quittance.france.tariffs.ngap.rows import (
    ALL_OPTIONS,
    ALL_SECTORS,
    NO_BOUND,
    Price,
    mask,
    specialty_mask,
)
from quittance.france.tariffs.ngap.rows import ZONES as ZONE_NAMES
from quittance.france.tariffs.ngap.table import TariffError, read_rows
from quittance.kernel.dated import OPEN, day_number

TABLE_FIELDS = frozenset(
    {
        *("id", "code", "libelle", "zone", "tarif", "maj_nuit", "maj_ferie", "coefficient_requis", "coef_min"),
        *("coef_max", "compl_ferie", "compl_nuit", "entente_prealable", "debut", "fin", "specialites"),
    }
)
HISTORY_FIELDS = frozenset({"profession", "code", "zone", "price_eur", "from", "to", "source", "note"})
HOSTS_FIELDS = frozenset({"code", "associations"})
PUBLISHED_ZONES = {
    "metro": ("metropole",),
    "antilles": ("guadeloupe", "martinique"),
    "guyane-reunion": ("guyane", "reunion"),
    "mayotte": ("mayotte",),
    "drom": ("guadeloupe", "martinique", "guyane", "reunion", "mayotte"),
}
UNDATED = date(2017, 1, 1)
"""First day given to a row of the table without one: the table says no more than "before 2017"."""
KEY_LETTER_BELOW_CENTS = 1000
"""An unbounded price that needs a coefficient is a key letter (K, B …) below this, a mistake of the table above."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Published:
    """The rows of a publication, as text, by kind."""

    table: list[dict[str, str]]
    history: list[dict[str, str]]
    hosts: list[dict[str, str]]


def read_folder(path: Path) -> Published:
    """The tables of a folder (or of the folder of a file), known by their columns, not by their names."""
    folder = path if path.is_dir() else path.parent
    if not path.exists():
        raise TariffError(f"Le chemin {path.name} n'existe pas ; donnez le dossier de la publication NGAP.")
    found: dict[str, list[dict[str, str]]] = {}
    for file in [path] if path.is_file() else sorted(folder.glob("*.csv")):
        rows = read_rows(file)
        kind = _kind(frozenset(rows[0])) if rows else ""
        if kind and kind in found:
            raise TariffError(f"Deux fichiers du dossier sont une même table ({file.name}) ; n'en gardez qu'un.")
        if kind:
            found[kind] = rows
    if "table" not in found:
        raise TariffError(
            f"{path.name} ne contient pas de table des tarifs NGAP (colonnes {', '.join(sorted(TABLE_FIELDS))}) ; "
            "donnez le dossier de la publication."
        )
    return Published(found["table"], found.get("history", []), found.get("hosts", []))


def _kind(fields: frozenset[str]) -> str:
    for kind, wanted in (("table", TABLE_FIELDS), ("history", HISTORY_FIELDS), ("hosts", HOSTS_FIELDS)):
        if wanted <= fields:
            return kind
    return ""


def _cell(where: str, what: str, text: str, read: Callable[[str], T]) -> T:
    try:
        return read(text)
    except (ValueError, KeyError, OverflowError) as error:
        raise TariffError(f"{where} : « {text} » n'est pas {what} ; corrigez la cellule.") from error


def thousandths(text: str) -> int:
    """A decimal number as whole thousandths; ValueError for more than three decimals or for anything else.

    >>> thousandths("7.5"), thousandths("40,02"), thousandths("-1")
    (7500, 40020, -1000)
    """
    found = re.fullmatch(r"(-?)([0-9]{1,7})(?:[.,]([0-9]{1,3}))?", text.strip(), re.ASCII)
    if not found:
        raise ValueError(text)
    value = int(found[2]) * 1000 + int((found[3] or "").ljust(3, "0"))
    return -value if found[1] else value


def cents(text: str) -> int:
    """An amount in euro as whole cents; ValueError where it is not one, or is negative.

    >>> cents("23"), cents("25.3"), cents("19,06")
    (2300, 2530, 1906)
    """
    found, rest = divmod(thousandths(text), 10)
    if rest or found < 0:
        raise ValueError(text)
    return found


def zones_of(text: str) -> int:
    """The zones of a word of the publications (metro, antilles, drom …)."""
    return mask(PUBLISHED_ZONES[text], ZONE_NAMES)


def specialties_of(text: str) -> int:
    """The mask of a list of speciality numbers separated by spaces."""
    numbers = text.split()
    if not all(re.fullmatch("[0-9]{1,2}", one, re.ASCII) and int(one) for one in numbers):
        raise ValueError(text)
    return specialty_mask(numbers)


def a_day(text: str) -> int:
    """The day number of an ISO date."""
    return day_number(date.fromisoformat(text))


def table_price(cells: dict[str, str], specialties: int | None, source: str, verified_until: int) -> Price:
    """A row of the tariff table as a price; `specialties` stands in for a list the table left empty."""
    where = f"Table des tarifs, ligne {cells['id']} ({cells['code']})"
    price = _cell(where, "un montant", cells["tarif"], cents)
    low, high, required = _coefficients(where, cells, price)
    return Price(
        code=_cell(where, "un code d'acte", cells["code"], a_code),
        zones=_cell(where, "une zone connue", cells["zone"], zones_of),
        specialties=_cell(where, "une liste de spécialités", cells["specialites"], specialties_of)
        if specialties is None
        else specialties,
        sectors=ALL_SECTORS,
        options=ALL_OPTIONS,
        from_day=_cell(where, "une date", cells["debut"] or UNDATED.isoformat(), a_day),
        to_day=_cell(where, "une date", cells["fin"], a_day) if cells["fin"] else OPEN,
        cents=price,
        coefficient_min_milli=low,
        coefficient_max_milli=high,
        coefficient_required=required,
        agreement=cells["entente_prealable"] == "1",
        night_cents=_complement(where, cells, "compl_nuit", "maj_nuit"),
        sunday_cents=_complement(where, cells, "compl_ferie", "maj_ferie"),
        source=source,
        verified_until=verified_until,
    )


def a_code(text: str) -> str:
    """A code of letters and digits."""
    if not re.fullmatch("[A-Z][A-Z0-9]{0,5}", text, re.ASCII):
        raise ValueError(text)
    return text


def _coefficients(where: str, cells: dict[str, str], price: int) -> tuple[int, int, bool]:
    """Least and greatest coefficient, and whether one must be typed."""
    asked = cells["coefficient_requis"] == "1"
    if not cells["coef_max"]:
        letter = asked and price < KEY_LETTER_BELOW_CENTS
        return (0, NO_BOUND, True) if letter else (1000, 1000, False)
    low = _cell(where, "un coefficient", cells["coef_min"] or "0", thousandths)
    high = _cell(where, "un coefficient", cells["coef_max"], thousandths)
    if not 0 <= low <= high:
        raise TariffError(f"{where} : le coefficient va de {low} à {high} millièmes ; corrigez les bornes.")
    return low, high, asked


def _complement(where: str, cells: dict[str, str], opened: str, amount: str) -> int:
    """What a complement adds, or -1 where the row does not open it."""
    value = _cell(where, "un montant", cells[amount], cents)
    return value if cells[opened] == "1" and value else -1

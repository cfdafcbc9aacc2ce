"""What the tables know of an NGAP code (`quittance tariffs show CODE`, `quittance tariffs check`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from quittance.france.tariffs.ngap.check import faults
from quittance.france.tariffs.ngap.importer import verified_days
from quittance.france.tariffs.ngap.rows import OPTIONS, SECTORS, ZONES, Price, mask, names, specialty_codes
from quittance.france.tariffs.ngap.table import Act, TariffError, acts, prices
from quittance.kernel.dated import OPEN, day_number, day_of


@dataclass(frozen=True, slots=True)
class Shown:
    """An act and the prices that answer the question, oldest first."""

    act: Act
    prices: tuple[Price, ...]

    def text(self) -> str:
        """The answer in French, for a person: one line a price."""
        return "\n".join([f"{self.act.code} — {self.act.label}", *map(_line, self.prices)])


def show(code: str, on: date | None = None, specialty: str | None = None, zone: str | None = None) -> Shown:
    """The prices of an NGAP code, all of them or those of a day, a speciality, a zone.

    Raises `TariffError` for a code, speciality or zone that the tables do not know; an empty `prices` tells that
    the code has none for the question.

    >>> [row.cents for row in show("G", date(2025, 1, 1), "01", "metropole").prices]
    [3000]
    """
    act = acts().get(code)
    if act is None:
        raise TariffError(f"Le code « {code} » n'est pas un acte NGAP connu ; cherchez-le par « tariffs search ».")
    try:
        zones = mask([zone], ZONES) if zone else ~0
        wanted = 1 << int(specialty) if specialty else ~0
    except (KeyError, ValueError) as error:
        raise TariffError(f"Zone ou spécialité inconnue ({error}) ; zones : {', '.join(ZONES)}.") from error
    day = day_number(on) if on else None
    found = [
        row
        for row in prices()
        if row.code == code
        and row.zones & zones
        and row.specialties & wanted
        and (day is None or row.from_day <= day <= row.to_day)
    ]
    return Shown(act, tuple(sorted(found, key=lambda row: (row.from_day, row.zones))))


def check() -> list[str]:
    """Everything wrong with the shipped NGAP tables, in French; empty when they can be trusted."""
    return faults(prices(), acts(), verified_days())


def _line(row: Price) -> str:
    until = "sans fin" if row.to_day == OPEN else f"au {day_of(row.to_day)}"
    marks = ", douteux" if row.doubtful else ""
    limits = [
        " ".join(names(row.zones, ZONES)),
        "spécialités " + " ".join(specialty_codes(row.specialties)),
        *(["secteurs " + " ".join(names(row.sectors, SECTORS))] if row.sectors != (1 << len(SECTORS)) - 1 else []),
        *(["options " + " ".join(names(row.options, OPTIONS))] if row.options != (1 << len(OPTIONS)) - 1 else []),
    ]
    euros, rest = divmod(row.cents, 100)
    return (
        f"  du {day_of(row.from_day)} {until} : {euros},{rest:02} € ({' ; '.join(limits)} ; "
        f"{row.source}, vérifié au {day_of(row.verified_until)}{marks})"
    )

"""Checks of the shipped NGAP prices (`quittance tariffs check`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import combinations

from quittance.france.tariffs.ngap.rows import ZONES as ZONE_NAMES
from quittance.france.tariffs.ngap.rows import Price, names, specialty_codes
from quittance.france.tariffs.ngap.table import Act
from quittance.kernel.dated import day_of


def overlaps(prices: Iterable[Price]) -> list[str]:
    """Pairs of prices that answer for one code, professional, age and day, in French."""
    by_code: dict[str, list[Price]] = {}
    for row in prices:
        by_code.setdefault(row.code, []).append(row)
    return [
        f"{one.code} le {day_of(max(one.from_day, other.from_day))} : {one.cents} et {other.cents} centimes "
        f"({' '.join(names(one.zones & other.zones, ZONE_NAMES))}, spécialités "
        f"{' '.join(specialty_codes(one.specialties & other.specialties))})"
        for rows in by_code.values()
        for one, other in combinations(rows, 2)
        if one.meets(other) and one.ages_meet(other)
    ]


def faults(prices: Iterable[Price], acts: Mapping[str, Act], sources: Iterable[str]) -> list[str]:
    """Everything wrong with a table of prices, in French; an empty list when it can be trusted."""
    listed = list(prices)
    known = set(sources)
    found = overlaps(listed)
    for row in listed:
        where = f"{row.code} du {day_of(row.from_day)}"
        if row.code not in acts:
            found.append(f"{where} : acte sans libellé dans ngap_acts.csv.")
        if row.source not in known:
            found.append(f"{where} : source « {row.source} » absente de sources.csv.")
        if row.to_day < row.from_day or not row.zones or not row.specialties or not row.sectors or not row.options:
            found.append(f"{where} : période vide, ou sans zone, spécialité, secteur ou option.")
        if row.cents < 0 or not 0 <= row.coefficient_min_milli <= row.coefficient_max_milli:
            found.append(f"{where} : montant ou bornes de coefficient impossibles.")
        if row.deep_night_cents >= 0 and row.night_cents < 0:
            found.append(f"{where} : nuit profonde sans nuit.")
    found += [f"{code} : acte sans aucun prix." for code in sorted(set(acts) - {row.code for row in listed})]
    return found

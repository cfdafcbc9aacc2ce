"""The NGAP part of the flat file of French tables: prices, flags and hosts by act number."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from quittance.france.tariffs.ngap.rows import Price
from quittance.france.tariffs.ngap.table import FLAGS, acts, prices

ANY_CCAM = -2
ANY_NGAP = -3
_WHOLE = {"CCAM": ANY_CCAM, "NGAP": ANY_NGAP}
_LOW = (1 << 61) - 1

Arrays = dict[str, tuple[str, list[int]]]


def codes() -> list[str]:
    """All NGAP codes, in alphabetical order."""
    return sorted(acts())


def labels() -> dict[str, str]:
    """French label of each code, for people.

    >>> labels()["AMI"]
    'Acte médico-infirmier'
    """
    return {code: one.label for code, one in acts().items()}


def strings() -> dict[str, list[str]]:
    """The words that the arrays number: `sources` (ids of sources.csv)."""
    return {"sources": _sources()}


def _sources() -> list[str]:
    return sorted({row.source for row in prices()})


def arrays(number: Mapping[str, int]) -> Arrays:
    """The NGAP arrays, for acts numbered by `number` (every act of the country, CCAM included).

    Ranges are first and last excluded; a code without prices here has an empty one. Days are day numbers,
    amounts cents, coefficients thousandths, ages months; a complement of -1 is not open.
    """
    return {**_acts(number), **_prices(number)}


def _acts(number: Mapping[str, int]) -> Arrays:
    flags, first, last = [0] * len(number), [0] * len(number), [0] * len(number)
    hosts: list[int] = []
    for code, one in sorted(acts().items(), key=lambda item: number[item[0]]):
        at = number[code]
        flags[at] = sum(1 << bit for bit, flag in enumerate(FLAGS) if flag in one.flags)
        first[at] = len(hosts)
        # Sorted: the rules look an act up by halving.
        hosts += sorted(
            _WHOLE.get(host, number.get(host, -1)) for host in one.hosts if host in _WHOLE or host in number
        )
        last[at] = len(hosts)
    return {
        "ngap_flags": ("i", flags),
        "ngap_host_first": ("i", first),
        "ngap_host_last": ("i", last),
        "ngap_host": ("i", hosts),
    }


def _prices(number: Mapping[str, int]) -> Arrays:
    first, last = [0] * len(number), [0] * len(number)
    ordered = sorted(prices(), key=lambda row: (number[row.code], row.from_day))
    for at, row in enumerate(ordered):
        act = number[row.code]
        if last[act] == 0:
            first[act] = at
        last[act] = at + 1
    source = {name: at for at, name in enumerate(_sources())}
    return {
        "ngap_row_first": ("i", first),
        "ngap_row_last": ("i", last),
        **{f"ngap_{name}": (typecode, [read(row) for row in ordered]) for name, (typecode, read) in _COLUMNS.items()},
        "ngap_source": ("i", [source[row.source] for row in ordered]),
    }


def _low(row: Price) -> int:
    return row.specialties & _LOW


def _high(row: Price) -> int:
    return row.specialties >> 61 << 1


_COLUMNS: dict[str, tuple[str, Callable[[Price], int]]] = {
    "from": ("i", lambda row: row.from_day),
    "to": ("i", lambda row: row.to_day),
    "zones": ("i", lambda row: row.zones),
    "specialties_low": ("q", _low),
    "specialties_high": ("q", _high),
    "sectors": ("i", lambda row: row.sectors),
    "options": ("i", lambda row: row.options),
    "price_cents": ("i", lambda row: row.cents),
    "coefficient_min_milli": ("i", lambda row: row.coefficient_min_milli),
    "coefficient_max_milli": ("i", lambda row: row.coefficient_max_milli),
    "coefficient_required": ("b", lambda row: int(row.coefficient_required)),
    "agreement": ("b", lambda row: int(row.agreement)),
    "night_cents": ("i", lambda row: row.night_cents),
    "deep_night_cents": ("i", lambda row: row.deep_night_cents),
    "sunday_cents": ("i", lambda row: row.sunday_cents),
    "doubtful": ("b", lambda row: int(row.doubtful)),
    "verified_until": ("i", lambda row: row.verified_until),
    "age_from_months": ("i", lambda row: row.age_from_months),
    "age_to_months": ("i", lambda row: row.age_to_months),
}

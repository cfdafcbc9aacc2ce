"""One price of the NGAP: what it is for, when, and the arithmetic of laying one row over another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from quittance.kernel.dated import OPEN

ZONES = ("metropole", "guadeloupe", "martinique", "guyane", "reunion", "mayotte")
SECTORS = ("0", "1", "1DP", "2")
OPTIONS = ("none", "optam", "optam_aco")
ALL_ZONES = (1 << len(ZONES)) - 1
ALL_SECTORS = (1 << len(SECTORS)) - 1
ALL_OPTIONS = (1 << len(OPTIONS)) - 1
NO_BOUND = 9_999_000
"""Greatest coefficient, in thousandths, of a key letter that the table does not bound."""
NO_AGE = 9999
"""Upper age, in months, of a price that has none."""


@dataclass(frozen=True, slots=True)
class Price:
    """One price row. Masks: bit n of `zones`, `sectors`, `options` is the n-th name above; bit n of
    `specialties` is speciality n. Days are day numbers, both included; cents, thousandths and months
    as the names say; a complement of -1 is not open to this profession for this code.
    `age_to_months` is excluded.
    """

    code: str
    zones: int
    specialties: int
    sectors: int
    options: int
    from_day: int
    to_day: int
    cents: int
    coefficient_min_milli: int = 1000
    coefficient_max_milli: int = 1000
    coefficient_required: bool = False
    agreement: bool = False
    night_cents: int = -1
    deep_night_cents: int = -1
    sunday_cents: int = -1
    age_from_months: int = 0
    age_to_months: int = NO_AGE
    source: str = ""
    verified_until: int = 0
    doubtful: bool = False
    note: str = ""

    def meets(self, other: Price) -> bool:
        """Whether both rows answer for some same professional on some same day."""
        return (
            self.code == other.code
            and bool(self.zones & other.zones)
            and bool(self.specialties & other.specialties)
            and bool(self.sectors & other.sectors)
            and bool(self.options & other.options)
            and self.from_day <= other.to_day
            and other.from_day <= self.to_day
        )

    def ages_meet(self, other: Price) -> bool:
        """Whether some age is in both rows."""
        return self.age_from_months < other.age_to_months and other.age_from_months < self.age_to_months


def changed(row: Price, field: str, value: int) -> Price:
    """The row with one whole-number field set, known by its name."""
    one: Any = {field: value}
    return replace(row, **one)


def without(row: Price, hole: Price) -> Iterator[Price]:
    """The parts of `row` that `hole` does not cover: up to one per side of the hole."""
    if not row.meets(hole):
        yield row
        return
    for field in ("zones", "specialties", "sectors", "options"):
        outside = getattr(row, field) & ~getattr(hole, field)
        if outside:
            yield changed(row, field, outside)
        row = changed(row, field, getattr(row, field) & getattr(hole, field))
    if row.from_day < hole.from_day:
        yield replace(row, to_day=hole.from_day - 1)
    if row.to_day > hole.to_day:
        yield replace(row, from_day=hole.to_day + 1)


def common(row: Price, other: Price) -> Price | None:
    """The part of `row` that `other` covers too, or None."""
    if not row.meets(other):
        return None
    return replace(
        row,
        zones=row.zones & other.zones,
        specialties=row.specialties & other.specialties,
        sectors=row.sectors & other.sectors,
        options=row.options & other.options,
        from_day=max(row.from_day, other.from_day),
        to_day=min(row.to_day, other.to_day),
    )


def lay(below: Iterable[Price], above: Price) -> list[Price]:
    """`above` over the rows of its code: what it covers is cut from them."""
    return [part for row in below for part in without(row, above)] + [above]


def joined(rows: Iterable[Price]) -> list[Price]:
    """The same prices in fewer rows: equal neighbours in time, then equal specialities, become one."""
    kept = list(rows)
    for join in (_joined_days, _joined("specialties"), _joined("zones"), _joined("options"), _joined("sectors")):
        kept = join(kept)
    return sorted(kept, key=lambda row: (row.code, row.zones, row.specialties, row.sectors, row.options, row.from_day))


def _joined_days(rows: list[Price]) -> list[Price]:
    kept: dict[Price, list[Price]] = {}
    for row in sorted(rows, key=lambda one: one.from_day):
        group = kept.setdefault(replace(row, from_day=0, to_day=0), [])
        if group and group[-1].to_day + 1 == row.from_day and row.to_day <= OPEN:
            group[-1] = replace(group[-1], to_day=row.to_day)
        else:
            group.append(row)
    return [row for group in kept.values() for row in group]


def _joined(field: str) -> Callable[[list[Price]], list[Price]]:
    def join(rows: list[Price]) -> list[Price]:
        kept: dict[Price, int] = {}
        for row in rows:
            key = changed(row, field, 0)
            kept[key] = kept.get(key, 0) | getattr(row, field)
        return [changed(key, field, found) for key, found in kept.items()]

    return join


def mask(names: Iterable[str], known: tuple[str, ...]) -> int:
    """The mask of some of the `known` names; KeyError for another one.

    >>> mask(["metropole", "mayotte"], ZONES)
    33
    """
    place = {name: at for at, name in enumerate(known)}
    found = 0
    for name in names:
        found |= 1 << place[name]
    return found


def names(value: int, known: tuple[str, ...]) -> list[str]:
    """The names of a mask.

    >>> names(33, ZONES)
    ['metropole', 'mayotte']
    """
    return [name for at, name in enumerate(known) if value >> at & 1]


def specialty_mask(codes: Iterable[str]) -> int:
    """The mask of two-digit speciality codes.

    >>> specialty_mask(["01", "24"]) == 1 << 1 | 1 << 24
    True
    """
    found = 0
    for code in codes:
        found |= 1 << int(code)
    return found


def specialty_codes(value: int) -> list[str]:
    """The two-digit codes of a mask of specialities.

    >>> specialty_codes(1 << 1 | 1 << 24)
    ['01', '24']
    """
    return [f"{number:02}" for number in range(1, 100) if value >> number & 1]

"""Shapes of the law files: what a dated value, a rate, a modifier … is once read and checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter between two days, both included.

    `value` is in the unit of its parameter; `to_day` None means still in force; `verified_until`
    is the last day on which the source was read; `doubtful` tells that a source is missing,
    approximate, or disagrees with another one.
    """

    value: int
    from_day: date
    to_day: date | None
    source: str
    journal: date | None = None
    verified_until: date | None = None
    doubtful: bool = False
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Whether this value is in force on `day`."""
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of the law (paramètre) and its values in order of date.

    >>> Parameter("x", "Exemple", "cents", (DatedValue(5, date(2020, 1, 1), None, "JO"),)).on(date(2021, 1, 1)).value
    5
    """

    name: str
    label: str
    unit: str
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue | None:
        """The value in force on `day`, or None where the law is not known for that day."""
        return next((value for value in self.values if value.holds_on(day)), None)


@dataclass(frozen=True, slots=True)
class Rate(Parameter):
    """A rate of the compulsory insurer (taux AMO) in basis points; `kind` is class, nature or scheme."""

    kind: str


@dataclass(frozen=True, slots=True)
class Specialty:
    """A speciality code of the insurer (spécialité), two digits, and the groups it belongs to."""

    code: str
    label: str
    profession: str
    rate_class: str
    price_group: str
    modifier_groups: tuple[str, ...]
    doctor: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """Which CCAM price grid (grille tarifaire) serves a price group, sectors and options, dated."""

    grid: int
    group: str
    sectors: tuple[str, ...]
    options: tuple[str, ...]
    from_day: date
    to_day: date | None
    source: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class ModifierRow:
    """The value of a CCAM modifier (modificateur) for some specialties, sectors and options, dated.

    `kind` is "cents" (added after the association) or "bp" (of the tariff); `specialties` holds
    two-digit codes, `sectors` and `options` the words of the contract.
    """

    code: str
    kind: str
    value: int
    specialties: frozenset[str]
    sectors: frozenset[str]
    options: frozenset[str]
    from_day: date
    to_day: date | None
    source: str
    doubtful: bool
    note: str

    def serves(self, specialty: str, sector: str, option: str, day: date) -> bool:
        """Whether this row gives the value for such a professional on `day`."""
        return (
            specialty in self.specialties
            and sector in self.sectors
            and option in self.options
            and self.from_day <= day
            and (self.to_day is None or day <= self.to_day)
        )


@dataclass(frozen=True, slots=True)
class AgeBound:
    """Ages, in years, between which a modifier is allowed: from `least` included to `below` excluded.

    A modifier with two rows (A) is allowed in either; `extra_days` moves both bounds (80 years and a day).
    """

    code: str
    least_years: int
    below_years: int
    extra_days: int
    from_day: date
    to_day: date | None
    source: str
    doubtful: bool
    note: str


@dataclass(frozen=True, slots=True)
class ModifierTraits:
    """What is true of a modifier whatever its value: label, may it stand twice, with which others not."""

    code: str
    label: str
    repeatable: bool
    once_a_session: bool
    without: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Compatibility:
    """Two modifiers the table of 2014 lets stand together (the product only warns from it)."""

    first: str
    second: str
    from_day: date
    to_day: date | None


@dataclass(frozen=True, slots=True)
class Named:
    """A code of the insurer with its French label and the flags its file gives (family, effect …)."""

    code: str
    label: str
    flags: dict[str, str | bool | int]


@dataclass(frozen=True, slots=True)
class Formula:
    """A complementary formula (formule AMC): the share asked of each term, in order.

    A coefficient `of_…` is 100 or -100 (percent, fixed), 0, or None where the contract gives the
    percentage; `lump` tells whether the lump sum is added; `needs` names the inputs without which
    the formula cannot be figured.
    """

    code: str
    label: str
    of_dr: int | None
    of_tr: int | None
    of_mro: int | None
    of_pmss: int | None
    of_tm: int | None
    of_tc: int | None
    lump: bool
    capped: bool
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Holiday:
    """A public holiday (jour férié): fixed by month and day, or by days after Easter Sunday."""

    label: str
    region: str
    month: int
    day: int
    after_easter: int | None
    from_day: date
    to_day: date | None
    source: str
    doubtful: bool

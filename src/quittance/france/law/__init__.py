"""French law as data: the parameters, rates, groups and codes that the rules read, each with dates and source.

The YAML and CSV files of this folder are the only place where a figure of the law stands; this module reads and
checks them. Every accessor raises `LawError` (French text) when a file cannot be trusted, and returns the same
objects at each call.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import Any

from quittance.france.law import _read
from quittance.france.law._modifiers import (
    CONVENTION_OPTIONS,
    CONVENTION_SECTORS,
    read_ages,
    read_pairs,
    read_traits,
    read_values,
)
from quittance.france.law._read import LawError, easter
from quittance.france.law._types import (
    AgeBound,
    Compatibility,
    DatedValue,
    Formula,
    GridRow,
    Holiday,
    ModifierRow,
    ModifierTraits,
    Named,
    Parameter,
    Rate,
    Specialty,
)

__all__ = [
    "AgeBound",
    "Compatibility",
    "DatedValue",
    "Formula",
    "GridRow",
    "Holiday",
    "LawError",
    "ModifierRow",
    "ModifierTraits",
    "Named",
    "Parameter",
    "Rate",
    "Specialty",
    "agreements",
    "easter",
    "exemptions",
    "formulas",
    "grids",
    "grouping_rates",
    "groupings",
    "groups",
    "holidays",
    "is_holiday",
    "modifier_ages",
    "modifier_pairs",
    "modifier_traits",
    "modifiers",
    "natures",
    "parameters",
    "pathway",
    "qualifiers",
    "rates",
    "regimes",
    "specialties",
    "verified_until",
]

FILES = (
    "agreements.yaml",
    "exemptions.yaml",
    "formulas.yaml",
    "grids.yaml",
    "groupings.yaml",
    "holidays.yaml",
    "modifier_pairs.csv",
    "modifiers.yaml",
    "natures.yaml",
    "parameters.yaml",
    "pathway.yaml",
    "qualifiers.yaml",
    "rates.yaml",
    "regimes.yaml",
    "specialties.yaml",
)

TERMS = ("dr", "tr", "mro", "pmss", "tm", "tc")
"""Terms of a complementary formula: real expense, tariff, compulsory part, monthly ceiling, co-payment, convention."""


@cache
def parameters() -> dict[str, Parameter]:
    """Amounts, thresholds, ages and percentages of the law, by name.

    >>> parameters()["contribution"].on(date(2025, 1, 1)).value
    2400
    """
    content = _read.load("parameters.yaml")
    return {key: _read.parameter("parameters.yaml", key, row) for key, row in content.items()}


@cache
def rates() -> dict[str, Rate]:
    """Rates of the compulsory insurer (taux AMO) in basis points, by class, nature or scheme.

    >>> rates()["dentist"].on(date(2023, 10, 14)).value, rates()["dentist"].on(date(2023, 10, 15)).value
    (7000, 6000)
    """
    found = {}
    for key, row in _read.load("rates.yaml").items():
        read = _read.parameter("rates.yaml", key, row)
        kind = str(_read.need("rates.yaml", key, row, "kind"))
        if kind not in {"class", "nature", "scheme"}:
            raise LawError(f"rates.yaml, {key} : « kind » vaut class, nature ou scheme, pas « {kind} ».")
        found[key] = Rate(read.name, read.label, read.unit, read.values, kind)
    return found


@cache
def specialties() -> dict[str, Specialty]:
    """The insurer's speciality codes (spécialités), two digits.

    >>> specialties()["24"].profession, specialties()["01"].doctor
    ('nurse', True)
    """
    name = "specialties.yaml"
    found = {}
    for where, row in _read.rows(name, _read.load(name), "specialties"):
        code = str(_read.need(name, where, row, "code"))
        if len(code) != 2 or code in found:
            raise LawError(f"{name}, {where} : code « {code} » double ou sans ses deux chiffres.")
        profession = str(_read.need(name, where, row, "profession"))
        rate_class = str(_read.need(name, where, row, "rate"))
        if rate_class not in rates():
            raise LawError(f"{name}, {where} : le taux « {rate_class} » n'est pas dans rates.yaml.")
        found[code] = Specialty(
            code=code,
            label=str(_read.need(name, where, row, "label")),
            profession=profession,
            rate_class=rate_class,
            price_group=str(_read.need(name, where, row, "price_group")),
            modifier_groups=_read.texts(name, where, _read.need(name, where, row, "groups")),
            doctor=profession == "doctor",
        )
    return found


@cache
def groups() -> dict[str, frozenset[str]]:
    """Sets of specialities by name: modifier groups, price groups, professions.

    >>> sorted(groups()["general"])
    ['01', '22', '23']
    """
    found: dict[str, set[str]] = {}
    for one in specialties().values():
        for group in {*one.modifier_groups, one.price_group, one.profession}:
            found.setdefault(group, set()).add(one.code)
    return {name: frozenset(codes) for name, codes in found.items()}


@cache
def grids() -> tuple[GridRow, ...]:
    """CCAM price grids (grilles tarifaires): at most one for a price group, sector, option and day."""
    name = "grids.yaml"
    content = _read.load(name)
    source = str(_read.need(name, "fichier", content, "source"))
    found: list[GridRow] = []
    for where, row in _read.rows(name, content, "grids"):
        from_day, to_day = _period(name, where, row)
        for group in _read.texts(name, where, _read.need(name, where, row, "groups")):
            if group not in groups():
                raise LawError(f"{name}, {where} : groupe « {group} » inconnu de specialties.yaml.")
            found.append(
                GridRow(
                    grid=_read.whole(name, where, _read.need(name, where, row, "grid")),
                    group=group,
                    sectors=_within(name, where, row, "sectors", CONVENTION_SECTORS),
                    options=_within(name, where, row, "options", CONVENTION_OPTIONS),
                    from_day=from_day,
                    to_day=to_day,
                    source=source,
                    doubtful=bool(row.get("doubtful", False)),
                )
            )
    cells: dict[tuple[str, str, str], list[tuple[date, date | None]]] = {}
    for one in found:
        for sector in one.sectors:
            for option in one.options:
                cells.setdefault((one.group, sector, option), []).append((one.from_day, one.to_day))
    for cell, periods in cells.items():
        _read.no_overlap(name, " ".join(cell), sorted(periods, key=lambda period: period[0]))
    return tuple(found)


@cache
def modifiers() -> tuple[ModifierRow, ...]:
    """Values of the CCAM modifiers (modificateurs): one row or none for a professional and a day."""
    return read_values(groups(), frozenset(modifier_traits()))


@cache
def modifier_traits() -> dict[str, ModifierTraits]:
    """What is true of each modifier letter: label, repeatable, once a session, excluded others."""
    return read_traits()


@cache
def modifier_ages() -> tuple[AgeBound, ...]:
    """Ages at which a modifier is allowed (several rows of one letter: any of them)."""
    return read_ages(frozenset(modifier_traits()))


@cache
def modifier_pairs() -> tuple[Compatibility, ...]:
    """Pairs of modifiers that the table of 2014 lets stand together, each way round."""
    return read_pairs(frozenset(modifier_traits()))


@cache
def groupings() -> dict[str, Named]:
    """Grouping codes of the CCAM (codes de regroupement); flag `family` is medical or dental."""
    return _named("groupings.yaml", "groupings", ("family",))


@cache
def grouping_rates() -> dict[tuple[str, str], str]:
    """Rate key that replaces a speciality's own for a family of acts: (family, rate class) to rate key.

    >>> grouping_rates()["dental", "dentist"]
    'dental'
    """
    name = "groupings.yaml"
    families = _read.need(name, "fichier", _read.load(name), "families")
    found = {(family, old): new for family, change in families.items() for old, new in change.items()}
    for key, new in found.items():
        if new not in rates():
            raise LawError(f"{name}, {key} : le taux « {new} » n'est pas dans rates.yaml.")
    return found


@cache
def exemptions() -> dict[str, Named]:
    """Exemption codes (justification d'exonération); flags `effect` and `pathway`."""
    return _named("exemptions.yaml", "exemptions", ("effect", "pathway"))


@cache
def natures() -> dict[str, Named]:
    """Natures of insurance; flags `b2`, `short`, `rate` (key of `rates`, or empty) and `pathway`."""
    return _named("natures.yaml", "natures", ("b2", "short", "rate", "pathway"))


@cache
def pathway() -> dict[str, Named]:
    """Codes of the care pathway (parcours de soins); flags `out`, `fund` and `needs`."""
    return _named("pathway.yaml", "pathway", ("out", "fund", "needs"))


@cache
def qualifiers() -> dict[str, Named]:
    """Qualifiers of the excess (qualificatifs de dépassement); flags `excess`, `covered`, `free`, `fund`."""
    return _named("qualifiers.yaml", "qualifiers", ("fund", "excess", "covered", "free"))


@cache
def agreements() -> dict[str, Named]:
    """Prior agreement codes (entente préalable); flags `asked` and `refused`."""
    return _named("agreements.yaml", "agreements", ("asked", "refused"))


@cache
def regimes() -> dict[str, Named]:
    """Great schemes of the compulsory insurance (grands régimes), by their two digits; flag `short`."""
    return _named("regimes.yaml", "regimes", ("short",))


@cache
def formulas() -> dict[str, Formula]:
    """Formulas of the complementary insurers (formules AMC), by code.

    >>> formulas()["052"].of_tm, formulas()["02A"].of_tr, formulas()["02A"].of_mro
    (100, None, -100)
    """
    name = "formulas.yaml"
    found = {}
    for where, row in _read.rows(name, _read.load(name), "formulas"):
        terms = {f"of_{term}": _term(name, where, row.get(term, 0)) for term in TERMS}
        code = str(_read.need(name, where, row, "code"))
        if code in found:
            raise LawError(f"{name}, {where} : formule « {code} » décrite deux fois.")
        found[code] = Formula(
            code=code,
            label=str(_read.need(name, where, row, "label")),
            **terms,
            lump=bool(_read.need(name, where, row, "lump")),
            capped=bool(_read.need(name, where, row, "capped")),
            needs=_read.texts(name, where, _read.need(name, where, row, "needs")),
        )
    return found


@cache
def holidays() -> tuple[Holiday, ...]:
    """Public holidays (jours fériés), national and local."""
    name = "holidays.yaml"
    found = []
    for where, row in _read.rows(name, _read.load(name), "holidays"):
        from_day, to_day = _period(name, where, row)
        moving = row.get("after_easter")
        found.append(
            Holiday(
                label=str(_read.need(name, where, row, "label")),
                region=str(_read.need(name, where, row, "region")),
                month=0 if moving is not None else _read.whole(name, where, _read.need(name, where, row, "month")),
                day=0 if moving is not None else _read.whole(name, where, _read.need(name, where, row, "day")),
                after_easter=None if moving is None else _read.whole(name, where, moving),
                from_day=from_day,
                to_day=to_day,
                source=str(_read.need(name, where, row, "source")),
                doubtful=bool(row.get("doubtful", False)),
            )
        )
    return tuple(found)


def is_holiday(day: date, regions: Iterable[str] = ()) -> bool:
    """Whether `day` is a public holiday in the country, or in one of `regions`.

    >>> is_holiday(date(2026, 7, 14)), is_holiday(date(2026, 12, 26))
    (True, False)
    >>> is_holiday(date(2026, 12, 26), ["alsace_moselle"])
    True
    """
    wanted = {"national", *regions}
    for one in holidays():
        if one.region not in wanted or day < one.from_day or (one.to_day is not None and day > one.to_day):
            continue
        moving = one.after_easter
        if moving is None and (day.month, day.day) == (one.month, one.day):
            return True
        if moving is not None and day == easter(day.year) + timedelta(days=moving):
            return True
    return False


@cache
def verified_until() -> dict[str, date]:
    """Last day on which the source of a whole file was read, by file name without ending."""
    found = {}
    for name in FILES:
        if name.endswith(".yaml"):
            content = _read.load(name)
            if isinstance(content.get("verified_until"), date):
                found[name.removesuffix(".yaml")] = content["verified_until"]
    return found


def _period(name: str, where: str, row: dict[str, Any]) -> tuple[date, date | None]:
    from_day = _read.a_day(name, where, _read.need(name, where, row, "from"))
    to_day = _read.a_day_or_none(name, where, row.get("to"))
    _read.ordered(name, where, from_day, to_day)
    return from_day, to_day


def _within(name: str, where: str, row: dict[str, Any], key: str, known: frozenset[str]) -> tuple[str, ...]:
    read = _read.texts(name, where, _read.need(name, where, row, key))
    if not known.issuperset(read):
        raise LawError(f"{name}, {where} : « {key} » contient {read} ; valeurs connues : {sorted(known)}.")
    return read


def _term(name: str, where: str, value: Any) -> int | None:
    if value == "p":
        return None
    if value not in (0, 100, -100):
        raise LawError(f"{name}, {where} : un terme vaut 100, -100 ou p, pas « {value} ».")
    return int(value)


def _named(name: str, key: str, flags: tuple[str, ...]) -> dict[str, Named]:
    found: dict[str, Named] = {}
    for where, row in _read.rows(name, _read.load(name), key):
        code = str(_read.need(name, where, row, "code"))
        if code in found:
            raise LawError(f"{name}, {where} : code « {code} » décrit deux fois.")
        kept = {flag: _read.need(name, where, row, flag) for flag in flags}
        found[code] = Named(code, str(_read.need(name, where, row, "label")), kept)
    return found

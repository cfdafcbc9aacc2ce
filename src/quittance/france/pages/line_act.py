"""What an act allows to this professional on this day: read from the same tables that the rules read."""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from quittance.france import law
from quittance.france.country import country
from quittance.france.pricing import ccam, codes, modifiers, ngap
from quittance.france.pricing.encode import encode
from quittance.france.pricing.input import Session
from quittance.france.pricing.render import percent
from quittance.france.pricing.tables import years_at
from quittance.kernel.dated import day_number

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PROFILE = ("specialty", "sector", "option", "zone")
COMPLEMENTS = (("night", "ngap_night_cents"), ("deep_night", "ngap_deep_night_cents"), ("sunday", "ngap_sunday_cents"))


@dataclass(frozen=True, slots=True)
class Modifier:
    """A CCAM modifier that the act takes: its value is cents, or a share of the tariff written in percent."""

    code: str
    label: str
    value: str
    cents: int | None
    fits_age: bool


@dataclass(frozen=True, slots=True)
class Facts:
    """An act as it stands for one professional on one day. Amounts in cents, coefficients in thousandths."""

    code: str
    label: str
    kind: str
    price_cents: int | None = None
    usable: bool = True
    agreement: bool = False
    fits_age: bool = True
    age_bound: bool = False
    coefficient_min: int = 1000
    coefficient_max: int = 1000
    complements: tuple[tuple[str, int], ...] = ()
    per_km: bool = False
    child_exam: bool = False
    key_letter: bool = False
    pairs: tuple[tuple[int, int], ...] = ()
    conditional: bool = False
    covered: bool = True
    grouping: str = ""
    grouping_label: str = ""
    cabinet_cents: int = 0


@lru_cache(maxsize=1)
def _numbers(_digest: str) -> dict[str, int]:
    return {code: at for at, code in enumerate(country.flat.strings["acts"])}


def number_of(code: str) -> int | None:
    """Give the place of an act in the tables, None for an unknown code."""
    return _numbers(country.law_digest()).get(code)


def label_of(code: str) -> str:
    """Give the French label of an act, empty for an unknown code."""
    number = number_of(code)
    return "" if number is None else str(country.flat.strings["labels"][number])


def profile_of(professional: Any) -> dict[str, str]:
    """Give what prices turn on in a professional's profile."""
    known = dict(professional.profile or {})
    return {name: str(known[name]) for name in PROFILE if known.get(name)}


def facts(
    code: str,
    profile: Mapping[str, str],
    day: date,
    birth: Any = None,
    pair: tuple[int, int] = (1, 0),
) -> Facts:
    """Tell what the act allows; an unknown code is not usable. `pair` is activity and phase of a CCAM act.

    >>> facts("G", {"specialty": "01"}, date(2026, 11, 22)).price_cents
    3000
    """
    return _facts(country.law_digest(), code, tuple(sorted(profile.items())), day, _frozen(birth), pair)


def _frozen(birth: Any) -> Any:
    return tuple(birth.items()) if isinstance(birth, dict) else birth


@lru_cache(maxsize=8192)
def _facts(
    _digest: str,
    code: str,
    profile: tuple[tuple[str, str], ...],
    day: date,
    birth: Any,
    pair: tuple[int, int],
) -> Facts:
    number = number_of(code)
    if number is None:
        return Facts(code=code, label="", kind="", usable=False)
    bill, line = _probe(code, profile, day, birth, pair)
    tables, label = country.flat.arrays, country.flat.strings["labels"][number]
    line.kind = tables.act_kind[number]
    if line.kind == codes.KIND_NGAP:
        return _ngap(Facts(code=code, label=label, kind="ngap"), tables, bill, line)
    return _ccam(Facts(code=code, label=label, kind="ccam"), tables, bill, line, pair)


def _probe(
    code: str, profile: Iterable[tuple[str, str]], day: date, birth: Any, pair: tuple[int, int]
) -> tuple[Any, Any]:
    """Make the bill and the line of one act, as the rules see them."""
    act = {"code": code, "activity": pair[0], "phase": pair[1]}
    known = dict(birth) if isinstance(birth, tuple) else birth
    session = {"country": "FR", "date": day, "professional": dict(profile), "acts": [act]}
    try:
        checked = Session.model_validate({**session, "patient": {"birth_date": known}})
    except ValidationError:
        # A birth date that the quote refuses: it says so itself, here the age is just not known.
        checked = Session.model_validate(session)
    bill, lines, _problems = encode(checked, country.words)
    line = lines[0]
    if bill.birth_known:
        line.age_years = years_at(bill.birth_day, line.day)
    return bill, line


def _ngap(known: Facts, tables: Any, bill: Any, line: Any) -> Facts:
    row = ngap.row_for(tables, bill, line)
    flags = tables.ngap_flags[line.act]
    known = replace(
        known,
        per_km=bool(flags & codes.NGAP_FLAG_PER_KM),
        child_exam=bool(flags & codes.NGAP_FLAG_CHILD_EXAM),
    )
    if row < 0:
        return replace(known, usable=False)
    least, most = tables.ngap_coefficient_min_milli[row], tables.ngap_coefficient_max_milli[row]
    first, last = tables.ngap_age_from_months[row], tables.ngap_age_to_months[row]
    months = line.age_years * 12
    bound = first > 0 or last < 9999
    plain = not flags & (codes.NGAP_FLAG_PER_KM | codes.NGAP_FLAG_ALLOWANCE | codes.NGAP_FLAG_MAJORATION)
    return replace(
        known,
        price_cents=tables.ngap_price_cents[row],
        agreement=bool(tables.ngap_agreement[row]),
        age_bound=bound,
        fits_age=not (bound and bill.birth_known) or (months + 11 >= first and months < last),
        coefficient_min=least,
        coefficient_max=most,
        key_letter=least != most and plain,
        complements=tuple(
            (word, getattr(tables, column)[row]) for word, column in COMPLEMENTS if getattr(tables, column)[row] >= 0
        ),
    )


def _ccam(known: Facts, tables: Any, bill: Any, line: Any, pair: tuple[int, int]) -> Facts:
    keys = range(tables.ccam_key_first[line.act], tables.ccam_key_last[line.act])
    pairs = tuple((tables.ccam_key_activity[key], tables.ccam_key_phase[key]) for key in keys)
    known = replace(known, pairs=pairs)
    if pair not in pairs:
        return replace(known, usable=bool(pairs))
    key = keys[pairs.index(pair)]
    ccam.find_rows(tables, line, key)
    cents = ccam.price_in(tables, line, ccam.grid_of(tables, bill, line))
    known = replace(
        known, price_cents=None if cents < 0 else cents, usable=cents >= 0, cabinet_cents=tables.ccam_cabinet_cents[key]
    )
    row = line.property_row
    if row < 0:
        return known
    grouping = country.flat.strings["groupings"][tables.ccam_grouping[row]]
    return replace(
        known,
        agreement=bool(tables.ccam_agreement[row]),
        conditional=bool(tables.ccam_conditional[row]),
        covered=bool(tables.ccam_covered[row]),
        grouping=grouping["code"],
        grouping_label=grouping["label"],
    )


def modifiers_of(
    code: str, profile: Mapping[str, str], day: date, birth: Any = None, pair: tuple[int, int] = (1, 0)
) -> tuple[Modifier, ...]:
    """List the modifiers that a CCAM act takes and that have a value for this professional on the day.

    >>> [one.code for one in modifiers_of("DEQP003", {"specialty": "01"}, date(2026, 11, 22))]
    ['F', 'P', 'S']
    """
    return _modifiers_of(country.law_digest(), code, tuple(sorted(profile.items())), day, _frozen(birth), pair)


@lru_cache(maxsize=2048)
def _modifiers_of(
    _digest: str, code: str, profile: tuple[tuple[str, str], ...], day: date, birth: Any, pair: tuple[int, int]
) -> tuple[Modifier, ...]:
    tables, number = country.flat.arrays, number_of(code)
    if number is None or tables.act_kind[number] != codes.KIND_CCAM:
        return ()
    bill, line = _probe(code, profile, day, birth, pair)
    key = ccam.key_for(tables, line)
    if key < 0:
        return ()
    ccam.find_rows(tables, line, key)
    row = line.property_row
    return tuple(_modifiers(tables, bill, line, tables.ccam_modifiers[row])) if row >= 0 else ()


def _modifiers(tables: Any, bill: Any, line: Any, mask: int) -> Iterable[Modifier]:
    """List the act's modifiers that have a value for this professional on the day."""
    traits = law.modifier_traits()
    for at, code in enumerate(SYMBOLS):
        row = modifiers.value_row(tables, bill, line, at) if mask >> at & 1 else -1
        if row < 0:
            continue
        line.messages = 0
        modifiers.check_age(tables, bill, line, at)
        value, in_percent = tables.modifier_value[row], tables.modifier_percent[row]
        label = traits[code].label if code in traits else code
        fits = not line.messages & codes.M_MODIFIER_AGE
        written = f"+{percent(value * 10).replace('.', ',')}" if in_percent else ""
        yield Modifier(code, label, written, None if in_percent else value, fits)


def figure(name: str, day: date) -> int | None:
    """Give a figure of the law on a day, None where it is not known."""
    found = law.parameters()[name].on(day)
    return None if found is None else found.value


def holds_on(code: str, day: date) -> bool:
    """Say whether the act has any price on the day, for anybody."""
    first, last = country.flat.strings.get("search", {}).get("periods", {}).get(code, (0, 2_000_000))
    return bool(first <= day_number(day) <= last)

"""Reading of the CCAM modifiers: values by who may bill them, traits, ages, and the pairs of 2014."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from quittance.france.law import _read
from quittance.france.law._read import LawError
from quittance.france.law._types import AgeBound, Compatibility, ModifierRow, ModifierTraits

CONVENTION_SECTORS = frozenset({"0", "1", "1DP", "2"})
CONVENTION_OPTIONS = frozenset({"none", "optam", "optam_aco"})
_NAME = "modifiers.yaml"


def _specialties(where: str, who: Any, groups: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The specialities of a list of groups; a group after a `-` is taken away."""
    found: set[str] = set()
    for one in _read.texts(_NAME, where, who):
        group = one.removeprefix("-")
        if group not in groups:
            raise LawError(f"{_NAME}, {where} : groupe « {group} » inconnu de specialties.yaml.")
        if one.startswith("-"):
            found -= groups[group]
        else:
            found |= groups[group]
    return frozenset(found)


def _choice(where: str, row: Mapping[str, Any], key: str, known: frozenset[str]) -> frozenset[str]:
    if key not in row:
        return known
    read = frozenset(_read.texts(_NAME, where, row[key]))
    if not read or not read <= known:
        raise LawError(f"{_NAME}, {where} : « {key} » contient {sorted(read)} ; valeurs connues : {sorted(known)}.")
    return read


def _value(where: str, row: Mapping[str, Any], groups: Mapping[str, frozenset[str]]) -> ModifierRow:
    kind = str(_read.need(_NAME, where, row, "kind"))
    if kind not in {"cents", "bp"}:
        raise LawError(f"{_NAME}, {where} : « kind » vaut cents ou bp, pas « {kind} ».")
    from_day = _read.a_day(_NAME, where, _read.need(_NAME, where, row, "from"))
    to_day = _read.a_day_or_none(_NAME, where, row.get("to"))
    _read.ordered(_NAME, where, from_day, to_day)
    return ModifierRow(
        code=str(_read.need(_NAME, where, row, "code")),
        kind=kind,
        value=_read.whole(_NAME, where, _read.need(_NAME, where, row, "value")),
        specialties=_specialties(where, _read.need(_NAME, where, row, "who"), groups),
        sectors=_choice(where, row, "sectors", CONVENTION_SECTORS),
        options=_choice(where, row, "options", CONVENTION_OPTIONS),
        from_day=from_day,
        to_day=to_day,
        source=str(_read.need(_NAME, where, row, "source")),
        doubtful=bool(row.get("doubtful", False)),
        note=str(row.get("note", "")),
    )


def read_values(groups: Mapping[str, frozenset[str]], known: frozenset[str]) -> tuple[ModifierRow, ...]:
    """All values, refused when two of them answer for one professional on one day."""
    found: list[ModifierRow] = []
    for where, row in _read.rows(_NAME, _read.load(_NAME), "values"):
        one = _value(where, row, groups)
        if one.code not in known:
            raise LawError(f"{_NAME}, {where} : la lettre « {one.code} » manque dans « traits ».")
        for other in found:
            if _both(one, other):
                raise LawError(f"{_NAME}, {where} : « {one.code} » a deux valeurs le {one.from_day} ({other.source}).")
        found.append(one)
    return tuple(found)


def _both(one: ModifierRow, other: ModifierRow) -> bool:
    """Whether two rows answer for some same professional on some same day."""
    far = date.max
    return (
        one.code == other.code
        and bool(one.specialties & other.specialties)
        and bool(one.sectors & other.sectors)
        and bool(one.options & other.options)
        and max(one.from_day, other.from_day) <= min(one.to_day or far, other.to_day or far)
    )


def read_traits() -> dict[str, ModifierTraits]:
    """Label, repeatable, once a session and exclusions of each letter."""
    found: dict[str, ModifierTraits] = {}
    for where, row in _read.rows(_NAME, _read.load(_NAME), "traits"):
        code = str(_read.need(_NAME, where, row, "code"))
        if len(code) != 1 or code in found:
            raise LawError(f"{_NAME}, {where} : « {code} » n'est pas une lettre nouvelle.")
        found[code] = ModifierTraits(
            code=code,
            label=str(_read.need(_NAME, where, row, "label")),
            repeatable=bool(_read.need(_NAME, where, row, "repeatable")),
            once_a_session=bool(_read.need(_NAME, where, row, "once_a_session")),
            without=_read.texts(_NAME, where, _read.need(_NAME, where, row, "without")),
        )
    for one in found.values():
        for other in one.without:
            if other not in found or one.code not in found[other].without:
                raise LawError(f"{_NAME}, {one.code} : l'exclusion avec « {other} » s'écrit dans les deux sens.")
    return found


def read_ages(known: frozenset[str]) -> tuple[AgeBound, ...]:
    """Ages at which a modifier is allowed."""
    found = []
    for where, row in _read.rows(_NAME, _read.load(_NAME), "ages"):
        code = str(_read.need(_NAME, where, row, "code"))
        least = _read.whole(_NAME, where, _read.need(_NAME, where, row, "least"))
        below = _read.whole(_NAME, where, _read.need(_NAME, where, row, "below"))
        from_day = _read.a_day(_NAME, where, _read.need(_NAME, where, row, "from"))
        to_day = _read.a_day_or_none(_NAME, where, row.get("to"))
        _read.ordered(_NAME, where, from_day, to_day)
        if code not in known or not 0 <= least < below:
            raise LawError(f"{_NAME}, {where} : âges ou lettre à corriger ({code}, de {least} à moins de {below}).")
        found.append(
            AgeBound(
                code=code,
                least_years=least,
                below_years=below,
                extra_days=_read.whole(_NAME, where, row.get("days", 0)),
                from_day=from_day,
                to_day=to_day,
                source=str(_read.need(_NAME, where, row, "source")),
                doubtful=bool(row.get("doubtful", False)),
                note=str(row.get("note", "")),
            )
        )
    return tuple(found)


def read_pairs(known: frozenset[str]) -> tuple[Compatibility, ...]:
    """The pairs of modifier_pairs.csv."""
    name = "modifier_pairs.csv"
    found = []
    for number, row in enumerate(csv.DictReader(io.StringIO(_read.text_of(name))), 2):
        try:
            from_day = date.fromisoformat(row["from"])
            to_day = date.fromisoformat(row["to"]) if row["to"] else None
        except (KeyError, TypeError, ValueError) as error:
            raise LawError(f"{name}, ligne {number} : date ou colonne illisible ({error}).") from error
        if row["first"] not in known or row["second"] not in known:
            raise LawError(f"{name}, ligne {number} : lettre inconnue de modifiers.yaml.")
        found.append(Compatibility(row["first"], row["second"], from_day, to_day))
    return tuple(found)

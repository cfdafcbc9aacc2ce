"""The CCAM tables as arrays of integers, for the flat file that the rules read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import TypeVar

from quittance.france.tariffs.ccam.sources import read_sources
from quittance.france.tariffs.ccam.store import load
from quittance.france.tariffs.ccam.tables import Act, Key, Price, Properties, Tables
from quittance.france.tariffs.search import fold
from quittance.kernel.dated import OPEN, day_number

Arrays = dict[str, tuple[str, list[int]]]

_T = TypeVar("_T")

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""A set of modifiers is a mask: bit n is the n-th symbol."""

_FAMILIES = (
    "ultrasound",
    "CT",
    "MRI",
    "pathology",
    "dental",
    "conventional radiology",
    "EMG",
    "irradiation",
    "interventional",
    "complementary",
    "supplements",
    "deliveries",
    "resuscitation",
    "limb",
)
_EXCLUDED = "dental code excluded"
_ZONES = ("guadeloupe", "martinique", "guyane", "reunion")


@lru_cache(maxsize=1)
def _tables() -> Tables:
    return load(notes=False)


def codes() -> list[str]:
    """Every CCAM code, sorted."""
    return sorted(_tables().acts)


def labels() -> dict[str, str]:
    """The French label of each code."""
    return {code: sentence(act.label) for code, act in _tables().acts.items()}


def sentence(text: str) -> str:
    """A label in sentence case where the publication writes capitals.

    >>> sentence("SYSTÈME NERVEUX CENTRAL"), sentence("IRM du crâne")
    ('Système nerveux central', 'IRM du crâne')
    """
    return text.capitalize() if text.isupper() and len(text) > 4 else text


def strings() -> dict[str, object]:
    """Chapters, grouping codes, labels, modifiers and sources, in the order that the arrays number."""
    tables = _tables()
    return {
        "chapters": [{"code": code, "label": sentence(tables.chapters.get(code, ""))} for code in _chapters()],
        "groupings": [{"code": code, "label": tables.groupings.get(code, ("", False))[0]} for code in _groupings()],
        "labels": labels(),
        "modifiers": tables.modifiers,
        "search": {
            "chapter_of": {code: act.chapter for code, act in tables.acts.items()},
            "periods": _periods(),
            "aliases": _aliases(),
        },
        "sources": _sources(),
    }


def _aliases() -> dict[str, str]:
    """Words of the short label that begin no word of the long one, like "ecg": people type them too."""
    aliases = {}
    for code, act in _tables().acts.items():
        words = fold(act.label).split()
        added = {one for one in fold(act.short).split() if len(one) > 1 and not one.isdigit()}
        added = {one for one in added if not any(word.startswith(one) for word in words)}
        if added:
            aliases[code] = " ".join(sorted(added))
    return aliases


def _periods() -> dict[str, list[int]]:
    """First and last day of the acts that have not always been there, or are no more."""
    oldest = min(act.start for act in _tables().acts.values())
    return {
        code: [day(act.start), day(act.end)] for code, act in _tables().acts.items() if act.end or act.start > oldest
    }


@lru_cache(maxsize=1)
def _chapters() -> list[str]:
    return ["", *sorted(_tables().chapters)]


@lru_cache(maxsize=1)
def _groupings() -> list[str]:
    return ["", *sorted({row.grouping for rows in _tables().properties.values() for row in rows})]


@lru_cache(maxsize=1)
def _sources() -> list[str]:
    return sorted({row.source for rows in _tables().prices.values() for row in rows})


def arrays(number: Mapping[str, int]) -> Arrays:
    """Every CCAM array; `number` gives the position of each act in the joint list of all acts.

    Units are in the names; a range is `first..last`, the last one excluded.
    """
    tables = _tables()
    order = sorted(number, key=number.__getitem__)
    keys = sorted(tables.properties.keys() | tables.prices.keys(), key=lambda key: (number[key.code], *key[1:]))
    built = _act_arrays(tables, order, keys)
    built |= _key_arrays(tables, keys)
    built |= _price_arrays(tables, keys)
    built |= _property_arrays(tables, keys)
    built |= _list_arrays("ccam_gesture", order, number, {code: found for code, (found, _) in tables.gestures.items()})
    built |= _list_arrays("ccam_incompatible", order, number, _both_ways(tables))
    return built


def _act_arrays(tables: Tables, order: list[str], keys: list[Key]) -> Arrays:
    first, last = _ranges(order, [key.code for key in keys])
    chapter = {code: index for index, code in enumerate(_chapters())}
    acts = [tables.acts.get(code) for code in order]
    return {
        "ccam_key_first": ("i", first),
        "ccam_key_last": ("i", last),
        "ccam_chapter": ("h", [chapter[act.chapter] if act else 0 for act in acts]),
        "ccam_type": ("b", [int(act.kind) if act else 0 for act in acts]),
        "ccam_family": ("i", [_family(act) if act else 0 for act in acts]),
    }


def _ranges(owners: Iterable[_T], members: list[_T]) -> tuple[list[int], list[int]]:
    """Where the members of each owner stand, both in the same order."""
    first, last, position = [], [], 0
    for owner in owners:
        first.append(position)
        while position < len(members) and members[position] == owner:
            position += 1
        last.append(position)
    return first, last


@lru_cache(maxsize=1)
def _family_members() -> dict[str, int]:
    """Chapter or code to the mask of its association families; the excluded code to -1."""
    members: dict[str, int] = {}
    for family, member in _tables().families:
        if family.startswith(_EXCLUDED):
            members[member] = -1
            continue
        bit = next(1 << index for index, name in enumerate(_FAMILIES) if family.startswith(name))
        start, _, end = member.partition("-")
        for one in range(int(start), int(end) + 1) if end else (member,):
            members[str(one)] = members.get(str(one), 0) | bit
    return members


def _family(act: Act) -> int:
    members = _family_members()
    own = members.get(act.code, 0)
    parts = act.chapter.split(".")
    mask = max(own, 0)
    for depth in range(1, len(parts) + 1):
        mask |= members.get(".".join(parts[:depth]), 0)
    dental = 1 << _FAMILIES.index("dental")
    return mask & ~dental if own < 0 else mask


def _key_arrays(tables: Tables, keys: list[Key]) -> Arrays:
    extras = [tables.extras.get(key) for key in keys]
    zones: Arrays = {
        f"ccam_zone_{zone}_milli": ("h", [getattr(one, f"{zone}_milli") if one else 1000 for one in extras])
        for zone in _ZONES
    }
    return {
        "ccam_key_activity": ("b", [int(key.activity) for key in keys]),
        "ccam_key_phase": ("b", [int(key.phase) for key in keys]),
        "ccam_cabinet_cents": ("i", [one.cabinet_cents if one else 0 for one in extras]),
        **zones,
    }


def _price_arrays(tables: Tables, keys: list[Key]) -> Arrays:
    rows = [(key, row) for key in keys for row in tables.prices.get(key, ())]
    first, last = _ranges(keys, [key for key, _ in rows])
    source = {name: index for index, name in enumerate(_sources())}
    verified = {name: day_number(date.fromisoformat(row["verified_until"])) for name, row in read_sources().items()}
    return {
        "ccam_price_first": ("i", first),
        "ccam_price_last": ("i", last),
        "ccam_price_from": ("i", [day(row.start) for _, row in rows]),
        "ccam_price_to": ("i", [day(row.end) for _, row in rows]),
        "ccam_price_doubtful": ("i", [row.doubtful for _, row in rows]),
        "ccam_price_verified_until": ("i", [_verified(row, verified) for _, row in rows]),
        "ccam_price_source": ("h", [source[row.source] for _, row in rows]),
        "ccam_price_cents": ("i", [cents for _, row in rows for cents in row.cents]),
    }


def _verified(row: Price, verified: Mapping[str, int]) -> int:
    """A row that is closed is known to its end; an open one as far as its publication was verified."""
    return day(row.end) if row.end else verified[row.source]


@lru_cache(maxsize=4_000)
def day(text: str) -> int:
    """Day number of an ISO day; the open end for an empty text.

    >>> day("2026-01-01"), day("")
    (20454, 2000000)
    """
    return day_number(date.fromisoformat(text)) if text else OPEN


def _property_arrays(tables: Tables, keys: list[Key]) -> Arrays:
    rows = [(key, row) for key in keys for row in tables.properties.get(key, ())]
    first, last = _ranges(keys, [key for key, _ in rows])
    grouping = {name: index for index, name in enumerate(_groupings())}
    said = [row for _, row in rows]
    return {
        "ccam_property_first": ("i", first),
        "ccam_property_last": ("i", last),
        "ccam_property_from": ("i", [day(row.start) for row in said]),
        "ccam_property_to": ("i", [day(row.end) for row in said]),
        "ccam_exemption": ("b", [_exemption(row) for row in said]),
        "ccam_prevention": ("b", [int("7" in row.exemption) for row in said]),
        "ccam_agreement": ("b", [int(row.agreement) for row in said]),
        "ccam_conditional": ("b", [int(row.conditional) for row in said]),
        "ccam_covered": ("b", [int(row.covered) for row in said]),
        "ccam_grouping": ("h", [grouping[row.grouping] for row in said]),
        "ccam_modifiers": ("q", [modifier_mask(row.modifiers) for row in said]),
    }


def _exemption(row: Properties) -> int:
    return next((int(digit) for digit in row.exemption if digit in "12345"), 0)


@lru_cache(maxsize=2_000)
def modifier_mask(letters: str) -> int:
    """The mask of a set of modifiers.

    >>> modifier_mask("1A") == 1 << 1 | 1 << 10
    True
    """
    return sum(1 << SYMBOLS.index(letter) for letter in letters)


def _both_ways(tables: Tables) -> dict[str, set[str]]:
    pairs: dict[str, set[str]] = {}
    for code, others in tables.incompatible.items():
        for other in others:
            pairs.setdefault(code, set()).add(other)
            pairs.setdefault(other, set()).add(code)
    return pairs


def _list_arrays(name: str, order: list[str], number: Mapping[str, int], found: Mapping[str, Iterable[str]]) -> Arrays:
    """Act numbers that stand with each act, sorted inside its range; codes unknown to the list are left out."""
    first: list[int] = []
    last: list[int] = []
    members: list[int] = []
    for code in order:
        first.append(len(members))
        members.extend(sorted(number[other] for other in found.get(code, ()) if other in number))
        last.append(len(members))
    return {f"{name}_first": ("i", first), f"{name}_last": ("i", last), name: ("i", members)}

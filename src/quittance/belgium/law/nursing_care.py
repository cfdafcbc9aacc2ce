"""Home nursing (soins infirmiers, article 8): dated figures, acts with their codes, and texts of `nursing_care.yaml`.

>>> value("c_single_visit", 19722).value, value("c_single_visit", 19723).value
(0, 1)
>>> value("daily_ceiling", 20454).value is None, value("katz_c_strict", 20454).doubtful
(True, True)
>>> kinds()["toilet"].codes["home_weekend"]
'425515'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from quittance.belgium.law import _read
from quittance.belgium.law._read import LawError
from quittance.kernel.dated import OPEN, day_number

FILE = "nursing_care.yaml"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from, and how far it is to be trusted (a key of `marks`)."""

    label: str
    url: str
    read_on: date
    mark: str


@dataclass(frozen=True, slots=True)
class Value:
    """A figure from a day to a day (day numbers, both included); `value` None = unknown."""

    name: str
    label: str
    value: int | None
    first: int
    last: int
    source: Source
    doubtful: bool
    note: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of act: its group, its codes by column (`any` = everywhere), and what it needs.

    `basic`: done at a visit, it opens a basic visit; `absent`: the patient need not be there.
    """

    name: str
    label: str
    group: str
    codes: Mapping[str, str]
    prescription: str
    basic: bool
    absent: bool
    palliative: bool
    related: bool

    def code(self, column: str) -> str:
        """The code in a column, empty where no source prints it."""
        return self.codes.get(column) or self.codes.get("any", "")


@dataclass
class Book:
    """The figures of one day: those of the practice where it chose, else those of the law; keeps what was read."""

    day: int
    chosen: Mapping[str, int] = field(default_factory=dict)
    used: dict[str, Value] = field(default_factory=dict)

    def read(self, name: str) -> Value:
        """A figure of the day, kept among those used."""
        if name not in self.used:
            self.used[name] = self._found(name)
        return self.used[name]

    def number(self, name: str) -> int:
        """A figure that must be known."""
        found = self.read(name).value
        if found is None:
            raise LawError(f"{FILE} : « {name} » n'est pas connu au jour {self.day} ; choisissez-en la valeur.")
        return found

    def _found(self, name: str) -> Value:
        law = value(name, self.day)
        if name not in self.chosen:
            return law
        source = Source("Choix du cabinet", "", law.source.read_on, "R")
        return Value(name, law.label, self.chosen[name], law.first, law.last, source, doubtful=False, note=law.note)


@cache
def content() -> dict[str, Any]:
    """The file as it is written."""
    return _read.load(FILE)


@cache
def first_day() -> int:
    """The first day that is judged."""
    return day_number(content()["first_day"])


@cache
def marks() -> Mapping[str, str]:
    """The marks of certainty and their French words."""
    return dict(content()["marks"])


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its code."""
    found = {code: Source(row["label"], row["url"], row["read_on"], row["mark"]) for code, row in _table("sources")}
    unknown = {one.mark for one in found.values()} - marks().keys()
    if unknown:
        raise LawError(f"{FILE} : marques inconnues {sorted(unknown)} ; marques : {', '.join(marks())}.")
    return found


def _table(key: str) -> list[tuple[str, dict[str, Any]]]:
    return list(content()[key].items())


@cache
def parameters() -> Mapping[str, tuple[Value, ...]]:
    """Every figure by name, in the order of its periods."""
    return {name: tuple(_value(name, row["label"], one) for one in row["values"]) for name, row in _table("parameters")}


def _value(name: str, label: str, row: Mapping[str, Any]) -> Value:
    first, last = _read.period(f"{FILE}, {name}", row)
    source = sources()[row["source"]]
    return Value(
        name=name,
        label=label,
        value=row["value"],
        first=day_number(first),
        last=OPEN if last is None else day_number(last),
        source=source,
        doubtful=row.get("doubtful", source.mark in "DB"),
        note=row.get("note", ""),
    )


@cache
def choosable() -> Mapping[str, Mapping[int, str] | str]:
    """The figures that a practice may choose: their values with their words, or `cents` for an amount.

    >>> choosable()["daily_ceiling"], sorted(choosable()["katz_c_strict"])
    ('cents', [0, 1])
    """
    return {name: row["choice"] for name, row in _table("parameters") if "choice" in row}


def value(name: str, day: int) -> Value:
    """The figure of a day; raises `LawError` where the file has none."""
    found = next((row for row in parameters().get(name, ()) if row.first <= day <= row.last), None)
    if found is None:
        raise LawError(f"{FILE} : « {name} » n'a pas de valeur au jour {day} ; ajoutez-la avec sa source.")
    return found


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of act by its name."""
    return {name: _kind(name, row) for name, row in _table("kinds")}


def _kind(name: str, row: Mapping[str, Any]) -> Kind:
    flags = {flag: row.get(flag, False) for flag in ("basic", "absent", "palliative", "related")}
    return Kind(name, row["label"], row["group"], dict(row["codes"]), row.get("prescription", "none"), **flags)


def labels(part: str) -> Mapping[str, Any]:
    """A table of the file as it is: `items`, `columns`, `offices`, `messages`."""
    found: Mapping[str, Any] = content()[part]
    return found


def identity(part: str) -> Mapping[str, Any]:
    """A list of the identity check: `readings`, `media`, `manual`, `vignette`."""
    found: Mapping[str, Any] = content()["identity"][part]
    return found

"""Speech therapy (logopédie, article 36): codes, disorders, dated figures and texts, read from `speech.yaml`.

>>> act("711314").disorder, act("711314").place, act("701013").disorder
('a', 'practice', '')
>>> value("quota", 20454, "b1").value, value("months", 20454, "g").value, value("months", 20454, "b1").value
(288, 12, 24)
>>> value("quota", 20454, "b1").doubtful, value("start_days", 20454, "b1").source.mark
(False, 'T')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from quittance.belgium.law import _read
from quittance.kernel.dated import OPEN, day_number

AMBULATORY = "ambulatory"
"""Place of a code that holds wherever the patient is, hospital excepted."""

MARKS = {"O": "officiel", "P": "publié", "T": "lu chez un tiers", "C": "choix de Quittance"}


class LawError(Exception):
    """A figure that the law file lacks, or one it should not hold; the text says which."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure comes from, and how far it is to be trusted (a key of `MARKS`)."""

    label: str
    url: str
    read_on: date
    mark: str
    verified_until: int


@dataclass(frozen=True, slots=True)
class Value:
    """A figure from a day to a day (day numbers, both included), with its source; `disorder` is empty for all."""

    name: str
    label: str
    disorder: str
    value: int
    first: int
    last: int
    source: Source
    doubtful: bool
    note: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of session: its family (therapy, guidance, assessment, evaluation), minutes, units of quota.

    `least` are the minutes that it takes at least, which for an evaluation are not those of its name.
    """

    code: str
    label: str
    family: str
    minutes: int
    units: tuple[Value, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Act:
    """What a code stands for; `disorder` is empty where it holds for all, `first` and `last` are day numbers."""

    code: str
    disorder: str
    kind: Kind
    place: str
    first: int
    last: int
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Disorder:
    """A disorder (trouble) of article 36, § 2; `apart_from` are those with which it is not paid together."""

    code: str
    label: str
    text: str
    needs: tuple[str, ...]
    apart_from: frozenset[str]


@cache
def _content() -> dict[str, Any]:
    text = resources.files("quittance.belgium.law").joinpath("speech.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = _read.parsed(text)
    return content


@cache
def first_day() -> int:
    """The first day of which a session is judged."""
    return day_number(_content()["first_day"])


@cache
def excluded_services() -> frozenset[str]:
    """The indices of the hospital services in which nothing is paid."""
    return frozenset(_content()["excluded_services"])


@cache
def prescribers() -> Mapping[str, tuple[str, str, str]]:
    """First digit of an INAMI number, first and last competence code, by who prescribes.

    >>> prescribers()["general_practitioner"]
    ('1', '001', '008')
    """
    content = _content()["prescribers"]
    kinds = ("general_practitioner", "specialist")
    return {kind: (content["profession"], content[kind]["from"], content[kind]["to"]) for kind in kinds}


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its code."""
    return {code: _source(row) for code, row in _content()["sources"].items()}


def _source(row: Mapping[str, Any]) -> Source:
    if row["mark"] not in MARKS:
        raise LawError(f"speech.yaml : marque « {row['mark']} » inconnue ; marques : {', '.join(MARKS)}.")
    return Source(row["label"], row["url"], row["read_on"], row["mark"], _last(row.get("verified_until")))


def _last(day: date | None) -> int:
    return OPEN if day is None else day_number(day)


def _values(name: str, label: str, disorder: str, rows: list[dict[str, Any]]) -> tuple[Value, ...]:
    return tuple(_value(name, label, disorder, row) for row in rows)


def _value(name: str, label: str, disorder: str, row: Mapping[str, Any]) -> Value:
    source = sources()[row["source"]]
    return Value(
        name=name,
        label=label,
        disorder=disorder,
        value=row["value"],
        first=day_number(row["from"]),
        last=_last(row.get("to")),
        source=source,
        doubtful=row.get("doubtful", source.mark == "T"),
        note=row.get("note", ""),
    )


@cache
def disorders() -> Mapping[str, Disorder]:
    """Every disorder by its code, in the order of the law."""
    return {
        code: Disorder(
            code, row["label"], row["text"], tuple(row.get("needs", ())), frozenset(row.get("apart_from", ()))
        )
        for code, row in _content()["disorders"].items()
    }


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of session by its code."""
    return {
        code: Kind(
            code=code,
            label=row["label"],
            family=row["family"],
            minutes=row["minutes"],
            units=_values(f"units.{code}", row["label"], "", row["units"]),
            least=row.get("least", row["minutes"]),
        )
        for code, row in _content()["kinds"].items()
    }


@cache
def acts() -> Mapping[str, Act]:
    """Every code of six digits, in force or abolished."""
    return {one.code: one for row in _content()["codes"] for one in _acts(row)}


def _acts(row: Mapping[str, Any]) -> Iterator[Act]:
    first = day_number(row["from"]) if "from" in row else -OPEN
    for place in (AMBULATORY, "practice", "home", "school", "rehabilitation", "hospital"):
        if place in row:
            doubtful = row.get("doubtful", False)
            kind = kinds()[row["kind"]]
            yield Act(row[place], row.get("disorder", ""), kind, place, first, _last(row.get("to")), doubtful)


def act(code: str) -> Act | None:
    """What a code stands for, or None where it is none of speech therapy."""
    return acts().get(code)


@cache
def parameters() -> Mapping[tuple[str, str], tuple[Value, ...]]:
    """The figures by name and disorder (empty: every disorder that has none of its own)."""
    content = _content()
    rows = content["parameters"]
    found = {(name, ""): _values(name, row["label"], "", row["values"]) for name, row in rows.items()}
    labels = {**{name: row["label"] for name, row in rows.items()}, **content["labels"]}
    for code, row in content["disorders"].items():
        for name in row.keys() & labels.keys():
            found[name, code] = _values(name, labels[name], code, row[name])
    return found


def value_or_none(name: str, day: int, disorder: str = "") -> Value | None:
    """The figure of a disorder on a day, else that of all; None where there is none.

    >>> value_or_none("below", 20454, "b1") is None, value_or_none("below", 20454, "b2").value
    (True, 18)
    """
    rows = parameters().get((name, disorder)) or parameters().get((name, ""), ())
    return next((row for row in rows if row.first <= day <= row.last), None)


def value(name: str, day: int, disorder: str = "") -> Value:
    """The figure of a disorder on a day; raises `LawError` where the file lacks it."""
    found = value_or_none(name, day, disorder)
    if found is None:
        raise LawError(f"speech.yaml : « {name} » n'a pas de valeur pour « {disorder} » au jour {day}.")
    return found


def units(kind: Kind, day: int) -> Value:
    """What a kind of session takes from the quota, in sessions of 30 minutes, by the law of a day."""
    found = next((row for row in kind.units if row.first <= day <= row.last), None)
    if found is None:
        raise LawError(f"speech.yaml : « {kind.code} » n'a pas d'unités au jour {day}.")
    return found


@cache
def texts(part: str) -> Mapping[str, Any]:
    """The texts of a part: `reasons` (what, why, do), `alerts`, `remedies`."""
    found: Mapping[str, Any] = _content()[part]
    return found

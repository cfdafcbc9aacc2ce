"""Dated facts of `rules.yaml`: what the law says of a paper on a day, with its source and its mark."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from quittance.belgium.law._read import parsed

UNSURE = "DBC"


class DocumentError(ValueError):
    """A paper that cannot be printed. The text (French) says what, why and what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from, and how far it is to be trusted."""

    label: str
    mark: str
    url: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure, the day since which it holds, and its source."""

    name: str
    value: int
    since: date
    source: Source
    doubtful: bool
    note: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a supporting document is due."""

    name: str
    since: date
    source: Source


@cache
def content() -> dict[str, Any]:
    """The file as it is written."""
    text = resources.files(__package__).joinpath("rules.yaml").read_text(encoding="utf-8")
    return dict(parsed(text))


@cache
def sources() -> dict[str, Source]:
    """Every source by its name."""
    return {name: Source(**row) for name, row in content()["sources"].items()}


def facts(name: str) -> list[Fact]:
    """Every value of a figure, oldest first."""
    rows = content()["parameters"][name]["values"]
    return sorted((_fact(name, row) for row in rows), key=lambda one: one.since)


def fact(name: str, day: date) -> Fact | None:
    """The figure of a day, or None before the first one known."""
    held = [one for one in facts(name) if one.since <= day]
    return held[-1] if held else None


def of_profession(name: str, profession: str, day: date) -> Fact | None:
    """The figure of a profession (`paperless`, `prescribed`) on a day, or None where the law says nothing of it."""
    key = f"{name}_{profession}"
    return fact(key, day) if key in content()["parameters"] else None


def number(name: str, day: date) -> int:
    """A figure of a day that must be known."""
    found = fact(name, day)
    if found is None:
        first = facts(name)[0].since
        raise DocumentError(
            f"Les règles de ce document sont connues depuis le {first:%d/%m/%Y}, pas au {day:%d/%m/%Y} ; "
            "reprenez le formulaire de l'époque."
        )
    return found.value


def doubtful(day: date) -> list[Fact]:
    """The figures of a day that are to be confirmed."""
    held = (fact(name, day) for name in content()["parameters"])
    return [one for one in held if one is not None and one.doubtful]


def reasons() -> list[Reason]:
    """Why a supporting document may be due, the reason told first before the others."""
    return [Reason(row["reason"], row["from"], sources()[row["source"]]) for row in content()["supporting"]]


def month_end(day: date, later: int = 0) -> date:
    """The last day of the month of a day, or of a month some months later."""
    year, month = divmod(day.year * 12 + day.month - 1 + later, 12)
    return date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def _fact(name: str, row: dict[str, Any]) -> Fact:
    source = sources()[row["source"]]
    unsure = bool(row.get("doubtful", source.mark in UNSURE))
    return Fact(name, row["value"], row["from"], source, unsure, row.get("note", ""))

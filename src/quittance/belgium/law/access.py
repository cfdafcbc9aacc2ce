"""Mandates, scopes, rights of a group and steps at CSAM, read from `access.yaml`.

>>> types()["administrative_file"].grantor, "record.accreditation" in powers("administrative_file")
('inami', False)
>>> sorted(powers("insurability")), rights()["billing"].scope
(['insurability.read', 'patient.read'], 'third_party_billing')
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from quittance.belgium.law import _read

RECORD = "record."


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: title of the page, its site, the day it was read."""

    label: str
    url: str
    read_on: date


@dataclass(frozen=True, slots=True)
class Scope:
    """What a mandate or a right opens, from a day to a day (both included, None = open)."""

    code: str
    label: str
    powers: frozenset[str]
    from_day: date | None
    to_day: date | None
    doubtful: bool
    source: Source

    def holds(self, day: date) -> bool:
        """Whether the scope may be used on a day."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or day <= self.to_day)

    @property
    def is_record(self) -> bool:
        """Whether it opens the grantor's own record, and nothing of his patients."""
        return all(power.startswith(RECORD) for power in self.powers)


@dataclass(frozen=True, slots=True)
class MandateType:
    """A type of mandate: its scope, who may give it (`inami`, `visa`), to which kinds of party, what it leaves out."""

    code: str
    system: str
    label: str
    text: str
    grantor: str
    grantees: tuple[str, ...]
    scope: Scope
    excluded: tuple[str, ...]

    @property
    def needs_provider_number(self) -> bool:
        """Whether only a provider with an INAMI number may give it."""
        return self.grantor == "inami"


@dataclass(frozen=True, slots=True)
class Right:
    """An access right inside a group (droit d'accès), and the scope it opens."""

    code: str
    label: str
    text: str
    scope: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step to be taken at CSAM."""

    code: str
    label: str
    text: str
    optional: bool
    source: Source


@cache
def _content() -> dict[str, Any]:
    text = resources.files("quittance.belgium.law").joinpath("access.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = _read.parsed(text)
    return content


@cache
def sources() -> Mapping[str, Source]:
    """Every source by its code."""
    return {code: Source(row["label"], row["url"], row["read_on"]) for code, row in _content()["sources"].items()}


@cache
def scopes() -> Mapping[str, Scope]:
    """Every scope by its code."""
    return {row["code"]: _scope(row) for row in _content()["scopes"]}


def _scope(row: Mapping[str, Any]) -> Scope:
    return Scope(
        code=row["code"],
        label=row["label"],
        powers=frozenset(row["powers"]),
        from_day=row.get("from"),
        to_day=row.get("to"),
        doubtful=row.get("doubtful", False),
        source=sources()[row["source"]],
    )


@cache
def types() -> Mapping[str, MandateType]:
    """Every type of mandate by its code, which is that of its scope."""
    return {
        row["code"]: MandateType(
            code=row["code"],
            system=row["system"],
            label=row["label"],
            text=row["text"],
            grantor=row["grantor"],
            grantees=tuple(row["grantees"]),
            scope=scopes()[row["code"]],
            excluded=tuple(row["excluded"]),
        )
        for row in _content()["types"]
    }


def powers(scope: str, on: date | None = None) -> frozenset[str]:
    """What a scope opens, on a day where one is given; nothing for a scope that does not exist or hold then."""
    found = scopes().get(scope)
    if found is None or (on is not None and not found.holds(on)):
        return frozenset()
    return found.powers


@cache
def rights() -> Mapping[str, Right]:
    """The access rights of a group's users, by code."""
    return {row["code"]: Right(row["code"], row["label"], row["text"], row["scope"]) for row in _content()["rights"]}


@cache
def steps(party: str) -> tuple[Step, ...]:
    """The steps at CSAM, in order, of a `person` or of an organisation (`company`, `group`, `institution`)."""
    rows = _content()["steps"]["person" if party == "person" else "organisation"]
    return tuple(
        Step(row["code"], row["label"], row["text"], row.get("optional", False), sources()[row["source"]])
        for row in rows
    )

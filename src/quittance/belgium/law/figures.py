"""Belgian law as data: the parameters, permissions and limits that the rules read, each with days and source.

The YAML files of this folder are the only place where a figure of the law stands; this module reads and checks
them. Every accessor raises `LawError` (French text) when a file cannot be trusted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from quittance.belgium.law import _read
from quittance.belgium.law._read import LawError

__all__ = ["LawError"]

UNITS = frozenset({"cents", "bp", "count"})


@dataclass(frozen=True, slots=True)
class DatedValue:
    """One value of a parameter between two days, both included; `doubtful` tells that its source does not settle it."""

    value: int
    from_day: date
    to_day: date | None
    source: str
    verified_until: date | None
    doubtful: bool
    note: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """A figure of the law (paramètre) and its values in order of date."""

    name: str
    label: str
    unit: str
    values: tuple[DatedValue, ...]

    def on(self, day: date) -> DatedValue | None:
        """The value in force on `day`, or None where the law is not known for that day."""
        return next((one for one in self.values if one.from_day <= day and (not one.to_day or day <= one.to_day)), None)


@dataclass(frozen=True, slots=True)
class Permission:
    """What the law says of third-party payment or of a supplement, to whom and from when to when.

    `verdict` is allowed, obligatory or forbidden; `acts` and `lifted_by` are codes, empty for all and for none.
    """

    verdict: str
    from_day: date
    to_day: date | None
    professions: tuple[str, ...]
    conventions: tuple[str, ...]
    patients: tuple[str, ...]
    places: tuple[str, ...]
    third_party: tuple[bool, ...]
    reasons: tuple[str, ...]
    force_official: tuple[bool, ...]
    acts: tuple[str, ...]
    lifted_by: tuple[str, ...]
    text: str
    source: str
    doubtful: bool


@dataclass(frozen=True, slots=True)
class ReasonLimit:
    """When and where a legal reason of a supplement can be true; `holiday`: only on a public holiday.

    `weekdays` are numbers, Monday 0; `text` says why it cannot be true elsewhere.
    """

    reason: str
    from_day: date
    to_day: date | None
    weekdays: tuple[int, ...]
    holiday: bool
    places: tuple[str, ...]
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Quota:
    """How often codes may be billed in a day, month or year; `groups` are those of nursing.yaml."""

    period: str
    most: int
    counts: tuple[str, ...]
    limits: tuple[str, ...]
    groups: tuple[str, ...]
    from_day: date
    to_day: date | None
    text: str
    source: str
    doubtful: bool


@cache
def words() -> dict[str, list[str]]:
    """Words of the contract by enumeration, in the order of their numbers."""
    return {name: [str(word) for word in listed] for name, listed in _read.load("codes.yaml").items()}


@cache
def parameters() -> dict[str, Parameter]:
    """Figures of the law by name.

    >>> parameters()["reduction_speech_therapist"].on(date(2026, 4, 1)).value
    7500
    """
    return {key: _parameter(key, row) for key, row in _read.load("parameters.yaml").items()}


def _parameter(key: str, row: Mapping[str, Any]) -> Parameter:
    where = f"parameters.yaml, {key}"
    unit = str(_read.need(where, row, "unit"))
    if unit not in UNITS:
        raise LawError(f"{where} : unité « {unit} » inconnue ; unités connues : {', '.join(sorted(UNITS))}.")
    values = tuple(_value(f"{where}, valeur {at}", one) for at, one in enumerate(_read.need(where, row, "values"), 1))
    _read.no_overlap(where, ((value.from_day, value.to_day) for value in values))
    return Parameter(key, str(_read.need(where, row, "label")), unit, values)


def _value(where: str, row: Mapping[str, Any]) -> DatedValue:
    from_day, to_day = _read.period(where, row)
    doubtful, note = bool(row.get("doubtful", False)), str(row.get("note", ""))
    if doubtful and not note:
        raise LawError(f"{where} : un chiffre douteux dit pourquoi (« note »).")
    value, source = _read.whole(where, _read.need(where, row, "value")), str(_read.need(where, row, "source"))
    return DatedValue(value, from_day, to_day, source, row.get("verified_until"), doubtful, note)


@cache
def third_party() -> tuple[Permission, ...]:
    """What the law says of third-party payment (tiers payant): the strictest row that holds wins."""
    return tuple(_permission(where, row, "rule", "third_party_rule") for where, row in _read.rows("third_party.yaml"))


@cache
def supplements() -> tuple[Permission, ...]:
    """What the law says of supplements: the first row that holds decides."""
    return tuple(_permission(where, row, "verdict", "verdict") for where, row in _read.rows("supplements.yaml"))


def _permission(where: str, row: Mapping[str, Any], key: str, kind: str) -> Permission:
    from_day, to_day = _read.period(where, row)
    (verdict,) = _read.within(where, {key: [_read.need(where, row, key)]}, key, words()[kind])
    known = words()
    return Permission(
        verdict=verdict,
        from_day=from_day,
        to_day=to_day,
        professions=_read.within(where, row, "professions", known["profession"][1:]),
        conventions=_read.within(where, row, "conventions", known["convention"]),
        patients=_read.within(where, row, "patients", known["regime"]),
        places=_read.within(where, row, "places", known["place"]),
        third_party=_read.within(where, row, "third_party", (False, True)),
        reasons=_read.within(where, row, "reasons", known["supplement_reason"]),
        force_official=_read.within(where, row, "force_official", (False, True)),
        acts=_read.codes(where, row, "acts"),
        lifted_by=_read.codes(where, row, "lifted_by"),
        text=str(_read.need(where, row, "text")),
        source=str(_read.need(where, row, "source")),
        doubtful=bool(row.get("doubtful", False)),
    )


WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@cache
def reason_limits() -> dict[str, ReasonLimit]:
    """The legal reasons of a supplement that cannot be true on every day and at every place.

    >>> reason_limits()["weekend"].weekdays, reason_limits()["holiday"].holiday
    ((4, 5, 6, 0), True)
    """
    return {one.reason: one for one in (_reason(*named) for named in _read.rows("supplements.yaml", "reasons"))}


def _reason(where: str, row: Mapping[str, Any]) -> ReasonLimit:
    from_day, to_day = _read.period(where, row)
    known = words()
    (reason,) = _read.within(where, {"reason": [row.get("reason")]}, "reason", known["supplement_reason"][1:])
    return ReasonLimit(
        reason=reason,
        from_day=from_day,
        to_day=to_day,
        weekdays=tuple(map(WEEKDAYS.index, _read.within(where, row, "weekdays", WEEKDAYS))),
        holiday=bool(row.get("holiday", False)),
        places=_read.within(where, row, "places", known["place"]),
        text=str(_read.need(where, row, "text")),
        source=str(_read.need(where, row, "source")),
    )


@cache
def quotas() -> tuple[Quota, ...]:
    """How often codes may be billed."""
    found = []
    for where, row in _read.rows("quotas.yaml"):
        from_day, to_day = _read.period(where, row)
        (period,) = _read.within(where, {"period": [row.get("period")]}, "period", words()["period"])
        groups = _read.within(where, {"groups": row.get("groups", [])}, "groups", words()["nursing_group"][1:])
        found.append(
            Quota(
                period=period,
                most=_read.whole(where, _read.need(where, row, "most")),
                counts=_read.codes(where, row, "counts"),
                limits=_read.codes(where, row, "limits"),
                groups=groups,
                from_day=from_day,
                to_day=to_day,
                text=str(_read.need(where, row, "text")),
                source=str(_read.need(where, row, "source")),
                doubtful=bool(row.get("doubtful", False)),
            )
        )
    return tuple(found)


@cache
def session_acts() -> frozenset[str]:
    """Nursing acts counted by session: a daily ceiling holds their sum, a flat rate replaces them."""
    return frozenset(_read.codes("nursing.yaml", _read.load("nursing.yaml"), "session"))


@cache
def ceiling_acts() -> tuple[str, ...]:
    """Flat rates A whose fee is the daily ceiling of their place and day, where no figure is known."""
    return _read.codes("nursing.yaml", _read.load("nursing.yaml"), "ceiling")


@cache
def flat_rates() -> dict[str, str]:
    """Level of dependency (Katz) that each nursing flat rate (forfait) needs.

    >>> flat_rates()["425294"]
    'B'
    """
    known = words()["katz_level"]
    return {
        code: _read.within(where, {"level": [row.get("level")]}, "level", known)[0]
        for where, row in _read.rows("nursing.yaml", "flat_rates")
        for code in _read.codes(where, row, "codes")
    }


@cache
def insurability(name: str) -> dict[str, date | None]:
    """Codes of insurability (`ct1` or `ct2`) with the last day of those that ended.

    >>> insurability("ct2")["900"].isoformat(), insurability("ct1")["111"]
    ('2007-12-31', None)
    """
    content = _read.load("insurability.yaml")
    return {code: content["ended"].get(code) if name == "ct2" else None for code in content[name]}


@cache
def holidays() -> tuple[date, ...]:
    """Every public holiday (jour férié légal) of the years of the table, in order.

    >>> date(2026, 7, 21) in holidays(), date(2026, 4, 6) in holidays(), date(2026, 7, 14) in holidays()
    (True, True, False)
    """
    content = _read.load("holidays.yaml")
    found = set()
    for year in range(content["first_year"], content["last_year"] + 1):
        for one in content["holidays"]:
            moving = one.get("after_easter")
            found.add(date(year, one["month"], one["day"]) if moving is None else easter(year) + timedelta(days=moving))
    return tuple(sorted(found))


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm).

    >>> easter(2026).isoformat()
    '2026-04-05'
    """
    century, within = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (within // 4) - moon - within % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, 1) + timedelta(days=day)

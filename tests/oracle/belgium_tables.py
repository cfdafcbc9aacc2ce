"""The product's Belgian lists and law files, read again from their csv and YAML as plain dictionaries."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tests.oracle.laws import Unknown, on_day

Row = dict[str, str]
Ask = dict[str, Any]

BELGIUM = Path(__file__).resolve().parents[2] / "src" / "quittance" / "belgium"
TABLES = BELGIUM / "tariffs" / "tables"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def _rows(name: str) -> list[Row]:
    with gzip.open(TABLES / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def law(name: str) -> Any:
    return yaml.safe_load((BELGIUM / "law" / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def acts() -> dict[str, Row]:
    return {row["code"]: row for row in _rows("acts")}


@cache
def prices() -> dict[tuple[str, str], list[Row]]:
    """By code and kind: `fee` or `reimbursement`."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in _rows("prices"):
        found[row["code"], row["kind"]].append(row)
    return found


def price(code: str, kind: str, day: date, holds: set[str], months: int) -> Row | None:
    """The most specific row of the day: the one with most conditions, then the one with the narrowest ages."""
    fits = [row for row in prices().get((code, kind), []) if _in_force(row, day) and _fits(row, holds, months)]
    return max(fits, key=_specific, default=None)


def _in_force(row: Row, day: date) -> bool:
    return row["from"] <= day.isoformat() <= row["to"]


def _ages(row: Row) -> tuple[int, int]:
    return int(row["age_from_months"] or 0), int(row["age_to_months"] or 9999)


def _fits(row: Row, holds: set[str], months: int) -> bool:
    youngest, oldest = _ages(row)
    return (
        set(row["requires"].split()) <= holds
        and not set(row["forbids"].split()) & holds
        and youngest <= months < oldest
    )


def _specific(row: Row) -> tuple[int, int]:
    youngest, oldest = _ages(row)
    return len(row["requires"].split()) + len(row["forbids"].split()), youngest - oldest


def parameter(name: str, day: date) -> int:
    row = on_day(law("parameters")[name]["values"], day)
    if row is None:
        raise Unknown("parameter.unknown")
    return int(row["value"])


def part_left(profession: str, day: date) -> Fraction:
    """What is left of the ordinary reimbursement with a professional outside the convention."""
    return Fraction(parameter(f"reduction_{profession}", day), 10_000)


def third_party_forbidden(act: Ask, ask: Ask) -> bool:
    return any(
        row["rule"] == "forbidden" and not row.get("doubtful") and _named(row, act, ask)
        for row in law("third_party")["rows"]
    )


def supplement_forbidden(act: Ask, ask: Ask) -> bool:
    """The first row that holds decides."""
    for row in law("supplements")["rows"]:
        if _named(row, act, ask):
            return bool(row["verdict"] == "forbidden")
    return False


def _named(row: dict[str, Any], act: Ask, ask: Ask) -> bool:
    """Whether every list of the row names what is asked; a list that is not there names everything."""
    asked = {
        "professions": ask["profession"],
        "conventions": ask["convention"],
        "patients": "preferential" if ask["preferential"] else "ordinary",
        "places": place_of(act, ask) or "none",
        "third_party": ask["third_party"],
        "force_official": ask["force_official"],
        "reasons": _reason(act, ask) or "none",
        "acts": act["code"],
    }
    return row["from"] <= act["day"] <= row.get("to", date.max) and all(
        value in row[name] for name, value in asked.items() if row.get(name)
    )


def place_of(act: Ask, ask: Ask) -> str | None:
    """The place asked; where none is, that of a code which is done at one place only."""
    places = acts()[act["code"]]["places"].split()
    return ask["place"] or (places[0] if len(places) == 1 else None)


def _reason(act: Ask, ask: Ask) -> str | None:
    """The reason of the supplement; one that the day or the place gives the lie to is none."""
    for row in law("supplements")["reasons"]:
        if row["reason"] != act["reason"] or not row["from"] <= act["day"] <= row.get("to", date.max):
            continue
        wrong_day = WEEKDAYS[act["day"].weekday()] not in row.get("weekdays", WEEKDAYS)
        no_holiday = bool(row.get("holiday")) and not is_holiday(act["day"])
        elsewhere = "places" in row and (place_of(act, ask) or "none") not in row["places"]
        if wrong_day or no_holiday or elsewhere:
            return None
    reason: str | None = act["reason"]
    return reason


@cache
def easter(year: int) -> date:
    """Easter Sunday by its definition: the Sunday after the fourteenth day of the paschal moon."""
    century = year // 100
    golden = year % 19
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    epact -= 1 if epact == 29 or (epact == 28 and golden > 10) else 0
    moon = date(year, 3, 21) + timedelta(days=epact)
    return moon + timedelta(days=7 - (moon.weekday() + 1) % 7)


def day_off(day: date) -> bool:
    """A Saturday, a Sunday or a public holiday."""
    return day.weekday() >= 5 or is_holiday(day)


def is_holiday(day: date) -> bool:
    return any(day == _holiday(row, day.year) for row in law("holidays")["holidays"])


def _holiday(row: dict[str, Any], year: int) -> date:
    if "after_easter" in row:
        return easter(year) + timedelta(days=row["after_easter"])
    return date(year, row["month"], row["day"])


@cache
def session_codes() -> set[str]:
    """Nursing acts that are counted by session."""
    return set(law("nursing")["session"])


def daily_ceiling(act: Ask, ask: Ask) -> int | None:
    """Most that the session acts of the day may cost: the figure of the law, else the flat rate A of the place."""
    row = on_day(law("parameters")["daily_ceiling_nurse"]["values"], act["day"])
    if row is not None:
        return int(row["value"])
    for code in law("nursing")["ceiling"]:
        known = acts().get(code)
        if known is None or known["places"] != place_of(act, ask):
            continue
        if known["weekend"] == "any" or (known["weekend"] == "weekend") == day_off(act["day"]):
            fee = price(code, "fee", act["day"], ask["holds"], act["months"])
            return None if fee is None else int(fee["cents"])
    return None


@cache
def flat_rate_levels() -> dict[str, str]:
    """Nursing flat rates and the level of dependency each asks for."""
    return {code: row["level"] for row in law("nursing")["flat_rates"] for code in row["codes"]}

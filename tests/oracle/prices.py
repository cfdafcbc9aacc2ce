"""The product's price lists, read again from their csv: NGAP letters by profession and zone, CCAM by grid."""

from __future__ import annotations

import csv
import gzip
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any

from tests.oracle import laws
from tests.oracle.amounts import cents
from tests.oracle.laws import FRANCE, Unknown

Row = dict[str, str]
Key = tuple[str, str, str]

TABLES = FRANCE / "tariffs" / "tables"
COMPLEMENTS = ("night", "deep_night", "sunday")


def rows(name: str) -> Iterator[Row]:
    """The rows of a table, plain or compressed."""
    plain = TABLES / f"{name}.csv"
    if plain.exists():
        with plain.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)
    else:
        with gzip.open(TABLES / f"{name}.csv.gz", "rt", encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def covers(row: Row, day: date) -> bool:
    return row["from"] <= day.isoformat() and (not row["to"] or day.isoformat() <= row["to"])


@cache
def letters() -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {row["code"]: [] for row in rows("ngap_acts")}
    for row in rows("ngap_prices"):
        found[row["code"]].append(row)
    return found


@cache
def flags() -> dict[str, set[str]]:
    return {row["code"]: set(row["flags"].split()) for row in rows("ngap_acts")}


def letter_row(code: str, ask: dict[str, Any], day: date) -> Row | None:
    """The row of this letter for this professional, in this zone, that day."""
    for row in letters()[code]:
        if (
            covers(row, day)
            and ask["zone"] in row["zones"].split()
            and f"{ask['specialty']:02d}" in row["specialties"].split()
            and ask["sector"] in row["sectors"].split()
            and ask["option"] in row["options"].split()
        ):
            return row
    return None


def letter(code: str, ask: dict[str, Any], day: date) -> dict[str, Any]:
    """Price and complements in cents (none where it is not open), and what the letter is."""
    if code not in letters():
        raise Unknown("act.unknown")
    row = letter_row(code, ask, day)
    facts: dict[str, Any] = {"price": None if row is None else int(row["cents"])}
    for name in COMPLEMENTS:
        facts[name] = None if row is None or int(row[name]) < 0 else int(row[name])
    facts["child_exam"] = "child_examination" in flags()[code]
    facts["k_kc"] = code in ("K", "KC")
    return facts


@cache
def _by_key(name: str) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for row in rows(name):
        found[row["code"], row["activity"], row["phase"]].append(row)
    return found


def row_on(name: str, key: Key, day: date) -> Row | None:
    for row in _by_key(name).get(key, ()):
        if covers(row, day):
            return row
    return None


def ccam(code: str, activity: int, phase: int, day: date) -> dict[str, Any]:
    """What the list says of an act that day: its exemption code, its conditions, its grouping code."""
    key = (code, str(activity), str(phase))
    if key not in _by_key("ccam_prices"):
        raise Unknown("act.unknown")
    row = row_on("ccam_properties", key, day)
    if row is None:
        raise Unknown("price.unknown")
    digits = [digit for digit in row["exemption"].split("-") if digit not in ("", "7")]
    return {
        "exemption": int(digits[0]) if digits else 0,
        "conditional": row["conditional"] == "1",
        "covered": row["covered"] == "1",
        "grouping": row["grouping"],
        "modifiers": row["modifiers"],
    }


def ccam_unit(act: dict[str, Any], grid: int | None) -> int | None:
    """The unit price in cents in the professional's grid; none where the list has none."""
    row = row_on("ccam_prices", (act["code"], str(act["activity"]), str(act["phase"])), act["day"])
    for group in row["prices"].split() if row and grid is not None else ():
        amount, grids = group.split(":")
        if _in(grid, grids):
            return cents(amount)
    return None


def _in(grid: int | None, grids: str) -> bool:
    """Whether "3-6,8-19" holds a grid."""
    for part in grids.split(","):
        first, _, last = part.partition("-")
        if grid is not None and int(first) <= grid <= int(last or first):
            return True
    return False


@cache
def _extras() -> dict[Key, Row]:
    return {(row["code"], row["activity"], row["phase"]): row for row in rows("ccam_extras")}


def zone_coefficient(act: dict[str, Any], ask: dict[str, Any]) -> Fraction:
    """The act's own coefficient in the zone, else the general uplift of the day."""
    if ask["zone"] == "metropole":
        return Fraction(1)
    own = _extras().get((act["code"], str(act["activity"]), str(act["phase"])), {}).get(ask["zone"], "1000")
    if int(own) != 1000:
        return Fraction(int(own), 1000)
    return 1 + Fraction(laws.parameter("overseas_uplift", act["day"]), 10_000)

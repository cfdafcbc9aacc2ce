"""The product's law files, read again from their YAML: figures by day, lists by code."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FRANCE = Path(__file__).resolve().parents[2] / "src" / "quittance" / "france"


class Unknown(Exception):  # noqa: N818 - it carries the contract's own code of refusal
    """The oracle refuses: `code` is the contract's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@cache
def file(name: str) -> Any:
    return yaml.safe_load((FRANCE / "law" / f"{name}.yaml").read_text(encoding="utf-8"))


def on_day(rows: list[dict[str, Any]], day: date) -> dict[str, Any] | None:
    """The row in force on the day, both ends included."""
    for row in rows:
        if row["from"] <= day <= row.get("to", date.max):
            return row
    return None


def parameter(name: str, day: date) -> int:
    row = on_day(file("parameters")[name]["values"], day)
    if row is None:
        raise Unknown("parameter.unknown")
    return int(row["value"])


def rate(name: str, day: date) -> Fraction:
    """A rate in percent."""
    row = on_day(file("rates")[name]["values"], day)
    if row is None:
        raise Unknown("parameter.unknown")
    return Fraction(row["value"], 100)


@cache
def specialty(number: int) -> dict[str, Any]:
    for row in file("specialties")["specialties"]:
        if int(row["code"]) == number:
            return dict(row)
    raise KeyError(number)


@cache
def family(grouping: str) -> str:
    for row in file("groupings")["groupings"]:
        if row["code"] == grouping:
            return str(row["family"])
    return ""


def grid(ask: dict[str, Any], day: date) -> int | None:
    """The CCAM price grid of the professional. The price history is kept by the grids of 2018, before 2018 too."""
    day = max(day, date(2018, 1, 1))
    group = specialty(ask["specialty"])["price_group"]
    rows = [
        row
        for row in file("grids")["grids"]
        if group in row["groups"] and ask["sector"] in row["sectors"] and ask["option"] in row["options"]
    ]
    found = on_day(rows, day)
    return None if found is None else int(found["grid"])


def modifier(letter: str, ask: dict[str, Any], day: date) -> tuple[str, int] | None:
    """What a modifier is worth to this professional that day: ("bp", 650) or ("cents", 1906)."""
    groups = set(specialty(ask["specialty"])["groups"])
    rows = [row for row in file("modifiers")["values"] if row["code"] == letter and _holds(row, groups, ask)]
    found = on_day(rows, day)
    return None if found is None else (found["kind"], int(found["value"]))


def _holds(row: dict[str, Any], groups: set[str], ask: dict[str, Any]) -> bool:
    wanted = {name for name in row["who"] if not name.startswith("-")}
    barred = {name[1:] for name in row["who"] if name.startswith("-")}
    return (
        bool(wanted & groups)
        and not barred & groups
        and ask["sector"] in row.get("sectors", (ask["sector"],))
        and ask["option"] in row.get("options", (ask["option"],))
    )

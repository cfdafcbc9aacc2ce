"""The price list and the rate of Toyland as arrays; a file of each is all the data there is."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from quittance.kernel.dated import OPEN, day_number

HERE = Path(__file__).parent
PRICES, RATES = HERE / "prices.csv", HERE / "rates.csv"


def rows(path: Path) -> list[dict[str, str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _day(text: str) -> int:
    return day_number(date.fromisoformat(text)) if text else OPEN


def build() -> tuple[dict[str, Any], dict[str, Any]]:
    """Arrays and strings: the acts in the order of the list, the prices of each one after another."""
    prices, rates = rows(PRICES), rows(RATES)
    acts = list(dict.fromkeys(row["code"] for row in prices))
    listed = [row for code in acts for row in prices if row["code"] == code]
    codes = [row["code"] for row in listed]
    arrays = {
        "act_first": ("i", [codes.index(code) for code in acts]),
        "act_last": ("i", [codes.index(code) + codes.count(code) for code in acts]),
        "price_from": ("i", [_day(row["from"]) for row in listed]),
        "price_to": ("i", [_day(row["to"]) for row in listed]),
        "price_cents": ("i", [int(row["cents"]) for row in listed]),
        "rate_rows": ("i", [len(rates)]),
        "rate_from": ("i", [_day(row["from"]) for row in rates]),
        "rate_to": ("i", [_day(row["to"]) for row in rates]),
        "rate_bp": ("i", [int(row["bp"]) for row in rates]),
    }
    strings = {
        "acts": acts,
        "labels": [next(row["label"] for row in listed if row["code"] == code) for code in acts],
        "price_sources": [row["source"] for row in listed],
        "rate_sources": [row["source"] for row in rates],
    }
    return arrays, strings

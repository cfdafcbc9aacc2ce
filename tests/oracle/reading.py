"""The session as asked, with every default of the contract filled in."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from tests.oracle.amounts import cents, number

Ask = dict[str, Any]

CCAM = re.compile(r"^[A-Z]{4}[0-9]{3}$")
PERCENTS = ("percent", "percent_dr", "percent_tr", "percent_mro", "percent_pmss", "percent_tm", "percent_tc")
TYPED = {
    "unit_price": "unit_price", "base": "base", "total": "total", "convention_tariff": "convention_tariff",
    "typed_amo": "amo", "typed_amc": "amc",
}  # fmt: skip


def is_ccam(code: str) -> bool:
    return CCAM.match(code) is not None


def read(session: dict[str, Any]) -> Ask:
    """The whole question: who, for whom, under which cover, which acts."""
    ask: Ask = {"day": date.fromisoformat(session["date"])}
    ask.update(_professional(session.get("professional") or {}))
    ask["birth"] = (session.get("patient") or {}).get("birth_date")
    ask.update(_cover(session.get("cover") or {}))
    ask["acts"] = [_act(act, ask) for act in session["acts"]]
    return ask


def _professional(given: dict[str, Any]) -> Ask:
    return {
        "specialty": int(given["specialty"]),
        "sector": given.get("sector", "1"),
        "option": given.get("option", "none"),
        "zone": given.get("zone", "metropole"),
    }


def _cover(given: dict[str, Any]) -> Ask:
    exemption = str(given.get("exemption", "0"))
    third_party = given.get("third_party") or {}
    return {
        "nature": given.get("nature", "illness"),
        "free_care": cents(given.get("free_care_amount", "0.00")),
        "exemption": exemption,
        "scheme": given.get("scheme", "none"),
        "local": bool(given.get("local_scheme", False)),
        "fsv": bool(given.get("fsv", False)),
        "pathway": given.get("pathway"),
        "third_party_amo": bool(third_party.get("amo", False)),
        "third_party_amc": bool(third_party.get("amc", False)),
        "complementary": _complementary(given.get("complementary")),
    }


def _complementary(given: dict[str, Any] | None) -> Ask | None:
    if given is None:
        return None
    read: Ask = {"formula": given["formula"]}
    for name in PERCENTS:
        read[name] = None if given.get(name) is None else number(given[name]) / 100
    for name in ("ceiling", "lump"):
        read[name] = None if given.get(name) is None else cents(given[name])
    return read


def _act(given: dict[str, Any], ask: Ask) -> Ask:
    act: Ask = {
        "code": given["code"],
        "day": date.fromisoformat(given["date"]) if given.get("date") else ask["day"],
        "quantity": given.get("quantity", 1),
        "coefficient": number(given.get("coefficient", "1")),
        "complement": given.get("complement", "none"),
        "half": bool(given.get("half", False)),
        "activity": given.get("activity", 1),
        "phase": given.get("phase", 0),
        "modifiers": [str(letter) for letter in given.get("modifiers", [])],
        "association": given.get("association"),
        "exceptional": given.get("exceptional"),
        "supplement": cents(given.get("supplement", "0.00")),
        "qualifier": given.get("qualifier"),
        "exemption": str(given.get("exemption") or ask["exemption"]),
        "agreement": given.get("prior_agreement", "9"),
    }
    for name, asked in TYPED.items():
        act[name] = None if given.get(asked) is None else cents(given[asked])
    return act


def age_in_years(birth: Any, day: date) -> int | None:
    """Whole years on the day; none without a birth date. A lunar date is compared figure by figure, never as a date."""
    if birth is None:
        return None
    if isinstance(birth, dict):
        raw = str(birth["raw"])
        year, month, day_of_birth = int(raw[4:]), int(raw[2:4]), int(raw[:2])
        if month > 12:  # a month nobody knows: the year alone counts
            month = 0
    else:
        born = date.fromisoformat(birth)
        year, month, day_of_birth = born.year, born.month, born.day
    return day.year - year - ((day.month, day.day) < (month, day_of_birth))

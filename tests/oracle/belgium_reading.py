"""The Belgian session as asked, with every default of the contract filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.oracle.amounts import cents

Ask = dict[str, Any]

KATZ = ("wash", "dress", "transfer", "toilet", "continence", "eat")
ADULT = 30 * 12


def read(session: dict[str, Any]) -> Ask:
    day = date.fromisoformat(session["date"])
    patient = session.get("patient") or {}
    ask: Ask = {
        "profession": session["professional"]["profession"],
        "convention": session["professional"].get("convention", "conventioned"),
        "birth": date.fromisoformat(patient["birth_date"]) if patient.get("birth_date") else None,
        "preferential": _preferential(patient),
        "force_official": bool(patient.get("force_official")),
        "katz": patient.get("katz"),
        "place": session.get("place"),
        "third_party": bool(session.get("third_party")),
        "custom": {row["code"]: cents(row["fee"]) for row in session.get("custom_tariffs") or []},
        "history": [_earlier(row) for row in session.get("history") or []],
        "acts": [_act(row, day) for row in session["acts"]],
    }
    ask["holds"] = {name for name in ("gmd", "chronic", "palliative") if patient.get(name)}
    ask["holds"] |= {"preferential"} if ask["preferential"] else set()
    ask["holds"] |= {"non_conventioned"} if ask["convention"] == "none" else set()
    return ask


def _preferential(patient: dict[str, Any]) -> bool:
    """What is said stands over the third digit of the holder's code."""
    if patient.get("preferential") is not None:
        return bool(patient["preferential"])
    return str(patient.get("ct1") or "000")[2] == "1"


def _earlier(row: dict[str, Any]) -> Ask:
    return {"code": row["code"], "day": date.fromisoformat(row["date"]), "quantity": row.get("quantity", 1)}


def _act(row: dict[str, Any], day: date) -> Ask:
    return {
        "code": row["code"],
        "day": date.fromisoformat(row["date"]) if row.get("date") else day,
        "quantity": row.get("quantity", 1),
        "typed": cents(row.get("supplement") or "0.00"),
        "reason": row.get("supplement_reason"),
    }


def months(birth: date | None, day: date) -> int:
    """Whole months of age on the day; without a birth date the patient is an adult."""
    if birth is None:
        return ADULT
    return (day.year - birth.year) * 12 + day.month - birth.month - (day.day < birth.day)

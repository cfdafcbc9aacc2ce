"""What the Belgian half of the contract refuses: acts of others, wrong places and days, limits and prohibitions."""

from __future__ import annotations

from typing import Any

from tests.oracle import belgium_tables as tables
from tests.oracle.laws import Unknown

Act = dict[str, Any]
Ask = dict[str, Any]

LEVELS = ("none", "A", "B", "C")


def check(act: Act, ask: Ask) -> None:
    """Refuse the act for what it is, in the order in which a biller would notice."""
    if act["code"] not in tables.acts():
        raise Unknown("act.unknown")
    known = tables.acts()[act["code"]]
    if known["profession"] not in ("", ask["profession"]):
        raise Unknown("act.profession")
    if ask["birth"] is not None and act["day"] < ask["birth"]:
        raise Unknown("patient.unborn")
    _place(known, ask["place"])
    if known["weekend"] != "any" and tables.day_off(act["day"]) != (known["weekend"] == "weekend"):
        raise Unknown("day.refused")
    if ask["third_party"] and tables.third_party_forbidden(act, ask):
        raise Unknown("third_party.forbidden")
    if act["typed"] and tables.supplement_forbidden(act, ask):
        raise Unknown("supplement.forbidden")


def _place(known: dict[str, str], place: str | None) -> None:
    places = known["places"].split()
    if not places or place is None or place in places:
        return
    if known["pair"] and "hospital" in (place, *places):
        raise Unknown("act.hospital_pair")
    raise Unknown("place.refused")


def katz_allows(act: Act, ask: Ask) -> None:
    needed = tables.flat_rate_levels().get(act["code"])
    if needed and ask["katz"] and LEVELS.index(katz_level(ask["katz"])) < LEVELS.index(needed):
        raise Unknown("katz.insufficient")


def katz_level(scores: dict[str, int]) -> str:
    """A, B, C or none, from the six scores. C is read the wide way: only what neither reading allows is refused."""
    first_four = [scores[name] for name in ("wash", "dress", "transfer", "toilet")]
    either = max(scores["continence"], scores["eat"])
    if min(first_four) == 4 and either >= 3:
        return "C"
    if min(first_four) >= 3 and either >= 3:
        return "B"
    if min(first_four[:2]) >= 3 and max(first_four[2:]) >= 3:
        return "A"
    return "none"


def quota(act: Act, ask: Ask) -> None:
    """Refuse the act that goes beyond what a day, a month or a year holds, earlier acts counted."""
    for row in tables.law("quotas")["rows"]:
        if row.get("doubtful") or act["day"] < row["from"] or act["code"] not in _codes(row, "limits"):
            continue
        count = sum(
            other["quantity"]
            for other in _so_far(act, ask)
            if other["code"] in _codes(row, "counts") and _period(row, other) == _period(row, act)
        )
        if count > row["most"]:
            raise Unknown("quota.exceeded")


def _so_far(act: Act, ask: Ask) -> list[Act]:
    """The earlier acts, those of the bill that stand before this one, and this one."""
    found = [earlier for earlier in ask["history"] if earlier["day"] <= act["day"]]
    for other in ask["acts"]:
        found.append(other)
        if other is act:
            break
    return found


def _codes(row: dict[str, Any], name: str) -> list[str]:
    return list(tables.flat_rate_levels()) if row.get("groups") == ["flat_rate"] else list(row[name])


def _period(row: dict[str, Any], act: Act) -> str:
    return str(act["day"].isoformat()[: {"day": 10, "month": 7, "year": 4}[row["period"]]])

"""The slow, obvious calculator of the Belgian half of the contract: amounts only, or the code of the first refusal."""

from __future__ import annotations

from fractions import Fraction
from math import ceil
from typing import Any

from tests.oracle import belgium_tables as tables
from tests.oracle.amounts import euro, half_up
from tests.oracle.belgium_checks import check, katz_allows, quota
from tests.oracle.belgium_reading import months, read
from tests.oracle.laws import Unknown

Act = dict[str, Any]
Ask = dict[str, Any]

SHARES = ("fee", "insurer", "personal_share", "supplement", "patient")


def quote(session: dict[str, Any]) -> dict[str, Any]:
    """The amounts of a session as text in euro, or `{"error": code}` with the first refusal met."""
    ask = read(session)
    try:
        for act in ask["acts"]:
            check(act, ask)
            price(act, ask)
        for act in ask["acts"]:
            katz_allows(act, ask)
            quota(act, ask)
    except Unknown as refusal:
        return {"error": refusal.code}
    limit_day(ask)
    for act in ask["acts"]:
        share(act, ask)
    return _answer(ask)


def price(act: Act, ask: Ask) -> None:
    """What one act costs, and what the health fund gives back of one."""
    age = act["months"] = months(ask["birth"], act["day"])
    fee = tables.price(act["code"], "fee", act["day"], ask["holds"], age)
    if fee is None:
        raise Unknown("price.unknown")
    back = tables.price(act["code"], "reimbursement", act["day"], ask["holds"], age)
    if back is None:
        raise Unknown("reimbursement.unknown")
    act["unit"] = int(fee["cents"])
    act["unit_back"] = _back(back, act, ask)
    act["official"] = act["unit"] * act["quantity"]
    act["back"] = act["unit_back"] * act["quantity"]
    act["custom"] = _custom(act, ask)


def _back(row: dict[str, str], act: Act, ask: Ask) -> int:
    """The printed amount; outside the convention, where none is printed for it, what is left of it rounded up."""
    printed = int(row["cents"])
    if ask["convention"] != "none" or ask["preferential"] or "non_conventioned" in row["requires"].split():
        return printed
    return ceil(Fraction(printed) * tables.part_left(ask["profession"], act["day"]))


def _custom(act: Act, ask: Ask) -> int | None:
    """The professional's own fee of one act, where he may ask it."""
    bound = ask["convention"] != "none" or ask["preferential"] or ask["third_party"] or ask["force_official"]
    return None if bound else ask["custom"].get(act["code"])


def limit_day(ask: Ask) -> None:
    """Nursing acts of a day: a flat rate replaces those counted by session; else their sum has a ceiling."""
    for act in ask["acts"]:
        act["replaced"] = False
    if ask["profession"] != "nurse":
        return
    for day in {act["day"] for act in ask["acts"]}:
        earlier = [act for act in ask["history"] if act["day"] == day]
        today = [act for act in ask["acts"] if act["day"] == day]
        counted = [act for act in today if act["code"] in tables.session_codes()]
        if any(act["code"] in tables.flat_rate_levels() for act in earlier + today):
            for act in counted:
                act.update(official=0, back=0, replaced=True)
        else:
            _cap(counted, _spent(earlier, ask), ask)


def _spent(earlier: list[Act], ask: Ask) -> int:
    """What the earlier acts of the day already took of the ceiling, at their official fee."""
    spent = 0
    for act in earlier:
        row = tables.price(act["code"], "fee", act["day"], ask["holds"], months(ask["birth"], act["day"]))
        if act["code"] in tables.session_codes() and row is not None:
            spent += int(row["cents"]) * act["quantity"]
    return spent


def _cap(counted: list[Act], spent: int, ask: Ask) -> None:
    """In the order of the bill; the reimbursement is lowered in the same proportion as the fee."""
    for act in counted:
        ceiling = tables.daily_ceiling(act, ask)
        full = act["official"]
        capped = full if ceiling is None else max(0, min(full, ceiling - spent))
        spent += full
        if act["official"]:
            act["back"] = half_up(Fraction(act["back"] * capped, act["official"]))
        act["official"] = capped


def share(act: Act, ask: Ask) -> None:
    """Who bears what of the fee."""
    own = None if act["replaced"] else act["custom"]
    act["fee"] = act["official"] if own is None else own * act["quantity"]
    act["insurer"] = min(act["back"], act["fee"])
    act["personal_share"] = min(act["official"], act["fee"]) - act["insurer"]
    act["supplement"] = max(0, act["fee"] - act["official"]) + act["typed"]
    act["patient"] = act["fee"] + act["typed"] - act["insurer"]


def _answer(ask: Ask) -> dict[str, Any]:
    acts = ask["acts"]
    totals = {name: sum(act[name] for act in acts) for name in SHARES}
    asked = totals["insurer"] if ask["third_party"] else 0
    due = {"insurer": asked, "patient": totals["patient"] + totals["insurer"] - asked}
    return {
        "acts": [_shown(act) for act in acts],
        "totals": {name: euro(amount) for name, amount in totals.items()},
        "due": {name: euro(amount) for name, amount in due.items()},
    }


def _shown(act: Act) -> dict[str, Any]:
    shown = {name: euro(act[name]) for name in SHARES}
    return {"code": act["code"], "date": act["day"].isoformat(), "official_fee": euro(act["official"]), **shown}

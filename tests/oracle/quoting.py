"""The whole quote: lines, base and fee, compulsory share, complementary share, who is asked for what."""

from __future__ import annotations

from typing import Any

from tests.oracle import base, complementary, compulsory, laws, lines
from tests.oracle.amounts import euro, percent
from tests.oracle.laws import Unknown
from tests.oracle.reading import read

Act = dict[str, Any]
Ask = dict[str, Any]


def quote(session: dict[str, Any]) -> dict[str, Any]:
    """The amounts of a session as text in euro, or `{"error": code}` with the first refusal met."""
    ask = read(session)
    try:
        for act in ask["acts"]:
            lines.price(act, ask)
            base.settle(act, ask)
        compulsory.share(ask)
        for act in ask["acts"]:
            act["amc"] = _amc(act, ask)
    except Unknown as refusal:
        return {"error": refusal.code}
    for act in ask["acts"]:
        _force(act)
    return _answer(ask)


def _amc(act: Act, ask: Ask) -> int:
    """The complementary share as computed. The C2S pays the rest of the base, the AME and free care nothing."""
    if ask["nature"] == "free_care" or ask["scheme"] == "ame":
        return 0
    if ask["scheme"] == "c2s":
        return int(act["tr"] - act["amo"])
    contract = ask["complementary"]
    if contract is None:
        return 0
    return complementary.amount(contract["formula"], _symbols(act, contract))


def _symbols(act: Act, contract: Ask) -> dict[str, Any]:
    formula = contract["formula"]
    given = {**contract, "convention_tariff": act["convention_tariff"]}
    without_tariff = formula == "090" and given["percent_tc"] and given["convention_tariff"] is None
    if without_tariff or any(given[name] is None for name in complementary.NEEDS[formula]):
        raise Unknown("formula.parameter_missing")
    symbols: dict[str, Any] = {
        **{name: value for name, value in contract.items() if name.startswith("percent_")},
        "dr": act["fee"], "tr": act["tr"], "mro": act["amo"],
        "tm_of_pathway": act["tm_of_pathway"], "tc": act["convention_tariff"],
        "p": contract["percent"], "f": contract["lump"], "ceiling": contract["ceiling"], "pmss": 0,
    }  # fmt: skip
    if contract["percent_pmss" if formula == "090" else "percent"] and formula in ON_MONTHLY_CEILING:
        symbols["pmss"] = laws.parameter("monthly_ceiling", act["day"])
    return symbols


def _force(act: Act) -> None:
    """Amounts typed by hand stand; a typed compulsory share changes nothing in the complementary one."""
    for share in ("amo", "amc"):
        if act[f"typed_{share}"] is not None:
            act[share] = act[f"typed_{share}"]


def _answer(ask: Ask) -> dict[str, Any]:
    acts = ask["acts"]
    total = {name: sum(act[key] for act in acts) for name, key in TOTALS.items()}
    total["patient"] = total["fee"] - total["amo"] - total["amc"]
    c2s = ask["scheme"] == "c2s"
    amo = total["amo"] if ask["third_party_amo"] or c2s else 0
    amc = total["amc"] if ask["third_party_amc"] or c2s else 0
    due = {"amo": amo, "amc": amc, "patient": total["fee"] - amo - amc}
    return {
        "acts": [_shown(act) for act in acts],
        "totals": {name: euro(amount) for name, amount in total.items()},
        "due": {name: euro(amount) for name, amount in due.items()},
    }


ON_MONTHLY_CEILING = ("040", "041", "042", "043", "090")
TOTALS = {"base": "tr", "fee": "fee", "amo": "amo", "amc": "amc"}


def _shown(act: Act) -> dict[str, Any]:
    amounts = {
        "unit_price": act["unit"], "base": act["tr"], "fee": act["fee"], "excess": act["fee"] - act["tr"],
        "amo": act["amo"], "amc": act["amc"], "patient": act["fee"] - act["amo"] - act["amc"], "pav": act["pav"],
    }  # fmt: skip
    rate = None if act["rate"] is None else percent(act["rate"])
    return {"code": act["code"], "rate": rate, **{name: euro(amount) for name, amount in amounts.items()}}

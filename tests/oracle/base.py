"""The base of reimbursement (TR) and the fee (DR) of an act, from its line and what was typed."""

from __future__ import annotations

from typing import Any

from tests.oracle.laws import Unknown
from tests.oracle.lines import sector_0

WITH_EXCESS = ("A", "B", "D", "E", "F")


def settle(act: dict[str, Any], ask: dict[str, Any]) -> None:
    """Write `tr` and `fee` (cents)."""
    outside = ask["sector"] == "0"
    full = act["line"] if act["base"] is None else act["base"]
    tr = full
    if outside and act["base"] is None:
        tr = sector_0(act["line"], act["day"])
    # A typed base is the base as it stands, outside the convention too, and the fee follows it unless it is typed.
    usual_fee = full
    act["tr"] = 0 if not_reimbursed(act) else tr
    act["fee"] = _fee(act, usual_fee, act["tr"], outside)
    if ask["scheme"] == "c2s" and act["fee"] > usual_fee and act["qualifier"] not in ("E", "N"):
        raise Unknown("c2s.excess")


def not_reimbursed(act: dict[str, Any]) -> bool:
    """Qualifier N or G, a refused agreement, an act under conditions that are not met: the base is nothing."""
    unmet = act["facts"].get("conditional", False) and act["exceptional"] == "N"
    return act["qualifier"] in ("N", "G") or act["agreement"] == "D" or unmet


def _fee(act: dict[str, Any], usual: int, tr: int, outside: bool) -> int:
    if act["qualifier"] == "G":
        return 0
    if act["total"] is None or act["total"] == usual:
        return usual
    if not outside and act["qualifier"] is None:
        raise Unknown("fee.needs_qualifier")
    if (outside or act["qualifier"] in WITH_EXCESS) and act["qualifier"] != "N" and act["total"] < tr:
        raise Unknown("fee.below_base")
    return int(act["total"])

"""Third-party payment (tiers payant): obligatory, allowed or forbidden, by day, profession, patient and place."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.tables import place_of
from quittance.kernel.rule import helper
from quittance.kernel.rule import rule as rule_of_law


@helper
def lifted(tables: Any, bill: Any, lines: Any, line: Any, row: Any) -> Any:
    """Whether an act of the day lifts the row: a home visit, for the acts done during it."""
    for at in range(bill.first, bill.last):
        if lines[at].day == line.day and (tables.act_third_party_lifts[lines[at].act] >> row) & 1:
            return 1
    return 0


@helper
def find(tables: Any, bill: Any, lines: Any, line: Any) -> None:
    """The strictest row that holds for the act; -1 where the law of the day is not known."""
    found, strictest, place = -1, -1, place_of(tables, bill, line)
    for row in range(tables.third_party_count[0]):
        if (
            tables.third_party_from[row] <= line.day
            and line.day <= tables.third_party_to[row]
            and (tables.third_party_professions[row] >> bill.profession) & 1
            and (tables.third_party_patients[row] >> line.regime) & 1
            and (tables.third_party_places[row] >> place) & 1
            and (tables.third_party_all_acts[row] or (tables.act_third_party[line.act] >> row) & 1)
            and tables.third_party_rule[row] > strictest
            and not (tables.third_party_lifted[row] and lifted(tables, bill, lines, line, row))
        ):
            found, strictest = row, tables.third_party_rule[row]
    line.third_party_row = found


@rule_of_law(
    source="third_party",
    reads=("act", "day", "bill.profession", "regime", "bill.place", "bill.third_party"),
    unit="third_party_rule",
)
def rule(tables: Any, bill: Any, line: Any) -> Any:
    """What the law says of third-party payment for the act, against what the bill does."""
    row = line.third_party_row
    verdict, doubtful = tables.third_party_rule[row], tables.third_party_doubtful[row]
    if bill.third_party and verdict == codes.THIRD_PARTY_RULE_FORBIDDEN:
        line.messages |= codes.M_THIRD_PARTY_DOUBTFUL if doubtful else codes.M_THIRD_PARTY_FORBIDDEN
    if not bill.third_party and verdict == codes.THIRD_PARTY_RULE_OBLIGATORY:
        line.messages |= codes.M_THIRD_PARTY_OBLIGATORY_DOUBTFUL if doubtful else codes.M_THIRD_PARTY_OBLIGATORY
    return verdict

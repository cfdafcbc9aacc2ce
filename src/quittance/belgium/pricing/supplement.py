"""Supplements asked on top of the fee: the legal reasons, and the dated prohibitions."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.kernel.rule import helper, rule


@helper
def find(tables: Any, bill: Any, line: Any) -> None:
    """The first row of the law that holds for the supplement."""
    line.supplement_row = -1
    for row in range(tables.supplement_count[0]):
        if (
            tables.supplement_from[row] <= line.day
            and line.day <= tables.supplement_to[row]
            and (tables.supplement_professions[row] >> bill.profession) & 1
            and (tables.supplement_conventions[row] >> bill.convention) & 1
            and (tables.supplement_patients[row] >> line.regime) & 1
            and (tables.supplement_places[row] >> bill.place) & 1
            and (tables.supplement_third_party[row] >> bill.third_party) & 1
            and (tables.supplement_reasons[row] >> line.supplement_reason) & 1
        ):
            line.supplement_row = row
            return


@rule(
    source="supplement",
    reads=("supplement_cents", "supplement_reason", "bill.profession", "counted", "regime", "bill.third_party"),
    unit="verdict",
)
def permission(tables: Any, bill: Any, line: Any) -> Any:
    """Whether the law lets the supplement be asked on that day, from that patient, for that reason."""
    row = line.supplement_row
    verdict = tables.supplement_rule[row]
    if verdict == codes.VERDICT_FORBIDDEN:
        line.messages |= codes.M_SUPPLEMENT_FORBIDDEN
    elif tables.supplement_doubtful[row]:
        line.messages |= codes.M_SUPPLEMENT_DOUBTFUL
    return verdict

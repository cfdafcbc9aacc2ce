"""Supplements asked on top of the fee: the legal reasons, and the dated prohibitions."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.tables import is_holiday, place_of
from quittance.kernel.rule import helper, rule


@helper
def can_be_true(tables: Any, bill: Any, line: Any) -> Any:
    """Whether the reason typed can be true on the day and at the place of the act; no hour is typed."""
    reason = line.supplement_reason
    if line.day < tables.reason_from[reason] or line.day > tables.reason_to[reason]:
        return 1
    if not (tables.reason_weekdays[reason] >> (line.day + 3) % 7) & 1:  # 1970-01-01 was a Thursday, Monday is 0
        return 0
    if tables.reason_holiday[reason] and not is_holiday(tables, line.day):
        return 0
    return (tables.reason_places[reason] >> place_of(tables, bill, line)) & 1


@helper
def reason(tables: Any, bill: Any, line: Any) -> None:
    """The legal reason that counts: one that cannot be true is told, and is none."""
    line.legal_reason = line.supplement_reason
    if not can_be_true(tables, bill, line):
        line.legal_reason = codes.SUPPLEMENT_REASON_NONE
        line.messages |= codes.M_SUPPLEMENT_REASON


@helper
def find(tables: Any, bill: Any, line: Any) -> None:
    """The first row of the law that holds for the supplement."""
    line.supplement_row, place = -1, place_of(tables, bill, line)
    for row in range(tables.supplement_count[0]):
        if (
            tables.supplement_from[row] <= line.day
            and line.day <= tables.supplement_to[row]
            and (tables.supplement_professions[row] >> bill.profession) & 1
            and (tables.supplement_conventions[row] >> bill.convention) & 1
            and (tables.supplement_patients[row] >> line.regime) & 1
            and (tables.supplement_places[row] >> place) & 1
            and (tables.supplement_third_party[row] >> bill.third_party) & 1
            and (tables.supplement_exceptions[row] >> bill.force_official) & 1
            and (tables.supplement_reasons[row] >> line.legal_reason) & 1
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

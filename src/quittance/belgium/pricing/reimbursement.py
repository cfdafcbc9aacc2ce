"""What the health insurer gives back: the most specific row of the day, reduced at a provider without convention."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.convention import conditions
from quittance.belgium.pricing.tables import best_row, tell_doubt
from quittance.kernel.dated import row_on
from quittance.kernel.money import half_up
from quittance.kernel.rule import helper, rule


@helper
def reduction(tables: Any, bill: Any, line: Any) -> None:
    """Share kept at a provider without convention; unknown (0), only a row printed for him can answer."""
    parameter = tables.profession_reduction[bill.profession]
    first, last = tables.parameter_first[parameter], tables.parameter_last[parameter]
    line.figure_row = line.reduction_row = row_on(tables.parameter_from, tables.parameter_to, first, last, line.day)
    if line.reduction_row < 0:
        line.reduction_bp, line.unknown_parameter = 0, parameter + 1
        return
    line.reduction_bp = tables.parameter_value[line.reduction_row]
    tell_doubt(tables, line, codes.M_PRICE_DOUBTFUL)


@helper
def is_reduced(tables: Any, line: Any) -> Any:
    """Whether the reduction is still to be made: the row found is not one printed for non-conventioned providers."""
    printed = tables.row_requires[line.reimbursement_row] & codes.CONDITION_NON_CONVENTIONED
    return line.reduction_bp < 10_000 and not printed


@helper
def find(tables: Any, bill: Any, line: Any) -> None:
    """The share kept at a provider without convention, then the row of the reimbursement."""
    line.reduction_bp, line.reduction_row = 10_000, 0
    if line.counted == codes.CONVENTION_NONE and line.regime == codes.REGIME_ORDINARY:
        reduction(tables, bill, line)
    line.reimbursement_row = best_row(tables, line, codes.ROW_KIND_REIMBURSEMENT, conditions(bill, line))
    if line.reimbursement_row < 0:
        line.messages |= codes.M_REIMBURSEMENT_UNKNOWN
        return
    if line.reduction_row < 0 and is_reduced(tables, line):
        line.messages |= codes.M_PARAMETER_UNKNOWN
    if tables.row_doubtful[line.reimbursement_row]:
        line.messages |= codes.M_PRICE_DOUBTFUL


@rule(
    source="table",
    reads=(
        "act",
        "day",
        "regime",
        "counted",
        "reduction_bp",
        "age_months",
        "bill.gmd",
        "bill.chronic",
        "bill.palliative",
    ),
)
def official(tables: Any, bill: Any, line: Any) -> Any:
    """Reimbursement of one act (intervention) by the row whose conditions hold."""
    line.unit_insurer_cents = tables.row_cents[line.reimbursement_row]
    return line.unit_insurer_cents


@rule(source="parameter", reads=("unit_insurer_cents", "reduction_bp", "counted"))
def reduced(tables: Any, bill: Any, line: Any) -> Any:
    """Reimbursement at a provider without convention: a share of the ordinary one, rounded up to the cent.

    Rounding up is read in the printed columns of logopedics alone: elsewhere it is doubtful where it adds a cent.
    """
    nearest = half_up(line.unit_insurer_cents * line.reduction_bp, 10_000)
    line.unit_insurer_cents = -(-line.unit_insurer_cents * line.reduction_bp // 10_000)
    if line.unit_insurer_cents != nearest and bill.profession != codes.PROFESSION_SPEECH_THERAPIST:
        line.doubts |= codes.DOUBT_ROUNDING
        line.messages |= codes.M_PRICE_DOUBTFUL
    return line.unit_insurer_cents


@rule(
    source="Loi AMI du 14/07/1994, art. 37",
    reads=("unit_insurer_cents", "quantity", "official_cents", "full_cents", "fee_cents"),
)
def amount(tables: Any, bill: Any, line: Any) -> Any:
    """Share of the insurer: unit by quantity, in proportion under the daily ceiling, never more than the fee."""
    line.insurer_cents = line.unit_insurer_cents * line.quantity
    if line.official_cents < line.full_cents:
        line.insurer_cents = half_up(line.insurer_cents * line.official_cents, line.full_cents)
    line.insurer_cents = min(line.insurer_cents, line.fee_cents)
    return line.insurer_cents

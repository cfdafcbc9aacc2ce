"""Base of reimbursement and fee: what the line was computed to, against what was typed and what is refunded."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.tables import figure
from quittance.kernel.money import half_up
from quittance.kernel.rule import helper, rule


@rule(source="Convention médicale ; CCAM, table 12 (non conventionnés)", reads=("computed_cents",))
def without_convention(tables: Any, bill: Any, line: Any) -> Any:
    """Base at a professional without convention (secteur 0): a share of the line as computed."""
    rate = figure(tables, line, codes.P_NO_CONVENTION_COEFFICIENT, line.day)
    line.base_cents = half_up(line.computed_cents * rate, 10_000)
    return line.base_cents


@rule(source="saisie", reads=("base_typed_cents",))
def typed(tables: Any, bill: Any, line: Any) -> Any:
    """Base of reimbursement typed by the professional, in the place of the computed one."""
    line.computed_cents = line.base_cents = line.base_typed_cents
    return line.base_cents


@helper
def unpaid(tables: Any, line: Any) -> Any:
    """Whether nothing is refunded: qualifiers N and G, agreement refused, condition of the act not met."""
    if line.qualifier == codes.QUALIFIER_N or line.qualifier == codes.QUALIFIER_G:
        return 1
    if line.agreement == codes.AGREEMENT_D:
        return 1
    return (
        line.kind == codes.KIND_CCAM
        and line.exceptional == codes.EXCEPTIONAL_N
        and line.property_row >= 0
        and tables.ccam_conditional[line.property_row] != 0
    )


@rule(source="CSS art. L162-1-7 ; qualificatif de dépense, accord préalable", reads=("qualifier", "agreement"))
def not_refunded(tables: Any, bill: Any, line: Any) -> Any:
    """An act outside the reimbursement has a base of zero (hors AMO, acte gratuit, accord refusé)."""
    line.base_cents = 0
    return 0


@rule(
    source="Convention nationale ; qualificatif de dépense", reads=("computed_cents", "total_typed_cents", "qualifier")
)
def fee(tables: Any, bill: Any, line: Any) -> Any:
    """Fee asked (dépense réelle): the typed total, else the line as computed; zero for a free act."""
    line.fee_cents = line.computed_cents
    if line.typed & codes.TYPED_TOTAL:
        line.fee_cents = line.total_typed_cents
    if line.qualifier == codes.QUALIFIER_G:
        line.fee_cents = 0
    return line.fee_cents


@rule(source="Qualificatif de dépense", reads=("fee_cents", "base_cents"))
def excess(tables: Any, bill: Any, line: Any) -> Any:
    """What is asked above the base (dépassement): nobody refunds it but a complementary insurer."""
    line.excess_cents = line.fee_cents - line.base_cents
    return line.excess_cents


@helper
def check_fee(tables: Any, bill: Any, line: Any) -> None:
    """An excess needs its qualifier, never goes below the base, and is closed to C2S but for the patient's wish."""
    if line.qualifier == codes.QUALIFIER_G:
        return
    if bill.sector != codes.SECTOR_0 and line.qualifier == codes.QUALIFIER_NONE:
        if line.fee_cents != line.computed_cents:
            line.messages |= codes.M_FEE_NEEDS_QUALIFIER
    elif line.fee_cents < line.base_cents:
        line.messages |= codes.M_FEE_BELOW_BASE
    if bill.scheme == codes.SCHEME_C2S and line.excess_cents > 0 and line.fee_cents > line.computed_cents:
        if line.qualifier != codes.QUALIFIER_E and line.qualifier != codes.QUALIFIER_N:
            line.messages |= codes.M_C2S_EXCESS

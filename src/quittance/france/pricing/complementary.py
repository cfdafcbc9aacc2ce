"""Share of the complementary insurer (AMC): any formula is a row of coefficients, one rule evaluates them all."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.tables import figure
from quittance.kernel.money import half_up
from quittance.kernel.rule import helper, rule

TERMS = 6


@helper
def term_value(tables: Any, bill: Any, line: Any, term: Any) -> Any:
    """The amount a term of the formula stands for: DR, TR, MRO, PMSS, TM, TC."""
    if term == codes.TERM_DR:
        return line.fee_cents
    if term == codes.TERM_TR:
        return line.base_cents
    if term == codes.TERM_MRO:
        return line.computed_amo_cents
    if term == codes.TERM_PMSS:
        return figure(tables, line, codes.P_MONTHLY_CEILING, line.day)
    if term == codes.TERM_TM:
        return line.copayment_cents
    return line.tariff_typed_cents


@rule(source="CSS art. R871-2 (contrat responsable)", reads=("base_cents", "normal_bp", "rate_bp", "pav_cents"))
def copayment(tables: Any, bill: Any, line: Any) -> Any:
    """Patient's share in the pathway (ticket modérateur): base less the normal rate's part, or the contribution.

    What is added out of the pathway stays with the patient.
    """
    if line.pav_cents > 0:
        line.copayment_cents = line.pav_cents
    else:
        rate = max(line.normal_bp, line.rate_bp)
        line.copayment_cents = line.base_cents - half_up(line.base_cents * rate, 10_000)
    return line.copayment_cents


@rule(
    source="Formules de la part complémentaire, services de tarification (STS)",
    reads=(
        "bill.formula",
        "fee_cents",
        "base_cents",
        "computed_amo_cents",
        "copayment_cents",
        "bill.percent_bp",
        "bill.lump_cents",
        "bill.ceiling_cents",
    ),
)
def amount(tables: Any, bill: Any, line: Any) -> Any:
    """Share of the complementary insurer: max(0, min(DR - MRO [, ceiling], expression)), rounded once."""
    formula = bill.formula - 1
    total = 0
    for term in range(TERMS):
        coefficient = tables.formula_coefficient_bp[formula * TERMS + term]
        if tables.formula_parameter[formula * TERMS + term]:
            coefficient = bill.percent_bp[term]
        if coefficient != 0:
            total += coefficient * term_value(tables, bill, line, term)
    if tables.formula_lump[formula]:
        total += bill.lump_cents * 10_000
    cents = min(half_up(total, 10_000), line.fee_cents - line.computed_amo_cents)
    if tables.formula_capped[formula]:
        cents = min(cents, bill.ceiling_cents)
    line.amc_cents = max(0, cents)
    return line.amc_cents


@rule(source="CSS art. L861-3 (complémentaire santé solidaire)", reads=("base_cents", "computed_amo_cents"))
def solidarity(tables: Any, bill: Any, line: Any) -> Any:
    """Solidarity complementary cover (C2S): the rest of the base."""
    line.amc_cents = line.base_cents - line.computed_amo_cents
    return line.amc_cents

"""The shares of an act and who is asked for them: they always sum to the fee."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.tables import figure
from quittance.kernel.rule import helper, rule


@helper
def later_deduction(tables: Any, bill: Any, line: Any) -> Any:
    """Cents that the fund takes from the patient later (participation forfaitaire, franchise): never in the bill."""
    if bill.scheme != codes.SCHEME_NONE or line.base_cents <= 0:
        return 0
    if bill.nature != codes.NATURE_ILLNESS and bill.nature != codes.NATURE_WORK_ACCIDENT:
        return 0
    if bill.birth_known and line.age_years < figure(tables, line, codes.P_PARTICIPATION_AGE, line.day):
        return 0
    if tables.specialty_doctor[bill.specialty]:
        return figure(tables, line, codes.P_FLAT_PARTICIPATION, line.day)
    if tables.specialty_rate[bill.specialty] == codes.P_RATE_AUXILIARY:
        return figure(tables, line, codes.P_AUXILIARY_FRANCHISE, line.day)
    return 0


@rule(source="saisie (forçage)", reads=("computed_amo_cents", "amo_typed_cents"))
def compulsory_by_hand(tables: Any, bill: Any, line: Any) -> Any:
    """Share of the compulsory insurer changed by hand; the complementary one is not figured again."""
    line.amo_cents = line.amo_typed_cents
    return line.amo_cents


@rule(source="saisie (forçage)", reads=("amc_cents", "amc_typed_cents"))
def complementary_by_hand(tables: Any, bill: Any, line: Any) -> Any:
    """Share of the complementary insurer changed by hand."""
    line.amc_cents = line.amc_typed_cents
    return line.amc_cents


@rule(source="somme des parts", reads=("fee_cents", "amo_cents", "amc_cents"))
def patient(tables: Any, bill: Any, line: Any) -> Any:
    """Share of the patient: what remains of the fee; negative only where an amount was changed by hand."""
    line.patient_cents = line.fee_cents - line.amo_cents - line.amc_cents
    if line.patient_cents < 0:
        line.messages |= codes.M_PATIENT_NEGATIVE
    return line.patient_cents


@rule(
    source="tiers payant, CSS art. L161-36-3",
    reads=("fee_cents", "amo_cents", "amc_cents", "bill.third_party_amo", "bill.third_party_amc"),
)
def due_patient(tables: Any, bill: Any, line: Any) -> Any:
    """What the patient is asked for: the fee, less what third-party payment leaves to the insurers."""
    full = bill.scheme == codes.SCHEME_C2S
    line.due_amo_cents = line.amo_cents if bill.third_party_amo or full else 0
    line.due_amc_cents = line.amc_cents if bill.third_party_amc or full else 0
    line.due_patient_cents = line.fee_cents - line.due_amo_cents - line.due_amc_cents
    return line.due_patient_cents

"""Who the provider and the patient are on the day: convention status, preferential rate, conditions of a row."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.kernel.rule import helper, rule


@rule(
    source="Convention de la profession ; INAMI, statut déclaré dans ProSanté",
    reads=("day", "bill.profession", "bill.convention"),
    unit="counted",
)
def status(tables: Any, bill: Any, line: Any) -> Any:
    """Status that counts for the act: a partly conventioned provider (doctor, dentist) counts as conventioned."""
    line.counted = bill.convention
    if bill.convention == codes.CONVENTION_PARTIAL:
        line.counted = codes.CONVENTION_CONVENTIONED
        line.messages |= codes.M_CONVENTION_PARTIAL
    return line.counted


@rule(source="Loi AMI du 14/07/1994, art. 37 ; troisième chiffre du CT1", reads=("bill.preferential",), unit="regime")
def regime(tables: Any, bill: Any, line: Any) -> Any:
    """Regime of the patient: ordinary, or preferential (intervention majorée, BIM)."""
    line.regime = codes.REGIME_PREFERENTIAL if bill.preferential else codes.REGIME_ORDINARY
    return line.regime


@helper
def conditions(bill: Any, line: Any) -> Any:
    """The conditions that hold for a row of the price list.

    A row printed for non-conventioned providers holds only while their reimbursement is reduced, and never for
    preferential patients.
    """
    mask = 0
    if bill.preferential:
        mask |= codes.CONDITION_PREFERENTIAL
    elif line.counted == codes.CONVENTION_NONE and line.reduction_bp < 10_000:
        mask |= codes.CONDITION_NON_CONVENTIONED
    if bill.gmd:
        mask |= codes.CONDITION_GMD
    if bill.chronic:
        mask |= codes.CONDITION_CHRONIC
    if bill.palliative:
        mask |= codes.CONDITION_PALLIATIVE
    return mask

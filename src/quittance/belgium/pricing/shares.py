"""Who bears the fee, and who is asked for it."""

from __future__ import annotations

from typing import Any

from quittance.kernel.rule import rule


@rule(
    source="Honoraire = remboursement + ticket modérateur (INAMI)",
    reads=("official_cents", "fee_cents", "insurer_cents"),
)
def personal(tables: Any, bill: Any, line: Any) -> Any:
    """Personal share (ticket modérateur): official fee less reimbursement; what remains of a fee below the official."""
    line.personal_cents = min(line.official_cents, line.fee_cents) - line.insurer_cents
    return line.personal_cents


@rule(source="Supplément : au-delà de l'honoraire officiel", reads=("fee_cents", "official_cents", "supplement_cents"))
def supplement(tables: Any, bill: Any, line: Any) -> Any:
    """What is asked above the official fee, with the supplement typed; never reimbursed."""
    line.extra_cents = max(line.fee_cents - line.official_cents, 0) + line.supplement_cents
    return line.extra_cents


@rule(source="Loi AMI du 14/07/1994, art. 53", reads=("fee_cents", "supplement_cents", "insurer_cents"))
def patient(tables: Any, bill: Any, line: Any) -> Any:
    """What the patient bears: fee and supplement less reimbursement."""
    line.patient_cents = line.fee_cents + line.supplement_cents - line.insurer_cents
    return line.patient_cents


@rule(source="Tiers payant", reads=("patient_cents", "insurer_cents", "bill.third_party"))
def due_patient(tables: Any, bill: Any, line: Any) -> Any:
    """What the patient is asked for: without third-party payment all of it, and his insurer pays him back."""
    line.due_insurer_cents = line.insurer_cents if bill.third_party else 0
    line.due_patient_cents = line.patient_cents + line.insurer_cents - line.due_insurer_cents
    return line.due_patient_cents

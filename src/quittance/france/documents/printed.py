"""What a French bill prints of a patient beside the name: copied on the day of issue."""

from __future__ import annotations

from datetime import date
from typing import Any

from quittance.france.pages.line_session import NO_COVER, chosen_cover, french_of
from quittance.patients.models import Cover, Patient, PayerKind


def covers(draft_input: dict[str, Any], patient: Patient, day: date) -> dict[str, Cover]:
    """Give the contracts that a bill was priced with, by kind: the one chosen on the page, else the default."""
    wish = str(draft_input.get("extras", {}).get("cover", ""))
    chosen = chosen_cover(patient, day, wish)
    return {} if wish == NO_COVER or chosen is None else {str(PayerKind.COMPLEMENTARY): chosen}


def printed(patient: Patient, day: date) -> dict[str, str]:  # noqa: ARG001 (the file holds one state, that of today)
    """Copy the insurance number (NIR), the insured person and the fund (caisse)."""
    french = french_of(patient)
    if french is None:
        return {"nir": "", "insured": "", "fund": ""}
    insured = f"{french.insured_first_names} {french.insured_name.upper()}".strip()
    return {
        "nir": nir_text(french.nir, french.nir_key),
        "insured": insured if french.insured_name else "",
        "fund": " ".join(part for part in (french.regime, french.fund, french.centre) if part),
    }


def nir_text(nir: str, key: str) -> str:
    """Write an insurance number as people read it.

    >>> nir_text("1480875112345", "03")
    '1 48 08 75 112 345 03'
    """
    parts = (nir[:1], nir[1:3], nir[3:5], nir[5:7], nir[7:10], nir[10:13], key)
    return " ".join(part for part in parts if part)

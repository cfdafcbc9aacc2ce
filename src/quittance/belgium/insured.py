"""What a patient's insurability says on a day: the cover that holds, and the rights that prices turn on.

His compulsory covers are read once for a patient in memory, in one query.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from quittance.belgium.models import BelgianCover, BelgianPatient
from quittance.patients.models import LATEST, Cover, Patient, PayerKind

KEPT = "_compulsory_covers"


def covers_of(patient: Patient) -> list[Cover]:
    """List the covers by a mutuality, the latest first, each with its payer and its insurability."""
    if patient._state.adding:
        return []
    if KEPT not in patient.__dict__:
        rows = patient.covers.filter(kind=PayerKind.COMPULSORY)
        patient.__dict__[KEPT] = list(rows.select_related("payer", "belgian").order_by(LATEST, "-pk"))
    kept: list[Cover] = patient.__dict__[KEPT]
    return kept


def forget(patient: Patient) -> None:
    """Read the covers anew next time: they were changed."""
    patient.__dict__.pop(KEPT, None)


def cover_on(patient: Patient, day: date) -> Cover | None:
    """Give the cover by a mutuality that holds on a day, with `payer` and `belgian`; None where none does."""
    return next((one for one in covers_of(patient) if one.holds_on(day)), None)


def insurability_of(cover: Cover | None) -> BelgianCover | None:
    """Give the insurability written with a cover; None where there is none."""
    found = getattr(cover, "belgian", None)
    return found if isinstance(found, BelgianCover) else None


def belgian_of(patient: object) -> BelgianPatient | None:
    """Give the Belgian half of a patient; None where nobody filled it in."""
    found = getattr(patient, "belgian", None)
    return found if isinstance(found, BelgianPatient) else None


def rights_on(patient: Patient, day: date) -> dict[str, Any]:
    """Tell the patient of a quote on a day, as the contract writes him; what is not known is left out."""
    found: dict[str, Any] = {}
    if patient.birth_date is not None:
        found["birth_date"] = patient.birth_date.isoformat()
    rights = insurability_of(cover_on(patient, day))
    if rights is not None:
        found |= {name: code for name, code in (("ct1", rights.ct1), ("ct2", rights.ct2)) if code}
        if rights.preferential is not None:
            found["preferential"] = rights.preferential
        found |= {name: True for name in ("gmd", "chronic") if getattr(rights, name)}
    belgian = belgian_of(patient)
    if belgian is not None:
        found |= {"palliative": True} if is_palliative(belgian, day) else {}
        found |= {"force_official": True} if belgian.is_forced(day) else {}
    return found


def is_palliative(belgian: BelgianPatient, day: date) -> bool:
    """Whether the palliative notification (notification palliative) holds on a day."""
    return belgian.palliative_from is not None and belgian.palliative_from <= day

"""Care to certify: Dora's patients, with agreement and prescriber, their sessions, a booklet."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

from pypdf import PdfReader

from quittance.belgium.models import Booklet
from quittance.patients.models import Patient, Prescriber
from tests.belgium import making

MONTH = date(2026, 5, 1)
SESSION = "712316"  # 30 minutes of aphasia (b1): fee 38.37, reimbursed 32.87 with a convention


def texts(pdf: bytes) -> list[str]:
    """The text of each page, spaces made plain."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u202f", " ").replace("\u00a0", " ").split()) for page in pages]


def address(practice: Any) -> None:
    """Write the address of the practice, which a certificate bears."""
    practice.address_line1, practice.postcode, practice.city = "Rue de l'Invention 12", "4020", "Liège"
    practice.save()


def at_work(practice: Any, **known: Any) -> Any:
    """Dora at work with a convention, in a practice whose address is known."""
    address(practice)
    return making.at_work(practice, **{"convention": "conventioned", **known})


def booklet(acting: Any, number: str = "12*3456", next_sheet: int = 1, model_code: str = "K") -> Booklet:
    """A booklet of Dora's."""
    return Booklet.objects.for_(acting).create(
        professional=acting.professional, number=number, next_sheet=next_sheet, model_code=model_code
    )


def doctor(acting: Any) -> Prescriber:
    """An invented doctor who prescribes."""
    found = Prescriber.objects.for_(acting).filter(last_name="Inventée").first()
    return found or Prescriber.objects.for_(acting).create(
        last_name="Inventée", first_name="Ursule", number="14567816003"
    )


def agreed(acting: Any, patient: Patient, **more: Any) -> Any:
    """An agreement for b1 from 2026-03-16, decided, with its prescriber."""
    known = {"decided": date(2026, 3, 30), "prescriber": doctor(acting), "prescribed": date(2026, 3, 10)}
    return making.agreement_of(patient, **{**known, **more})


def cared(
    acting: Any, *, first_names: str = "Nina", niss: str = making.NISS, mutuality: str = "135", **belgian: Any
) -> Any:
    """A patient with an agreement."""
    patient = making.patient_of(acting, **belgian)
    patient.first_names = first_names
    patient.folded = f"exemple {first_names.lower()}"
    patient.save()
    patient.belgian.niss, patient.belgian.mutuality = niss, mutuality
    patient.belgian.save()
    agreed(acting, patient)
    return patient


def sessions(acting: Any, patient: Any, *days: str, third_party: bool = False, **extras: Any) -> Any:
    """A bill of sessions, one a day."""
    acts = [{"code": SESSION, "date": day} for day in days]
    return making.bill_of(acting, patient, *acts, day=days[-1], third_party=third_party, **extras)

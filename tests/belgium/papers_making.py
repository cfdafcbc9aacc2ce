"""Care to certify: Dora's patients, with agreement and prescriber, their sessions, a booklet."""

from __future__ import annotations

import io
import json
from datetime import date
from typing import Any

from pypdf import PdfReader

from quittance.belgium.models import Booklet
from quittance.billing.models import Bill, Line, Receivable, Share
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


CONSULTATION = "101076"  # an accredited general practitioner, 2024: fee 31.81, reimbursed 25.81


def consultations(acting: Any, patient: Patient, *days: str, billed: str = "", third_party: bool = False) -> Any:
    """A bill of a doctor for care on some days, with the prices of 2024: no price of a doctor is known after them.

    It is the copy of a bill of 2024 in the ledger, whose days are put where they are wanted.
    """
    then = [f"2024-05-{13 + place}" for place in range(len(days))]
    acts = [{"code": CONSULTATION, "date": day} for day in then]
    first = making.bill_of(acting, patient, *acts, day="2024-05-20", third_party=third_party)
    text = json.dumps(first.snapshot).replace("2024-05-20", billed or days[-1])
    for old, new in zip(then, days, strict=True):
        text = text.replace(old, new)
    same = {name: getattr(first, name) for name in ("issuer", "professional", "patient", "country", "law_digest")}
    sums = {name: getattr(first, name) for name in ("fee_cents", "patient_cents", "waived_cents", "release")}
    bill = Bill.objects.for_(acting).create(
        **same,
        **sums,
        number=first.number + 500,
        idempotency_key=f"copy of {first.pk}",
        day=date.fromisoformat(billed or days[-1]),
        snapshot=json.loads(text),
    )
    for line, day in zip(first.lines.all(), days, strict=True):
        told = {name: getattr(line, name) for name in ("position", "code", "label", "quantity", "fee_cents")}
        made = Line.objects.for_(acting).create(bill=bill, day=date.fromisoformat(day), **told)
        for one in line.shares.all():
            Share.objects.for_(acting).create(line=made, role=one.role, kind=one.kind, cents=one.cents)
    for one in first.receivables.all():
        Receivable.objects.for_(acting).create(
            bill=bill, role=one.role, kind=one.kind, payer=one.payer, cents=one.cents
        )
    return bill

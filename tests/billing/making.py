"""Patients, drafts and bills for the tests, made by the services as the pages make them."""

from __future__ import annotations

from datetime import date
from typing import Any

from quittance.billing.models import Bill, Draft
from quittance.billing.services.issue import issue_bill
from quittance.patients.models import Patient
from quittance.patients.services import create_patient
from quittance.people.acting import Acting
from quittance.people.models import Issuer

DAY = "2026-01-05"
# The payments of the manual: fund 10.00, patient 113.80, total 123.80.
MANUAL = {"acts": [{"code": "G", "qualifier": "E", "total": "123.80", "amo": "10.00"}], "amo": True}


def make_patient(acting: Acting, birth_name: str = "ADRUN", first_names: str = "Baptiste") -> Patient:
    names = {"birth_name": birth_name, "first_names": first_names}
    return create_patient(acting, {**names, "birth_raw": "14081948", "birth_date": date(1948, 8, 14)})


def make_draft(
    acting: Acting,
    *,
    acts: list[dict[str, Any]] | None = None,
    patient: Patient | None = None,
    amo: bool = False,
    amc: bool = False,
    day: str = DAY,
    **cover: Any,
) -> Draft:
    professional = acting.professional
    assert professional is not None
    session = {
        "date": day,
        "cover": {"third_party": {"amo": amo, "amc": amc}, **cover},
        "acts": acts or [{"code": "G"}],
    }
    return Draft.objects.for_(acting).create(
        professional=professional,
        issuer=Issuer.objects.for_(acting).get(professional=professional),
        patient=patient or make_patient(acting),
        country=acting.practice.country,
        input=session,
    )


def make_bill(acting: Acting, **session: Any) -> Bill:
    draft = make_draft(acting, **session)
    return issue_bill(acting, draft, str(draft.key), draft.version)

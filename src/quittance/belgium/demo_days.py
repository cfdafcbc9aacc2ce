"""Days of care of the demonstration's nurses, billed by the service that the page of a day bills with."""

from __future__ import annotations

from datetime import date
from typing import Any

from quittance.belgium import nursing as rules
from quittance.belgium.services import care as on_file
from quittance.belgium.services.nursing import Care, Visit, bill_day
from quittance.billing.models import Bill
from quittance.billing.services.issue import issue_bill
from quittance.kernel.dated import day_number
from quittance.patients.models import Patient
from quittance.people.acting import Acting
from quittance.people.models import Professional

CHIP, IDENTITY_CARD = "1", "1"
SERIAL = "592000000000"
"""An invented serial number of a card."""
Spec = dict[str, Any]


def bill(acting: Acting, patient: Patient, staff: list[Professional], spec: Spec) -> Bill:
    """Bill a day in third-party payment: its visits by nurse, with prescriptions and the identity read at each."""
    day: date = spec["day"]
    visits = tuple(_visit(number, staff, day, one) for number, one in enumerate(spec["visits"], 1))
    draft = bill_day(acting, patient, Care(day, visits), seen=0)
    return issue_bill(acting, draft.pk, str(draft.key), draft.version)


def _visit(number: int, staff: list[Professional], day: date, spec: Spec) -> Visit:
    nurse = staff[spec["nurse"]]
    provider = on_file.provider_of(nurse, day)
    acts = (_act(kind, number, provider, prescribed) for kind, prescribed in spec["acts"].items())
    hour, minute = map(int, spec["hour"].split(":"))
    read = rules.Identity(CHIP, IDENTITY_CARD, SERIAL, day=day_number(day), minute=hour * 60 + minute)
    return Visit(number, nurse, tuple(acts), read)


def _act(kind: str, visit: int, provider: str, prescribed: date | None) -> rules.Act:
    return rules.Act(kind, visit, provider=provider, prescribed=day_number(prescribed) if prescribed else None)

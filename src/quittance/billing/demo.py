"""Bills of the demo: what each professional bills every day, paid, half paid, overpaid, unpaid, cancelled."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import date, timedelta

from quittance.billing.models import Bill, Draft, Payment
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from quittance.billing.services.payments import balance, record_payment
from quittance.patients.models import Patient
from quittance.people.acting import Acting, acting_for
from quittance.people.models import Issuer, Practice
from quittance.web.country import country_web

EACH = 9
DAYS_BETWEEN = 4
MEANS = (Payment.Means.CARD, Payment.Means.CHEQUE, Payment.Means.CASH, Payment.Means.TRANSFER)
PAID, PARTLY, TOO_MUCH, CANCELLED = (0, 1, 2, 5), 3, 6, 7


def demo(practice: Practice) -> None:
    """Fill a demo practice with bills of its patients; one that has bills is left alone."""
    patients = list(Patient.objects.for_(practice).order_by("pk")[:40])
    if not patients or Bill.objects.for_(practice).exists():
        return
    for place, (acting, issuer) in enumerate(_issuers(practice)):
        theirs = patients[place % len(patients) :] + patients[: place % len(patients)]
        _fill(acting, issuer, theirs)


def _issuers(practice: Practice) -> Iterator[tuple[Acting, Issuer]]:
    for issuer in Issuer.objects.for_(practice).select_related("professional__user").order_by("pk"):
        user = issuer.professional.user
        acting = acting_for(user) if user else None
        if acting is not None:
            yield acting, issuer


def _fill(acting: Acting, issuer: Issuer, patients: list[Patient]) -> None:
    usual = country_web(acting.practice.country).demo_bills(issuer.professional)
    for place in range(EACH if usual else 0):
        day = acting.today() - timedelta(days=DAYS_BETWEEN * (EACH - 1 - place))
        acts, patient = usual[place % len(usual)], patients[place % len(patients)]
        bill = _bill(acting, issuer, patient, {"date": day.isoformat(), "acts": acts})
        if bill is not None:
            _settle(acting, bill, place, day)


def _bill(acting: Acting, issuer: Issuer, patient: Patient, session: dict[str, object]) -> Bill | None:
    draft = Draft.objects.for_(acting).create(
        professional=issuer.professional,
        issuer=issuer,
        patient=patient,
        country=acting.practice.country,
        input=session,
    )
    try:
        return issue_bill(acting, draft, str(draft.key), draft.version)
    except RefusedError:
        # The law of the day refuses this act for this patient: the demo does without.
        draft.delete()
        return None


def _settle(acting: Acting, bill: Bill, place: int, day: date) -> None:
    left = balance(bill).left_cents
    cents = {**dict.fromkeys(PAID, left), PARTLY: left // 2, TOO_MUCH: left + 20}.get(place, 0)
    if left and cents:
        means = MEANS[place % len(MEANS)]
        record_payment(acting, bill, means=means, cents=cents, key=f"demo-{uuid.uuid4()}", day=day)
    if place == CANCELLED:
        cancel_bill(acting, bill, "Doublon")

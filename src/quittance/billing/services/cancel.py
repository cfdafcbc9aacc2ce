"""Cancel a bill: its number stays, the list hides it. A correction is a new bill."""

from __future__ import annotations

from django.db import transaction

from quittance.audit import record
from quittance.billing.models import Bill, BillEvent
from quittance.people.acting import Acting
from quittance.people.turns import take_turn


def cancel_bill(acting: Acting, bill: Bill, reason: str = "") -> BillEvent:
    """Write that a bill is cancelled, once; asked again, it changes nothing. Payments stay and are to be given back."""
    with transaction.atomic():
        take_turn(Bill, bill.pk)
        known = BillEvent.objects.for_(acting).filter(bill=bill, kind=BillEvent.What.CANCELLED).first()
        if known:
            return known
        event = BillEvent.objects.for_(acting).create(
            bill=bill, kind=BillEvent.What.CANCELLED, by=acting.user, data={"reason": reason[:500]}
        )
        record(acting, "change", "bill.cancel", bill)
        return event

"""Record what a patient pays, and correct it later: a payment is a row, a correction is its reversal and a new row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from quittance.audit import record
from quittance.billing.models import Bill, BillEvent, Kind, Payment, Receivable
from quittance.billing.services.errors import refuse
from quittance.people.acting import Acting
from quittance.people.scoping import HasPractice
from quittance.people.turns import take_turn

MOST_CENTS = 99_999_999


@dataclass(frozen=True, slots=True)
class Balance:
    """What one payer was asked, has paid and still owes (solde), in cents.

    >>> Balance(11380, 11400).left_cents, Balance(11380, 11400).is_negative
    (-20, True)
    """

    asked_cents: int
    paid_cents: int

    @property
    def left_cents(self) -> int:
        """Still to pay; negative when too much was paid."""
        return self.asked_cents - self.paid_cents

    @property
    def back_cents(self) -> int:
        """To give back to the patient: what was paid too much."""
        return max(0, -self.left_cents)

    @property
    def is_negative(self) -> bool:
        """Too much was paid: it has to be given back."""
        return self.left_cents < 0

    @property
    def is_settled(self) -> bool:
        """Nothing is left on either side."""
        return self.left_cents == 0

    @property
    def is_partial(self) -> bool:
        """Something was paid, not all."""
        return 0 < self.paid_cents < self.asked_cents


def is_cancelled(bill: Bill) -> bool:
    """Tell whether the bill was cancelled; reads the events already loaded, if they are."""
    return any(event.kind == BillEvent.What.CANCELLED for event in bill.events.all())


def balance(bill: Bill) -> Balance:
    """Give the patient's balance: what is waived is not asked. Of a cancelled bill only what was paid counts."""
    due = sum(row.cents for row in bill.receivables.all() if row.kind == Kind.PATIENT) - bill.waived_cents
    asked = 0 if is_cancelled(bill) else due
    return Balance(asked, sum(payment.cents for payment in bill.payments.all()))


def standing(bill: Bill) -> list[Payment]:
    """List the payments that hold: neither reversals nor reversed, oldest first."""
    rows = list(bill.payments.all())
    reversed_ones = {row.reverses_id for row in rows}
    return [row for row in rows if row.reverses_id is None and row.pk not in reversed_ones]


def record_payment(
    acting: Acting, bill: Bill, *, means: str, cents: int, key: str, day: date | None = None, note: str = ""
) -> Payment:
    """Record a payment of the patient, once per `key`; RefusedError on a cancelled bill or an amount of nothing.

    More than what is left is taken, and the balance is then negative: the page says so.
    """
    try:
        with transaction.atomic():
            take_turn(Bill, bill.pk)
            return _told(acting, _record(acting, bill, means=means, cents=cents, key=key, day=day, note=note), "record")
    except IntegrityError:
        known = _known(acting, key)
        if known is None:
            raise
        return known


def _record(acting: Acting, bill: Bill, *, means: str, cents: int, key: str, day: date | None, note: str) -> Payment:
    known = _known(acting, key)
    if known is not None:
        return known
    _refuse_amount(means, cents)
    if BillEvent.objects.for_(acting).filter(bill=bill, kind=BillEvent.What.CANCELLED).exists():
        raise refuse("bill.cancelled", _("This bill is cancelled: nothing is asked for it. Make a new bill."))
    return Payment.objects.for_(acting).create(
        bill=bill,
        receivable=Receivable.objects.for_(acting).get(bill=bill, kind=Kind.PATIENT),
        means=means,
        cents=cents,
        day=day or acting.today(),
        note=note,
        by=acting.user,
        idempotency_key=key,
    )


def _told(acting: Acting, payment: Payment, verb: str) -> Payment:
    record(acting, "change", f"payment.{verb}", payment, patient=payment.bill.patient_id)
    return payment


def _known(scope: HasPractice, key: str) -> Payment | None:
    return Payment.objects.for_(scope).filter(idempotency_key=key).first()


def _refuse_amount(means: str, cents: int) -> None:
    if not 0 < cents <= MOST_CENTS:
        raise refuse("payment.amount", _("A payment is more than nothing. Type the amount received."), "amount")
    if means not in Payment.Means.values:
        raise refuse("payment.means", _("This means of payment is not known. Choose one of the list."), "means")


def reverse_payment(acting: Acting, payment: Payment) -> Payment:
    """Undo a payment by its opposite, once: asked again, the same reversal is given. The trace of both stays."""
    with transaction.atomic():
        take_turn(Bill, payment.bill_id)
        known = Payment.objects.for_(acting).filter(reverses=payment).first()
        return known or _told(acting, _reverse(acting, payment), "reverse")


def _reverse(acting: Acting, payment: Payment) -> Payment:
    if payment.reverses_id is not None:
        raise refuse("payment.reversal", _("This is already a correction. Record a new payment instead."))
    return Payment.objects.for_(acting).create(
        bill=payment.bill,
        receivable=payment.receivable,
        means=payment.means,
        cents=-payment.cents,
        day=acting.today(),
        by=acting.user,
        reverses=payment,
        idempotency_key=f"reverses-{payment.pk}",
    )


def change_payment(
    acting: Acting, payment: Payment, *, means: str, cents: int, key: str, day: date | None = None, note: str = ""
) -> Payment:
    """Correct a payment: its reversal and a new row, together or not at all."""
    with transaction.atomic():
        take_turn(Bill, payment.bill_id)
        known = _known(acting, key)
        if known is not None:
            return known
        if Payment.objects.for_(acting).filter(reverses=payment).exists():
            raise refuse("payment.reversed", _("This payment was already corrected. Load the page again."))
        _reverse(acting, payment)
        made = _record(acting, payment.bill, means=means, cents=cents, key=key, day=day or payment.day, note=note)
        return _told(acting, made, "change")

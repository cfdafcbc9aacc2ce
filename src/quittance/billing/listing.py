"""The list of bills: found by patient or number, by period, by state; with its totals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import (
    BigIntegerField,
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from quittance.billing.models import Bill, BillEvent, Payment
from quittance.billing.reach import bills
from quittance.patients.folding import after, prefixes_of
from quittance.patients.models import PatientWord
from quittance.people.models import Professional
from quittance.people.scoping import HasPractice, ScopedQuerySet
from quittance.web.country import Chip

PAGE = 25
STATES = {
    "": _("All"),
    "unpaid": _("To be paid"),
    "paid": _("Paid"),
    "negative": _("To give back"),
    "cancelled": _("Cancelled"),
}
PERIODS = {
    "": _("Last 12 months"),
    "today": _("Today"),
    "month": _("This month"),
    "previous": _("Last month"),
    "year": _("This year"),
    "all": _("Since the beginning"),
    "custom": _("From … to …"),
}
CENTS = BigIntegerField()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for; an unknown word asks for nothing special."""

    words: str = ""
    state: str = ""
    period: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Totals:
    """Over all that was found, not only the page shown."""

    count: int
    fee_cents: int
    left_cents: int
    back_cents: int


def with_balance(scope: HasPractice, rows: ScopedQuerySet[Bill]) -> Any:
    """Add to each bill whether it is `cancelled`, what was `paid` and what is `left`, negative when too much."""
    payments = Payment.objects.for_(scope).filter(bill=OuterRef("pk")).order_by()
    paid = payments.values("bill").annotate(total=Sum("cents")).values("total")
    gone = BillEvent.objects.for_(scope).filter(bill=OuterRef("pk"), kind=BillEvent.What.CANCELLED)
    known = rows.annotate(cancelled=Exists(gone), paid=Coalesce(Subquery(paid), 0, output_field=CENTS))
    due = F("patient_cents") - F("waived_cents")
    asked = Case(When(cancelled=True, then=Value(0)), default=due, output_field=CENTS)
    return known.annotate(left=asked - F("paid"))


def found(scope: HasPractice, wanted: Wanted, today: date) -> Any:
    """Find bills, newest first. Cancelled ones show only when asked for, or when money is to be given back."""
    rows = with_balance(scope, bills(scope).filter(_days(wanted, today)))
    rows = rows.filter(_state(wanted.state))
    for word in _words(scope, wanted.words):
        rows = rows.filter(word)
    return rows.select_related("patient").defer("snapshot").order_by("-day", "-pk")


def with_colleagues(scope: HasPractice, rows: Any) -> Any:
    """Add to each bill its professional and whether there are `colleagues`, whose numbers may be the same.

    Asked with the page of bills, not with the totals: it costs no query of its own.
    """
    others = Professional.objects.for_(scope).exclude(pk=OuterRef("professional")).order_by()
    return rows.select_related("patient", "professional", "substitute").annotate(colleagues=Exists(others))


def _state(state: str) -> Q:
    known = {
        "unpaid": Q(cancelled=False, left__gt=0),
        "paid": Q(cancelled=False, left=0),
        "negative": Q(left__lt=0),
        "cancelled": Q(cancelled=True),
    }
    return known.get(state, Q(cancelled=False))


def bounds(wanted: Wanted, today: date) -> tuple[date | None, date | None]:
    """Give the first and the last day of a period, both included.

    >>> bounds(Wanted(period="previous"), date(2026, 3, 15))
    (datetime.date(2026, 2, 1), datetime.date(2026, 2, 28))
    """
    month = today.replace(day=1)
    before = month - timedelta(days=1)
    known: dict[str, tuple[date | None, date | None]] = {
        "": (today - timedelta(days=365), None),
        "today": (today, today),
        "month": (month, None),
        "previous": (before.replace(day=1), before),
        "year": (today.replace(month=1, day=1), None),
        "custom": (wanted.first, wanted.last),
    }
    return known.get(wanted.period, (None, None))


def _days(wanted: Wanted, today: date) -> Q:
    first, last = bounds(wanted, today)
    days = Q(day__gte=first) if first else Q()
    return days & Q(day__lte=last) if last else days


def _words(scope: HasPractice, typed: str) -> list[Q]:
    """Read each word as the number of a bill, or as the start of a part of the patient's name."""
    return [_number(word) if word.isdecimal() else _name(scope, word) for word in prefixes_of(typed)]


def _number(word: str) -> Q:
    return Q(number=int(word)) if len(word) < 18 else Q(pk__in=[])


def _name(scope: HasPractice, word: str) -> Q:
    words = PatientWord.objects.for_(scope).filter(word__gte=word, word__lt=after(word))
    return Q(patient__in=words.values("patient"))


def totals(rows: Any) -> Totals:
    """Sum what was found: fees, what patients still owe, what is to be given back to them."""
    sums: dict[str, Any] = rows.order_by().aggregate(
        count=Count("pk"),
        fee=Sum("fee_cents", filter=Q(cancelled=False)),
        left_sum=Sum("left", filter=Q(left__gt=0)),
        back=Sum("left", filter=Q(left__lt=0)),
    )
    return Totals(sums["count"], sums["fee"] or 0, sums["left_sum"] or 0, -(sums["back"] or 0))


def state_chip(*, cancelled: bool, left_cents: int, paid_cents: int, asked_cents: int) -> Chip:
    """Say the state of a bill by word, tone and icon."""
    if left_cents < 0:
        return Chip(str(_("To give back")), "bad")
    if cancelled:
        return Chip(str(_("Cancelled")), "neutral", "no-symbol")
    if left_cents == 0:
        return Chip(str(_("Paid") if asked_cents else _("Nothing to pay")), "good")
    return Chip(str(_("Partly paid") if paid_cents else _("To be paid")), "warn")

"""One issued bill: its detail, the page after issuing, its receipt, cancelling."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quittance.billing.documents import print_receipt
from quittance.billing.forms import CancelForm, PaymentForm, first_values
from quittance.billing.models import Bill, Payment
from quittance.billing.pages.sheet import Sheet, sheet_of
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.reading import bill_or_404
from quittance.people import access
from quittance.people.acting import Acting, PageRequest
from quittance.people.powers import may


def payment_form(acting: Acting, sheet: Sheet) -> PaymentForm:
    """Give the form of a payment, filled in with what is left."""
    today = acting.today()
    means = means_of(sheet.bill)[0][0]
    return PaymentForm(initial=first_values(sheet.balance.left_cents, str(uuid.uuid4()), today, means), today=today)


def means_of(bill: Bill) -> list[tuple[str, Any]]:
    """List the means of payment, the one that the professional prefers first."""
    preferred = bill.professional.preferences.get("means", Payment.Means.CARD)
    return sorted(Payment.Means.choices, key=lambda one: one[0] != preferred)


def context_of(acting: Acting, bill: Bill, form: PaymentForm | None = None) -> dict[str, Any]:
    """Give what every page of a bill shows."""
    sheet = sheet_of(bill)
    return {
        "bill": bill,
        "sheet": sheet,
        "form": form or payment_form(acting, sheet),
        "means": means_of(bill),
        "may_pay": may(acting, "payment.write") and not sheet.cancelled,
        "may_correct": may(acting, "payment.reverse"),
        "may_cancel": may(acting, "bill.cancel") and not sheet.cancelled,
    }


@access.page(power="bill.read")
@require_safe
def detail(request: PageRequest, pk: int) -> HttpResponse:
    """Show everything about a bill."""
    bill = bill_or_404(request.acting, pk)
    return render(request, "billing/detail.html", context_of(request.acting, bill))


@access.page(power="bill.read")
@require_safe
def summary(request: PageRequest, pk: int) -> HttpResponse:
    """Show, after issuing, the reference and the balances, and take the payment in one tap."""
    bill = bill_or_404(request.acting, pk)
    return render(request, "billing/summary.html", context_of(request.acting, bill))


@access.page(power="bill.read")
@require_POST
def receipt(request: PageRequest, pk: int) -> HttpResponse:
    """Give the receipt as PDF. It is posted, for it is written that it was printed: the next one is a duplicate."""
    bill = bill_or_404(request.acting, pk)
    response = HttpResponse(print_receipt(request.acting, bill), content_type="application/pdf")
    name = _("bill-%(reference)s.pdf") % {"reference": bill.reference}
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


@access.page(power="bill.cancel")
@require_POST
def cancel(request: PageRequest, pk: int) -> HttpResponseBase:
    """Cancel a bill after the confirmation of its page."""
    bill = bill_or_404(request.acting, pk)
    form = CancelForm(request.POST)
    cancel_bill(request.acting, bill, form.cleaned_data["reason"] if form.is_valid() else "")
    messages.success(request, _("Bill %(reference)s is cancelled. Its number stays.") % {"reference": bill.reference})
    return redirect("billing:detail", pk)

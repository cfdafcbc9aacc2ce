"""Payments of a bill: take, correct, undo. Each form carries a key: sent twice, it counts once."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse as url_of
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from quittance.billing.forms import PaymentForm, first_values
from quittance.billing.models import Bill, Payment
from quittance.billing.pages.bill import context_of
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.payments import change_payment, record_payment, reverse_payment
from quittance.billing.services.reading import bill_or_404
from quittance.people import access
from quittance.people.acting import PageRequest

PART = "billing/payments.html"


def _back(request: PageRequest, pk: int) -> str:
    """Give the page of the bill that the form was on."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else url_of("billing:detail", args=[pk])


def _shown(request: PageRequest, pk: int, form: PaymentForm | None = None, status: int = 200) -> HttpResponse:
    bill = bill_or_404(request.acting, pk)
    context = context_of(request.acting, bill, form) | {"next": _back(request, pk), "open": form is not None}
    return render(request, PART if request.htmx else "billing/detail.html", context, status=status)


def _done(request: PageRequest, pk: int) -> HttpResponseBase:
    return _shown(request, pk) if request.htmx else redirect(_back(request, pk))


def _fields(form: PaymentForm) -> dict[str, Any]:
    data = form.cleaned_data
    fields = {name: data[name] for name in ("means", "day", "note", "key")}
    return fields | {"cents": data["amount"]}


def _told(form: PaymentForm, error: RefusedError) -> PaymentForm:
    for problem in error.problems:
        form.add_error(problem["path"] or None, problem["message"])
    return form


@access.page(power="payment.write")
@require_POST
def pay(request: PageRequest, pk: int) -> HttpResponseBase:
    """Take a payment: of the exact balance in one tap, or of any amount."""
    bill = bill_or_404(request.acting, pk)
    form = PaymentForm(request.POST, today=request.acting.today())
    if not form.is_valid():
        return _shown(request, pk, form, 422)
    try:
        record_payment(request.acting, bill, **_fields(form))
    except RefusedError as error:
        return _shown(request, pk, _told(form, error), 422)
    return _done(request, pk)


def _payment(bill: Bill, request: PageRequest, pk: int) -> Payment:
    return access.own_or_404(request.acting, Payment, pk=pk, bill=bill, reverses=None)


@access.page(power="payment.reverse")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: PageRequest, pk: int, payment: int) -> HttpResponseBase:
    """Correct a payment: the first one is undone and a new one recorded, and both stay to be seen."""
    bill = bill_or_404(request.acting, pk)
    old, today = _payment(bill, request, payment), request.acting.today()
    initial = first_values(old.cents, str(uuid.uuid4()), old.day, old.means) | {"note": old.note}
    form = PaymentForm(request.POST or None, initial=initial, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            change_payment(request.acting, old, **_fields(form))
            return redirect("billing:detail", pk)
        except RefusedError as error:
            _told(form, error)
    status = 422 if form.errors else 200
    return render(request, "billing/payment.html", {"bill": bill, "form": form, "payment": old}, status=status)


@access.page(power="payment.reverse")
@require_POST
def reverse(request: PageRequest, pk: int, payment: int) -> HttpResponseBase:
    """Undo a payment after the confirmation of its page."""
    bill = bill_or_404(request.acting, pk)
    reverse_payment(request.acting, _payment(bill, request, payment))
    return redirect(_back(request, pk))

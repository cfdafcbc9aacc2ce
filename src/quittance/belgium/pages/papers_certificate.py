"""One certificate: what it carries, its duplicate, voiding a spoiled sheet."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quittance.belgium.forms.papers import VoidForm
from quittance.belgium.models import CareCertificate
from quittance.belgium.pages.papers_parts import reached
from quittance.belgium.services.certificates import certificates, lines_of, void_certificate
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.powers import may


def _certificate(request: PageRequest, pk: int) -> Any:
    row = access.own_or_404(request.acting, reached(request.acting, CareCertificate), pk=pk)
    return certificates(request.acting, row.professional).get(pk=pk)


def _show(request: PageRequest, one: Any, form: VoidForm) -> HttpResponse:
    context = {
        "certificate": one,
        "lines": lines_of(one),
        "form": form,
        "key": uuid.uuid4(),
        "may_print": may(request.acting, "bill.issue"),
    }
    return render(request, "belgium/papers_certificate.html", context, status=422 if form.is_bound else 200)


@access.page(power="bill.read")
@require_safe
def detail(request: PageRequest, pk: int) -> HttpResponse:
    """Show a certificate."""
    return _show(request, _certificate(request, pk), VoidForm())


@access.page(power="bill.issue")
@require_POST
def void(request: PageRequest, pk: int) -> HttpResponseBase:
    """Void a certificate: its acts wait for another sheet."""
    one, form = _certificate(request, pk), VoidForm(request.POST)
    if not form.is_valid():
        return _show(request, one, form)
    void_certificate(request.acting, one, form.cleaned_data["reason"])
    text = _("Certificate %(number)s is void. Its number stays used; its acts wait for another certificate.")
    messages.success(request, text % {"number": one})
    return redirect("belgium:certificate", pk)

"""Notifications of complex wound care, on the page of the Katz scale: add, delete."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quittance.belgium.forms.katz import WoundForm
from quittance.belgium.models import WoundCareNotice
from quittance.belgium.pages.katz import listed
from quittance.belgium.services import katz as services
from quittance.patients.models import Patient
from quittance.people import access
from quittance.people.acting import PageRequest


@access.page(power="documents.write")
@require_POST
def wound_add(request: PageRequest, pk: int) -> HttpResponseBase:
    """Keep a notification of wound care; a refused one is shown on the list with what was typed."""
    rows = Patient.objects.for_(request.acting).select_related("belgian")
    patient = access.own_or_404(request.acting, rows, pk=pk, archived_at=None)
    form = WoundForm(request.POST, request.acting.today())
    if not form.is_valid():
        return render(request, "belgium/katz_list.html", listed(request.acting, patient, form), status=422)
    services.keep_wound(request.acting, patient, {name: form.cleaned_data[name] for name in ("type", "first", "last")})
    messages.success(request, _("The notification of wound care is kept."))
    return redirect("belgium:katz", patient.pk)


@access.page(power="documents.write")
@require_POST
def wound_delete(request: PageRequest, pk: int) -> HttpResponseBase:
    """Delete a notification of wound care, after the question the page asks."""
    row = access.own_or_404(request.acting, WoundCareNotice, pk=pk, patient__archived_at=None)
    services.delete_wound(row)
    messages.success(request, _("The notification of wound care is deleted."))
    return redirect("belgium:katz", row.patient_id)

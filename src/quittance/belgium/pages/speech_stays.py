"""Situations that close or limit the reimbursement: added, changed, ended, deleted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from quittance.belgium.forms.speech import StayForm
from quittance.belgium.models import SpeechStay
from quittance.belgium.pages.speech import patient_or_404
from quittance.belgium.services import speech as services
from quittance.people import access
from quittance.people.acting import PageRequest

READ_OR_SEND = ["GET", "HEAD", "POST"]


def _stay(request: PageRequest, pk: int) -> SpeechStay:
    rows = SpeechStay.objects.for_(request.acting).select_related("patient", "practice")
    return access.own_or_404(request.acting, rows, pk=pk, patient__archived_at=None)


def _show(request: PageRequest, form: StayForm, row: SpeechStay) -> HttpResponse:
    context = {"patient": row.patient, "form": form, "row": row if row.pk else None}
    return render(request, "belgium/speech_stay.html", context, status=422 if form.is_bound else 200)


def _edit(request: PageRequest, row: SpeechStay) -> HttpResponseBase:
    form = StayForm(request.POST if request.method == "POST" else None, instance=row)
    if not form.is_bound or not form.is_valid():
        return _show(request, form, row)
    try:
        services.keep_stay(request.acting, row, form.values())
    except services.RefusedError as refused:
        form.add_error("first", str(refused))
        return _show(request, form, row)
    messages.success(request, _("The situation is kept: sessions are judged by it at once."))
    return redirect("belgium:speech", row.patient_id)


@access.page(power="patient.write")
@require_http_methods(READ_OR_SEND)
def new(request: PageRequest, pk: int) -> HttpResponseBase:
    """Add a situation from a day on."""
    patient = patient_or_404(request, pk)
    row = SpeechStay(practice=request.acting.practice, patient=patient, first=request.acting.today())
    return _edit(request, row)


@access.page(power="patient.write")
@require_http_methods(READ_OR_SEND)
def change(request: PageRequest, pk: int) -> HttpResponseBase:
    """Change a situation."""
    return _edit(request, _stay(request, pk))


@access.page(power="patient.write")
@require_POST
def end(request: PageRequest, pk: int) -> HttpResponseBase:
    """End a situation today."""
    row = _stay(request, pk)
    try:
        services.end_stay(row, request.acting.today())
    except services.RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The situation ends today."))
    return redirect("belgium:speech", row.patient_id)


@access.page(power="patient.write")
@require_POST
def delete(request: PageRequest, pk: int) -> HttpResponseBase:
    """Delete a situation written by mistake, after the question that the page asks."""
    row = _stay(request, pk)
    services.delete_stay(row)
    messages.success(request, _("The situation is deleted."))
    return redirect("belgium:speech", row.patient_id)

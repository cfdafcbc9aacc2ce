"""The insurability of a patient by period, and what holds for this patient alone (assurabilité, exceptions A04)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quittance.belgium import insured
from quittance.belgium.forms.exceptions import ExceptionsForm
from quittance.belgium.forms.rights import CODES, told
from quittance.belgium.models import BelgianCover
from quittance.belgium.numbers import mutuality
from quittance.belgium.pages.patient_facts import chips, exceptions, rights_chips
from quittance.belgium.services.insurability import set_exceptions
from quittance.patients.models import Cover, Patient
from quittance.people import access
from quittance.people.acting import PageRequest


def patient_of(request: PageRequest, pk: int) -> Patient:
    """Give a patient of the practice with the Belgian half; 404 for another's, or an archived one."""
    rows = Patient.objects.for_(request.acting).select_related("belgian")
    return access.own_or_404(request.acting, rows, pk=pk, archived_at=None)


@access.page(power="patient.read")
@require_safe
def page(request: PageRequest, pk: int) -> HttpResponse:
    """Show the periods, each code in words, and the exceptions."""
    patient = patient_of(request, pk)
    return _show(request, patient, ExceptionsForm(None, belgian=insured.belgian_of(patient)))


@access.page(power="patient.write")
@require_POST
def exceptions_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Keep the exceptions of a patient."""
    patient = patient_of(request, pk)
    form = ExceptionsForm(request.POST, belgian=insured.belgian_of(patient))
    if not form.is_valid():
        return _show(request, patient_of(request, pk), form)
    set_exceptions(patient, form.values())
    messages.success(request, _("The changes are kept."))
    return redirect("belgium:insurability", patient.pk)


def _show(request: PageRequest, patient: Patient, form: ExceptionsForm) -> HttpResponse:
    today = request.acting.today()
    context = {
        "patient": patient,
        "chips": chips(patient, today),
        "periods": [_period(cover, today) for cover in insured.covers_of(patient)],
        "ask": is_late(insured.cover_on(patient, today), today),
        "form": form,
        "exceptions": exceptions(insured.belgian_of(patient)),
    }
    return render(request, "belgium/insurability.html", context, status=422 if form.is_bound else 200)


def _period(cover: Cover, today: date) -> dict[str, Any]:
    """Tell a period: who insures and through which union, the codes in words, the rights."""
    rights, number = insured.insurability_of(cover) or BelgianCover(), cover.payer.number
    union = mutuality.insurers().get(f"{number[:1]}00")
    return {
        "cover": cover,
        "number": number,
        "name": mutuality.name(number) or cover.payer.name,
        "union": union if union and union.number != number else None,
        "now": cover.holds_on(today),
        "codes": [code for code in (told(name, getattr(rights, name)) for name in CODES) if code],
        "rights": rights,
        "chips": list(rights_chips(rights)),
    }


def is_late(cover: Cover | None, today: date) -> bool:
    """Whether the insurability of today was not asked in this month: an answer engages the mutuality for its month."""
    rights = insured.insurability_of(cover)
    if cover is None:
        return False
    return rights is None or rights.asked_on is None or rights.asked_on < today.replace(day=1)

"""Find, read, make, change and delete patients."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.patients import search, services
from quittance.patients.country import PatientPart, patient_part, takes_covers, web_of
from quittance.patients.forms import PatientForm
from quittance.patients.models import Cover, Patient, PayerKind
from quittance.people import access
from quittance.people.accounts import recent
from quittance.people.acting import PageRequest

PAGE, MOST = 30, 600


def _route(name: str, query: str = "") -> str:
    """Give the address of a page of another room, empty while there is none."""
    try:
        return str(reverse(name)) + query
    except NoReverseMatch:
        return ""


@access.page(power="patient.read")
@require_safe
def list_page(request: PageRequest) -> HttpResponse:
    """Search patients as one types, most recent first or by name either way."""
    typed, order = request.GET.get("q", ""), request.GET.get("order", "recent")
    order = order if order in search.ORDERS else "recent"
    shown = min(int(request.GET["n"]) if request.GET.get("n", "").isdecimal() else PAGE, MOST)
    found = search.patients(request.acting, typed, order, shown + 1)
    day = request.acting.today()
    rows = [(patient, patient.age(day)) for patient in found[:shown]]
    more = shown + PAGE if len(found) > shown else 0
    context = {"rows": rows, "typed": typed, "order": order, "more": more}
    part = request.htmx and not request.htmx.boosted
    return render(request, "patients/list.html#results" if part else "patients/list.html", context)


@access.page(power="patient.read")
@require_safe
def detail_page(request: PageRequest, pk: int) -> HttpResponse:
    """Show a patient: rights, covers, contact."""
    patient = access.own_or_404(request.acting, Patient, pk=pk, archived_at=None)
    day, country = request.acting.today(), web_of(request.acting)
    rows = Cover.objects.for_(patient).filter(patient=patient, kind=PayerKind.COMPLEMENTARY)
    covers = list(rows.select_related("payer"))
    context = {
        "patient": patient,
        "age": patient.age(day),
        "chips": country.chips(patient, day),
        "takes_covers": takes_covers(request.acting),
        "covers": country.cover_notes(covers, day),
        "facts": country.patient_facts(patient, day),
        "start_bill": _route("draft:start"),
        "bills": _route("billing:list", f"?patient={patient.pk}"),
        "lost": services.lost_with(patient, request.acting),
    }
    return render(request, "patients/detail.html", context)


def _form_page(request: PageRequest, form: PatientForm, part: PatientPart, patient: Patient | None) -> HttpResponse:
    refused = form.is_bound
    context: dict[str, Any] = {"form": form, "part": part, "patient": patient, "new": patient is None}
    return render(request, "patients/form.html", context, status=422 if refused else 200)


@access.page(power="patient.write")
@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: PageRequest) -> HttpResponseBase:
    """Make a patient by hand."""
    data = request.POST if request.method == "POST" else None
    form, part = PatientForm(data), patient_part(request.acting, data, None)
    if data is not None and all([form.is_valid(), part.is_valid()]):
        key = form.cleaned_data["key"]
        patient = services.create_patient(request.acting, form.values(), key=key, then=part.save)
        messages.success(request, _("The file of %(name)s is made.") % {"name": patient})
        return redirect("patients:detail", patient.pk)
    return _form_page(request, form, part, None)


@access.page(power="patient.write")
@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Change a patient; what a card gave is shown and stays."""
    patient = access.own_or_404(request.acting, Patient, pk=pk, archived_at=None)
    data = request.POST if request.method == "POST" else None
    form, part = PatientForm(data, instance=patient), patient_part(request.acting, data, patient)
    if data is not None and all([form.is_valid(), part.is_valid()]):
        services.change_patient(patient, form.values(), then=part.save)
        messages.success(request, _("The changes are kept."))
        return redirect("patients:detail", patient.pk)
    if data is not None:
        patient = access.own_or_404(request.acting, Patient, pk=pk)
    return _form_page(request, form, part, patient)


@access.page(power="patient.delete")
@require_POST
def delete_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Delete a patient, after the question the detail page asks and a recent proof of who asks."""
    return _delete(request, access.own_or_404(request.acting, Patient, pk=pk, archived_at=None))


@recent.required
def _delete(request: PageRequest, patient: Patient) -> HttpResponseBase:
    name = str(patient)
    gone = services.delete_patient(patient)
    text = _("The file of %(name)s is deleted.") if gone else _("%(name)s has bills: the file is archived, they stay.")
    messages.success(request, text % {"name": name})
    return redirect("patients:list")

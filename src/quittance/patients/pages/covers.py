"""Complementary covers of a patient: add, change, duplicate, choose, delete."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.patients import search, services
from quittance.patients.country import CoverPart, cover_part
from quittance.patients.models import Cover, Patient, PayerKind
from quittance.people import access
from quittance.people.acting import PageRequest


def _cover(request: PageRequest, pk: int) -> Cover:
    kind = PayerKind.COMPLEMENTARY
    return access.own_or_404(request.acting, Cover, pk=pk, kind=kind, patient__archived_at=None)


def _key(request: PageRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _show(request: PageRequest, patient: Patient, form: CoverPart, cover: Cover | None, status: int) -> HttpResponse:
    key = request.POST.get("key") or uuid.uuid4()
    context = {"patient": patient, "form": form, "cover": cover, "key": key}
    return render(request, "patients/cover.html", context, status=status)


@access.page(power="patient.write")
@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Add a cover to a patient."""
    patient = access.own_or_404(request.acting, Patient, pk=pk, archived_at=None)
    if request.method != "POST":
        return _show(request, patient, cover_part(request.acting, None, patient, None), None, 200)
    form = cover_part(request.acting, request.POST, patient, None)
    if not form.is_valid():
        return _show(request, patient, form, None, 422)
    payer = services.record_payer(request.acting, **form.payer())
    services.add_cover(patient, payer, form.values(), key=_key(request), then=form.save)
    messages.success(request, _("%(payer)s is added.") % {"payer": payer})
    return redirect("patients:detail", patient.pk)


@access.page(power="patient.write")
@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Change a cover; one that a card gave is only shown."""
    cover = _cover(request, pk)
    if request.method != "POST" or cover.locked:
        return _show(request, cover.patient, cover_part(request.acting, None, cover.patient, cover), cover, 200)
    form = cover_part(request.acting, request.POST, cover.patient, cover)
    if not form.is_valid():
        return _show(request, cover.patient, form, cover, 422)
    payer = services.record_payer(request.acting, **form.payer())
    services.change_cover(cover, payer, form.values(), then=form.save)
    messages.success(request, _("The changes are kept."))
    return redirect("patients:detail", cover.patient_id)


@access.page(power="patient.write")
@require_POST
def duplicate_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Copy a cover and open the copy."""
    cover = _cover(request, pk)
    part = cover_part(request.acting, None, cover.patient, cover)
    copy = services.duplicate_cover(cover, key=_key(request), then=part.copy)
    messages.success(request, _("This is the copy: change what differs, then save."))
    return redirect("patients:cover", copy.pk)


@access.page(power="patient.write")
@require_POST
def default_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Make a cover the one that bills take."""
    cover = _cover(request, pk)
    services.set_default_cover(cover)
    messages.success(request, _("%(payer)s is now the one that bills take.") % {"payer": cover.payer})
    return redirect("patients:detail", cover.patient_id)


@access.page(power="patient.write")
@require_POST
def delete_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Delete a cover, after the question the page asks."""
    cover = _cover(request, pk)
    services.delete_cover(cover)
    messages.success(request, _("%(payer)s is deleted.") % {"payer": cover.payer})
    return redirect("patients:detail", cover.patient_id)


@access.page(power="patient.read")
@require_safe
def payers_part(request: PageRequest) -> HttpResponse:
    """List the complementary payers already known, as one types their name."""
    typed = request.GET.get("payer_name", "")
    found = search.payers(request.acting, PayerKind.COMPLEMENTARY, typed) if typed.strip() else []
    return render(request, "patients/payers.html", {"payers": found})


@access.page(power="patient.read")
@require_safe
def payer_fields_part(request: PageRequest, pk: int) -> HttpResponse:
    """Fill name and number with those of a known payer."""
    from quittance.patients.models import Payer

    payer = access.own_or_404(request.acting, Payer, pk=pk)
    patient = Patient(practice=request.acting.practice)
    form = cover_part(request.acting, {"payer_name": payer.name, "payer_number": payer.number}, patient, None)
    return render(request, f"{form.template}#payer", {"form": form, "picked": True})

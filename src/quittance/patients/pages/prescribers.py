"""Find, make, change and delete prescribers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.patients import search, services
from quittance.patients.forms import PrescriberForm
from quittance.patients.models import Prescriber
from quittance.people import access
from quittance.people.acting import PageRequest


@access.page(power="patient.read")
@require_safe
def list_page(request: PageRequest) -> HttpResponse:
    """Search prescribers as one types, by name either way."""
    typed, order = request.GET.get("q", ""), request.GET.get("order", "name")
    order = order if order in {"name", "-name"} else "name"
    found = search.prescribers(request.acting, typed, order)
    context = {"prescribers": found, "typed": typed, "order": order}
    name = "patients/prescribers.html"
    return render(request, f"{name}#results" if request.htmx else name, context)


def _show(request: PageRequest, form: PrescriberForm, prescriber: Prescriber | None) -> HttpResponse:
    context = {"form": form, "prescriber": prescriber}
    return render(request, "patients/prescriber.html", context, status=422 if form.is_bound else 200)


@access.page(power="patient.write")
@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: PageRequest) -> HttpResponseBase:
    """Make a prescriber."""
    form = PrescriberForm(request.POST or None, practice=request.acting.practice)
    if form.is_bound and form.is_valid():
        made = services.create_prescriber(request.acting, form.values(), key=form.cleaned_data["key"])
        messages.success(request, _("%(name)s is added.") % {"name": made})
        return redirect("patients:prescribers")
    return _show(request, form, None)


@access.page(power="patient.write")
@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Change a prescriber."""
    prescriber = access.own_or_404(request.acting, Prescriber, pk=pk, archived_at=None)
    form = PrescriberForm(request.POST or None, instance=prescriber)
    if form.is_bound and form.is_valid():
        services.change_prescriber(prescriber, form.values())
        messages.success(request, _("The changes are kept."))
        return redirect("patients:prescribers")
    return _show(request, form, access.own_or_404(request.acting, Prescriber, pk=pk))


@access.page(power="patient.write")
@require_POST
def delete_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Delete a prescriber, after the question the page asks."""
    prescriber = access.own_or_404(request.acting, Prescriber, pk=pk, archived_at=None)
    services.delete_prescriber(prescriber)
    messages.success(request, _("%(name)s is deleted.") % {"name": prescriber})
    return redirect("patients:prescribers")

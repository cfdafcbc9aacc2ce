"""Who opened a patient's file: the part of the journal that is about it."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from quittance.audit import of_patient
from quittance.patients.models import Patient
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.journal import names, pages
from quittance.people.journal.forms import FilterForm


@access.page(power="audit.patient")
@require_safe
def opened_page(request: PageRequest, pk: int) -> HttpResponse:
    """Show who saw or changed the file, in which capacity, when and from where; archived files too."""
    patient = access.own_or_404(request.acting, Patient, pk=pk)
    found = of_patient(request.acting, patient.pk)
    who = found.order_by().values_list("user", flat=True).distinct()
    form = FilterForm(request.GET, names.users({one for one in who if one is not None}), short=True)
    return pages.shown(request, form, found, "patients/opened.html", patient=patient)

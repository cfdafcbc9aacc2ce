"""Add, change and delete a period of insurability."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from quittance.belgium import insured
from quittance.belgium.forms.insurability import PeriodForm
from quittance.belgium.pages.insurability import patient_of
from quittance.belgium.services import insurability as services
from quittance.patients.models import Cover, Patient, PayerKind
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.web.templatetags.quittance import day as write_day


def _cover(request: PageRequest, pk: int) -> Cover:
    rows = Cover.objects.for_(request.acting).select_related("patient", "payer", "belgian")
    return access.own_or_404(request.acting, rows, pk=pk, kind=PayerKind.COMPULSORY, patient__archived_at=None)


def _show(request: PageRequest, patient: Patient, form: PeriodForm, cover: Cover | None) -> HttpResponse:
    context = {"patient": patient, "part": form, "cover": cover}
    return render(request, "belgium/insurability_period.html", context, status=422 if form.is_bound else 200)


def _refused(form: PeriodForm, row: Cover) -> None:
    """Say which period holds at the same time, and what to do."""
    known = {"first": write_day(row.from_day) or "…", "last": write_day(row.to_day) or "…", "name": row.payer.name}
    if row.locked:
        text = _("The period of the card (%(name)s, %(first)s – %(last)s) holds then: write a day outside of it.")
    elif row.to_day is None:
        text = _("The period since %(first)s (%(name)s) has no end and would hold at the same time: end it first.")
    else:
        text = _("The period %(first)s – %(last)s (%(name)s) would hold at the same time: write other days.")
    form.add_error("from_day", text % known)


@access.page(power="patient.write")
@require_http_methods(["GET", "HEAD", "POST"])
def add_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Add a period, filled in first as the latest one."""
    patient, today = patient_of(request, pk), request.acting.today()
    rows = insured.covers_of(patient)
    like = insured.cover_on(patient, today) or (rows[0] if rows else None)
    form = PeriodForm(request.POST if request.method == "POST" else None, today=today, like=like)
    if not form.is_bound or not form.is_valid():
        return _show(request, patient, form, None)
    try:
        cover = services.add_period(patient, form.period(), key=form.cleaned_data["key"])
    except services.OverlapError as error:
        _refused(form, error.cover)
        return _show(request, patient, form, None)
    messages.success(request, _("The period is added."))
    _tell_end(request, form, cover)
    return redirect("belgium:insurability", patient.pk)


def _tell_end(request: PageRequest, form: PeriodForm, cover: Cover) -> None:
    """Say where a period without an end was ended because another follows."""
    if form.cleaned_data["to_day"] is None and cover.to_day is not None:
        text = _("It ends on %(day)s: another period follows.")
        messages.info(request, text % {"day": write_day(cover.to_day)})


@access.page(power="patient.write")
@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Change a period; one that a card gave is only shown."""
    cover = _cover(request, pk)
    data = request.POST if request.method == "POST" and not cover.locked else None
    form = PeriodForm(data, today=request.acting.today(), cover=cover)
    if data is None or not form.is_valid():
        return _show(request, cover.patient, form, cover)
    try:
        services.change_period(cover, form.period())
    except services.OverlapError as error:
        _refused(form, error.cover)
        return _show(request, cover.patient, form, cover)
    messages.success(request, _("The changes are kept."))
    return redirect("belgium:insurability", cover.patient_id)


@access.page(power="patient.write")
@require_POST
def delete_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Delete a period, after the question the page asks."""
    cover = _cover(request, pk)
    before = services.delete_period(cover)
    messages.success(request, _("The period is deleted."))
    if before is not None:
        text = _("The period before it still ends on %(day)s: change it if it goes on.")
        messages.warning(request, text % {"day": write_day(before.to_day)})
    return redirect("belgium:insurability", cover.patient_id)

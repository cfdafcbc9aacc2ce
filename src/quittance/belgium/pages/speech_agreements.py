"""Requests for an agreement: made, changed, moved on, deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.belgium import speech as rules
from quittance.belgium.file import file_of
from quittance.belgium.forms.speech import AgreementForm, StateForm, longest_end
from quittance.belgium.law import speech as law
from quittance.belgium.models import SpeechAgreement
from quittance.belgium.pages.speech import agreement_or_404, patient_or_404
from quittance.belgium.services import speech as services
from quittance.belgium.speech import quota, requests
from quittance.belgium.speech.acts import disorder_of
from quittance.kernel.dated import day_number, day_of
from quittance.patients.models import Patient
from quittance.people import access
from quittance.people.acting import PageRequest

READ_OR_SEND = ["GET", "HEAD", "POST"]


def _blank(request: PageRequest, patient: Patient) -> SpeechAgreement:
    """Begin a request: today, for the disorder asked for; a prolongation follows the day the last one ends."""
    disorder, today = request.GET.get("disorder", ""), request.acting.today()
    row = SpeechAgreement(practice=request.acting.practice, patient=patient, begin=today)
    row.disorder = disorder if disorder in law.disorders() else next(iter(law.disorders()))
    found = quota.courses(file_of(patient).agreements, row.disorder)
    if request.GET.get("prolongs") and found:
        row.prolongs = bool(law.value("notification", max(day_number(today), law.first_day()), row.disorder).value)
        row.begin = day_of(max(quota.end_of(one) for one in found[-1].agreements)) + timedelta(days=1)
    return row


def _told(form: AgreementForm, row: SpeechAgreement) -> dict[str, Any]:
    """Say of a request, as it is typed, what would make it refused and what the file must hold."""
    typed = form.row()
    if typed is None:
        return {"reasons": ()}
    request = services.rule_of(typed)
    known = file_of(row.patient)
    others = list(known.agreements)
    if not row._state.adding and (mine := services.rule_of(_stored(row))) in others:
        others.remove(mine)
    attested = [one for one in known.sessions if disorder_of(one) == request.disorder and one.day < request.begin]
    loose = [one for one in attested if not any(course.on(one.day) for course in quota.courses(others, one.disorder))]
    last = None if quota.renews(request) or request.received else requests.deadline(loose)
    return {
        "reasons": rules.check_request(request, others),
        "doubt": services.prescriber_doubt(typed),
        "disorder": law.disorders()[request.disorder],
        "longest": day_of(requests.longest(request)),
        "deadline": None if last is None else day_of(last),
        "late": last is not None and last < day_number(form.today),
    }


def _stored(row: SpeechAgreement) -> SpeechAgreement:
    return SpeechAgreement.objects.for_(row.patient).select_related("prescriber").get(pk=row.pk)


def _show(
    request: PageRequest,
    form: AgreementForm,
    row: SpeechAgreement,
    *,
    state: StateForm | None = None,
    refused: str = "",
) -> HttpResponse:
    new = row._state.adding
    shown = row if new else _stored(row)
    context = {
        "patient": row.patient,
        "form": form,
        "row": None if new else shown,
        "states": [] if new else services.next_states(shown),
        "decision": state or (None if new else StateForm(None, request.acting.today(), shown)),
        "attested": 0 if new else len(services.attested_under(shown)),
        "refused": refused,
        **_told(form if form.is_bound else _typed(form, row), row),
    }
    bad = bool(refused) or form.is_bound or state is not None
    return render(request, "belgium/speech_agreement.html", context, status=422 if bad else 200)


def _typed(form: AgreementForm, row: SpeechAgreement) -> AgreementForm:
    """Fill the form as it is shown, so that what is on file is judged too."""
    data = {name: form[name].value() for name in form.fields}
    copy = SpeechAgreement(practice=row.practice, patient=row.patient, status=row.status)
    return AgreementForm({name: value for name, value in data.items() if value}, row.patient, copy, form.today)


@access.page(power="patient.write")
@require_http_methods(READ_OR_SEND)
def new(request: PageRequest, pk: int) -> HttpResponseBase:
    """Make a request for treatment."""
    patient = patient_or_404(request, pk)
    return _edit(request, _blank(request, patient), _("The request is kept: mark it as sent once it is."))


@access.page(power="patient.write")
@require_http_methods(READ_OR_SEND)
def change(request: PageRequest, pk: int) -> HttpResponseBase:
    """Change a request, or write the decision on it."""
    return _edit(request, agreement_or_404(request, pk), _("The changes are kept."))


def _edit(request: PageRequest, row: SpeechAgreement, done: str) -> HttpResponseBase:
    form = AgreementForm(request.POST if request.method == "POST" else None, row.patient, row, request.acting.today())
    if not form.is_bound or not form.is_valid():
        return _show(request, form, row)
    target = row if row._state.adding else _stored(row)
    target.patient = row.patient
    try:
        kept = services.keep_agreement(request.acting, target, form.values())
    except services.RefusedError as refused:
        return _show(request, form, row, refused=str(refused))
    messages.success(request, done)
    told = _told(form, kept)
    for text in [*(reason.text for reason in told["reasons"]), told["doubt"]]:
        if text:
            messages.warning(request, text)
    return redirect("belgium:speech", row.patient_id)


@access.page(power="patient.write")
@require_safe
def check_part(request: PageRequest, pk: int) -> HttpResponse:
    """Say of a request, as it is typed, what would make it refused; propose its end where its dates change."""
    patient = patient_or_404(request, pk)
    row = SpeechAgreement(practice=request.acting.practice, patient=patient)
    form = AgreementForm(request.GET, patient, row, request.acting.today())
    known = form.request()
    context = {"patient": patient, "form": form, **_told(form, row)}
    if known is not None and "propose" in request.GET:
        end = longest_end(known.disorder, day_of(known.begin), prolongs=known.prolongs)
        data = request.GET.copy()
        data["end"] = end.isoformat()
        context["form"] = AgreementForm(data, patient, row, request.acting.today())
        context["propose"] = True
    return render(request, "belgium/speech_check.html", context)


@access.page(power="patient.write")
@require_POST
def state(request: PageRequest, pk: int) -> HttpResponseBase:
    """Move a request on: sent, waiting, decided, notified."""
    row = agreement_or_404(request, pk)
    form = StateForm(request.POST, request.acting.today(), row)
    if not form.is_valid():
        return _state_refused(request, row, form, "")
    told = form.cleaned_data
    try:
        services.set_state(row, rules.Status(told["state"]), decided=told["decided"], sessions=told["sessions"])
    except services.RefusedError as refused:
        return _state_refused(request, row, form, str(refused))
    messages.success(request, _("The request is now: %(state)s.") % {"state": row.get_status_display()})
    return redirect("belgium:speech", row.patient_id)


def _state_refused(request: PageRequest, row: SpeechAgreement, form: StateForm, text: str) -> HttpResponse:
    unbound = AgreementForm(None, row.patient, row, request.acting.today())
    return _show(request, unbound, row, state=form, refused=text)


@access.page(power="patient.write")
@require_POST
def delete(request: PageRequest, pk: int) -> HttpResponseBase:
    """Delete a request under which nothing was attested, after the question that the page asks."""
    row = agreement_or_404(request, pk)
    try:
        services.delete_agreement(row)
    except services.RefusedError as refused:
        form = AgreementForm(None, row.patient, row, request.acting.today())
        return _show(request, form, row, refused=str(refused))
    messages.success(request, _("The agreement is deleted."))
    return redirect("belgium:speech", row.patient_id)

"""The Katz scale of a patient: its evaluations, a new one explained as it is scored, what became of each."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.belgium.documents.katz import notice_pdf
from quittance.belgium.forms.katz import EvaluationForm, FollowForm, WoundForm
from quittance.belgium.models import KatzEvaluation, WoundCareNotice
from quittance.belgium.nursing.model import ITEMS
from quittance.belgium.pages import katz_show
from quittance.belgium.pages.papers_parts import pdf
from quittance.belgium.services import care, nursing_choices
from quittance.belgium.services import katz as services
from quittance.belgium.services.katz_paper import notice_of
from quittance.patients.models import Patient
from quittance.people import access
from quittance.people.acting import Acting, PageRequest

READ_OR_SEND = ["GET", "HEAD", "POST"]
KEPT = ("toilets", "disoriented", "incontinent", *ITEMS)


def _patient(request: PageRequest, pk: int) -> Patient:
    rows = Patient.objects.for_(request.acting).select_related("belgian")
    return access.own_or_404(request.acting, rows, pk=pk, archived_at=None)


def _evaluation(request: PageRequest, pk: int) -> KatzEvaluation:
    rows = KatzEvaluation.objects.for_(request.acting).select_related("patient", "patient__belgian", "professional")
    return access.own_or_404(request.acting, rows, pk=pk, patient__archived_at=None)


def _choices(acting: Acting) -> list[nursing_choices.Choice]:
    return nursing_choices.choices_in(nursing_choices.preferences_of(acting))


def _billed_until(patient: Patient) -> int | None:
    days = [one.day for one in care.billed(patient) if one.kind.startswith(care.CARED)]
    return max(days, default=None)


@access.page(power="documents.read")
@require_safe
def katz(request: PageRequest, pk: int) -> HttpResponse:
    """List the evaluations of a patient and the notifications of wound care, the newest first."""
    patient = _patient(request, pk)
    return render(request, "belgium/katz_list.html", listed(request.acting, patient))


def listed(acting: Acting, patient: Patient, wound: WoundForm | None = None) -> dict[str, Any]:
    """Give what the list shows, with a notification that was refused."""
    rows, today, choices = care.katz_rows(patient), acting.today(), _choices(acting)
    return {
        "patient": patient,
        "today": today,
        "rows": [katz_show.shown(row, rows, care.billed_with(row, rows, patient), today, choices) for row in rows],
        "palliative": katz_show.palliative(patient),
        "wounds": WoundCareNotice.objects.for_(acting).filter(patient=patient),
        "wound_form": wound or WoundForm(None, today),
    }


@access.page(power="documents.write", needs_professional=True)
@require_http_methods(READ_OR_SEND)
def katz_new(request: PageRequest, pk: int) -> HttpResponseBase:
    """Score a patient; `from` begins with the scores of another evaluation."""
    patient = _patient(request, pk)
    rows = care.katz_rows(patient)
    row = _blank(patient, rows, request.GET.get("from", ""), request.acting.today())
    form = EvaluationForm(request.POST or None, request.acting.today(), row, _choices(request.acting))
    if request.method == "POST" and form.is_valid():
        try:
            services.keep_evaluation(request.acting, patient, form.cleaned_data)
        except services.RefusedError as refused:
            form.add_error("first", str(refused))
        else:
            messages.success(request, _("The evaluation is kept. Notify it, then write the day here."))
            return redirect("belgium:katz", patient.pk)
    return _scale(request, patient, form, rows, None)


def _blank(patient: Patient, rows: list[KatzEvaluation], key: str, today: date) -> KatzEvaluation:
    known = next((one for one in rows if str(one.pk) == key), None)
    kept = {name: getattr(known, name) for name in KEPT} if known else {}
    return KatzEvaluation(practice=patient.practice, patient=patient, first=today, **kept)


def _scale(
    request: PageRequest, patient: Patient, form: EvaluationForm, rows: list[KatzEvaluation], row: KatzEvaluation | None
) -> HttpResponse:
    """Show the scale, with the level of what is scored."""
    own = row.pk if row else None
    typed = form if form.is_bound else _as_typed(form, request.acting.today())
    judged = katz_show.judged(typed, rows, own, _billed_until(patient), form.choices)
    context = {"patient": patient, "form": form, "row": row, "judged": judged}
    return render(request, "belgium/katz_scale.html", context, status=422 if form.is_bound and form.errors else 200)


def _as_typed(form: EvaluationForm, today: date) -> EvaluationForm:
    """Read what the form shows at first as if it were typed, so that it is judged too."""
    data = {name: field.value() for name, field in ((one, form[one]) for one in form.fields)}
    shown = {name: value for name, value in data.items() if value not in (None, "", False)}
    return EvaluationForm(shown, today, KatzEvaluation(), form.choices)


@access.page(power="documents.write", action="view")
@require_POST
def katz_level(request: PageRequest, pk: int) -> HttpResponse:
    """Judge the scale as it is being scored; nothing is kept."""
    patient = _patient(request, pk)
    form = EvaluationForm(request.POST, request.acting.today(), KatzEvaluation(), _choices(request.acting))
    own = request.POST.get("own", "")
    key = int(own) if own.isascii() and own.isdecimal() and len(own) < 19 else None
    judged = katz_show.judged(form, care.katz_rows(patient), key, _billed_until(patient), form.choices)
    return render(request, "belgium/katz_scale.html#judged", {"judged": judged})


@access.page(power="documents.write", needs_professional=True)
@require_http_methods(READ_OR_SEND)
def katz_change(request: PageRequest, pk: int) -> HttpResponseBase:
    """Change an evaluation that is not notified yet."""
    row = _evaluation(request, pk)
    if row.sent_on is not None:
        return redirect("belgium:katz_follow", row.pk)
    form = EvaluationForm(request.POST or None, request.acting.today(), row, _choices(request.acting))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_evaluation(row, form.cleaned_data)
        except services.RefusedError as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The changes are kept."))
        return redirect("belgium:katz", row.patient_id)
    return _scale(request, row.patient, form, care.katz_rows(row.patient), row)


@access.page(power="documents.write", needs_professional=True)
@require_http_methods(READ_OR_SEND)
def katz_follow(request: PageRequest, pk: int) -> HttpResponseBase:
    """Write what became of an evaluation: notified, decided, ended; it is deleted from here too."""
    row, today = _evaluation(request, pk), request.acting.today()
    form = FollowForm(request.POST or None, today, row)
    if request.method == "POST" and form.is_valid():
        try:
            services.follow_evaluation(row, form.values())
        except services.RefusedError as refused:
            form.add_error("sent_on", str(refused))
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("belgium:katz", row.patient_id)
    rows = care.katz_rows(row.patient)
    context = {
        "patient": row.patient,
        "row": row,
        "form": form,
        "shown": katz_show.shown(row, rows, care.billed_with(row, rows, row.patient), today, _choices(request.acting)),
    }
    return render(request, "belgium/katz_follow.html", context, status=422 if form.is_bound and form.errors else 200)


@access.page(power="documents.read", action="print")
@require_safe
def katz_print(request: PageRequest, pk: int) -> HttpResponse:
    """Give the notification of an evaluation as PDF, a working copy."""
    row = _evaluation(request, pk)
    return pdf(notice_pdf(notice_of(request.acting, row)), f"katz-{row.first.isoformat()}.pdf")


@access.page(power="documents.write")
@require_POST
def katz_delete(request: PageRequest, pk: int) -> HttpResponseBase:
    """Delete an evaluation, after the question the page asks; a refusal says why."""
    row = _evaluation(request, pk)
    try:
        services.delete_evaluation(row)
    except services.RefusedError as refused:
        messages.error(request, str(refused))
        return redirect("belgium:katz_follow", row.pk)
    messages.success(request, _("The evaluation is deleted."))
    return redirect("belgium:katz", row.patient_id)

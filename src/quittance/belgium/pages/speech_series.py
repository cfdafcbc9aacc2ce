"""A series of appointments: each day with its answer, those that are paid billed in one go."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from quittance.belgium.forms.speech_session import SeriesForm
from quittance.belgium.pages.speech import about, patient_or_404, start
from quittance.belgium.services import speech_sessions as sessions
from quittance.patients.models import Patient
from quittance.people import access
from quittance.people.acting import PageRequest

PROPOSED = "10"


def _started(told: dict[str, Any], today: date) -> dict[str, Any]:
    found = start(told["known"], told["disorders"], today)
    return {**found, "kind": "individual_30", "weekdays": [str(today.weekday())], "count": PROPOSED, "holidays": "on"}


def _ticked(data: Any) -> set[date] | None:
    """Read the days that are ticked; None where the list was not shown yet."""
    if "listed" not in data:
        return None
    found = set()
    for typed in data.getlist("ticked"):
        try:
            found.add(date.fromisoformat(typed))
        except ValueError:
            continue
    return found


def _context(request: PageRequest, patient: Patient, data: Any) -> dict[str, Any]:
    told, today = about(request, patient), request.acting.today()
    form = SeriesForm(data if data and "kind" in data else _started(told, today), told["disorders"])
    context: dict[str, Any] = {"patient": patient, "form": form, "known": told["known"]}
    if form.is_valid():
        days, left_out = form.days()
        planned = sessions.plan(told["known"], form.wanted(day=form.cleaned_data["first"]), days, today, _ticked(data))
        planned = sessions.apart(patient, request.acting.professional, planned)
        context |= {"planned": planned, "left_out": left_out, **_sums(planned), "most": sessions.MOST}
    return context


def _sums(planned: Sequence[sessions.Planned]) -> dict[str, Any]:
    paid = [one for one in planned if one.chosen and one.verdict.reimbursable]
    return {
        "billable": sum(one.billable for one in planned),
        "future": sum(one.future for one in paid),
        "refused": sum(not one.verdict.reimbursable and not one.begun for one in planned),
        "apart": next((one.wanted.day for one in planned if one.apart), None),
        "alerts": list({alert.code: alert for one in reversed(planned) for alert in one.verdict.alerts}.values()),
    }


@access.page(power="patient.read")
@require_safe
def page(request: PageRequest, pk: int) -> HttpResponse:
    """Lay out a series of appointments, each day with its answer."""
    patient = patient_or_404(request, pk)
    context = _context(request, patient, request.GET)
    if not request.htmx:
        return render(request, "belgium/speech_series.html", context)
    return render(request, "belgium/speech_series_list.html", {**context, "redraw": "redraw" in request.GET})


@access.page(power="bill.write", needs_professional=True)
@require_POST
def bill(request: PageRequest, pk: int) -> HttpResponseBase:
    """Put the sessions of a series that are paid into one bill, and open it."""
    patient = patient_or_404(request, pk)
    form = SeriesForm(request.POST, about(request, patient)["disorders"])
    if not form.is_valid():
        return _refused(request, patient, _("The series is not complete: what is missing is marked."))
    wanted, (days, _left_out) = form.wanted(day=form.cleaned_data["first"]), form.days()
    try:
        made = sessions.bill(request.acting, patient, wanted, days, _ticked(request.POST))
    except sessions.RefusedError as refused:
        return _refused(request, patient, str(refused))
    _tell(request, made)
    return redirect("draft:bill", made.draft.pk)


def _refused(request: PageRequest, patient: Patient, text: str) -> HttpResponse:
    context = {**_context(request, patient, request.POST), "told": text}
    return render(request, "belgium/speech_series.html", context, status=422)


def _tell(request: PageRequest, made: sessions.Billed) -> None:
    """Say what went into the bill, and what did not."""
    if made.count:
        text = ngettext("%(n)s session is in the bill.", "%(n)s sessions are in the bill.", made.count)
        messages.success(request, text % {"n": made.count})
    waiting = sum(one.future for one in made.left)
    if waiting:
        text = ngettext("%(n)s day is still to come.", "%(n)s days are still to come.", waiting)
        messages.info(request, text % {"n": waiting} + " " + _("A session is billed once it was held."))
    apart = [one.wanted.day for one in made.left if one.apart]
    if apart:
        text = _("From %(day)s on another bill is needed: the convention status, the insurability or the fees change.")
        messages.warning(request, text % {"day": f"{min(apart):%d/%m/%Y}"})
    refused = sum(not one.verdict.reimbursable and not one.begun for one in made.left)
    if refused:
        text = ngettext(
            "%(n)s session is not reimbursed: it is left out.",
            "%(n)s sessions are not reimbursed: they are left out.",
            refused,
        )
        messages.warning(request, text % {"n": refused})

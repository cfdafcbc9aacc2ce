"""The page of speech therapy of a patient: agreements, quota, situations, and at once whether a session is paid."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quittance.belgium import speech as rules
from quittance.belgium.forms.speech_session import SessionForm
from quittance.belgium.models import SpeechAgreement, SpeechStay
from quittance.belgium.pages import speech_view as view
from quittance.belgium.services import speech as services
from quittance.belgium.services import speech_sessions as sessions
from quittance.belgium.speech.setting import PLACES
from quittance.belgium.web import BelgianWeb
from quittance.kernel.dated import day_number
from quittance.kernel.money import parse_cents
from quittance.patients.models import Patient
from quittance.people import access
from quittance.people.acting import PageRequest


def patient_or_404(request: PageRequest, pk: int) -> Patient:
    """Get a patient of a Belgian practice with his Belgian half."""
    rows = Patient.objects.for_(request.acting).select_related("belgian", "practice")
    return access.own_or_404(request.acting, rows, pk=pk, archived_at=None, practice__country="BE")


def about(request: PageRequest, patient: Patient) -> dict[str, Any]:
    """Gather what every page of the topic needs: the patient, his requests, what sessions are judged against."""
    rows = services.agreements_of(patient)
    known = sessions.known_of(request.acting, patient)
    return {"patient": patient, "rows": rows, "known": known, "disorders": view.known_disorders(rows, known)}


def start(known: sessions.Known, disorders: list[str], today: date) -> dict[str, Any]:
    """Propose a session: that of the agreement in force today, else of the newest request, where he is treated."""
    day = day_number(today)
    covering = [one for one in known.file.agreements if one.status.covers and one.begin <= day <= one.end]
    last = max(covering or known.file.agreements, key=lambda one: one.begin, default=None)
    in_hospital = known.person.stay(rules.StayKind.HOSPITAL, day) is not None
    return {
        "disorder": last.disorder if last else next(iter(disorders), ""),
        "kind": "individual_30" if covering else "assessment",
        "place": "hospital" if in_hospital else _last_place(known),
        "day": today.isoformat(),
        "first": today.isoformat(),
    }


def _last_place(known: sessions.Known) -> str:
    """The place of the last session attested, else the practice."""
    found = [one.place for one in known.file.sessions if one.place in PLACES and one.place != "hospital"]
    return found[-1] if found else "practice"


def panel(request: PageRequest, patient: Patient, told: dict[str, Any], sent: Any = None) -> dict[str, Any]:
    """Lay out the form of a session and its answer: as sent, else as is proposed."""
    today, known = request.acting.today(), told["known"]
    typed = sent or request.GET
    fresh = "kind" not in typed
    form = SessionForm(start(known, told["disorders"], today) if fresh else typed, told["disorders"])
    found: dict[str, Any] = {"form": form, "patient": patient, "known": known}
    if form.is_valid():
        found |= view.answer(known, form.wanted(), today)
        if found["verdict"].reimbursable:
            found |= priced(request, patient, found["wanted"])
    elif fresh:  # a patient without any disorder yet: asked for, no fault of hers
        form.errors.clear()
        found["fresh"] = True
    return found


def priced(request: PageRequest, patient: Patient, wanted: sessions.Wanted) -> dict[str, Any]:
    """Price a session for who works; nothing while nobody has said for whom."""
    professional = request.acting.professional
    if professional is None:
        return {}
    quote = sessions.price(patient, professional, wanted)
    if "error" in quote:
        return {"unpriced": [str(one["message"]) for one in quote["error"]]}
    (act,) = quote["acts"]
    shares = [{"label": one.label, "cents": parse_cents(act[one.role]), "css": one.css} for one in BelgianWeb.payers]
    return {"fee": parse_cents(act["fee"]), "shares": shares}


@access.page(power="patient.read")
@require_safe
def page(request: PageRequest, pk: int) -> HttpResponse:
    """Show the agreements of a patient, his quota and his situations, and judge a session."""
    return _show(request, patient_or_404(request, pk))


def _show(request: PageRequest, patient: Patient, refused: str = "") -> HttpResponse:
    told, today = about(request, patient), request.acting.today()
    stays = SpeechStay.objects.for_(request.acting).filter(patient=patient)
    context = {
        **told,
        "cards": view.cards(told["rows"], told["known"], today),
        "stays": list(stays),
        "today": today,
        "age": patient.age(today),
        "refused": refused,
        **panel(request, patient, told, request.POST),
    }
    return render(request, "belgium/speech.html", context, status=422 if refused else 200)


@access.page(power="patient.read")
@require_safe
def session_part(request: PageRequest, pk: int) -> HttpResponse:
    """Judge a session as it is typed: the answer, and the kinds of session where they may have changed."""
    patient = patient_or_404(request, pk)
    context = panel(request, patient, about(request, patient))
    return render(request, "belgium/speech_verdict.html", {**context, "redraw": "redraw" in request.GET})


@access.page(power="bill.write", needs_professional=True)
@require_POST
def bill(request: PageRequest, pk: int) -> HttpResponseBase:
    """Put one session into the bill of the patient, and open it."""
    patient = patient_or_404(request, pk)
    form = SessionForm(request.POST, about(request, patient)["disorders"])
    if not form.is_valid():
        return _show(request, patient, _("The session is not complete: what is missing is marked."))
    wanted = form.wanted()
    try:
        made = sessions.bill(request.acting, patient, wanted, [wanted.day], None)
    except sessions.RefusedError as refused:
        return _show(request, patient, str(refused))
    if made.count:
        messages.success(request, _("The session is in the bill: check it, then issue it."))
    return redirect("draft:bill", made.draft.pk)


def agreement_or_404(request: PageRequest, pk: int) -> SpeechAgreement:
    """Get an agreement of a patient who is not archived."""
    rows = SpeechAgreement.objects.for_(request.acting).select_related("patient", "practice", "prescriber")
    found = access.own_or_404(request.acting, rows, pk=pk, patient__archived_at=None)
    found.patient.practice = request.acting.practice
    return found

"""Begin a bill: find the patient, or go on with a draft."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from quittance.billing.models import Draft
from quittance.billing.reach import drafts
from quittance.billing.services import beside
from quittance.billing.services.drafts import draft_for, drop_draft
from quittance.kernel.country import countries
from quittance.patients.models import Patient
from quittance.patients.search import patients as find
from quittance.people.access import own_or_404, page
from quittance.people.acting import Acting, PageRequest

SHOWN, DRAFTS = 8, 6
FORGOTTEN = timedelta(days=60)


@page(power="bill.write", needs_professional=True)
@require_GET
def new(request: PageRequest) -> HttpResponse:
    """Ask for the patient; drafts not finished are one tap away. A country without prices yet says so."""
    if not _priced(request.acting):
        return render(request, "billing/draft_unpriced.html")
    context = {
        "patients": find(request.acting, limit=SHOWN),
        "drafts": _drafts(request.acting),
        "day": request.acting.today(),
    }
    return render(request, "billing/draft_new.html", context)


@page(power="bill.write", needs_professional=True)
@require_GET
def patients(request: PageRequest) -> HttpResponse:
    """List the patients for what is typed, the ones seen lately first."""
    words = request.GET.get("q", "")[:80]
    context = {"patients": find(request.acting, words, limit=SHOWN), "words": words, "day": request.acting.today()}
    return render(request, "billing/draft_patients.html", context)


@page(power="bill.write", needs_professional=True)
@require_POST
def start(request: PageRequest) -> HttpResponse:
    """Open the draft of a patient: the one begun, else a new one."""
    patient = own_or_404(request.acting, Patient, pk=request.POST.get("patient"), archived_at=None)
    if not _priced(request.acting):
        return redirect("draft:new")
    return redirect("draft:bill", pk=draft_for(request.acting, patient).pk)


@page(power="bill.write", needs_professional=True)
@require_POST
def delete(request: PageRequest, pk: int) -> HttpResponse:
    """Throw a draft away: the page has asked before."""
    drop_draft(request.acting, own_or_404(request.acting, drafts(request.acting), pk=pk))
    return redirect("draft:new")


def _priced(acting: Acting) -> bool:
    """Say whether the practice's country has prices: one may know its people before."""
    return acting.practice.country in countries()


def _drafts(acting: Acting) -> list[tuple[Draft, str]]:
    """List the drafts begun lately that hold an act, each with its acts in one line."""
    since = timezone.now() - FORGOTTEN
    rows = drafts(acting).filter(professional=acting.professional, updated_at__gte=since)
    found = rows.exclude(patient=None).select_related("patient", "substitute").order_by("-updated_at")[: 3 * DRAFTS]
    return [(one, beside.named(one.input)) for one in found if one.has_lines][:DRAFTS]

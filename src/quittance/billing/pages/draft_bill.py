"""The bill page: one form, one request for each change, answered by the parts that it may have changed."""

from __future__ import annotations

import copy
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from quittance.billing.models import Bill, Draft
from quittance.billing.pages import draft_beside, draft_view
from quittance.billing.pages.draft_actions import act_on
from quittance.billing.pages.draft_parts import Sheet
from quittance.billing.pages.draft_sheet import draft_or_404, keep, page_of, price, sheet_of
from quittance.billing.services.drafts import situations
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill, issued_with
from quittance.patients.services import touch_patient
from quittance.people.access import page
from quittance.people.acting import PageRequest
from quittance.web.country import country_web

ISSUE, WHY = "issue", "why:"


@page(power="bill.write", needs_professional=True)
@require_http_methods(["GET", "POST"])
def bill(request: PageRequest, pk: int) -> HttpResponse:
    """Show a draft, or take a change of it."""
    if request.method == "POST":
        return _change(request, pk)
    sheet = sheet_of(draft_or_404(request.acting, pk))
    opened = request.GET.get("why", "")
    price(sheet, trace=bool(opened))
    return render(request, "billing/draft.html", _whole(request, sheet, opened))


def _whole(request: PageRequest, sheet: Sheet, opened: str = "") -> dict[str, Any]:
    """Add to what a change may change what only the whole page shows."""
    web = country_web(sheet.draft.country)
    return {
        **draft_view.context(sheet, opened),
        "chips": web.chips(sheet.patient, sheet.day),
        "insured": page_of(sheet).facts(sheet.patient),
        "quick": draft_view.quick(request.acting, sheet),
        "situations": situations(request.acting, sheet.draft.professional),
    }


def _change(request: PageRequest, pk: int) -> HttpResponse:
    """Read the form into the draft, do what the button says, price, keep, and answer with the parts."""
    do = request.POST.get("do", "")
    done = _already(request, pk) if do == ISSUE else None
    if done is not None:
        return _leave(request, done)
    draft = draft_or_404(request.acting, pk)
    if request.POST.get("version") != str(draft.version):
        return _stale(request, draft)
    before = copy.deepcopy(draft.input)
    sheet = sheet_of(draft)
    sheet.open_act = request.POST.get("open", "")
    sheet.input = page_of(sheet).read(request.POST, sheet)
    draft_beside.read(request.POST, sheet)
    opened = do.removeprefix(WHY) if do.startswith(WHY) else request.POST.get("why", "")
    act_on(request.acting, sheet, do)
    price(sheet, trace=bool(opened))
    if not keep(request.acting, sheet, before, tell=do != ISSUE):
        return _stale(request, draft)
    if do == ISSUE:
        return _issue(request, sheet, opened)
    return _answer(request, sheet, opened)


def _answer(request: PageRequest, sheet: Sheet, opened: str, refusals: list[str] | None = None) -> HttpResponse:
    """Answer with the parts; a browser without script gets the whole page again."""
    if not request.htmx and not refusals:
        address = reverse("draft:bill", args=[sheet.draft.pk])
        return redirect(f"{address}?why={opened}" if opened else address)
    context = draft_view.context(sheet, opened) | {"oob": True, "refusals": refusals or []}
    if request.htmx:
        return render(request, "billing/draft_parts.html", context, status=422 if refusals else 200)
    return render(request, "billing/draft.html", _whole(request, sheet, opened) | {"refusals": refusals}, status=422)


def _already(request: PageRequest, pk: int) -> Bill | None:
    """Find the bill that this form has issued: a double tap leads to it."""
    if Draft.objects.for_(request.acting).filter(pk=pk).exists():
        return None
    return issued_with(request.acting, request.POST.get("key", ""))


def _issue(request: PageRequest, sheet: Sheet, opened: str) -> HttpResponse:
    """Issue the bill, or say every reason why not."""
    reasons = draft_view.reasons(sheet)
    if reasons:
        return _answer(request, sheet, opened, reasons)
    try:
        made = issue_bill(request.acting, sheet.draft, str(sheet.draft.key), sheet.draft.version)
    except RefusedError as refused:
        return _answer(request, sheet, opened, [one["message"] for one in refused.problems])
    touch_patient(sheet.patient)
    return _leave(request, made)


def _leave(request: PageRequest, made: Bill) -> HttpResponse:
    """Go on to the payment of the bill."""
    address = reverse("billing:summary", args=[made.pk])
    if not request.htmx:
        return redirect(address)
    response = HttpResponse(status=204)
    response["HX-Redirect"] = address
    return response


def _stale(request: PageRequest, draft: Draft) -> HttpResponse:
    """Tell that another window has changed the draft: nothing of it is overwritten."""
    text = _("This draft was changed in another window. Your last change was not kept: load the draft again to go on.")
    context = {"draft": draft, "stale": text, "oob": True}
    if request.htmx:
        return render(request, "billing/draft_stale.html", context, status=422)
    return render(request, "billing/draft_stale_page.html", context, status=409)


@page(power="bill.write", needs_professional=True)
@require_GET
def acts(request: PageRequest, pk: int) -> HttpResponse:
    """List the acts for what is typed, of one category where it is chosen; without words, those billed lately."""
    sheet = sheet_of(draft_or_404(request.acting, pk))
    words = request.GET.get("q", "")[:80]
    recent = draft_view.recent_codes(request.acting, sheet)
    found = page_of(sheet).search(words, sheet, recent, request.GET.get("category", "")[:20])
    return render(request, "billing/draft_acts.html", {"found": found, "words": words, "draft": sheet.draft})

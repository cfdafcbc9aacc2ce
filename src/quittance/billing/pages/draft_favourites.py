"""Favourites of a professional: keep the acts of a draft under a name, look them over, take one away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from quittance.billing.models import Favourite
from quittance.billing.pages.draft_sheet import draft_or_404, page_of, sheet_of
from quittance.billing.services import beside
from quittance.billing.services.drafts import drop_favourite, keep_favourite
from quittance.people.access import own_or_404, page
from quittance.people.acting import PageRequest

LONGEST = 80


@page(power="bill.write", needs_professional=True)
@require_POST
def save(request: PageRequest, pk: int) -> HttpResponse:
    """Keep the acts of a draft as a favourite; the same name again replaces it."""
    sheet = sheet_of(draft_or_404(request.acting, pk))
    label = " ".join(request.POST.get("label", "").split())[:LONGEST]
    if not label or not sheet.lines:
        messages.error(request, _("A favourite needs a name and at least one act. Nothing was kept."))
        return redirect("draft:bill", pk=pk)
    acts, _settled = page_of(sheet).like({"draft": sheet.input})
    keep_favourite(request.acting, sheet.professional, label, acts, beside.like(sheet.input))
    messages.success(request, _("“%s” is now one of your favourites.") % label)
    return redirect("draft:bill", pk=pk)


@page(power="bill.write", needs_professional=True)
@require_GET
def favourites(request: PageRequest) -> HttpResponse:
    """List the favourites of the professional."""
    rows = Favourite.objects.for_(request.acting).filter(professional=request.acting.professional)
    found = [(one, beside.named(one.input)) for one in rows]
    return render(request, "billing/draft_favourites.html", {"favourites": found})


@page(power="bill.write", needs_professional=True)
@require_POST
def remove(request: PageRequest, pk: int) -> HttpResponse:
    """Take a favourite away: the page has asked before."""
    rows = Favourite.objects.for_(request.acting).filter(professional=request.acting.professional)
    drop_favourite(request.acting, own_or_404(request.acting, rows, pk=pk))
    return redirect("draft:favourites")

"""Bill in another situation of the professional (situation d'exercice): its number, its series, its terms."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from quittance.billing.pages.draft_sheet import draft_or_404
from quittance.billing.services.drafts import choose_situation
from quittance.people.access import page
from quittance.people.acting import PageRequest


@page(power="bill.write", needs_professional=True)
@require_POST
def situation(request: PageRequest, pk: int) -> HttpResponse:
    """Choose the situation of a draft; one that is not his, or closed, does not exist."""
    draft, typed = draft_or_404(request.acting, pk), request.POST.get("situation", "")
    if not typed.isdecimal() or not choose_situation(request.acting, draft, int(typed)):
        raise Http404
    messages.success(request, _("The amounts are figured for the situation chosen."))
    return redirect("draft:bill", pk)

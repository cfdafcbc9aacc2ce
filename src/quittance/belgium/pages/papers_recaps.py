"""Recaps of the mutualities: what is to be sent, until when, what was printed."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quittance.belgium.documents.recap import account_text
from quittance.belgium.models import RecapList
from quittance.belgium.pages.papers_parts import MONTH, month_of, paperless, pdf, reached, request_of, tell
from quittance.belgium.services import recaps
from quittance.billing.services.errors import RefusedError
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.powers import may

SHOWN = 60


@access.page(power="bill.read", needs_professional=True)
@require_safe
def list_page(request: PageRequest) -> HttpResponse:
    """Show what is to be sent by mutuality and month, with the last day, and the lists made so far."""
    acting, professional = request.acting, request.acting.professional
    assert professional is not None
    made = RecapList.objects.for_(acting).filter(professional=professional).prefetch_related("certificates")
    context = {
        "due": recaps.due(acting, professional, acting.today()),
        "recaps": [_row(one) for one in made[:SHOWN]],
        "account": recaps.account_of(professional, acting.today()),
        "professional": professional,
        "rule": paperless(professional, acting.today()),
        "may_print": may(acting, "bill.issue"),
    }
    return render(request, "belgium/papers_recaps.html", context)


def _row(one: RecapList) -> dict[str, Any]:
    rows = list(one.certificates.all())
    return {
        "recap": one,
        "name": recaps.name_of(one.mutuality, rows),
        "count": len(rows),
        "cents": sum(row.insurer_cents for row in rows),
    }


@access.page(power="bill.issue", needs_professional=True)
@require_POST
def write(request: PageRequest) -> HttpResponseBase:
    """Make the list of a mutuality and a month; its page offers the document."""
    professional, month = request.acting.professional, request.POST.get("month", "")
    assert professional is not None
    if not MONTH.fullmatch(month):
        raise Http404
    try:
        made = recaps.write_recap(
            request.acting,
            professional,
            request.POST.get("mutuality", "")[:3],
            month_of(month, request.acting.today()),
        )
    except RefusedError as refused:
        tell(request, refused)
        return redirect("belgium:recaps")
    return redirect("belgium:recap", made.pk)


def _recap(request: PageRequest, pk: int) -> RecapList:
    return access.own_or_404(request.acting, reached(request.acting, RecapList), pk=pk)


@access.page(power="bill.read")
@require_safe
def detail(request: PageRequest, pk: int) -> HttpResponse:
    """Show a list with its certificates."""
    recap = _recap(request, pk)
    rows = recaps.held_by(request.acting, recap)
    context = {
        **_row(recap),
        "certificates": rows,
        "voided": sum(one.void_at is not None for one in rows),
        "last_day": recaps.last_day(recap),
        "account": account_text(recap.account),
        "key": uuid.uuid4(),
        "may_print": may(request.acting, "bill.issue"),
    }
    return render(request, "belgium/papers_recap.html", context)


@access.page(power="bill.issue")
@require_POST
def print_page(request: PageRequest, pk: int) -> HttpResponse:
    """Give the list as PDF in its copies; from the second time on it is marked as a duplicate."""
    recap = _recap(request, pk)
    try:
        found = recaps.print_recap(request.acting, recap, request_of(request))
    except RefusedError as refused:
        tell(request, refused)
        return redirect("belgium:recap", pk)
    name = _("recap-%(mutuality)s-%(month)s.pdf") % {"mutuality": recap.mutuality, "month": f"{recap.month:%Y-%m}"}
    return pdf(found, name)

"""Certificates of a month: what waits, what was written, one document to print."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from quittance.belgium.models import CareCertificate
from quittance.belgium.pages.papers_parts import lacks, month_of, moved, paperless, pdf, reached, request_of, tell
from quittance.belgium.services import booklets, papers, recaps
from quittance.belgium.services.certificates import certificates, print_certificates, write_certificates
from quittance.billing.services.errors import RefusedError
from quittance.people import access
from quittance.people.acting import Acting, PageRequest
from quittance.people.models import Professional
from quittance.people.powers import may

MOST = 300
"""Certificates printed at once."""


@access.page(power="bill.read", needs_professional=True)
@require_safe
def month_page(request: PageRequest) -> HttpResponse:
    """Show the month: bills without certificate by patient, certificates, sheets left."""
    acting, professional = request.acting, _professional(request)
    month = month_of(request.GET.get("month"), acting.today())
    written = list(certificates(acting, professional).filter(month=month))
    context = {
        "month": month,
        "previous": moved(month, -1),
        "next": moved(month, 1),
        "professional": professional,
        "rule": paperless(professional, acting.today()),
        "certificates": written,
        "unprinted": [one for one in written if not one.prints and not one.void_at],
        "gone": [one for one in written if one.bill_gone],
        "key": uuid.uuid4(),
        "may_print": may(acting, "bill.issue"),
        **_waiting(acting, professional, month),
        **_around(acting, professional, month),
    }
    return render(request, "belgium/papers_month.html", context)


def _professional(request: PageRequest) -> Professional:
    found = request.acting.professional
    assert found is not None
    return found


def _waiting(acting: Acting, professional: Professional, month: date) -> dict[str, Any]:
    """What may be printed now, on which sheets, and what lacks a mention."""
    packs = papers.waiting(acting, professional, acting.today(), month=month)
    ready = papers.printable(packs)
    count = sum(len(one.parts) for one in ready)
    coming = booklets.coming(acting, professional, count, acting.today())
    return {
        "packs": packs,
        "ready": ready,
        "count": count,
        "blocked": [(one, lacks(one)) for one in packs if one.lacking],
        "sheets": booklets.shown(coming),
        "short": count - len(coming),
    }


def _around(acting: Acting, professional: Professional, month: date) -> dict[str, Any]:
    """What is beside the month: sheets left, other months, lists to send."""
    today = acting.today()
    left = booklets.left(acting, professional, today)
    electronic = paperless(professional, today)
    others = [] if electronic else papers.months_waiting(acting, professional, today)
    return {
        "left": left,
        "few": left < booklets.FEW,
        "has_booklets": booklets.booklets_of(acting, professional).exists(),
        "others": [one for one in others if one != month],
        "due": recaps.due(acting, professional, today),
    }


@access.page(power="bill.issue", needs_professional=True)
@require_POST
def write(request: PageRequest) -> HttpResponseBase:
    """Write the certificates of the month that lack nothing; the page then offers the document."""
    acting, professional = request.acting, _professional(request)
    month = month_of(request.POST.get("month"), acting.today())
    try:
        made = write_certificates(acting, professional, month=month)
    except RefusedError as refused:
        tell(request, refused)
    else:
        _told(request, len(made))
    return redirect(f"{reverse('belgium:papers')}?month={month:%Y-%m}")


def _told(request: PageRequest, count: int) -> None:
    if not count:
        messages.info(request, _("Nothing was left to write: every certificate that may be written already is."))
        return
    text = ngettext(
        "One certificate has its number. Download the document and print it on its sheet.",
        "%(count)s certificates have their numbers. Download the document and print it on their sheets.",
        count,
    )
    messages.success(request, text % {"count": count})


@access.page(power="bill.issue")
@require_POST
def print_page(request: PageRequest) -> HttpResponseBase:
    """Give the chosen certificates as one PDF; what was printed before is marked as a duplicate."""
    acting = request.acting
    back = month_of(request.POST.get("month"), acting.today())
    rows = _chosen(acting, request.POST.getlist("certificate"))
    try:
        found = print_certificates(acting, rows[0].professional, [one.pk for one in rows], request_of(request))
    except RefusedError as refused:
        tell(request, refused)
        return redirect(f"{reverse('belgium:papers')}?month={back:%Y-%m}")
    return pdf(found, _("certificates-%(month)s.pdf") % {"month": f"{back:%Y-%m}"})


def _chosen(acting: Acting, typed: list[str]) -> list[CareCertificate]:
    """Get the chosen certificates; one of another practice, or none at all, is 404."""
    keys = {int(key) for key in typed[:MOST] if key.isascii() and key.isdecimal() and len(key) < 19}
    rows = list(reached(acting, CareCertificate).filter(pk__in=keys))
    if not rows or len(rows) != len(set(typed)):
        raise Http404
    return rows

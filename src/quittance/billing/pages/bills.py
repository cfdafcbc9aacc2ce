"""The list of bills."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from quittance.billing.listing import PAGE, PERIODS, STATES, Wanted, found, state_chip, totals, with_colleagues
from quittance.billing.reach import bills
from quittance.people import access
from quittance.people.acting import PageRequest


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def wanted_of(request: PageRequest) -> Wanted:
    """Read the filter from the address; a word that is not known filters nothing."""
    given = request.GET
    state, period = given.get("state", ""), given.get("period", "")
    return Wanted(
        words=given.get("q", "")[:100],
        state=state if state in STATES else "",
        period=period if period in PERIODS else "",
        first=_day(given.get("first", "")),
        last=_day(given.get("last", "")),
    )


def _row(bill: Any) -> dict[str, Any]:
    asked = 0 if bill.cancelled else bill.patient_cents - bill.waived_cents
    chip = state_chip(cancelled=bill.cancelled, left_cents=bill.left, paid_cents=bill.paid, asked_cents=asked)
    return {"bill": bill, "chip": chip, "left_cents": bill.left}


def page_links(request: PageRequest, number: int) -> str:
    """Give the address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


@access.page(power="bill.read")
@require_safe
def bill_list(request: PageRequest) -> HttpResponse:
    """Show the bills, 25 a page; with htmx, only the part below the filter.

    Opened without a filter it shows older bills where the last months have none.
    """
    wanted, today = wanted_of(request), request.acting.today()
    rows = found(request.acting, wanted, today)
    sums = totals(rows)
    if not sums.count and not request.GET:
        wanted = replace(wanted, period="all")
        rows = found(request.acting, wanted, today)
        sums = totals(rows)
    pages = Paginator(with_colleagues(request.acting, rows), PAGE)
    pages.count = sums.count  # the totals have already counted
    page = pages.get_page(request.GET.get("page"))
    context = {
        "wanted": wanted,
        "states": STATES.items(),
        "periods": PERIODS.items(),
        "rows": [_row(bill) for bill in page],
        "page": page,
        "totals": sums,
        "previous": page_links(request, page.number - 1) if page.has_previous() else "",
        "next": page_links(request, page.number + 1) if page.has_next() else "",
        "empty": not sums.count and not bills(request.acting).exists(),
    }
    part = "#found" if request.htmx and not request.htmx.history_restore_request else ""
    return render(request, f"billing/list.html{part}", context)

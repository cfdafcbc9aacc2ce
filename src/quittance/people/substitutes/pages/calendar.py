"""The calendar of a pair: choose the days, have the holder confirm them, untick the holder."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from quittance.people import access
from quittance.people.accounts import credentials
from quittance.people.acting import PageRequest
from quittance.people.models import Substitution
from quittance.people.substitutes import days, reach, services
from quittance.people.substitutes.calendar import days_of, month_of
from quittance.people.substitutes.forms import days_in, month_in

POWER = "substitute.manage"


def _pair(request: PageRequest, pk: int) -> Substitution:
    """Get a pair whose days one may set: a holder's own, any for the owner; others do not exist."""
    return access.own_or_404(request.acting, reach.substitutions(request.acting), pk=pk, deactivated_at=None)


def _address(pair: Substitution, month: date) -> str:
    return f"{reverse('substitutes:days', args=[pair.pk])}?month={month:%Y-%m}"


def _shown(
    request: PageRequest, pair: Substitution, month: date, *, ticked: set[date] | None = None, **more: Any
) -> HttpResponse:
    """Show a month, and what waits for the holder."""
    today = request.acting.today()
    waiting = days.waiting(pair.days.all(), today)
    holder = pair.holder.user
    context = {
        "pair": pair,
        "month": month_of(pair, month, today, ticked),
        "waiting": waiting,
        "ways": credentials.ways(request, holder) if waiting and holder else None,
        "mine": holder is not None and holder.pk == request.user.pk,
    }
    status = 422 if "error" in more or "refused" in more else 200
    return render(request, "substitutes/days.html", context | more, status=status)


@access.page(power=POWER)
@require_http_methods(["GET", "HEAD", "POST"])
def days_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Show a month, or set its days; going on to another month keeps those of this one."""
    pair = _pair(request, pk)
    month = month_in(request.POST.get("month") or request.GET.get("month", ""), request.acting.today())
    if request.method != "POST":
        return _shown(request, pair, month)
    ticked = days_in(request.POST)
    try:
        added = services.choose_days(request.acting, pair, days_of(month), ticked)
    except services.SubstitutionError as refused:
        return _shown(request, pair, month, ticked=ticked, refused=str(refused))
    if not request.POST.get("go"):
        _say(request, pair, len(added))
    return redirect(_address(pair, month_in(request.POST.get("go", ""), month)))


def _say(request: PageRequest, pair: Substitution, added: int) -> None:
    if not added:
        return messages.success(request, _("The days are kept."))
    text = ngettext(
        "%(n)d day is kept. It counts once %(holder)s has confirmed it, below.",
        "%(n)d days are kept. They count once %(holder)s has confirmed them, below.",
        added,
    )
    return messages.success(request, text % {"n": added, "holder": pair.holder})


@access.page(power=POWER)
@sensitive_post_parameters()
@require_POST
def confirm_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Take the proof of the holder: the days shown count from now on."""
    pair = _pair(request, pk)
    month = month_in(request.POST.get("month", ""), request.acting.today())
    if pair.holder.user is None:
        text = _("%(holder)s has no account, and so cannot confirm. Open one first: “Practice and access”.")
        return _shown(request, pair, month, refused=text % {"holder": pair.holder})
    try:
        proof = credentials.prove(pair.holder.user, request.POST)
        count = services.confirm_days(request.acting, pair, days_in(request.POST), proof)
    except credentials.CredentialError as refused:
        return _shown(request, pair, month, error=refused)
    except services.SubstitutionError as refused:
        return _shown(request, pair, month, refused=str(refused))
    text = ngettext("%(n)d day is confirmed: it counts.", "%(n)d days are confirmed: they count.", count)
    messages.success(request, text % {"n": count})
    return redirect(_address(pair, month))


@access.page(power=POWER)
@require_POST
def untick_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Untick the holder, after the question of the page."""
    pair = _pair(request, pk)
    services.deactivate(request.acting, pair)
    text = _("%(name)s no longer replaces %(holder)s.")
    messages.success(request, text % {"name": pair.substitute.full_name, "holder": pair.holder})
    return redirect("substitutes:detail", pair.substitute_id)

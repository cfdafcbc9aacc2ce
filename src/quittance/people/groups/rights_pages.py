"""Pages of access rights: the table of users and rights, and its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quittance.people import access
from quittance.people.acting import Acting, PageRequest
from quittance.people.country import scopes_of
from quittance.people.groups import rights
from quittance.people.groups.pages import member_or_404, organisation_or_404
from quittance.people.groups.services import RefusedError
from quittance.people.groups.standing import organisation_of
from quittance.people.models import OrganisationMember

Verb = Callable[[Acting, OrganisationMember, str], Any]
PAGE, LATEST = 50, 6


def _page(request: PageRequest, refused: str = "") -> HttpResponse:
    organisation = organisation_or_404(request)
    scopes, rows = rights.table(organisation)
    latest = list(rights.all_rights(organisation)[:LATEST])
    context = {
        "organisation": organisation,
        "scopes": scopes,
        "rows": rows,
        "told": rights.history(latest, organisation.practice.country)[:LATEST],
        "refused": refused,
    }
    return render(request, "groups/rights.html", context, status=422 if refused else 200)


@access.page(power="right.manage")
@require_safe
def table(request: PageRequest) -> HttpResponseBase:
    """Cross users and rights; a practice that is no organisation has none."""
    if organisation_of(request.acting) is None:
        return redirect("groups:home")
    return _page(request)


def _change(request: PageRequest, pk: int, scope: str, verb: Verb, text: str) -> HttpResponseBase:
    member = member_or_404(request, pk)
    found = scopes_of(member.practice.country).get(scope)
    if found is None:
        raise Http404
    try:
        verb(request.acting, member, scope)
    except RefusedError as refused:
        return _page(request, str(refused))
    messages.success(request, text % {"name": member.user, "right": found.short})
    return redirect("groups:rights")


@access.page(power="right.manage")
@require_POST
def give(request: PageRequest, pk: int, scope: str) -> HttpResponseBase:
    """Give a right to a user."""
    return _change(request, pk, scope, rights.give, _("%(name)s has the right “%(right)s”."))


@access.page(power="right.manage")
@require_POST
def take(request: PageRequest, pk: int, scope: str) -> HttpResponseBase:
    """Take a right back."""
    text = _("The right “%(right)s” of %(name)s is taken back: it counts at once.")
    return _change(request, pk, scope, rights.take, text)


@access.page(power="organisation.read")
@require_safe
def history(request: PageRequest) -> HttpResponse:
    """Tell every right given and taken back."""
    organisation = organisation_or_404(request)
    page = Paginator(rights.all_rights(organisation), PAGE).get_page(request.GET.get("page"))
    told = rights.history(list(page.object_list), organisation.practice.country)
    return render(request, "groups/history.html", {"told": told, "page": page})

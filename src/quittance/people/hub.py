"""The page of what surrounds the work: people, access, journal, one's account; each card for whoever has the power."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.country import scopes_of
from quittance.people.powers import may


@dataclass(frozen=True, slots=True)
class Door:
    """A page to open, who may, and what it is for; left out for who has the power `unless`: another door shows more.

    `with_scopes`: only where the country knows what may be entrusted.
    """

    route: str
    power: str
    icon: str
    label: Any
    about: Any
    unless: str = ""
    with_scopes: bool = False


DOORS = (
    Door(
        "professionals:list",
        "professional.list",
        "identification",
        _("Professionals"),
        _("Numbers, situations, accounts, preferences."),
    ),
    Door(
        "professionals:mine",
        "record.read",
        "user",
        _("Own record"),
        _("What the authority holds of a professional."),
        unless="professional.list",
    ),
    Door(
        "members:list",
        "member.manage",
        "users",
        _("Members"),
        _("Who works in the practice, in which role, from when."),
    ),
    Door(
        "substitutes:list",
        "substitute.manage",
        "calendar-days",
        _("Substitutes"),
        _("Who replaces whom, and on which days."),
    ),
    Door(
        "mandates:list",
        "practice.work",
        "document-check",
        _("Mandates"),
        _("Who works in somebody's name, both having signed."),
    ),
    Door(
        "groups:home",
        "organisation.read",
        "building-office-2",
        _("Organisation"),
        _("Company, group or institution: managers, users, record."),
        with_scopes=True,
    ),
    Door(
        "groups:rights",
        "right.manage",
        "key",
        _("Access rights"),
        _("Billing, insurability, documents: given and taken back."),
        with_scopes=True,
    ),
    Door(
        "journal:list",
        "audit.read",
        "book-open",
        _("Journal"),
        _("Who saw or did what, when and from where."),
    ),
    Door(
        "accounts:own",
        "practice.work",
        "finger-print",
        _("My account"),
        _("Password, second factors, PIN, sessions."),
    ),
)


def _url(route: str) -> str:
    """Give the address of a page, empty while there is none."""
    try:
        return str(reverse(route))
    except NoReverseMatch:
        return ""


@access.page(power="practice.work")
@require_safe
def practice(request: PageRequest) -> HttpResponse:
    """Open what the powers open."""
    acting = request.acting
    scopes = bool(scopes_of(acting.practice.country))
    allowed = [
        one
        for one in DOORS
        if may(acting, one.power) and not (one.unless and may(acting, one.unless)) and scopes >= one.with_scopes
    ]
    doors = [(url, one) for one in allowed if (url := _url(one.route))]
    return render(request, "people/practice.html", {"doors": doors})

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
from quittance.people.powers import may


@dataclass(frozen=True, slots=True)
class Door:
    """A page to open: its routes in order of preference, who may, and what it is for."""

    routes: tuple[str, ...]
    power: str
    icon: str
    label: Any
    about: Any


DOORS = (
    Door(
        ("professionals:list", "professionals:home"),
        "professional.list",
        "identification",
        _("Professionals"),
        _("Numbers, situations, accounts, preferences."),
    ),
    Door(
        ("professionals:own", "professionals:record"),
        "record.read",
        "user",
        _("Own record"),
        _("What the authority holds of a professional."),
    ),
    Door(
        ("professionals:members", "members:list"),
        "member.manage",
        "users",
        _("Members"),
        _("Who works in the practice, in which role, from when."),
    ),
    Door(
        ("substitutes:list", "substitutes:home"),
        "substitute.manage",
        "calendar-days",
        _("Substitutes"),
        _("Who replaces whom, and on which days."),
    ),
    Door(
        ("mandates:list", "mandates:home"),
        "practice.work",
        "document-check",
        _("Mandates"),
        _("Who works in somebody's name, both having signed."),
    ),
    Door(
        ("groups:home",),
        "organisation.read",
        "building-office-2",
        _("Organisation"),
        _("Company, group or institution: managers, users, record."),
    ),
    Door(
        ("groups:rights",),
        "right.manage",
        "key",
        _("Access rights"),
        _("Billing, insurability, documents: given and taken back."),
    ),
    Door(
        ("journal:list",),
        "audit.read",
        "book-open",
        _("Journal"),
        _("Who saw or did what, when and from where."),
    ),
    Door(
        ("accounts:own",),
        "practice.work",
        "finger-print",
        _("My account"),
        _("Password, second factors, PIN, sessions."),
    ),
)


def _url(routes: tuple[str, ...]) -> str:
    """Give the address of the first route there is, empty while there is none."""
    for name in routes:
        try:
            return str(reverse(name))
        except NoReverseMatch:
            continue
    return ""


@access.page(power="practice.work")
@require_safe
def practice(request: PageRequest) -> HttpResponse:
    """Open what the powers open."""
    doors = [(_url(one.routes), one) for one in DOORS if may(request.acting, one.power)]
    return render(request, "people/practice.html", {"doors": [(url, one) for url, one in doors if url]})

"""Pages of no room: home, the component sheet, and the error pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.mandates.shown import ending
from quittance.people.powers import may

# The first page of the day's work that the powers open; whoever may open none of them manages, or has a record.
FIRST = (
    ("draft:new", "bill.write"),
    ("patients:list", "patient.read"),
    ("billing:list", "bill.read"),
    ("professionals:mine", "record.read"),
    ("people:practice", "practice.work"),
    ("web:components", "practice.work"),
)


@access.page(power="practice.work")
@require_safe
def home(request: PageRequest) -> HttpResponseBase:
    """Open where the day's work is, and remind of mandates that end soon."""
    for one in ending(request.user):
        text = _("The mandate “%(label)s” with %(other)s ends on %(day)s (%(left)s).")
        day = one.mandate.to_day.strftime("%d/%m/%Y") if one.mandate.to_day else ""
        messages.warning(request, text % {"label": one.label, "other": one.other, "day": day, "left": one.left})
    if request.acting.is_off:
        return access.refused(request, request.acting)
    for name, power in FIRST:
        try:
            if may(request.acting, power):
                return redirect(reverse(name))
        except NoReverseMatch:
            continue
    return redirect("web:components")


@access.page(power="practice.work")
@require_safe
def components(request: PageRequest) -> HttpResponse:
    """Show every component once: for those who write pages, and for the test of accessibility."""
    shares = [
        {"label": "Caisse", "cents": 3134, "css": "compulsory"},
        {"label": "Mutuelle", "cents": 1343, "css": "complementary"},
        {"label": "Patient", "cents": 0, "css": "patient"},
    ]
    return render(request, "web/components.html", {"shares": shares, "total": 4477})


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that the role does not allow this page."""
    return render(request, "web/refused.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Say that the page does not exist, or not in this practice."""
    return render(request, "web/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours and nothing was lost."""
    return render(request, "web/broken.html", status=500)

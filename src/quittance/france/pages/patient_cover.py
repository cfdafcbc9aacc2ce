"""France's part of the cover page: the form, the year's button, the formula picker, and a cover in one line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import uuid4

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from quittance.france import law
from quittance.france.cover_form import FrenchCoverForm
from quittance.france.models import FrenchCover
from quittance.france.words import days_left, find_formulas, formula_text, percent
from quittance.patients.models import Cover
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.web.country import Chip
from quittance.web.templatetags.quittance import day as write_day
from quittance.web.templatetags.quittance import euros


def form(data: Any, _patient: Model, cover: Model | None) -> FrenchCoverForm:
    """Give the form of a complementary contract."""
    return FrenchCoverForm(data, cover if isinstance(cover, Cover) else None)


@access.page(power="patient.read")
@require_safe
def year_part(request: PageRequest) -> HttpResponse:
    """Fill the period with the current year."""
    year = request.acting.today().year
    filled = FrenchCoverForm({"from_day": date(year, 1, 1), "to_day": date(year, 12, 31)})
    return render(request, "france/cover_form.html#period", {"form": filled, "quiet": True})


@access.page(power="patient.read")
@require_safe
def formulas_part(request: PageRequest) -> HttpResponse:
    """List the formulas whose code or words start as typed."""
    found = [(formula, formula_text(formula)) for formula in find_formulas(request.GET.get("formula_search", ""))]
    return render(request, "france/formulas.html", {"formulas": found, "all": len(law.formulas())})


@access.page(power="patient.read")
@require_safe
def formula_part(request: PageRequest, code: str) -> HttpResponse:
    """Show the formula chosen with the parameters it reads; what was typed of them stays."""
    if code not in law.formulas():
        raise Http404
    typed = {name: value for name, value in request.GET.items() if value}
    chosen = FrenchCoverForm(None)
    chosen.initial.update({**typed, "formula": code})
    return render(request, "france/cover_form.html#formula", {"form": chosen, "picked": True})


def terms(french: FrenchCover | None) -> str:
    """Write formula and parameters in one line: 02A · 200 % · plafond 25,00 €."""
    if french is None or not french.formula:
        return ""
    parts = [french.formula, *([percent(french.percent_bp)] if french.percent_bp is not None else [])]
    if french.ceiling_cents is not None:
        parts.append(_("ceiling %(amount)s") % {"amount": euros(french.ceiling_cents)})
    if french.lump_cents is not None:
        parts.append(_("lump sum %(amount)s") % {"amount": euros(french.lump_cents)})
    return " · ".join(parts)


def rights_chip(cover: Cover, day: date) -> Chip | None:
    """Tell the rights of a contract on a day, when there is something to tell."""
    if cover.from_day and cover.from_day > day:
        return Chip(_("from %(day)s") % {"day": write_day(cover.from_day)}, "warn")
    if cover.to_day and cover.to_day < day:
        return Chip(_("ended %(day)s") % {"day": write_day(cover.to_day)}, "bad")
    left = days_left(cover.to_day, day)
    if left is not None:
        return Chip(ngettext("%(n)s day left", "%(n)s days left", left) % {"n": left}, "warn")
    return None


def notes(covers: Iterable[Cover], day: date) -> list[dict[str, Any]]:
    """Tell each contract in a line for the patient's file."""
    found = []
    for cover in covers:
        french: FrenchCover | None = getattr(cover, "french", None)
        known = law.formulas().get(french.formula) if french else None
        found.append(
            {
                "cover": cover,
                "terms": terms(french),
                "label": known.label if known else _("no formula: choose one so that its share can be figured"),
                "chip": rights_chip(cover, day),
                "key": uuid4(),
            }
        )
    return found

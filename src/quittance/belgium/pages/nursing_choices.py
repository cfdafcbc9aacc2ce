"""What the practice chose where the law of home nursing is uncertain, each with its doubt; and its own codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from quittance.belgium.forms.nursing_choices import ChoiceForm
from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing.case import label
from quittance.belgium.pages.nursing_notes import doubt_text, source_text
from quittance.belgium.services import nursing_choices as services
from quittance.belgium.services.care import codes_in
from quittance.belgium.services.nursing import iso_day
from quittance.kernel.dated import day_number
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.web.templatetags.quittance import euros


@dataclass(frozen=True)
class Shown:
    """A figure that may be chosen: what the law file says of it today, why it is uncertain, what was chosen since."""

    name: str
    label: str
    law: str
    doubt: str
    kept: list[tuple[date, str]]
    form: ChoiceForm


@access.page(power="practice.change", needs_professional=True)
@require_safe
def nursing_choices(request: PageRequest) -> HttpResponse:
    """Show every figure that may be chosen."""
    return _show(request)


def _show(request: PageRequest, refused: ChoiceForm | None = None) -> HttpResponse:
    preferences, today = services.preferences_of(request.acting), request.acting.today()
    choices, columns = services.choices_in(preferences), law.labels("columns")
    context = {
        "figures": [_shown(name, choices, today, refused) for name in law.choosable()],
        "codes": [
            (label(kind), columns.get(column, column), code) for (kind, column), code in codes_in(preferences).items()
        ],
    }
    return render(request, "belgium/nursing_choices.html", context, status=422 if refused else 200)


def _shown(name: str, choices: Sequence[services.Choice], today: date, refused: ChoiceForm | None) -> Shown:
    found = law.value(name, day_number(today))
    return Shown(
        name=name,
        label=found.label.partition(" (1 =")[0].partition(", en centimes")[0].partition(" : 1 =")[0],
        law=_written(name, found.value),
        doubt=doubt_text(found) or f"{source_text(found.source)}. {found.note}".strip(),
        kept=[(one.first, _written(name, one.value)) for one in choices if one.name == name],
        form=refused if refused and refused.name == name else ChoiceForm(None, name, today),
    )


def _written(name: str, value: int | None) -> str:
    words: Any = law.choosable()[name]
    if value is None:
        return _("not known") if words == "cents" and law.parameters()[name][-1].value is None else _("the law file")
    return str(words[value]) if isinstance(words, Mapping) else euros(value)


def _name(name: str) -> str:
    if name not in law.choosable():
        raise Http404
    return name


@access.page(power="practice.change", needs_professional=True)
@require_POST
def nursing_choice(request: PageRequest, name: str) -> HttpResponseBase:
    """Keep a choice; one that is refused is shown with what was typed."""
    form = ChoiceForm(request.POST, _name(name), request.acting.today())
    if not form.is_valid():
        return _show(request, form)
    services.keep_choice(request.acting, form.choice())
    messages.success(request, _("The choice is kept: days of care are judged by it from that day on."))
    return redirect("belgium:nursing_choices")


@access.page(power="practice.change", needs_professional=True)
@require_POST
def nursing_choice_drop(request: PageRequest, name: str) -> HttpResponseBase:
    """Take a choice away."""
    first = iso_day(request.POST.get("first", ""))
    if first is not None and services.drop_choice(request.acting, _name(name), first):
        messages.success(request, _("The choice is taken away."))
    return redirect("belgium:nursing_choices")

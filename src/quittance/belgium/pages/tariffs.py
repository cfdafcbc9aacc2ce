"""Own tariffs of a professional (tarifs personnalisés, A03): what holds, what comes, what has ended."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quittance.belgium import status
from quittance.belgium.models import CustomTariff
from quittance.belgium.professional_form import CONVENTIONS, NONE, SPEECH
from quittance.belgium.services import tariff_codes as codes
from quittance.belgium.services import tariffs as services
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.models import Professional, StatusPeriod
from quittance.people.professionals import rules

NOW, COMING, ENDED = "now", "coming", "ended"


@dataclass(frozen=True, slots=True)
class Compared:
    """A fee beside the official one of a day; `less` tells that it is below, `known` that there is an official one."""

    code: str
    label: str
    cents: int
    official: int | None

    @property
    def known(self) -> bool:
        """Whether the lists know the official fee of that day."""
        return self.official is not None

    @property
    def difference(self) -> int:
        """How much more is asked than the official fee, in cents."""
        return self.cents - (self.official or 0)

    @property
    def less(self) -> bool:
        """Whether less is asked than the official fee."""
        return self.known and self.difference < 0


@dataclass(frozen=True, slots=True)
class Row:
    """A tariff of the list, compared on `on`: today, its first day to come, or its last day."""

    tariff: CustomTariff
    on: date
    compared: Compared


def compared(code: str, cents: int, on: date) -> Compared:
    """Put a fee beside the official one of a day."""
    return Compared(code, codes.label(code), cents, codes.official(code, on))


def when(row: CustomTariff, today: date) -> tuple[str, date]:
    """Say whether a tariff holds, comes or has ended, and on which day it is compared."""
    if row.from_day > today:
        return COMING, row.from_day
    if row.to_day is not None and row.to_day < today:
        return ENDED, row.to_day
    return NOW, today


def grouped(rows: Iterable[CustomTariff], today: date) -> dict[str, list[Row]]:
    """Part tariffs by whether they hold today, come, or have ended."""
    found: dict[str, list[Row]] = {NOW: [], COMING: [], ENDED: []}
    for row in rows:
        name, on = when(row, today)
        found[name].append(Row(row, on, compared(row.code, row.cents, on)))
    return found


def standing(professional: Professional, day: date) -> dict[str, Any]:
    """Tell the convention status of a day, whether own tariffs are used, and which status comes next."""
    period = status.convention_on(professional, day)
    rows = StatusPeriod.objects.for_(professional).filter(professional=professional, kind=status.CONVENTION)
    value = period.value if period else ""
    coming = rows.filter(from_day__gt=day).exclude(value=value).order_by("from_day").first()
    words = {code: str(label) for code, label in CONVENTIONS}
    return {
        "value": value,
        "used": value == NONE,
        "coming": coming,
        "coming_word": words.get(coming.value, coming.value) if coming else "",
    }


@access.page(power="professional.list")
@require_safe
def list_page(request: PageRequest, pk: int) -> HttpResponse:
    """List the own tariffs of a professional beside the official fees; search among them as one types."""
    professional = access.own_or_404(request.acting, Professional, pk=pk)
    typed, today = request.GET.get("q", "")[:80], request.acting.today()
    every = list(services.rows_of(professional))
    groups = grouped((row for row in every if codes.answers(row.code, typed)), today)
    titles = {NOW: _("Tariffs of today"), COMING: _("Tariffs to come"), ENDED: _("Ended tariffs")}
    context = {
        "professional": professional,
        "typed": typed,
        "count": len(every),
        "groups": [(name, titles[name], rows) for name, rows in groups.items() if rows],
        "standing": standing(professional, today),
        "may_change": rules.may_change(request.acting, professional, rules.WHOLE),
        "may_batch": may_batch(professional),
    }
    part = request.htmx and not request.htmx.boosted
    return render(request, "belgium/tariffs_list.html#results" if part else "belgium/tariffs_list.html", context)


def may_batch(professional: Professional) -> bool:
    """Say whether his codes may be chosen by category: those of speech therapy."""
    return bool(professional.profile.get("profession") == SPEECH)

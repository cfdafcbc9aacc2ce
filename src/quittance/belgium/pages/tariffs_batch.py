"""Own tariffs in a batch (ajout en lot): chosen by category, seen before anything is written, written once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.belgium.forms.tariffs import BatchForm
from quittance.belgium.pages.tariffs import Compared, compared, may_batch, standing
from quittance.belgium.services import tariffs as services
from quittance.people.acting import PageRequest
from quittance.people.models import Professional
from quittance.people.professionals import rules
from quittance.people.professionals.pages.door import of_record
from quittance.web.templatetags.quittance import day as write_day
from quittance.web.templatetags.quittance import euros

WRITE, EDIT = "write", "edit"


@dataclass(frozen=True, slots=True)
class Seen:
    """A code of the preview: what would be done, beside the official fee."""

    step: services.Step
    compared: Compared


@of_record(rules.WHOLE)
def batch_page(request: PageRequest, professional: Professional) -> HttpResponseBase:
    """Choose codes and an amount, see what would change, and write it."""
    if not may_batch(professional):
        return render(request, "belgium/tariffs_batch.html", {"professional": professional, "form": None})
    data = request.POST if request.method == "POST" else None
    form = BatchForm(data, professional)
    if data is None or not form.is_valid() or data.get("step") == EDIT:
        refused = form.is_bound and bool(form.errors)
        context = {
            "professional": professional,
            "form": form,
            "standing": standing(professional, request.acting.today()),
        }
        return render(request, "belgium/tariffs_batch.html", context, status=422 if refused else 200)
    told = form.cleaned_data
    if data.get("step") != WRITE:
        steps = services.plan(professional, form.codes(), told["amount"], told["from_day"])
        return _preview(request, professional, form, steps)
    wish = (form.codes(), told["amount"], told["from_day"], data.get("seen", ""))
    try:
        done = services.add_batch(request.acting, professional, *wish)
    except services.StaleError as error:
        return _preview(request, professional, form, error.steps, stale=True)
    _tell(request, form, len(done))
    return redirect("belgium:tariffs", professional.pk)


def _tell(request: PageRequest, form: BatchForm, count: int) -> None:
    told = {"n": count, "fee": euros(form.cleaned_data["amount"]), "first": write_day(form.cleaned_data["from_day"])}
    if not count:
        messages.info(
            request, _("These codes are already asked at %(fee)s from that day on: nothing is changed.") % told
        )
        return
    text = ngettext(
        "%(n)s code is asked at %(fee)s from %(first)s on.",
        "%(n)s codes are asked at %(fee)s from %(first)s on.",
        count,
    )
    messages.success(request, text % told)


def _preview(
    request: PageRequest,
    professional: Professional,
    form: BatchForm,
    steps: Sequence[services.Step],
    *,
    stale: bool = False,
) -> HttpResponse:
    """Show what would be written; 409 where what was seen is no longer true."""
    rows = [Seen(one, compared(one.code, one.cents, one.day)) for one in steps]
    officials = sorted({one.compared.official for one in rows if one.compared.official is not None})
    context: dict[str, Any] = {
        "professional": professional,
        "form": form,
        "rows": rows,
        "changes": sum(one.step.state != "same" for one in rows),
        "ended": sum(one.step.state in {"follows", "replaces"} for one in rows),
        "officials": officials,
        "spread": len(officials) > 1,
        "less": sum(one.compared.less for one in rows),
        "seen": services.digest(steps),
        "stale": stale,
        "told": form.cleaned_data,
    }
    return render(request, "belgium/tariffs_preview.html", context, status=409 if stale else 200)

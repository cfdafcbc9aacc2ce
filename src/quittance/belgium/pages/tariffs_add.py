"""An own tariff for one code, found as one types."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quittance.belgium.forms.tariffs import TariffForm
from quittance.belgium.pages.tariffs import may_batch, standing
from quittance.belgium.services import tariff_codes as codes
from quittance.belgium.services import tariffs as services
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.models import Professional
from quittance.people.professionals import rules
from quittance.people.professionals.pages.door import of_record
from quittance.web.templatetags.quittance import day as write_day
from quittance.web.templatetags.quittance import euros

UNLIKELY_TIMES = 3
"""From how many times the official fee, or which part of it, a fee is doubted."""


def is_unlikely(cents: int, official: int | None) -> bool:
    """Say whether a fee is so far from the official one that a slip is likely."""
    if official is None:
        return False
    return cents * UNLIKELY_TIMES < official or official * UNLIKELY_TIMES < cents


def _tell(request: PageRequest, step: services.Step) -> None:
    """Say what was kept: from when, until when, and what it ends."""
    told = {"code": step.code, "fee": euros(step.cents), "first": write_day(step.day)}
    if step.state == "same":
        messages.info(request, _("%(code)s is already asked at %(fee)s on %(first)s: nothing is changed.") % told)
        return
    texts = [_("%(code)s is asked at %(fee)s from %(first)s on.") % told]
    if step.until is not None:
        texts.append(_("It ends on %(last)s: the next own tariff begins then.") % {"last": write_day(step.until)})
    if step.state == "follows" and step.before is not None:
        known = {"fee": euros(step.before.cents), "last": write_day(step.ends_before)}
        texts.append(_("The one before (%(fee)s) ends on %(last)s.") % known)
    messages.success(request, " ".join(texts))
    official = codes.official(step.code, step.day)
    if is_unlikely(step.cents, official):
        text = _("The official fee is %(official)s, far from %(fee)s: check the comma.")
        messages.warning(request, text % {"official": euros(official), "fee": euros(step.cents)})


@of_record(rules.WHOLE)
def add_page(request: PageRequest, professional: Professional) -> HttpResponseBase:
    """Add a tariff for one code; when one begins on that day already, offer to change it."""
    data, taken = request.POST if request.method == "POST" else None, None
    form = TariffForm(data, professional, code=request.GET.get("code", "")[:6])
    if data is not None and form.is_valid():
        told = form.cleaned_data
        try:
            step = services.add(request.acting, professional, told["code"], told["amount"], told["from_day"])
        except services.TakenError as error:
            taken = error.row
            text = _("A tariff of %(fee)s begins that day already: change it, or write another day.")
            form.add_error("from_day", text % {"fee": euros(taken.cents)})
        else:
            _tell(request, step)
            return redirect("belgium:tariffs", professional.pk)
    context = {
        "professional": professional,
        "form": form,
        "taken": taken,
        "standing": standing(professional, request.acting.today()),
        "may_batch": may_batch(professional),
    }
    return render(request, "belgium/tariffs_add.html", context, status=200 if data is None else 422)


def _day(request: PageRequest) -> date:
    try:
        found = parse_date(request.GET.get("from_day", ""))
    except ValueError:
        found = None
    return found or request.acting.today()


def _profession(professional: Professional) -> str:
    return str(professional.profile.get("profession", ""))


@access.page(power="professional.write", action="view")
@require_safe
def codes_part(request: PageRequest, pk: int) -> HttpResponse:
    """List the codes of his profession that answer to what is typed."""
    professional, day = access.own_or_404(request.acting, Professional, pk=pk), _day(request)
    typed = request.GET.get("code", "")
    found = codes.find(typed, _profession(professional), day) if typed.strip() else []
    context = {"professional": professional, "found": found, "typed": typed.strip(), "day": day}
    return render(request, "belgium/tariffs_codes.html", context)


@access.page(power="professional.write", action="view")
@require_safe
def code_part(request: PageRequest, pk: int, code: str) -> HttpResponse:
    """Fill the field with a code of the list, and tell its official fee."""
    professional, day = access.own_or_404(request.acting, Professional, pk=pk), _day(request)
    try:
        found = codes.checked(code, _profession(professional), day)
    except codes.CodeError:
        raise Http404 from None
    form = TariffForm(None, professional, code=found, from_day=day)
    return render(request, "belgium/tariffs_add.html#code", {"form": form, "professional": professional, "day": day})

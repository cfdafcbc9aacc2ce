"""Correct an own tariff, or delete it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from quittance.belgium.forms.tariffs import ChangeForm
from quittance.belgium.models import CustomTariff
from quittance.belgium.pages.tariffs import compared, when
from quittance.belgium.services import tariffs as services
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.models import Professional
from quittance.people.professionals import rules
from quittance.people.professionals.pages.door import of_record
from quittance.web.templatetags.quittance import day as write_day
from quittance.web.templatetags.quittance import euros


def _tariff(request: PageRequest, professional: Professional, row: int) -> CustomTariff:
    return access.own_or_404(request.acting, services.rows_of(professional), pk=row)


def _overlap(form: ChangeForm, row: CustomTariff) -> None:
    """Say which tariff of the code holds at the same time."""
    known = {"fee": euros(row.cents), "first": write_day(row.from_day)}
    if row.to_day is None:
        text = _("The tariff of %(fee)s since %(first)s has no end and would hold at the same time: end it first.")
    else:
        known["last"] = write_day(row.to_day)
        text = _("The tariff of %(fee)s from %(first)s to %(last)s would hold at the same time: write other days.")
    later = row.from_day > form.cleaned_data["from_day"]
    form.add_error("to_day" if later else "from_day", text % known)


@of_record(rules.WHOLE)
def change_page(request: PageRequest, professional: Professional, row: int) -> HttpResponseBase:
    """Change fee and days of a tariff."""
    tariff, data = _tariff(request, professional, row), request.POST if request.method == "POST" else None
    form = ChangeForm(data, tariff)
    if data is not None and form.is_valid():
        told = form.cleaned_data
        try:
            services.change(request.acting, tariff, told["amount"], told["from_day"], told["to_day"])
        except services.OverlapError as error:
            _overlap(form, error.row)
        except services.GoneError:
            raise Http404 from None
        else:
            messages.success(request, _("The tariff of %(code)s is changed.") % {"code": tariff.code})
            return redirect("belgium:tariffs", professional.pk)
    _name, on = when(tariff, request.acting.today())
    context = {
        "professional": professional,
        "tariff": tariff,
        "form": form,
        "on": on,
        "compared": compared(tariff.code, tariff.cents, on),
    }
    return render(request, "belgium/tariffs_change.html", context, status=200 if data is None else 422)


@of_record(rules.WHOLE, post_only=True)
def delete_page(request: PageRequest, professional: Professional, row: int) -> HttpResponseBase:
    """Delete a tariff, after the question the page asks."""
    tariff = _tariff(request, professional, row)
    try:
        services.delete(request.acting, tariff)
    except services.GoneError:
        raise Http404 from None
    messages.success(request, _("The tariff of %(code)s is deleted.") % {"code": tariff.code})
    return redirect("belgium:tariffs", professional.pk)

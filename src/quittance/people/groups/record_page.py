"""The record of a group (G01): the country's form, and the proof that a change of account asks for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quittance.people import access
from quittance.people.accounts import recent
from quittance.people.acting import PageRequest
from quittance.people.country import people_of
from quittance.people.groups import services
from quittance.people.groups.pages import READ_OR_SEND, organisation_or_404
from quittance.people.groups.services import RefusedError
from quittance.people.groups.standing import Standing, standing_of
from quittance.people.models import Organisation

ACCOUNT = ("iban", "bic")


def _show(request: PageRequest, form: Any, organisation: Organisation) -> HttpResponse:
    chief = standing_of(request.acting, organisation) >= Standing.CHIEF
    context = {"part": form, "organisation": organisation, "chief": chief}
    return render(request, "groups/record.html", context, status=422 if form.errors else 200)


def _moves_money(form: Any) -> bool:
    """Tell whether another account would be paid."""
    return any(form.cleaned_data.get(name, "") != (form.initial.get(name) or "") for name in ACCOUNT)


@access.page(power="organisation.change")
@require_http_methods(READ_OR_SEND)
def record(request: PageRequest) -> HttpResponseBase:
    """Show and keep the record; another account is kept only after a recent proof."""
    organisation = organisation_or_404(request)
    country = people_of(request.acting.practice.country)
    form: Any = country.group_form(request.POST or None, organisation) if country else None
    if form is None or organisation.kind != Organisation.Kind.GROUP:
        raise Http404
    if request.method != "POST" or not form.is_valid():
        return _show(request, form, organisation)

    def save(_request: HttpRequest) -> HttpResponseBase:
        try:
            services.change_record(request.acting, organisation, form.save)
        except RefusedError as refused:
            form.add_error(None, str(refused))
            return _show(request, form, organisation)
        messages.success(request, _("The group's record is kept."))
        return redirect("groups:home")

    keep = recent.required(save) if _moves_money(form) else save
    return keep(request)

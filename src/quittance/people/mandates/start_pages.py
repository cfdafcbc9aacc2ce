"""Start a mandate: by the provider who gives it, or by the mandatary who asks for it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quittance.people import access
from quittance.people.accounts import services as accounts
from quittance.people.acting import PageRequest
from quittance.people.country import NumberRefusedError, Scope
from quittance.people.mandates import offers, services
from quittance.people.mandates.errors import MandateError
from quittance.people.mandates.forms import AskForm, Dated, GiveForm, InviteForm, mandataries
from quittance.people.mandates.pages import READ_OR_SEND, capacity_of, mandate_or_404, user_of
from quittance.people.mandates.parties import By, find_grantor, own_professional, represented
from quittance.people.mandates.wording import doubts
from quittance.people.models import Mandate, Professional, Side


def _grantor(request: PageRequest) -> Professional | None:
    return own_professional(request.user, request.acting.practice)


@access.page(power="mandate.give")
@require_safe
def give_types(request: PageRequest) -> HttpResponse:
    """Choose the type: what it opens and what stays excluded is told before anything is signed."""
    grantor = _grantor(request)
    known = offers.types_of(request.acting.practice.country)
    given = offers.given_by(grantor, request.acting.today()) if grantor else {}
    context = {
        "types": [(scope, code in given) for code, scope in known.items()],
        "grantor": grantor,
        "route": "mandates:give_type",
    }
    return render(request, "mandates/types.html", context)


@access.page(power="mandate.give")
@require_http_methods(READ_OR_SEND)
def invite(request: PageRequest, pk: int) -> HttpResponseBase:
    """Open an account for the person whom a mandate names, who then states the number and signs."""
    one = mandate_or_404(request, pk)
    if not one.invites:
        raise Http404
    form = InviteForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "one": one, "mandate": one.mandate}
    if form.is_bound and form.is_valid():
        try:
            given = accounts.invite(
                request.acting, form.cleaned_data["email"], last_name=one.mandate.grantee_name[:100]
            )
        except accounts.InvitationError as refused:
            form.add_error("email", str(refused))
        else:
            context["invited"], context["link"] = given
            return render(request, "mandates/invite.html", context)
    return render(request, "mandates/invite.html", context, status=422 if form.is_bound else 200)


def _scope(known: Any, code: str) -> Scope:
    found = known.get(code)
    if not isinstance(found, Scope):
        raise Http404
    return found


@access.page(power="mandate.give")
@require_http_methods(READ_OR_SEND)
def give(request: PageRequest, code: str) -> HttpResponseBase:
    """Give a mandate: to whom, from when to when."""
    grantor = _grantor(request)
    if grantor is None:
        return redirect("mandates:give")
    scope = _scope(offers.given_by(grantor, request.acting.today()), code)
    form = GiveForm(request.POST if request.method == "POST" else None, request.acting.today(), scope)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        terms = services.Terms(grantor, code, **{name: typed[name] for name in services.TYPED})
        made = _started(form, By(request.user, Side.GRANTOR, None, request.acting.capacity), terms)
        if made is not None:
            return _to_sign(request, made)
    return _form(request, form, scope, "mandates:give")


def _form(request: HttpRequest, form: Dated, scope: Scope, back: str) -> HttpResponse:
    context = {"form": form, "scope": scope, "back": back}
    return render(request, "mandates/start.html", context, status=422 if form.is_bound else 200)


def _started(form: Dated, by: By, terms: services.Terms) -> Mandate | None:
    try:
        return services.start(by, terms)
    except MandateError as refused:
        form.refuse(refused)
        return None


def _to_sign(request: HttpRequest, made: Mandate) -> HttpResponseBase:
    """Go on to the signature; what is odd about the number is said, and refuses nothing."""
    for text in doubts(made.practice.country, made.party, made.grantee_number):
        messages.warning(request, text)
    return redirect("mandates:sign", made.pk)


@access.signed_in
@require_safe
def ask_types(request: HttpRequest) -> HttpResponse:
    """Choose the type of the mandate to ask for."""
    country = offers.country_for(_own_country(request))
    context = {
        "types": [(scope, True) for scope in offers.types_of(country).values()],
        "route": "mandates:ask_type",
        "asks": True,
    }
    return render(request, "mandates/types.html", context)


def _own_country(request: HttpRequest) -> str:
    acting = getattr(request, "acting", None)
    return acting.practice.country if acting else ""


@access.signed_in
@require_http_methods(READ_OR_SEND)
def ask(request: HttpRequest, code: str) -> HttpResponseBase:
    """Ask a provider, known by his exact number, for a mandate."""
    user, country = user_of(request), offers.country_for(_own_country(request))
    scope = _scope(offers.types_of(country), code)
    known = mandataries(user, represented(user), scope)
    if not known:
        messages.info(request, _("Say first who you are: a mandate names its mandatary by number."))
        return redirect("mandates:number")
    form = AskForm(request.POST if request.method == "POST" else None, timezone.localdate(), known)
    if form.is_bound and form.is_valid():
        terms, chosen = _asked(form, country, code), form.chosen
        place = chosen.organisation.practice if chosen.organisation else None
        made = terms and _started(form, By(user, Side.GRANTEE, place, capacity_of(request)), terms)
        if made:
            return _to_sign(request, made)
    return _form(request, form, scope, "mandates:ask")


def _asked(form: AskForm, country: str, code: str) -> services.Terms | None:
    """Find the grantor by the number typed, or say why not."""
    chosen, typed = form.chosen, form.cleaned_data
    try:
        number = offers.people(country).check_number("provider", typed["number"]).value
        grantor = find_grantor(country, number)
    except NumberRefusedError as refused:
        form.add_error("number", str(refused))
        return None
    except MandateError as refused:
        form.refuse(refused)
        return None
    return services.Terms(grantor, code, chosen.party, chosen.number, chosen.name, typed["from_day"], typed["to_day"])

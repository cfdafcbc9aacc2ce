"""Pages of mandates: mine on either side, one with its history, its signature and its end.

They open to whoever is signed in, in a practice or not: what counts is to be a side of the mandate, else it is 404.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.audit import Someone, record
from quittance.audit import request as account
from quittance.people import access
from quittance.people.accounts import credentials, recent
from quittance.people.acting import MANDATE, choose
from quittance.people.mandates import offers, services
from quittance.people.mandates.errors import MandateError
from quittance.people.mandates.forms import NumberForm, taken
from quittance.people.mandates.parties import By, of_user, own_professional, represented
from quittance.people.mandates.shown import VERBS, Shown, all_of, shown
from quittance.people.mandates.steps import Kind, what_is_so
from quittance.people.mandates.wording import doubts
from quittance.people.models import MandateEvent, Practice, User
from quittance.people.powers import may

READ_OR_SEND = ["GET", "HEAD", "POST"]


def user_of(request: HttpRequest) -> User:
    """Give who is signed in."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    return request.user


def capacity_of(request: HttpRequest) -> str:
    """Give as what the user works at the moment, if as anything."""
    acting = getattr(request, "acting", None)
    return acting.capacity if acting else ""


def mandate_or_404(request: HttpRequest, pk: int) -> Shown:
    """Get a mandate of which the user is a side; for anybody else it does not exist."""
    user = user_of(request)
    found = of_user(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    account.note(found)
    return shown(user, found, capacity_of(request))


def _gives(user: User, practice: Practice) -> bool:
    """Tell whether the user is a provider of a practice whose country has mandates."""
    return bool(offers.types_of(practice.country)) and own_professional(user, practice) is not None


@access.signed_in
@require_safe
def list_page(request: HttpRequest) -> HttpResponse:
    """List the mandates given, received, and those of one's organisations."""
    user, acting = user_of(request), getattr(request, "acting", None)
    rows = all_of(user)
    gives = acting is not None and may(acting, "mandate.give") and _gives(user, acting.practice)
    context = {
        "given": [one for one in rows if one.is_given],
        "received": [one for one in rows if not one.is_given and not one.for_organisation],
        "of_organisations": [one for one in rows if not one.is_given and one.for_organisation],
        "soon": [one for one in rows if one.soon],
        "gives": gives,
        "known": bool(user.national_number or represented(user)),
        "offered": bool(offers.countries()),
    }
    return render(request, "mandates/list.html", context)


def _detail(request: HttpRequest, one: Shown, refusal: str = "", status: int = 200) -> HttpResponse:
    mandate = one.mandate
    rows = MandateEvent.objects.for_(mandate.practice).filter(mandate=mandate).select_related("by")
    people = offers.people(mandate.practice.country)
    context = {
        "one": one,
        "mandate": mandate,
        "events": list(rows),
        "text": services.agreed_text(mandate),
        "refusal": refusal,
        "verbs": VERBS,
        "doubts": doubts(mandate.practice.country, mandate.party, mandate.grantee_number),
        "capacity": f"{MANDATE}:{mandate.pk}",
        "mine": mandate.grantee_user_id == user_of(request).pk,
        "steps": people.steps() if mandate.party != mandate.Party.PERSON else [],
    }
    return render(request, "mandates/detail.html", context, status=status)


@access.signed_in
@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a mandate with both signatures and its whole history; both sides see the same."""
    return _detail(request, mandate_or_404(request, pk))


def _side(request: HttpRequest, one: Shown, verb: str) -> By:
    """Give the side on which the user takes a step: as said, else the one that may, else any of his."""
    wished = request.POST.get("side") or request.GET.get("side", "")
    able = [action.by for action in one.actions if action.verb == verb]
    known = [by for by in (*able, *one.sides) if not wished or by.side == wished]
    return known[0] if known else one.sides[0]


@access.signed_in
@require_http_methods(READ_OR_SEND)
def sign(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the text, and sign it with a proof of who one is."""
    one = mandate_or_404(request, pk)
    by = _side(request, one, Kind.SIGNED)
    error = None
    if request.method == "POST":
        try:
            services.sign(by, one.mandate, credentials.prove(by.user, request.POST))
        except credentials.CredentialError as refused:
            error = refused
        except MandateError as refused:
            return _detail(request, mandate_or_404(request, pk), refused.message, 422)
        else:
            messages.success(request, _("Your signature is recorded, with the text signed."))
            return redirect("mandates:detail", pk)
    if not one.to_sign:
        messages.info(request, what_is_so(one.mandate, one.day))
        return redirect("mandates:detail", pk)
    context = {
        "one": one,
        "mandate": one.mandate,
        "text": services.agreed_text(one.mandate),
        "side": by.side.value,
        "ways": credentials.ways(request),
        "error": error,
    }
    return render(request, "mandates/sign.html", context, status=422 if error else 200)


def _close(request: HttpRequest, pk: int, verb: str, told: str) -> HttpResponseBase:
    one = mandate_or_404(request, pk)
    try:
        services.CLOSING[verb](_side(request, one, verb), one.mandate)
    except MandateError as refused:
        return _detail(request, mandate_or_404(request, pk), refused.message, 422)
    messages.success(request, told)
    return redirect("mandates:detail", pk)


@access.signed_in
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Refuse to sign, after the question of the page."""
    return _close(request, pk, Kind.REFUSED.value, _("The mandate is refused: it opens nothing."))


@access.signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back before both have signed, after the question of the page."""
    return _close(request, pk, Kind.WITHDRAWN.value, _("The mandate is withdrawn: it opens nothing."))


@access.signed_in
@require_POST
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End an active mandate, after the question of the page."""
    return _close(request, pk, Kind.ENDED.value, _("The mandate has ended: it opens nothing any more."))


@access.signed_in
@require_POST
def leave(request: HttpRequest) -> HttpResponseBase:
    """Stop working on somebody's behalf; the mandate stands."""
    choose(request, "")
    return redirect("mandates:list")


@access.signed_in
@require_http_methods(READ_OR_SEND)
@recent.required
def number_page(request: HttpRequest) -> HttpResponseBase:
    """State one's own number, by which mandates name a person."""
    user, acting = user_of(request), getattr(request, "acting", None)
    country = offers.country_for(acting.practice.country if acting else "")
    if not country:
        raise Http404
    form = NumberForm(request.POST if request.method == "POST" else None, user, offers.people(country))
    if form.is_bound and form.is_valid() and _keep_number(user, form):
        for text in form.warnings:
            messages.warning(request, text)
        messages.success(request, _("Your number is kept: the mandates that name you are in the list."))
        return redirect("mandates:list")
    context = {"form": form, "known": bool(user.national_number)}
    return render(request, "mandates/number.html", context, status=422 if form.is_bound else 200)


def _keep_number(user: User, form: NumberForm) -> bool:
    """Keep the number, unless another account has just stated it."""
    try:
        with transaction.atomic():
            User.objects.filter(pk=user.pk).update(national_number=form.cleaned_data["national_number"])
            record(Someone(user.pk), "change", "user.number", user)
    except IntegrityError:
        form.add_error("national_number", taken())
        return False
    return True

"""The list of substitutes, and the record of one: add, change, prove, choose holders, delete."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.people import access
from quittance.people.accounts import credentials, recent
from quittance.people.accounts import services as accounts
from quittance.people.acting import PageRequest
from quittance.people.models import Professional
from quittance.people.professionals.country import professional_part
from quittance.people.substitutes import days, reach, services
from quittance.people.substitutes.forms import SubstituteForm
from quittance.people.substitutes.pages import reading

POWER = "substitute.manage"
EDIT = ["GET", "HEAD", "POST"]


@access.page(power=POWER)
@require_safe
def list_page(request: PageRequest) -> HttpResponse:
    """List the substitutes of the practice, with whom they replace and when next."""
    return render(request, "substitutes/list.html", {"rows": reading.everyone(request.acting)})


@access.page(power=POWER)
@require_http_methods(EDIT)
def new_page(request: PageRequest) -> HttpResponseBase:
    """Add a substitute; an address without account is invited at once."""
    data = request.POST if request.method == "POST" else None
    back = services.archived(request.acting, data["email"]) if data and data.get("email") else None
    form, part = SubstituteForm(data, None), professional_part(request.acting.practice, data, back)
    if data is not None and all([form.is_valid(), part.is_valid()]):
        try:
            made = services.add_substitute(request.acting, form.values(), part.save)
        except services.SubstitutionError as refused:
            form.add_error("email", str(refused))
        else:
            _invite(request, made)
            return redirect("substitutes:detail", made.pk)
    return _form_page(request, form, part, None)


def _form_page(request: PageRequest, form: SubstituteForm, part: Any, substitute: Professional | None) -> HttpResponse:
    context = {"form": form, "part": part, "substitute": substitute}
    return render(request, "substitutes/form.html", context, status=422 if form.is_bound else 200)


def _invite(request: PageRequest, substitute: Professional) -> None:
    """Give the link of a new account, to hand over; an account in use needs none."""
    try:
        _user, link = accounts.invite(request.acting, substitute.email, substitute.first_name, substitute.last_name)
    except accounts.InvitationError as refused:
        messages.warning(request, str(refused))
        return
    if link:
        text = _("Hand this link to %(name)s, who chooses a password with it. It works once, for seven days: %(link)s")
        messages.success(request, text % {"name": substitute.full_name, "link": link})


@access.page(power=POWER)
@require_safe
def detail_page(request: PageRequest, pk: int) -> HttpResponse:
    """Show a substitute: account and proof, holders and days."""
    substitute = access.own_or_404(request.acting, reach.substitutes(request.acting), pk=pk)
    return _detail(request, substitute)


def _detail(request: PageRequest, substitute: Professional, status: int = 200, **more: Any) -> HttpResponse:
    context = reading.record_of(request.acting, substitute) | {"ways": reading.ways(request, substitute)} | more
    return render(request, "substitutes/detail.html", context, status=status)


def _changeable(request: PageRequest, pk: int) -> Professional:
    return access.own_or_404(request.acting, reach.changeable(request.acting), pk=pk)


@access.page(power=POWER)
@require_http_methods(EDIT)
def change_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Change identity and numbers."""
    substitute = _changeable(request, pk)
    data = request.POST if request.method == "POST" else None
    form = SubstituteForm(data, substitute)
    part = professional_part(request.acting.practice, data, substitute)
    if data is not None and all([form.is_valid(), part.is_valid()]):
        try:
            services.change_substitute(request.acting, substitute, form.values(), part.save)
        except services.SubstitutionError as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("substitutes:detail", pk)
    return _form_page(request, form, part, _changeable(request, pk))


@access.page(power=POWER)
@require_POST
def link_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Give another link to a substitute who has not opened the account yet."""
    substitute = _changeable(request, pk)
    if substitute.user_id is None:
        _invite(request, substitute)
    return redirect("substitutes:detail", pk)


@access.page(power=POWER)
@sensitive_post_parameters()
@require_POST
def prove_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Take the proof of the substitute, on the holder's screen; a card will give it too."""
    substitute = _changeable(request, pk)
    user = services.account_of(substitute)
    if user is None:
        return redirect("substitutes:detail", pk)
    try:
        services.prove_substitute(request.acting, substitute, credentials.prove(user, request.POST))
    except credentials.CredentialError as refused:
        return _detail(request, substitute, 422, error=refused)
    except services.SubstitutionError as refused:
        return _detail(request, substitute, 422, refused=str(refused))
    text = _("%(name)s has proved who they are. Tick the holders, then choose the days.")
    messages.success(request, text % {"name": substitute.full_name})
    return redirect("substitutes:detail", pk)


@access.page(power=POWER)
@require_POST
def attach_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Tick a holder, then go on to the calendar."""
    substitute = access.own_or_404(request.acting, reach.substitutes(request.acting), pk=pk)
    holder = access.own_or_404(request.acting, reach.holders(request.acting), pk=request.POST.get("holder"))
    try:
        pair = services.attach(request.acting, substitute, holder)
    except services.SubstitutionError as refused:
        return _detail(request, substitute, 422, refused=str(refused))
    return redirect("substitutes:days", pair.pk)


@access.page(power=POWER)
@require_http_methods(EDIT)
def delete_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Say what holds a substitute, or what would be lost; posted, delete or archive."""
    answer: HttpResponseBase = _delete(request, _changeable(request, pk))
    return answer


@recent.required
def _delete(request: PageRequest, substitute: Professional) -> HttpResponseBase:
    refused = ""
    if request.method == "POST":
        name = substitute.full_name
        try:
            gone = services.delete_substitute(request.acting, substitute)
        except services.SubstitutionError as error:
            refused = str(error)
        else:
            text = _("%(name)s is deleted.") if gone else _("%(name)s has bills: archived, they stay.")
            messages.success(request, text % {"name": name})
            return redirect("substitutes:list")
    context = {"substitute": substitute, "refused": refused, "billed": days.has_billed(substitute)}
    return render(request, "substitutes/delete.html", context, status=422 if refused else 200)

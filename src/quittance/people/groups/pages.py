"""Pages of the organisation: what it is, its users, what they manage."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.country import people_of, scopes_of
from quittance.people.groups import rights, services
from quittance.people.groups.forms import KINDS, NUMBERS, FunctionForm, OrganisationForm, UserForm, shown
from quittance.people.groups.services import RefusedError
from quittance.people.groups.standing import Function, Standing, organisation_of, present, standing_of
from quittance.people.models import Organisation, OrganisationMember, Role

READ_OR_SEND = ["GET", "HEAD", "POST"]


def organisation_or_404(request: PageRequest) -> Organisation:
    """Get the organisation that the practice is; a practice that is none has no such page."""
    found = organisation_of(request.acting)
    if found is None:
        raise Http404
    return found


def member_or_404(request: PageRequest, pk: int) -> OrganisationMember:
    """Get the place of a user, whether he has left or not."""
    rows = OrganisationMember.objects.for_(request.acting).select_related("user", "organisation", "practice")
    return access.own_or_404(request.acting, rows, pk=pk)


@access.page(power="organisation.read")
@require_safe
def home(request: PageRequest) -> HttpResponse:
    """Show the organisation: its numbers, its users, the steps outside; or what making one is for."""
    organisation, acting = organisation_of(request.acting), request.acting
    if organisation is None:
        known = bool(scopes_of(acting.practice.country))
        return render(request, "groups/none.html", {"may_make": known and acting.role == Role.OWNER, "known": known})
    country, people = people_of(acting.practice.country), present(organisation)
    former = OrganisationMember.objects.for_(acting).filter(organisation=organisation).select_related("user")
    context = {
        "organisation": organisation,
        "numbers": {
            name: shown(acting.practice.country, kind, getattr(organisation, name)) for name, kind in NUMBERS.items()
        },
        "kind": KINDS[Organisation.Kind(organisation.kind)],
        "users": people,
        "former": [one for one in former.order_by("-to_day", "pk") if not services.is_present(one)],
        "steps": country.steps() if country else [],
        "record": getattr(organisation, "group", None),
        "standing": standing_of(acting, organisation),
        "is_group": organisation.kind == Organisation.Kind.GROUP,
    }
    return render(request, "groups/home.html", context)


@access.page(power="organisation.change")
@require_http_methods(READ_OR_SEND)
def create(request: PageRequest) -> HttpResponseBase:
    """Make the practice an organisation."""
    if organisation_of(request.acting) is not None:
        return redirect("groups:home")
    if not scopes_of(request.acting.practice.country):
        raise Http404
    form = OrganisationForm(request.POST or None, request.acting.practice)
    return _keep(request, form, None, lambda: services.make_organisation(request.acting, form.cleaned_data))


@access.page(power="organisation.change")
@require_http_methods(READ_OR_SEND)
def change(request: PageRequest) -> HttpResponseBase:
    """Change kind and numbers."""
    organisation = organisation_or_404(request)
    form = OrganisationForm(request.POST or None, request.acting.practice, organisation)
    verb = services.change_organisation
    return _keep(request, form, organisation, lambda: verb(request.acting, organisation, form.cleaned_data))


def _keep(
    request: PageRequest, form: OrganisationForm, organisation: Organisation | None, verb: Callable[[], Any]
) -> HttpResponseBase:
    if request.method == "POST" and form.is_valid():
        try:
            verb()
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            for warning in form.warnings:
                messages.warning(request, warning)
            messages.success(request, _("The organisation is kept."))
            return redirect("groups:home")
    context = {"form": form, "organisation": organisation}
    return render(request, "groups/form.html", context, status=422 if form.errors else 200)


@access.page(power="organisation.change")
@require_http_methods(READ_OR_SEND)
def user_add(request: PageRequest) -> HttpResponseBase:
    """Add a user by his e-mail address, and give the link to hand over."""
    organisation, form = organisation_or_404(request), UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            member, link = services.add_user(
                request.acting, organisation, told["email"], told["first_name"], told["last_name"]
            )
        except RefusedError as refused:
            form.add_error("email", str(refused))
        else:
            return render(request, "groups/added.html", {"member": member, "invited": member.user, "link": link})
    return render(request, "groups/user_add.html", {"form": form}, status=422 if form.errors else 200)


def _user_page(
    request: PageRequest, member: OrganisationMember, form: FunctionForm | None = None, refused: str = ""
) -> HttpResponse:
    """Show a user: what he manages, what he was given; with what was refused."""
    standing = standing_of(request.acting, member.organisation)
    initial = {"function": member.function, "manages_roles": member.manages_roles}
    context = {
        "member": member,
        "present": services.is_present(member),
        "form": form or FunctionForm(initial=initial),
        "told": rights.history(list(rights.rights_of(member)), member.practice.country),
        "is_main": member.function == Function.MAIN_MANAGER,
        "chief": standing >= Standing.CHIEF,
        "manager": standing >= Standing.MANAGER,
        "refused": refused,
    }
    return render(request, "groups/user.html", context, status=422 if refused else 200)


@access.page(power="organisation.change")
@require_http_methods(READ_OR_SEND)
def user(request: PageRequest, pk: int) -> HttpResponseBase:
    """Show a user, and change what he manages."""
    member = member_or_404(request, pk)
    if request.method != "POST":
        return _user_page(request, member)
    form = FunctionForm(request.POST)
    if not form.is_valid():
        return _user_page(request, member, form, _("Choose one of the functions."))
    told = form.cleaned_data
    try:
        services.change_function(request.acting, member, told["function"], manages_roles=told["manages_roles"])
    except RefusedError as refused:
        return _user_page(request, member, form, str(refused))
    messages.success(request, _("What %(name)s manages is kept.") % {"name": member.user})
    return redirect("groups:user", pk)


@access.page(power="organisation.change")
@require_POST
def user_end(request: PageRequest, pk: int) -> HttpResponseBase:
    """End the place of a user."""
    member = member_or_404(request, pk)
    try:
        services.end_user(request.acting, member)
    except RefusedError as refused:
        return _user_page(request, member, refused=str(refused))
    text = _("%(name)s is no longer a user: his rights are taken back.")
    messages.success(request, text % {"name": member.user})
    return redirect("people:choose" if member.user_id == request.acting.user.pk else "groups:home")


@access.page(power="organisation.change")
@require_POST
def hand_over(request: PageRequest, pk: int) -> HttpResponseBase:
    """Make a user the main access manager."""
    member = member_or_404(request, pk)
    try:
        services.hand_over(request.acting, member)
    except RefusedError as refused:
        return _user_page(request, member, refused=str(refused))
    messages.success(request, _("%(name)s is now the main access manager.") % {"name": member.user})
    return redirect("groups:home")

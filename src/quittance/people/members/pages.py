"""Pages of members: list, invite, change, end. For the owner alone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.people import access
from quittance.people.accounts.services import InvitationError
from quittance.people.acting import PageRequest
from quittance.people.members import services
from quittance.people.members.forms import InviteForm, MemberForm
from quittance.people.models import Membership, Role

POWER = "member.manage"
EDIT = ["GET", "HEAD", "POST"]


@access.page(power=POWER)
@require_safe
def list_page(request: PageRequest) -> HttpResponse:
    """List who works here now, who comes later and who has left."""
    today, found = request.acting.today(), list(services.members(request.acting))
    left = [one for one in found if one.to_day is not None and one.to_day < today]
    present = [one for one in found if one not in left]
    waiting = {one.pk for one in present if services.waits(one)}
    context = {"present": present, "left": left, "waiting": waiting, "today": today}
    return render(request, "members/list.html", context)


def _member(request: PageRequest, pk: int) -> Membership:
    return access.own_or_404(request.acting, services.members(request.acting), pk=pk)


def _invited(request: PageRequest, member: Membership, link: str) -> HttpResponse:
    """Show the link once: it is kept nowhere."""
    response = render(request, "members/invited.html", {"member": member, "link": link})
    response["Cache-Control"] = "no-store"
    return response


@access.page(power=POWER)
@require_http_methods(EDIT)
def invite_page(request: PageRequest) -> HttpResponseBase:
    """Invite somebody to work here."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            member, link = services.add_member(request.acting, **form.cleaned_data)
        except services.AlreadyMemberError as error:
            text = _("%(name)s works here already: change the role in the list of members.")
            form.add_error("email", text % {"name": error.member.user})
        except InvitationError as error:
            form.add_error("email", str(error))
        else:
            return _invited(request, member, link)
    return render(request, "members/invite.html", {"form": form}, status=422 if form.is_bound else 200)


@access.page(power=POWER)
@require_http_methods(EDIT)
def change_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Change role and dates of a member."""
    member = _member(request, pk)
    if member.role == Role.SUBSTITUTE:
        return redirect("members:list")
    form = MemberForm(request.POST if request.method == "POST" else None, member)
    if request.method == "POST" and form.is_valid():
        try:
            services.change_member(request.acting, member, **form.cleaned_data)
        except services.LastOwnerError:
            form.add_error(None, _last())
        else:
            messages.success(request, _("The changes are kept."))
            return redirect("members:list")
    known = _member(request, pk)
    context = {"form": form, "member": known, "waits": services.waits(known)}
    return render(request, "members/change.html", context, status=422 if form.is_bound else 200)


def _last() -> str:
    return _("Nobody else owns this practice for good: make another member an owner without an end first.")


@access.page(power=POWER)
@require_POST
def end_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """End a membership, after the question the page asks."""
    member = _member(request, pk)
    try:
        services.end_member(request.acting, member)
    except services.LastOwnerError:
        messages.error(request, _last())
        return redirect("members:change", pk)
    messages.success(request, _("%(name)s works here no more.") % {"name": member.user})
    return redirect("members:list")


@access.page(power=POWER)
@require_POST
def renew_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Give a member a new link to sign in with."""
    member = _member(request, pk)
    return _invited(request, member, services.renew_link(request.acting, member))

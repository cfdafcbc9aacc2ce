"""As what and for whom one works: the choice, and what is said when it has ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from quittance.people import access
from quittance.people.acting import (
    MANDATE,
    MEMBERSHIP,
    RIGHT,
    acting_for,
    choose,
    mandates,
    memberships,
    organisations,
    pairs_today,
    replaced_today,
    staff_of,
)
from quittance.people.country import scopes_of
from quittance.people.mandates.shown import ending
from quittance.people.models import Mandate, Membership, OrganisationMember, Professional, Role, Substitution, User

HOME = "web:home"


@dataclass(frozen=True, slots=True)
class Choice:
    """A capacity to choose: the practice, in what quality, and for whom."""

    capacity: str
    practice: str
    title: str
    staff: list[Professional]
    note: str = ""
    pairs: Sequence[Substitution] = ()


def _next(request: HttpRequest) -> str:
    """Give where to go afterwards, only when it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()) else ""


def _of_membership(membership: Membership) -> Choice:
    """Offer a practice, and who is replaced by whom today; to a substitute only those whom he replaces today."""
    title, note = str(membership.get_role_display()), ""
    staff = staff_of(membership)
    if membership.role == Role.SUBSTITUTE:
        staff = [day.substitution.holder for day in replaced_today(membership)]
        note = "" if staff else _("You replace nobody here today: the holder confirms the days you replace.")
        return Choice(f"{MEMBERSHIP}:{membership.pk}", membership.practice.name, title, staff, note)
    pairs = pairs_today(membership) if membership.role != Role.READER else []
    return Choice(f"{MEMBERSHIP}:{membership.pk}", membership.practice.name, title, staff, note, pairs)


def _of_place(user: User, place: OrganisationMember) -> Choice:
    """Offer an organisation; its professionals only to whom a right lets work for them."""
    capacity = f"{RIGHT}:{place.pk}"
    acting = acting_for(user, capacity)
    staff = staff_of(place) if acting is not None and acting.granted else []
    return Choice(capacity, place.practice.name, str(place.get_function_display()), staff)


def _of_mandate(mandate: Mandate) -> Choice:
    scope = scopes_of(mandate.practice.country).get(mandate.type)
    title = _("By mandate: %(scope)s") % {"scope": scope.label if scope else mandate.type}
    return Choice(f"{MANDATE}:{mandate.pk}", mandate.practice.name, title, [mandate.grantor])


def choices(user: User) -> list[Choice]:
    """List all that the user may work as today."""
    return [
        *(_of_membership(one) for one in memberships(user)),
        *(_of_place(user, one) for one in organisations(user)),
        *(_of_mandate(one) for one in mandates(user)),
    ]


@access.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def choose_page(request: HttpRequest) -> HttpResponseBase:
    """Choose the capacity and the professional one works for."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    if request.method == "POST":
        return _choose(request, request.user)
    context = {"choices": choices(request.user), "ending": ending(request.user), "next": _next(request)}
    return render(request, "people/choose.html", context)


def _choose(request: HttpRequest, user: User) -> HttpResponseBase:
    capacity, wanted = request.POST.get("capacity", ""), request.POST.get("professional", "")
    professional = int(wanted) if wanted.isdecimal() else None
    replaced_by = request.POST.get("substitute", "")
    substitute = int(replaced_by) if replaced_by.isdecimal() else None
    acting = acting_for(user, capacity, professional, substitute) if capacity else None
    if acting is None or (wanted and (acting.professional is None or acting.professional.pk != professional)):
        raise Http404
    choose(request, capacity, professional, substitute)
    return redirect(_next(request) or HOME)

"""Who works: the user, in one practice, in one role, as or for one professional."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from quittance.people.models import Membership, Practice, Professional, User, valid_on

MEMBERSHIP, PROFESSIONAL = "membership", "professional"


@dataclass(frozen=True, slots=True)
class Acting:
    """The scope of every query and the subject of every power."""

    user: User
    practice: Practice
    membership: Membership
    professional: Professional | None = None

    @property
    def role(self) -> str:
        return self.membership.role

    def today(self) -> date:
        """Give the day in the practice's time zone."""
        return self.practice.today()


class PageRequest(HttpRequest):
    """A request that passed `people.access.page`: somebody works in a practice."""

    acting: Acting
    user: User
    htmx: HtmxDetails
    csp_nonce: str


def memberships(user: User) -> list[Membership]:
    """List the practices where the user works today, by name."""
    mine = Membership.objects.unscoped("which practices are mine is asked before any is chosen")
    mine = mine.filter(valid_on(timezone.localdate()), user=user)
    return list(mine.select_related("practice").order_by("practice__name", "pk"))


def acting_for(user: User, membership: int | None = None, professional: int | None = None) -> Acting | None:
    """Find in which practice and for whom the user works; None when in no practice today.

    What the session remembers is a wish: it counts only while it is still true.
    """
    mine = memberships(user)
    chosen = next((one for one in mine if one.pk == membership), mine[0] if mine else None)
    if chosen is None:
        return None
    staff = list(Professional.objects.for_(chosen))
    own = next((one for one in staff if one.user_id == user.pk), None)
    alone = staff[0] if len(staff) == 1 else None
    wished = next((one for one in staff if one.pk == professional), None)
    return Acting(user, chosen.practice, chosen, wished or own or alone)


def choose(request: HttpRequest, membership: Membership, professional: Professional | None) -> None:
    """Remember in the session where and for whom the user works."""
    request.session[MEMBERSHIP] = membership.pk
    request.session[PROFESSIONAL] = professional.pk if professional else None


class ActingMiddleware:
    """Put `request.acting`: an `Acting`, or None for a visitor or a user of no practice."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = None
        if request.user.is_authenticated:
            session = request.session
            acting = acting_for(request.user, session.get(MEMBERSHIP), session.get(PROFESSIONAL))
        cast(Any, request).acting = acting
        return self.get_response(request)

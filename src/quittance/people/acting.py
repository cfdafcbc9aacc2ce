"""Who works: the user, in one capacity at a time, in one practice, as or for one professional.

A capacity is a membership of a practice, the place of a user in an organisation, or a mandate. The session remembers
which; it is read anew at each request, in at most two queries, so that what was taken back counts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from quittance.audit import request as account
from quittance.people.country import scopes_of
from quittance.people.models import (
    AccessRight,
    Mandate,
    Membership,
    OrganisationMember,
    Practice,
    Professional,
    Role,
    Substitution,
    SubstitutionDay,
    User,
    valid_on,
)

CAPACITY, PROFESSIONAL, SUBSTITUTE = "capacity", "professional", "substitute"
MEMBERSHIP, RIGHT, MANDATE = "membership", "right", "mandate"
MEMBER, MANDATARY = "member", "mandatary"
NOBODYS = "what a user may work as is asked before any practice is chosen"


@dataclass(frozen=True, slots=True)
class Acting:
    """The scope of every query and the subject of every power.

    `capacity` is as the session keeps it ("mandate:7"). `granted` are the powers that scopes open, `manages` tells an
    access manager. A substitute works as the holder (`professional`) and is named beside him (`substitute`). `until` is
    the last day of a mandate.
    """

    user: User
    practice: Practice
    role: str
    capacity: str
    professional: Professional | None = None
    substitute: Professional | None = None
    granted: frozenset[str] = frozenset()
    manages: bool = False
    title: str = ""
    own: bool = False
    until: date | None = None

    def today(self) -> date:
        """Give the day in the practice's time zone."""
        return self.practice.today()

    @property
    def on_duty(self) -> bool:
        """Whether a substitute replaces somebody today."""
        return self.substitute is not None

    @property
    def is_off(self) -> bool:
        """Whether he is a substitute on a day when he replaces nobody."""
        return self.role == Role.SUBSTITUTE and not self.on_duty

    @property
    def for_pair(self) -> bool:
        """Whether a member has chosen to bill for a holder and the substitute of today."""
        return self.substitute is not None and self.role != Role.SUBSTITUTE

    @property
    def is_mandatary(self) -> bool:
        """Whether he works on somebody's behalf, by mandate."""
        return self.role == MANDATARY

    @property
    def confined_to(self) -> int | None:
        """The only professional whose rows he may see: a mandatary's grantor."""
        return self.professional.pk if self.is_mandatary and self.professional else None

    @property
    def chain(self) -> UUID:
        """The audit chain of what he does: the practice's."""
        return self.practice.pk

    @property
    def user_id(self) -> UUID:
        """Who does it, for the audit trail."""
        return self.user.pk

    @property
    def for_professional(self) -> int | None:
        """For whom he does it, when not for himself: "by X for Y" in the audit trail."""
        return self.professional.pk if self.professional and not self.own else None


class PageRequest(HttpRequest):
    """A request that passed `people.access.page`: somebody works in a practice."""

    acting: Acting
    user: User
    htmx: HtmxDetails
    csp_nonce: str


def memberships(user: User) -> list[Membership]:
    """List the practices where the user works today, by name."""
    mine = Membership.objects.unscoped(NOBODYS).filter(valid_on(timezone.localdate()), user=user)
    return list(mine.select_related("practice").order_by("practice__name", "pk"))


def organisations(user: User) -> list[OrganisationMember]:
    """List the organisations whose user or manager he is today, by name."""
    mine = OrganisationMember.objects.unscoped(NOBODYS).filter(valid_on(timezone.localdate()), user=user)
    return list(mine.select_related("practice", "organisation").order_by("practice__name", "pk"))


def _rights(user: User) -> Any:
    """Query the rights that the user has today, in whichever organisation."""
    today = timezone.localdate()
    valid = Q(member__from_day=None) | Q(member__from_day__lte=today)
    valid &= Q(member__to_day=None) | Q(member__to_day__gte=today)
    return AccessRight.objects.unscoped(NOBODYS).filter(valid, member__user=user, taken_at=None)


def open_mandates() -> Any:
    """Query the mandates that both have signed and nobody has closed; the day is for the caller to check."""
    rows = Mandate.objects.unscoped("a mandatary works in the practice of the grantor")
    return rows.filter(closed_as="", grantor_signed_at__isnull=False, grantee_signed_at__isnull=False)


def mandates(user: User) -> list[Mandate]:
    """List the mandates under which the user may work today: his own, and those of his organisations by right."""
    entrusted = {(one.practice_id, one.scope) for one in _rights(user)}
    mine = Q(grantee_user=user) | Q(grantee_practice__in={practice for practice, _scope in entrusted})
    found = open_mandates().filter(mine).select_related("practice", "grantor").order_by("grantor__last_name", "pk")
    return [
        one
        for one in found
        if one.state_on(one.practice.today()) == Mandate.State.ACTIVE
        and (one.grantee_user_id == user.pk or (one.grantee_practice_id, one.type) in entrusted)
    ]


def _one_of(staff: list[Professional], user: User, wished: int | None) -> tuple[Professional | None, bool]:
    """Choose for whom: as wished, else oneself, else the only one there is; and whether that is oneself."""
    own = next((one for one in staff if one.user_id == user.pk), None)
    alone = staff[0] if len(staff) == 1 else None
    chosen = next((one for one in staff if one.pk == wished), None) or own or alone
    return chosen, chosen is not None and chosen == own


def staff_of(membership: Membership | OrganisationMember) -> list[Professional]:
    """List the professionals of a practice for whom its members work."""
    present = Professional.objects.for_(membership).filter(archived_at=None, is_substitute=False)
    return list(present.order_by("last_name", "first_name"))


def _replaced_today(membership: Membership) -> Any:
    """Query the days of today that holders have confirmed, in the time zone of the practice."""
    return SubstitutionDay.objects.for_(membership).filter(
        day=membership.practice.today(), confirmed_at__isnull=False, substitution__deactivated_at=None
    )


def replaced_today(membership: Membership) -> list[SubstitutionDay]:
    """List whom the substitute replaces today, as the holders have confirmed."""
    days = _replaced_today(membership).filter(substitution__substitute__user=membership.user_id)
    return list(days.select_related("substitution__holder", "substitution__substitute").order_by("pk"))


def pairs_today(membership: Membership) -> list[Substitution]:
    """List who is replaced by whom today in a practice: its members may bill for the pair."""
    days = _replaced_today(membership).order_by("substitution__holder__last_name", "pk")
    return [day.substitution for day in days.select_related("substitution__holder", "substitution__substitute")]


def _as_member(user: User, pk: int | None, wished: int | None, replaced_by: int | None = None) -> Acting | None:
    mine = memberships(user)
    chosen = next((one for one in mine if pk is None or one.pk == pk), None)
    if chosen is None:
        return None
    capacity = f"{MEMBERSHIP}:{chosen.pk}"
    known = (user, chosen.practice, chosen.role, capacity)
    title = str(chosen.get_role_display())
    if chosen.role == Role.SUBSTITUTE:
        replaced = [day.substitution for day in replaced_today(chosen)]
        one = next((found for found in replaced if found.holder_id == wished), replaced[0] if replaced else None)
        holder, substitute = (one.holder, one.substitute) if one else (None, None)
        return Acting(*known, holder, substitute, title=title)
    if replaced_by is not None:
        # For the pair or for nobody: on the next day it is asked again for whom.
        both = _replaced_today(chosen).filter(substitution__holder=wished, substitution__substitute=replaced_by)
        day = both.select_related("substitution__holder", "substitution__substitute").first()
        holder, substitute = (day.substitution.holder, day.substitution.substitute) if day else (None, None)
        return Acting(*known, holder, substitute, title=title)
    professional, own = _one_of(staff_of(chosen), user, wished)
    return Acting(*known, professional, title=title, own=own)


def _by_right(user: User, pk: int, wished: int | None) -> Acting | None:
    """Work in an organisation by its rights; the type of a mandate that it holds opens the grantor's practice only."""
    given = list(_rights(user).filter(member=pk).select_related("member__practice"))
    place = given[0].member if given else next((one for one in organisations(user) if one.pk == pk), None)
    if place is None:
        return None
    scopes = scopes_of(place.practice.country)
    here = [scopes[one.scope] for one in given if one.scope in scopes]
    powers = frozenset[str]().union(*(one.powers for one in here if one.is_right))
    professional, own = _one_of(staff_of(place), user, wished) if powers else (None, False)
    known = (user, place.practice, MEMBER, f"{RIGHT}:{place.pk}", professional)
    return Acting(*known, granted=powers, manages=place.gives_rights, title=str(place.get_function_display()), own=own)


def _by_mandate(user: User, pk: int, _wished: int | None) -> Acting | None:
    found = open_mandates().filter(pk=pk).select_related("practice", "grantor").first()
    if found is None or found.state_on(found.practice.today()) != Mandate.State.ACTIVE:
        return None
    if found.grantee_user_id != user.pk:
        if found.grantee_practice_id is None:
            return None
        if not _rights(user).filter(practice=found.grantee_practice_id, scope=found.type).exists():
            return None
    scope = scopes_of(found.practice.country).get(found.type)
    if scope is None:
        return None
    known = (user, found.practice, MANDATARY, f"{MANDATE}:{found.pk}", found.grantor)
    return Acting(*known, granted=scope.powers, title=scope.label, until=found.to_day)


FINDERS: dict[str, Callable[[User, int, int | None], Acting | None]] = {
    RIGHT: _by_right,
    MANDATE: _by_mandate,
}


def acting_for(
    user: User, capacity: str = "", professional: int | None = None, substitute: int | None = None
) -> Acting | None:
    """Find in which capacity and for whom the user works; None when it has ended, or he works nowhere today.

    With a `substitute`, a member works for the professional replaced by him today, or for nobody.
    Without a capacity it is his first membership. What the session remembers is a wish: it counts while it is true.
    """
    kind, _, key = capacity.partition(":")
    if kind in {"", MEMBERSHIP} and (key.isdecimal() or not capacity):
        return _as_member(user, int(key) if key else None, professional, substitute)
    finder = FINDERS.get(kind)
    return finder(user, int(key), professional) if finder and key.isdecimal() else None


def choose(request: HttpRequest, capacity: str, professional: int | None = None, substitute: int | None = None) -> None:
    """Remember in the session as what and for whom the user works."""
    request.session[CAPACITY] = capacity
    request.session[PROFESSIONAL] = professional
    request.session[SUBSTITUTE] = substitute


class ActingMiddleware:
    """Put `request.acting`: an `Acting`, or None for a visitor or a user who works nowhere now."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        acting = None
        if request.user.is_authenticated:
            session = request.session
            wishes = (session.get(PROFESSIONAL), session.get(SUBSTITUTE))
            acting = acting_for(request.user, session.get(CAPACITY) or "", *wishes)
        cast(Any, request).acting = acting
        account.acts(acting)
        return self.get_response(request)

"""What is done to the members of a practice: each verb is one transaction, and its event of the journal ends it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction

from quittance.audit import record
from quittance.people.accounts.services import invite, renew
from quittance.people.acting import Acting
from quittance.people.models import Membership, Role, User, valid_on
from quittance.people.scoping import ScopedQuerySet

FOR_PAGES = (Role.OWNER, Role.COLLEAGUE, Role.SECRETARY, Role.READER)


class LastOwnerError(ValueError):
    """A practice would have nobody left who owns it."""


class AlreadyMemberError(ValueError):
    """The address is a member's already."""

    def __init__(self, member: Membership) -> None:
        super().__init__(str(member))
        self.member = member


def members(acting: Acting) -> ScopedQuerySet[Membership]:
    """Query the members, by name."""
    rows = Membership.objects.for_(acting).select_related("user")
    return rows.order_by("user__last_name", "user__first_name", "pk")


def _keep_an_owner(acting: Acting, changed: Membership) -> None:
    """Refuse a change after which nobody owns the practice, today or later on."""
    stays = changed.role == Role.OWNER and changed.to_day is None
    begun = changed.from_day is None or changed.from_day <= acting.today()
    if stays and begun:
        return
    owners = Membership.objects.for_(acting).filter(valid_on(acting.today()), role=Role.OWNER, to_day=None)
    if not owners.filter(user__is_active=True).exclude(pk=changed.pk).exists():
        raise LastOwnerError


@transaction.atomic
def add_member(
    acting: Acting,
    *,
    email: str,
    first_name: str,
    last_name: str,
    role: str,
    from_day: date | None,
    to_day: date | None,
) -> tuple[Membership, str]:
    """Make somebody a member; gives the link of the invitation, empty for an account in use. AlreadyMemberError."""
    known = members(acting).filter(user__email=email.strip().lower()).first()
    if known is not None and (known.to_day is None or known.to_day >= acting.today()):
        raise AlreadyMemberError(known)
    user, link = invite(acting, email, first_name, last_name)
    terms = {"role": role, "from_day": from_day, "to_day": to_day}
    member, _made = Membership.objects.for_(acting).update_or_create(user=user, defaults=terms)
    record(acting, "change", "member.add", member, detail={"role": role})
    return member, link


@transaction.atomic
def change_member(acting: Acting, member: Membership, *, role: str, from_day: date | None, to_day: date | None) -> None:
    """Change role and dates; LastOwnerError."""
    list(Membership.objects.for_(acting).select_for_update().values_list("pk"))
    member.role, member.from_day, member.to_day = role, from_day, to_day
    _keep_an_owner(acting, member)
    member.save(update_fields=["role", "from_day", "to_day"])
    record(acting, "change", "member.change", member, detail={"role": role})


@transaction.atomic
def end_member(acting: Acting, member: Membership) -> None:
    """End a membership now: the last day was yesterday. LastOwnerError."""
    yesterday = acting.today() - timedelta(days=1)
    first = None if member.from_day is None or member.from_day > yesterday else member.from_day
    change_member(acting, member, role=member.role, from_day=first, to_day=yesterday)


@transaction.atomic
def renew_link(acting: Acting, member: Membership) -> str:
    """Give a member who cannot sign in a new link; the old one ends."""
    link = renew(acting, member.user)
    record(acting, "change", "member.renew", member)
    return link


def waits(member: Membership) -> bool:
    """Tell whether the member's account was never used."""
    user: User = member.user
    return user.last_login is None and not user.has_usable_password()

"""Access rights (droits d'accès, G02): who may do what in the name of the organisation, given and taken back."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from quittance.audit import record
from quittance.audit.recording import Detail
from quittance.people.acting import Acting, open_mandates
from quittance.people.country import Scope, scopes_of
from quittance.people.groups.services import RefusedError, locked, require
from quittance.people.groups.standing import Standing, present
from quittance.people.models import AccessRight, Mandate, Organisation, OrganisationMember, User


@dataclass(frozen=True, slots=True)
class Cell:
    """What a user has of one scope."""

    scope: Scope
    right: AccessRight | None


@dataclass(frozen=True, slots=True)
class Row:
    """A user and each right he has or not."""

    member: OrganisationMember
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Told:
    """An entry of the history: a right given or taken back, by whom."""

    right: AccessRight
    label: str
    given: bool
    by: User
    at: object

    @property
    def to_himself(self) -> bool:
        """Whether he gave it to himself."""
        return self.given and self.by.pk == self.right.member.user_id


def held_types(organisation: Organisation) -> set[str]:
    """List the types of the mandates that the organisation holds, in force today or later."""
    rows = open_mandates().filter(grantee_practice=organisation.practice_id).select_related("practice")
    states = {Mandate.State.ACTIVE, Mandate.State.COMING}
    return {one.type for one in rows if one.state_on(one.practice.today()) in states}


def offered(organisation: Organisation) -> list[Scope]:
    """List what may be given: the rights of the country, then the types of the mandates held."""
    held = held_types(organisation)
    scopes = list(scopes_of(organisation.practice.country).values())
    return [one for one in scopes if one.is_right] + [one for one in scopes if not one.is_right and one.code in held]


def table(organisation: Organisation) -> tuple[list[Scope], list[Row]]:
    """Cross users and rights; a right whose mandate has ended stays while somebody has it."""
    rows = AccessRight.objects.for_(organisation).filter(member__organisation=organisation, taken_at=None)
    given = {(one.member_id, one.scope): one for one in rows.select_related("given_by")}
    columns, known = offered(organisation), scopes_of(organisation.practice.country)
    listed = {one.code for one in columns}
    columns += [known[code] for code in sorted({scope for _pk, scope in given} - listed) if code in known]
    people = present(organisation)
    return columns, [Row(one, [Cell(scope, given.get((one.pk, scope.code))) for scope in columns]) for one in people]


@transaction.atomic
def give(acting: Acting, member: OrganisationMember, scope: str) -> AccessRight:
    """Give a right to a user, or to oneself; given twice, it is given once."""
    require(acting, member.organisation, Standing.RIGHTS)
    found = locked(acting, member)
    if scope not in {one.code for one in offered(found.organisation)}:
        raise RefusedError(_("The organisation has no such right, and holds no mandate of this type: nothing to give."))
    rows = AccessRight.objects.for_(acting)
    right = rows.filter(member=found, scope=scope, taken_at=None).first()
    if right is None:
        right = rows.create(member=found, scope=scope, given_by=acting.user)
        told: Detail = {"user": str(found.user_id), "scope": scope, "to_oneself": int(found.user_id == acting.user.pk)}
        record(acting, "change", "right.give", right, detail=told)
    return right


@transaction.atomic
def take(acting: Acting, member: OrganisationMember, scope: str) -> None:
    """Take a right back: it counts at the user's next request."""
    require(acting, member.organisation, Standing.RIGHTS)
    rows = AccessRight.objects.for_(acting).select_for_update().filter(member=member, scope=scope, taken_at=None)
    for right in rows:
        right.taken_at, right.taken_by = timezone.now(), acting.user
        right.save(update_fields=["taken_at", "taken_by"])
        record(acting, "change", "right.take", right, detail={"user": str(member.user_id), "scope": scope})


def rights_of(member: OrganisationMember) -> QuerySet[AccessRight]:
    """Give every right that a user has or had, the latest first."""
    rows = AccessRight.objects.for_(member).filter(member=member)
    return rows.select_related("member__user", "given_by", "taken_by").order_by("-given_at", "-pk")


def all_rights(organisation: Organisation) -> QuerySet[AccessRight]:
    """Give every right that was given in the organisation, the latest first."""
    rows = AccessRight.objects.for_(organisation).filter(member__organisation=organisation)
    return rows.select_related("member__user", "given_by", "taken_by").order_by("-given_at", "-pk")


def history(rights: list[AccessRight], country: str) -> list[Told]:
    """Tell what was given and taken back, the latest first."""
    known = scopes_of(country)
    told = []
    for one in rights:
        label = known[one.scope].short if one.scope in known else one.scope
        told.append(Told(one, label, True, one.given_by, one.given_at))
        if one.taken_at is not None and one.taken_by is not None:
            told.append(Told(one, label, False, one.taken_by, one.taken_at))
    return sorted(told, key=lambda entry: (str(entry.at), entry.right.pk), reverse=True)

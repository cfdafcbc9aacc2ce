"""Names for the ids of the journal, found when a page shows them: the journal itself keeps none.

Rooms above people name their own rows: `names.register("patient", finder)` when their application starts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from quittance.audit.models import AuditEvent
from quittance.audit.request import COMMAND
from quittance.people.acting import MANDATE, MEMBERSHIP, RIGHT
from quittance.people.country import scopes_of
from quittance.people.models import Mandate, Membership, OrganisationMember, Practice, Professional, User


@dataclass(frozen=True, slots=True)
class Named:
    """A row by its name, and its page."""

    name: str
    url: str = ""


Finder = Callable[[Practice, Collection[int]], dict[int, Named]]
_finders: dict[str, Finder] = {}


def register(kind: str, finder: Finder) -> None:
    """Let a room name its rows by their keys."""
    _finders[kind] = finder


@dataclass(slots=True)
class Names:
    """The names that some events need, read in one query for each kind."""

    users: dict[UUID, str] = field(default_factory=dict)
    professionals: dict[int, str] = field(default_factory=dict)
    patients: dict[int, Named] = field(default_factory=dict)
    capacities: dict[str, str] = field(default_factory=dict)

    def user(self, event: AuditEvent) -> str:
        """Say who: the name of the user, or what stands for one."""
        if event.user is None:
            return _("command of the server") if event.origin == COMMAND else _("nobody signed in")
        return self.users.get(event.user) or _("account %(id)s") % {"id": str(event.user)[:8]}


def of(practice: Practice, events: Iterable[AuditEvent]) -> Names:
    """Read the names that these events need."""
    rows = list(events)
    staff = {one.for_professional for one in rows if one.for_professional is not None}
    patients = {one.patient for one in rows if one.patient is not None}
    finder = _finders.get("patient")
    return Names(
        users=users({one.user for one in rows if one.user is not None}),
        professionals={
            one.pk: one.full_name for one in (Professional.objects.for_(practice).filter(pk__in=staff) if staff else ())
        },
        patients=finder(practice, patients) if finder and patients else {},
        capacities=_capacities(practice, {one.capacity for one in rows if one.capacity}),
    )


def users(keys: Collection[UUID]) -> dict[UUID, str]:
    """Name accounts, whatever practice they are of: they were in this one."""
    return {one.pk: str(one) for one in User.objects.filter(pk__in=keys)} if keys else {}


def _capacities(practice: Practice, codes: Collection[str]) -> dict[str, str]:
    """Say in words as what somebody worked: role, function, mandate."""
    keys: dict[str, set[int]] = {}
    for code in codes:
        kind, _colon, key = code.partition(":")
        if key.isdecimal():
            keys.setdefault(kind, set()).add(int(key))
    found: dict[str, str] = {}
    if keys.get(MEMBERSHIP):
        members = Membership.objects.for_(practice).filter(pk__in=keys[MEMBERSHIP])
        found |= {f"{MEMBERSHIP}:{one.pk}": str(one.get_role_display()) for one in members}
    if keys.get(RIGHT):
        places = OrganisationMember.objects.for_(practice).filter(pk__in=keys[RIGHT])
        found |= {f"{RIGHT}:{one.pk}": _("by access right") for one in places}
    if keys.get(MANDATE):
        scopes = scopes_of(practice.country)
        for one in Mandate.objects.for_(practice).filter(pk__in=keys[MANDATE]):
            label = scopes[one.type].label if one.type in scopes else one.type
            found[f"{MANDATE}:{one.pk}"] = _("by mandate: %(type)s") % {"type": label}
    return found

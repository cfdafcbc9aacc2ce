"""Whom one may have replaced: the owner anybody of the practice, a colleague himself."""

from __future__ import annotations

from django.db.models import Q

from quittance.people.acting import Acting
from quittance.people.models import Professional, Role, Substitution
from quittance.people.scoping import ScopedQuerySet
from quittance.people.substitutes.days import holders_of


def holders(acting: Acting) -> ScopedQuerySet[Professional]:
    """Query the holders (titulaires) whose replaced days one may set; whom one works for today does not matter."""
    everybody = holders_of(acting)
    return everybody if acting.role == Role.OWNER else everybody.filter(user=acting.user_id)


def substitutions(acting: Acting) -> ScopedQuerySet[Substitution]:
    """Query the pairs whose days one may set."""
    rows = Substitution.objects.for_(acting).select_related("holder__user", "substitute__user", "practice")
    return rows.filter(holder__in=holders(acting), substitute__archived_at=None)


def substitutes(acting: Acting) -> ScopedQuerySet[Professional]:
    """Query the substitutes of the practice: each of its professionals may choose among them."""
    return Professional.objects.for_(acting).filter(is_substitute=True, archived_at=None).select_related("user")


def changeable(acting: Acting) -> ScopedQuerySet[Professional]:
    """Query the substitutes whose record one may change or delete: the owner all; a colleague his own, or nobody's."""
    rows = substitutes(acting)
    if acting.role == Role.OWNER:
        return rows
    mine = Substitution.objects.for_(acting).filter(holder__in=holders(acting))
    taken = Substitution.objects.for_(acting).values("substitute")
    return rows.filter(Q(pk__in=mine.values("substitute")) | ~Q(pk__in=taken))

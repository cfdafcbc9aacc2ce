"""Which bills and drafts one reaches: a substitute those of whom he replaces today, others all of the practice."""

from __future__ import annotations

from typing import Any, TypeVar

from quittance.billing.models import Bill, Draft
from quittance.people.models import Role
from quittance.people.scoping import HasPractice, ScopedQuerySet

R = TypeVar("R", Bill, Draft)


def _is_substitute(scope: Any) -> bool:
    return getattr(scope, "role", "") == Role.SUBSTITUTE


def bills(scope: HasPractice) -> ScopedQuerySet[Bill]:
    """Query the bills that one may read and change."""
    rows = Bill.objects.for_(scope)
    return rows.filter(professional=_holder(scope)) if _is_substitute(scope) else rows


def drafts(scope: HasPractice) -> ScopedQuerySet[Draft]:
    """Query the drafts that one may go on with: a substitute only with those that name him."""
    rows = Draft.objects.for_(scope)
    if not _is_substitute(scope):
        return rows
    return rows.filter(professional=_holder(scope), substitute=getattr(scope, "substitute", None))


def _holder(scope: Any) -> Any:
    """Give whom the substitute replaces; nobody off his days, whose rows are nobody's."""
    return scope.professional

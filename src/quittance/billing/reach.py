"""Which bills and drafts one reaches: a substitute those of whom he replaces today, others all of the practice."""

from __future__ import annotations

from typing import Any, TypeVar

from quittance.billing.models import Bill, Draft
from quittance.people.models import Role
from quittance.people.scoping import HasPractice, ScopedQuerySet
from quittance.web.country import draft_rules

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


def whole_drafts(scope: HasPractice) -> ScopedQuerySet[Draft]:
    """Query these drafts with the rows that pricing reads, in one query."""
    code = getattr(getattr(scope, "practice", None), "country", "")
    country = (f"patient__{name}" for name in draft_rules(code).joined)
    return drafts(scope).select_related("patient", "professional", "substitute", "issuer", *country)


def _holder(scope: Any) -> Any:
    """Give whom the substitute replaces; nobody off his days, whose rows are nobody's."""
    return scope.professional

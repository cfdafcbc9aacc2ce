"""What is known of replaced days: which count, which are billed, which come next. It changes nothing.

A day counts when the holder has confirmed it and the substitute is still attached. Days are those of the practice's
time zone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from quittance.people.models import Professional, Substitution, SubstitutionDay
from quittance.people.scoping import HasPractice, ScopedQuerySet

COUNTS = Q(confirmed_at__isnull=False, substitution__deactivated_at=None)


def _of_pair(rows: Any, holder: Professional, substitute: Professional) -> Any:
    return rows.filter(substitution__holder=holder, substitution__substitute=substitute)


def replaced(
    scope: HasPractice, holder: Professional, substitute: Professional, days: Iterable[date], *, hold: bool = False
) -> set[date]:
    """Keep the days on which `substitute` replaces `holder`; `hold` keeps them so until the transaction ends."""
    rows = _of_pair(SubstitutionDay.objects.for_(scope).filter(COUNTS, day__in=set(days)), holder, substitute)
    if hold:
        rows = rows.select_for_update(of=("self",))
    return set(rows.values_list("day", flat=True))


def next_days(scope: HasPractice, user_id: UUID, today: date, limit: int = 8) -> list[SubstitutionDay]:
    """List the days to come on which a user replaces somebody in this practice, each with its holder."""
    rows = SubstitutionDay.objects.for_(scope).filter(COUNTS, day__gt=today, substitution__substitute__user=user_id)
    return list(rows.select_related("substitution__holder").order_by("day", "pk")[:limit])


def taken(substitution: Substitution, first: date, last: date) -> dict[date, Professional]:
    """Map the days of a period on which somebody else replaces, or may replace, the same holder."""
    rows = SubstitutionDay.objects.for_(substitution).filter(
        substitution__holder=substitution.holder_id, substitution__deactivated_at=None, day__range=(first, last)
    )
    others = rows.exclude(substitution=substitution.pk).select_related("substitution__substitute")
    return {row.day: row.substitution.substitute for row in others}


def _billing(model: str) -> Any:
    """Give a model of bills, which this room may not import: bills stand on people."""
    return apps.get_model("billing", model).objects


def billed_days(substitution: Substitution) -> set[date]:
    """Give the days on which the substitute has billed for the holder; a cancelled bill stays one."""
    lines = _billing("Line").for_(substitution)
    mine = lines.filter(bill__professional=substitution.holder_id, bill__substitute=substitution.substitute_id)
    return set(mine.values_list("day", flat=True))


def has_billed(substitute: Professional) -> bool:
    """Tell whether a bill names the substitute."""
    return bool(_billing("Bill").for_(substitute).filter(substitute=substitute).exists())


def drafts_of(substitute: Professional) -> Any:
    """Query the drafts that name the substitute."""
    return _billing("Draft").for_(substitute).filter(substitute=substitute)


def attached(professional: Professional) -> list[Professional]:
    """List the substitutes attached to a holder, who cannot be deleted meanwhile (K02)."""
    rows = Substitution.objects.for_(professional).filter(holder=professional, deactivated_at=None)
    return [one.substitute for one in rows.select_related("substitute").order_by("pk")]


def waiting(rows: Iterable[SubstitutionDay], today: date) -> list[date]:
    """Keep the days that the holder may still confirm."""
    return [row.day for row in rows if row.confirmed_at is None and row.day >= today]


def holders_of(scope: HasPractice, only: Collection[int] | None = None) -> ScopedQuerySet[Professional]:
    """Query the holders of a practice who may be replaced, or some of them."""
    present = Professional.objects.for_(scope).filter(is_substitute=False, archived_at=None)
    return present if only is None else present.filter(pk__in=only)

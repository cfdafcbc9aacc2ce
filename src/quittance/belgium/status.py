"""Convention status and numbers of a professional on a day, and what is written when a number changes."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from quittance.people.models import Identifier, Professional, StatusPeriod, valid_on

INAMI, BCE = "be.inami", "be.bce"
CONVENTION = StatusPeriod.Kind.CONVENTION
_DAY = timedelta(days=1)


def convention_on(professional: Professional, day: date) -> StatusPeriod | None:
    """Give the convention status in force on a day; None where it is not known."""
    return professional.statuses.filter(valid_on(day), kind=CONVENTION).order_by("-from_day").first()


def number_on(professional: Professional, system: str, day: date) -> str:
    """Give the number in force on a day; empty where there is none."""
    found = professional.identifiers.filter(valid_on(day), system=system).order_by("-from_day", "-pk").first()
    return found.value if found else ""


@transaction.atomic
def set_number(professional: Professional, system: str, value: str, day: date, *, since: date | None = None) -> None:
    """Write the number in force on a day: `since` begins a new one then, without it the one at hand is corrected."""
    rows = Identifier.objects.for_(professional).filter(professional=professional, system=system)
    current = rows.filter(valid_on(since or day)).order_by("-from_day", "-pk").first()
    if current is not None and current.value == value:
        return
    if current is not None and since is not None and (current.from_day is None or current.from_day < since):
        rows.filter(pk=current.pk).update(to_day=since - _DAY)
        current = None
    if not value:
        if since is None and current is not None:
            current.delete()
    elif current is not None:
        rows.filter(pk=current.pk).update(value=value)
    else:
        later = rows.filter(Q(from_day__gt=since or day)).order_by("from_day").first()
        to_day = later.from_day - _DAY if later and later.from_day else None
        rows.create(professional=professional, system=system, value=value, from_day=since, to_day=to_day)

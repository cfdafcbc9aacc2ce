"""Rows that hold from a day to a day."""

from __future__ import annotations

from datetime import date

from django.db.models import Q


def valid_on(day: date) -> Q:
    """Keep the rows whose `from_day` and `to_day` (both included, empty = open) hold `day`."""
    begun = Q(from_day__isnull=True) | Q(from_day__lte=day)
    return begun & (Q(to_day__isnull=True) | Q(to_day__gte=day))

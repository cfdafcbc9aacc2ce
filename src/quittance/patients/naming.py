"""The names of patients for the journal, which keeps their keys only."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from quittance.patients.models import Patient
from quittance.people.journal.names import Named
from quittance.people.models import Practice


def named(practice: Practice, keys: Collection[int]) -> dict[int, Named]:
    """Name patients of the practice, and give the page that tells who opened each file."""
    found = Patient.objects.for_(practice).filter(pk__in=keys)
    return {one.pk: Named(str(one), reverse("patients:opened", args=[one.pk])) for one in found}

"""The journal of a practice, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from quittance.audit.models import AuditEvent


class HasPractice(Protocol):
    """What says of which practice: an `Acting`, or a row of the practice."""

    @property
    def practice(self) -> Any: ...


def events(scope: HasPractice) -> QuerySet[AuditEvent]:
    """Give the events of the practice of `scope`."""
    from quittance.audit.models import AuditEvent

    return AuditEvent.objects.filter(chain=scope.practice.pk).order_by("-seq")


def of_patient(scope: HasPractice, patient: int) -> QuerySet[AuditEvent]:
    """Give the events that concern a patient of the practice: who opened this file."""
    return events(scope).filter(patient=patient)

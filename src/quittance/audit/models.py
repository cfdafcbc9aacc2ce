"""The row of the journal."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q

from quittance.audit.immutable import ImmutableError


class AuditEvent(models.Model):
    """Somebody saw or did something. Ids and codes, never a name: it outlives what it speaks of.

    `chain` is the practice, or all zeros for what concerns none (sign-in). Rows are written by `audit.record` alone.
    """

    pk = models.CompositePrimaryKey("chain", "seq")
    chain = models.UUIDField()
    seq = models.BigIntegerField()
    at_us = models.BigIntegerField()
    user = models.UUIDField(null=True)
    capacity = models.CharField(max_length=60)
    for_professional = models.BigIntegerField(null=True)
    action = models.CharField(max_length=16)
    what = models.CharField(max_length=80)
    object = models.CharField(max_length=80)
    patient = models.BigIntegerField(null=True)
    origin = models.CharField(max_length=64)
    outcome = models.CharField(max_length=12)
    detail = models.TextField()
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["chain", "patient", "seq"], condition=Q(patient__isnull=False), name="audit_of_patient"
            )
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.what} #{self.seq}"

    def save(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ImmutableError("an event is written by audit.record")

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ImmutableError("an event is never deleted")

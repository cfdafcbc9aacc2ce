"""Who replaces whom, and on which days (remplacements, K03)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from quittance.people.models.professionals import Professional
from quittance.people.models.users import User
from quittance.people.scoping import PracticeOwned


class Substitution(PracticeOwned):
    """A substitute (remplaçant) attached to a holder (titulaire); deactivated first, deleted after."""

    holder = models.ForeignKey(Professional, models.PROTECT, related_name="substitutions")
    substitute = models.ForeignKey(Professional, models.PROTECT, related_name="replaces")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    deactivated_at = models.DateTimeField(null=True, blank=True)

    confined_by = ("holder",)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["holder", "substitute"], name="one_substitution_per_pair")
        ]

    def __str__(self) -> str:
        return f"{self.substitute} → {self.holder}"


class SubstitutionDay(PracticeOwned):
    """A replaced day: it counts once the holder has confirmed it with his own credential."""

    substitution = models.ForeignKey(Substitution, models.CASCADE, related_name="days")
    day = models.DateField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    credential = models.CharField(max_length=12, blank=True)

    confined_by = ("substitution__holder",)

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["substitution", "day"], name="one_row_per_day")]
        indexes: ClassVar = [models.Index(fields=["practice", "day"])]

    def __str__(self) -> str:
        return f"{self.day}"

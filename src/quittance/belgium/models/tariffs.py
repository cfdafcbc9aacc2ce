"""The fees that a professional without convention asks (tarifs personnalisés, A03)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quittance.people.scoping import PracticeOwned


class CustomTariff(PracticeOwned):
    """The own fee of a professional for a code, in cents, from a day to a day (both included, empty = open)."""

    professional = models.ForeignKey("people.Professional", models.CASCADE, related_name="custom_tariffs")
    code = models.CharField(max_length=6)
    cents = models.PositiveIntegerField()
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    confined_by = ("professional",)

    class Meta:
        ordering: ClassVar = ["code", "-from_day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["professional", "code", "from_day"], name="one_custom_tariff_per_day"),
            models.CheckConstraint(
                condition=models.Q(to_day=None) | models.Q(to_day__gte=models.F("from_day")),
                name="custom_tariff_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.cents}"

"""What Belgium adds to a patient. The generic rows never point here."""

from __future__ import annotations

from django.db import models

from quittance.people.scoping import PracticeOwned


class BelgianPatient(PracticeOwned):
    """Insurance of a patient: national or BIS number (NISS), mutuality, number of registration there."""

    patient = models.OneToOneField("patients.Patient", models.CASCADE, primary_key=True, related_name="belgian")
    niss = models.CharField(max_length=11, blank=True)
    mutuality = models.CharField(max_length=3, blank=True)
    registration = models.CharField(max_length=13, blank=True)

    def __str__(self) -> str:
        return self.niss

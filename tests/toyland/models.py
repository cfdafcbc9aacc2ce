"""What Toyland adds to a patient. The generic rows never point here."""

from django.db import models

from quittance.people.scoping import PracticeOwned


class ToyPatient(PracticeOwned):
    """His number at the fund; empty for who is no member."""

    patient = models.OneToOneField("patients.Patient", models.CASCADE, primary_key=True, related_name="toy")
    member = models.CharField(max_length=8, blank=True)

    class Meta:
        app_label = "toyland"

    def __str__(self) -> str:
        return self.member

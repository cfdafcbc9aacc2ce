"""What Belgium adds to a patient and to his cover. The generic rows never point here."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from quittance.people.scoping import PracticeOwned


class BelgianPatient(PracticeOwned):
    """A patient of Belgium: national or BIS number (NISS), mutuality now, number of registration there.

    `force_official` (exception au tarif personnel, A04) holds from a day to a day. `copay_bp` is the share of the
    personal share (ticket modérateur) that he is asked, in basis points; None follows the professional's own policy.
    `palliative_from` is the first day of the palliative notification, `rural` opens the travel supplement of nurses.
    """

    class Language(models.TextChoices):
        """The language in which he is written to."""

        FR = "fr", "français"
        NL = "nl", "nederlands"
        DE = "de", "deutsch"

    patient = models.OneToOneField("patients.Patient", models.CASCADE, primary_key=True, related_name="belgian")
    niss = models.CharField(max_length=11, blank=True)
    mutuality = models.CharField(max_length=3, blank=True)
    registration = models.CharField(max_length=13, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.FR)
    force_official = models.BooleanField(default=False)
    force_from = models.DateField(null=True, blank=True)
    force_to = models.DateField(null=True, blank=True)
    copay_bp = models.PositiveIntegerField(null=True, blank=True)
    palliative_from = models.DateField(null=True, blank=True)
    paragraph_4_6 = models.BooleanField(default=False)
    rural = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.niss

    def is_forced(self, day: date) -> bool:
        """Whether the official fee is forced for him on a day."""
        first, last = self.force_from, self.force_to
        return self.force_official and (first is None or first <= day) and (last is None or day <= last)


class BelgianCover(PracticeOwned):
    """Insurability (assurabilité) of a patient while a cover by a mutuality holds: what prices turn on.

    `ct1` and `ct2` are the codes of the holder (code titulaire); `preferential` stands over the third digit of CT1.
    `gmd` is the global medical file (DMG), `maf` tells that the maximum to be billed is reached, `medical_house` that
    the care covered there is not billed act by act. `asked_on` is the day of the answer of the mutuality.
    """

    cover = models.OneToOneField("patients.Cover", models.CASCADE, primary_key=True, related_name="belgian")
    ct1 = models.CharField(max_length=3, blank=True)
    ct2 = models.CharField(max_length=3, blank=True)
    preferential = models.BooleanField(null=True, blank=True)
    gmd = models.BooleanField(default=False)
    chronic = models.BooleanField(default=False)
    maf = models.BooleanField(default=False)
    medical_house = models.BooleanField(default=False)
    asked_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.ct1}/{self.ct2}"

    @property
    def is_preferential(self) -> bool:
        """Whether the preferential rate (intervention majorée, BIM) holds: as said, else by the third digit of CT1."""
        return self.preferential if self.preferential is not None else self.ct1[2:] == "1"


class IdentityReading(PracticeOwned):
    """How the identity of a patient was checked on a day (lecture de la carte), with the codes of INAMI's lists.

    `minute` counts from midnight. A reading is for one visit of the day.
    """

    patient = models.ForeignKey("patients.Patient", models.CASCADE, related_name="belgian_readings")
    professional = models.ForeignKey("people.Professional", models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    visit = models.PositiveSmallIntegerField(default=1)
    read_on = models.DateField(null=True, blank=True)
    minute = models.PositiveSmallIntegerField(null=True, blank=True)
    reading = models.CharField(max_length=1)
    media = models.CharField(max_length=1)
    serial = models.CharField(max_length=20, blank=True)
    manual = models.CharField(max_length=1, default="0")
    vignette = models.CharField(max_length=1, default="0")

    confined_by = ("professional",)

    class Meta:
        ordering: ClassVar = ["-day", "visit"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["patient", "day", "visit"], name="one_reading_per_visit")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.reading}{self.media}"

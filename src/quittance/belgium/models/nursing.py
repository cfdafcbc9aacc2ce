"""Evaluations and notifications of home nursing (documents médico-administratifs, G04)."""

from __future__ import annotations

from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from quittance.belgium.nursing.model import Evaluation, Level, Scores
from quittance.kernel.dated import day_number
from quittance.patients.models import THROUGH_PATIENT
from quittance.people.scoping import PracticeOwned


def _score() -> models.PositiveSmallIntegerField[int, int]:
    """Make the column of a score, from 1 (alone) to 4 (wholly dependent)."""
    return models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])


class KatzEvaluation(PracticeOwned):
    """A Katz evaluation as it is notified (`belgium.nursing.Evaluation`): six scores from 1 to 4, and its days.

    `last` None = the longest the law allows; `granted` is the level that the medical adviser accepted, where
    `was_granted` tells that he decided; `stopped` is the last day of care when it ended earlier.
    """

    class Toilets(models.TextChoices):
        """Profile of a patient without flat rate."""

        NONE = "", _("none")
        T2 = "T2", _("T2: twice a week")
        T7 = "T7", _("T7: every day")

    patient = models.ForeignKey("patients.Patient", models.CASCADE, related_name="katz_evaluations")
    professional = models.ForeignKey("people.Professional", models.PROTECT, related_name="+")
    wash = _score()
    dress = _score()
    transfer = _score()
    toilet = _score()
    continence = _score()
    eat = _score()
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    granted = models.CharField(max_length=1, blank=True)
    was_granted = models.BooleanField(default=False)
    refused = models.BooleanField(default=False)
    toilets = models.CharField(max_length=2, choices=Toilets.choices, blank=True)
    disoriented = models.BooleanField(default=False)
    incontinent = models.BooleanField(default=False)
    address = models.BooleanField(default=True)
    sent_on = models.DateField(null=True, blank=True)
    stopped = models.DateField(null=True, blank=True)
    stop_told = models.BooleanField(default=False)

    confined_by = THROUGH_PATIENT

    class Meta:
        ordering: ClassVar = ["-first", "-pk"]

    def __str__(self) -> str:
        return f"{self.first} {''.join(map(str, self.scores))}"

    @property
    def scores(self) -> Scores:
        """The six scores in the order of the scale."""
        return (self.wash, self.dress, self.transfer, self.toilet, self.continence, self.eat)

    def evaluation(self) -> Evaluation:
        """Give it as the rules read it."""
        return Evaluation(
            scores=self.scores,
            first=day_number(self.first),
            last=day_number(self.last) if self.last else None,
            granted=Level(self.granted) if self.was_granted else None,
            refused=self.refused,
            toilets=self.toilets,
            disoriented=self.disoriented,
            incontinent=self.incontinent,
            address=self.address,
            stopped=day_number(self.stopped) if self.stopped else None,
            stop_told=self.stop_told,
            sent=self.sent_on is not None,
            number=self.pk or 0,
        )


class WoundCareNotice(PracticeOwned):
    """A notification of complex wound care: type 3, 4, 5 (first) or 6, 7, 8 (renewed), from a day to a day."""

    patient = models.ForeignKey("patients.Patient", models.CASCADE, related_name="wound_notices")
    type = models.PositiveSmallIntegerField(validators=[MinValueValidator(3), MaxValueValidator(8)])
    first = models.DateField()
    last = models.DateField()

    confined_by = THROUGH_PATIENT

    class Meta:
        ordering: ClassVar = ["-first", "-pk"]

    def __str__(self) -> str:
        return f"{self.type} {self.first}"

"""Agreements of speech therapy (accords) and the situations that close or limit the reimbursement."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from quittance.belgium import speech
from quittance.patients.models import THROUGH_PATIENT
from quittance.people.scoping import PracticeOwned


class SpeechAgreement(PracticeOwned):
    """A request for treatment and its answer, or the notification of a prolongation (`belgium.speech.Agreement`).

    `sessions` is what the medical adviser wrote (None = the law's number), `form` and `prescription` the days on which
    he received each document, `assessed` the last day of an assessment made elsewhere, `onset` that of the disorder.
    Of a treatment taken over, `begun_elsewhere` is its first day at a colleague's, `used_elsewhere` what was taken from
    the quota there, in sessions of 30 minutes.
    """

    class Status(models.TextChoices):
        """Where it stands."""

        DRAFT = speech.Status.DRAFT, _("draft")
        SENT = speech.Status.SENT, _("sent")
        WAITING = speech.Status.WAITING, _("waiting for an answer")
        AGREED = speech.Status.AGREED, _("agreed")
        PARTIALLY_AGREED = speech.Status.PARTIALLY_AGREED, _("agreed in part")
        REFUSED = speech.Status.REFUSED, _("refused")
        NOTIFIED = speech.Status.NOTIFIED, _("notified")

    class PrescriberKind(models.TextChoices):
        """Who prescribed, as the law tells them apart."""

        UNKNOWN = "", _("not stated")
        SPECIALIST = "specialist", _("specialist")
        GENERAL_PRACTITIONER = "general_practitioner", _("general practitioner")

    patient = models.ForeignKey("patients.Patient", models.CASCADE, related_name="speech_agreements")
    disorder = models.CharField(max_length=4)
    prolongs = models.BooleanField(default=False)
    begin = models.DateField()
    end = models.DateField()
    status = models.CharField(max_length=16, choices=Status.choices, default=Status.DRAFT)
    decided = models.DateField(null=True, blank=True)
    sessions = models.PositiveSmallIntegerField(null=True, blank=True)
    prescriber = models.ForeignKey("patients.Prescriber", models.PROTECT, null=True, blank=True, related_name="+")
    prescriber_kind = models.CharField(max_length=20, choices=PrescriberKind.choices, blank=True)
    prescribed = models.DateField(null=True, blank=True)
    form = models.DateField(null=True, blank=True)
    prescription = models.DateField(null=True, blank=True)
    assessed = models.DateField(null=True, blank=True)
    onset = models.DateField(null=True, blank=True)
    begun_elsewhere = models.DateField(null=True, blank=True)
    used_elsewhere = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    confined_by = THROUGH_PATIENT

    class Meta:
        ordering: ClassVar = ["-begin", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("begin")), name="agreement_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.disorder} {self.begin}"


class SpeechStay(PracticeOwned):
    """Where a patient lives, learns or is treated from a day to a day (`belgium.speech.Stay`); `last` None = open."""

    class Kind(models.TextChoices):
        """The situations of article 36, § 3."""

        SPECIAL_EDUCATION = speech.StayKind.SPECIAL_EDUCATION, _("special education")
        HOSPITAL = speech.StayKind.HOSPITAL, _("hospital")
        REST_HOME = speech.StayKind.REST_HOME, _("rest home")
        INSTITUTION = speech.StayKind.INSTITUTION, _("institution")
        REHABILITATION = speech.StayKind.REHABILITATION, _("rehabilitation centre")

    patient = models.ForeignKey("patients.Patient", models.CASCADE, related_name="speech_stays")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    first = models.DateField()
    last = models.DateField(null=True, blank=True)
    service = models.CharField(max_length=2, blank=True)

    confined_by = THROUGH_PATIENT

    class Meta:
        ordering: ClassVar = ["-first", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.first}"

"""Certificates of care given, recaps of a mutuality, supporting documents: what was printed, from which bills."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from quittance.people.scoping import PracticeOwned


class Booklet(PracticeOwned):
    """A booklet of certificates (carnet d'attestations): its number `NN*NNNN` and the next sheet, from 1 to 50.

    `model_code` is the letter of the form's model, free text: no source read prints the list.
    """

    professional = models.ForeignKey("people.Professional", models.PROTECT, related_name="booklets")
    number = models.CharField(max_length=7)
    next_sheet = models.PositiveSmallIntegerField(default=1)
    model_code = models.CharField(max_length=10, blank=True)
    added_at = models.DateTimeField(default=timezone.now, editable=False)

    confined_by = ("professional",)

    class Meta:
        ordering: ClassVar = ["added_at", "pk"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "number"], name="one_booklet_per_number")]

    def __str__(self) -> str:
        return self.number


class CareCertificate(PracticeOwned):
    """A certificate (attestation de soins donnés) that was printed: `page` is all that stands on it.

    Printed again, it is marked as a duplicate; its number and its texts never change.
    """

    booklet = models.ForeignKey(Booklet, models.PROTECT, related_name="certificates")
    sheet = models.PositiveSmallIntegerField()
    professional = models.ForeignKey("people.Professional", models.PROTECT, related_name="+")
    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="+")
    mutuality = models.CharField(max_length=3)
    month = models.DateField()
    third_party = models.BooleanField(default=False)
    insurer_cents = models.PositiveBigIntegerField(default=0)
    issued = models.DateField()
    page = models.JSONField()
    prints = models.PositiveSmallIntegerField(default=1)
    void_at = models.DateTimeField(null=True, blank=True)
    recap = models.ForeignKey("RecapList", models.PROTECT, null=True, blank=True, related_name="certificates")

    confined_by = ("professional",)

    class Meta:
        ordering: ClassVar = ["booklet", "sheet"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["booklet", "sheet"], name="one_certificate_per_sheet")]
        indexes: ClassVar = [models.Index(fields=["practice", "professional", "month"], name="certificate_by_month")]

    def __str__(self) -> str:
        return f"{self.booklet} / {self.sheet:02d}"


class CertifiedLine(PracticeOwned):
    """A line of a bill that a certificate carries: a line is certified once."""

    certificate = models.ForeignKey(CareCertificate, models.PROTECT, related_name="lines")
    line = models.ForeignKey("billing.Line", models.PROTECT, related_name="+")
    is_void = models.BooleanField(default=False)

    confined_by = ("certificate__professional",)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line"], condition=models.Q(is_void=False), name="one_certificate_per_line")
        ]

    def __str__(self) -> str:
        return f"{self.certificate_id}/{self.line_id}"


class RecapList(PracticeOwned):
    """A monthly recap of a mutuality (état récapitulatif) that was printed; its certificates name it."""

    professional = models.ForeignKey("people.Professional", models.PROTECT, related_name="+")
    mutuality = models.CharField(max_length=3)
    month = models.DateField()
    issued = models.DateField()
    account = models.CharField(max_length=34)
    prints = models.PositiveSmallIntegerField(default=1)

    confined_by = ("professional",)

    class Meta:
        ordering: ClassVar = ["-month", "mutuality", "pk"]

    def __str__(self) -> str:
        return f"{self.mutuality} {self.month:%Y-%m}"


class EAttestReceipt(PracticeOwned):
    """The receipt numbers (numéros de reçu) that the mutuality answered to the eAttest of a bill, as typed by hand.

    Several have a comma between them: care of several days is attested day by day.
    """

    bill = models.OneToOneField("billing.Bill", models.PROTECT, primary_key=True, related_name="+")
    numbers = models.CharField(max_length=400)

    def __str__(self) -> str:
        return self.numbers


class SupportingPaper(PracticeOwned):
    """A supporting document (document justificatif) that was printed: `page` holds its texts and what they rest on.

    Its texts never change. A payment recorded since makes another `version` of the same bill. `requests` are the keys
    of its prints: the first gave the original, each other one a duplicate.
    """

    bill = models.ForeignKey("billing.Bill", models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField()
    issued = models.DateField()
    page = models.JSONField()
    requests = models.JSONField()

    confined_by = ("bill__professional",)

    class Meta:
        ordering: ClassVar = ["bill", "version"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bill", "version"], name="one_supporting_paper_per_version")
        ]

    def __str__(self) -> str:
        return f"{self.bill_id} v{self.version}"

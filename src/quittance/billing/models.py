"""Drafts, and the ledger of what was issued: bills, lines, shares, receivables, events, payments.

A draft changes; what was issued never does. The models refuse it with a reason, and the database refuses it
whoever asks (`audit.immutable`). The ledger knows no country: a role is the name of a payer in the country's quote.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quittance.audit.immutable import ImmutableError
from quittance.people.models import Professional
from quittance.people.scoping import PracticeOwned


class Issued(PracticeOwned):
    """A row that is inserted once: a correction is another row."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise ImmutableError(f"{self._meta.label} {self.pk} is issued: it is never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise ImmutableError(f"{self._meta.label} {self.pk} is issued: it is never deleted")


class Kind(models.TextChoices):
    """What a payer is, in every country."""

    COMPULSORY = "compulsory", _("compulsory insurer")
    COMPLEMENTARY = "complementary", _("complementary insurer")
    PATIENT = "patient", _("patient")


class Draft(PracticeOwned):
    """A bill in preparation (brouillon). `version` rises by one at each change, so that two windows do not mix.

    `key` goes with the request that issues it: the same key never issues twice.
    """

    professional = models.ForeignKey("people.Professional", models.PROTECT, related_name="+")
    substitute = models.ForeignKey("people.Professional", models.PROTECT, null=True, blank=True, related_name="+")
    issuer = models.ForeignKey("people.Issuer", models.PROTECT, related_name="+")
    patient = models.ForeignKey("patients.Patient", models.CASCADE, null=True, blank=True, related_name="drafts")
    country = models.CharField(max_length=2)
    input = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    confined_by = ("professional",)

    class Meta:
        indexes = [models.Index(fields=["practice", "professional", "-updated_at"])]

    def __str__(self) -> str:
        return f"draft {self.pk}"

    @property
    def has_lines(self) -> bool:
        """Whether it holds an act yet, of the quote or beside it."""
        return bool(self.input.get("acts") or self.input.get("beside"))

    @property
    def biller(self) -> Professional:
        """The professional as he bills in the situation of the issuer: what its profile says replaces his own."""
        return self.issuer.billing_as(self.professional)


class Counter(PracticeOwned):
    """The next number of an issuer's series. Taken by `UPDATE … SET next = next + 1` in the issuing transaction."""

    issuer = models.ForeignKey("people.Issuer", models.PROTECT, related_name="+")
    series = models.CharField(max_length=20, blank=True)
    next = models.PositiveBigIntegerField(default=1)

    confined_by = ("issuer__professional",)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issuer", "series"], name="one_counter_per_series")]

    def __str__(self) -> str:
        return f"{self.issuer_id}/{self.series}: {self.next}"


class Bill(Issued):
    """An issued bill (facture). `snapshot` holds all that was computed and printed; the columns are for searching.

    `waived_cents` is the part of the patient's due that he is not asked (renonciation au ticket modérateur).
    On a replaced day it is the holder's (`professional`), and names the `substitute` who gave the care.
    """

    issuer = models.ForeignKey("people.Issuer", models.PROTECT, related_name="+")
    professional = models.ForeignKey("people.Professional", models.PROTECT, related_name="+")
    substitute = models.ForeignKey("people.Professional", models.PROTECT, null=True, blank=True, related_name="+")
    patient = models.ForeignKey("patients.Patient", models.PROTECT, related_name="bills")
    country = models.CharField(max_length=2)
    series = models.CharField(max_length=20, blank=True)
    number = models.PositiveBigIntegerField()
    idempotency_key = models.CharField(max_length=64)
    day = models.DateField()
    issued_at = models.DateTimeField(default=timezone.now)
    fee_cents = models.BigIntegerField()
    patient_cents = models.BigIntegerField()
    waived_cents = models.BigIntegerField(default=0, db_default=0)
    law_digest = models.CharField(max_length=128)
    release = models.CharField(max_length=40)
    snapshot = models.JSONField()

    confined_by = ("professional",)

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["issuer", "series", "number"], name="one_bill_per_number"),
            models.UniqueConstraint(fields=["practice", "idempotency_key"], name="one_bill_per_key"),
            models.CheckConstraint(condition=Q(fee_cents__gte=0), name="fee_not_negative"),
            models.CheckConstraint(
                condition=Q(patient_cents__gte=0, patient_cents__lte=models.F("fee_cents")),
                name="patient_within_fee",
            ),
            models.CheckConstraint(
                condition=Q(waived_cents__gte=0, waived_cents__lte=models.F("patient_cents")),
                name="waived_within_patient",
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "-day", "-id"], name="bill_by_day"),
            models.Index(fields=["practice", "number"], name="bill_by_number"),
            models.Index(fields=["practice", "patient", "-day"], name="bill_by_patient"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """The number as printed: nine digits after the series (référence de facture)."""
        return f"{self.series}{self.number:09d}"


class Line(Issued):
    """An act of a bill (ligne); one beside the quote has no code."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    code = models.CharField(max_length=20)
    label = models.CharField(max_length=500, blank=True)
    day = models.DateField()
    quantity = models.PositiveIntegerField(default=1)
    fee_cents = models.BigIntegerField()

    confined_by = ("bill__professional",)

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["bill", "position"], name="one_line_per_position")]
        indexes = [models.Index(fields=["practice", "code", "day"], name="line_by_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.day}"


class Share(Issued):
    """Who bears how much of a line (part). The shares of a line sum to its fee."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="shares")
    role = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    cents = models.BigIntegerField()

    confined_by = ("line__bill__professional",)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["line", "role"], name="one_share_per_role")]

    def __str__(self) -> str:
        return f"{self.role} {self.cents}"


class Receivable(Issued):
    """Who is asked for how much of a bill (créance). The receivables of a bill sum to its fee."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="receivables")
    role = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    payer = models.ForeignKey("patients.Payer", models.PROTECT, null=True, blank=True, related_name="+")
    cents = models.BigIntegerField()

    confined_by = ("bill__professional",)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["bill", "role"], name="one_receivable_per_role")]

    def __str__(self) -> str:
        return f"{self.role} {self.cents}"


class BillEvent(Issued):
    """What happened to a bill. Its status is the last event that is not a mere print."""

    class What(models.TextChoices):
        """The events of this release; signing, sending and returns add theirs."""

        ISSUED = "issued", _("issued")
        CANCELLED = "cancelled", _("cancelled")
        PRINTED = "printed", _("receipt printed")

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=What.choices)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    data = models.JSONField(default=dict)

    confined_by = ("bill__professional",)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["bill", "kind"], name="event_by_kind")]
        constraints = [
            models.UniqueConstraint(
                fields=["bill", "kind"], condition=Q(kind__in=["issued", "cancelled"]), name="once_in_a_bills_life"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.bill_id}"


class Payment(Issued):
    """Money received for a receivable (paiement). A reversal (`reverses`) carries the opposite amount."""

    class Means(models.TextChoices):
        """How it was paid."""

        CARD = "card", _("card")
        CASH = "cash", _("cash")
        CHEQUE = "cheque", _("cheque")
        TRANSFER = "transfer", _("transfer")
        OTHER = "other", _("other")

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="payments")
    receivable = models.ForeignKey(Receivable, models.PROTECT, related_name="payments")
    means = models.CharField(_("means"), max_length=20, choices=Means.choices)
    cents = models.BigIntegerField(_("amount"))
    day = models.DateField(_("received on"))
    note = models.CharField(_("note"), max_length=80, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey("people.User", models.PROTECT, related_name="+")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversal")
    idempotency_key = models.CharField(max_length=64)

    confined_by = ("bill__professional",)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["practice", "idempotency_key"], name="one_payment_per_key"),
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, cents__gt=0) | Q(reverses__isnull=False, cents__lt=0),
                name="payment_has_a_direction",
            ),
        ]
        indexes = [models.Index(fields=["practice", "day"], name="payment_by_day")]

    def __str__(self) -> str:
        return f"{self.means} {self.cents}"


class Favourite(PracticeOwned):
    """Acts that a professional bills often, with their fields (favori)."""

    professional = models.ForeignKey("people.Professional", models.CASCADE, related_name="favourites")
    label = models.CharField(max_length=80)
    input = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0)
    uses = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    confined_by = ("professional",)

    class Meta:
        ordering = ["position", "-uses", "label"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "professional", "label"], name="one_favourite_per_label")
        ]

    def __str__(self) -> str:
        return self.label

"""Health professionals, their numbers, and in whose name a bill is made."""

from __future__ import annotations

import copy
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from quittance.people.models.users import User
from quittance.people.scoping import PracticeOwned


class Professional(PracticeOwned):
    """A health professional (professionnel de santé) of the practice, with or without a login.

    `profile` holds what the country needs to price for this person, `preferences` how he likes to work (K04).
    A substitute (remplaçant) bills on the days he replaces a holder (titulaire), with the holder's numbers.
    Who has billed is archived, never deleted.
    """

    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=20, blank=True)
    last_name = models.CharField(max_length=100)
    first_name = models.CharField(max_length=100)
    profession = models.CharField(max_length=100)
    profile = models.JSONField(default=dict)
    preferences = models.JSONField(default=dict, blank=True)
    is_substitute = models.BooleanField(default=False)
    phone = models.CharField(max_length=30, blank=True)
    mobile = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    address_line1 = models.CharField(max_length=120, blank=True)
    address_line2 = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=80, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    confined_by = ("pk",)

    class Meta:
        ordering: ClassVar = ["last_name", "first_name"]
        indexes: ClassVar = [models.Index(fields=["practice", "last_name"])]

    def __str__(self) -> str:
        first = self.title or self.first_name
        return f"{first} {self.last_name}".strip()

    @property
    def plain_name(self) -> str:
        """First name and last name without title: what initials are made of."""
        return f"{self.first_name} {self.last_name}"

    @property
    def full_name(self) -> str:
        """Title, first name and last name, as printed on a bill."""
        return " ".join(part for part in (self.title, self.first_name, self.last_name) if part)


class Identifier(PracticeOwned):
    """A number given by an authority, from a day to a day (both included)."""

    professional = models.ForeignKey(Professional, models.CASCADE, null=True, blank=True, related_name="identifiers")
    system = models.CharField(max_length=40)
    value = models.CharField(max_length=40)
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)

    confined_by = ("professional",)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "system", "value"])]

    def __str__(self) -> str:
        return f"{self.system} {self.value}"


class Issuer(PracticeOwned):
    """In whose name bills are made: a professional in one situation (situation d'exercice), with its own numbering.

    What its `profile` says (sector, zone, fund of attachment …) replaces what the professional's says.
    """

    professional = models.ForeignKey(Professional, models.PROTECT, related_name="issuers")
    label = models.CharField(max_length=120)
    number = models.CharField(max_length=40)
    series = models.CharField(max_length=20, blank=True)
    profile = models.JSONField(default=dict, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    confined_by = ("professional",)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "number"], name="one_issuer_per_number")]

    def __str__(self) -> str:
        return self.label

    def billing_as(self, professional: Professional) -> Professional:
        """Give a copy of the professional as he bills in this situation, to be read and never saved."""
        if not self.profile:
            return professional
        found = copy.copy(professional)
        found.profile = {**(professional.profile or {}), **self.profile}
        return found


class StatusPeriod(PracticeOwned):
    """What a professional is from a day to a day: its convention status (A02), its accreditation."""

    class Kind(models.TextChoices):
        CONVENTION = "convention", _("convention status")
        ACCREDITATION = "accreditation", _("accreditation")

    professional = models.ForeignKey(Professional, models.CASCADE, related_name="statuses")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    value = models.CharField(max_length=40)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    confined_by = ("professional",)

    class Meta:
        ordering: ClassVar = ["kind", "-from_day"]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"


class PracticeAddress(PracticeOwned):
    """Where a professional practises, from a day to a day (adresse de pratique)."""

    professional = models.ForeignKey(Professional, models.CASCADE, related_name="addresses")
    label = models.CharField(max_length=80, blank=True)
    address_line1 = models.CharField(max_length=120)
    address_line2 = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=12)
    city = models.CharField(max_length=80)
    phone = models.CharField(max_length=30, blank=True)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    confined_by = ("professional",)

    class Meta:
        ordering: ClassVar = ["-from_day", "pk"]

    def __str__(self) -> str:
        return f"{self.address_line1}, {self.postcode} {self.city}"


class BankAccount(PracticeOwned):
    """Where the insurers pay: of one professional, or of the practice when there is none (compte financier, I09)."""

    professional = models.ForeignKey(Professional, models.CASCADE, null=True, blank=True, related_name="bank_accounts")
    holder = models.CharField(max_length=120)
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)

    confined_by = ("professional",)

    class Meta:
        ordering: ClassVar = ["-from_day", "pk"]

    def __str__(self) -> str:
        return self.iban


class Allowance(PracticeOwned):
    """What an authority pays a professional for a year, and how far it is: social status, training master, premium."""

    class Kind(models.TextChoices):
        SOCIAL_STATUS = "social_status", _("social status")
        TRAINING_MASTER = "training_master", _("training-master allowance")
        PREMIUM = "premium", _("premium")

    class State(models.TextChoices):
        ASKED = "asked", _("asked")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        CONTESTED = "contested", _("contested")
        PAID = "paid", _("paid")

    professional = models.ForeignKey(Professional, models.CASCADE, related_name="allowances")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    amount_cents = models.BigIntegerField(null=True, blank=True)
    paid_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    confined_by = ("professional",)

    class Meta:
        ordering: ClassVar = ["-year", "kind", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}"

"""Health professionals, their numbers, and in whose name a bill is made."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quittance.people.models.users import User
from quittance.people.scoping import PracticeOwned


class Professional(PracticeOwned):
    """A health professional (professionnel de santé) of the practice, with or without a login.

    `profile` holds what the country needs to price for this person.
    """

    user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=20, blank=True)
    last_name = models.CharField(max_length=100)
    first_name = models.CharField(max_length=100)
    profession = models.CharField(max_length=100)
    profile = models.JSONField(default=dict)

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

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "system", "value"])]

    def __str__(self) -> str:
        return f"{self.system} {self.value}"


class Issuer(PracticeOwned):
    """In whose name bills are made: a professional in one situation, with its own numbering."""

    professional = models.ForeignKey(Professional, models.PROTECT, related_name="issuers")
    label = models.CharField(max_length=120)
    number = models.CharField(max_length=40)
    series = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "number"], name="one_issuer_per_number")]

    def __str__(self) -> str:
        return self.label

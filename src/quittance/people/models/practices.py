"""Practices and who works there."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from quittance.people.models.users import User
from quittance.people.scoping import PracticeOwned


class Practice(models.Model):
    """A practice (cabinet): the owner of every row that follows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    country = models.CharField(max_length=2)
    time_zone = models.CharField(max_length=60, default="Europe/Paris")
    address_line1 = models.CharField(max_length=120, blank=True)
    address_line2 = models.CharField(max_length=120, blank=True)
    postcode = models.CharField(max_length=12, blank=True)
    city = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    @property
    def practice(self) -> Practice:
        """Itself, so that a practice can be the scope of a query."""
        return self

    def today(self) -> date:
        """Give the day in the practice's own time zone: acts are dated there."""
        return datetime.now(ZoneInfo(self.time_zone)).date()


class Role(models.TextChoices):
    """What a member is in the practice (titulaire, associé, secrétariat, lecture seule, remplaçant)."""

    OWNER = "owner", _("owner")
    COLLEAGUE = "colleague", _("colleague")
    SECRETARY = "secretary", _("secretary")
    READER = "reader", _("reader")
    SUBSTITUTE = "substitute", _("substitute")


class Membership(PracticeOwned):
    """A user works in a practice, in a role, from a day to a day (both included)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)

    shared = True

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "user"], name="one_membership_per_user")]

    def __str__(self) -> str:
        return f"{self.user} · {self.practice}"

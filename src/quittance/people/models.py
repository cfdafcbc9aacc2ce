"""Users, practices, members, professionals, and in whose name a bill is made."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quittance.people.scoping import PracticeOwned


def valid_on(day: date) -> Q:
    """Keep the rows whose `from_day` and `to_day` (both included, empty = open) hold `day`."""
    begun = Q(from_day__isnull=True) | Q(from_day__lte=day)
    return begun & (Q(to_day__isnull=True) | Q(to_day__gte=day))


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address, whatever its capitals."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Make a user; without a password nobody can log in as it."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person who logs in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip() or self.email


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
    """What a member is in the practice."""

    OWNER = "owner", _("owner")
    COLLEAGUE = "colleague", _("colleague")
    SECRETARY = "secretary", _("secretary")


class Membership(PracticeOwned):
    """A user works in a practice, in a role, from a day to a day (both included)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice", "user"], name="one_membership_per_user")]

    def __str__(self) -> str:
        return f"{self.user} · {self.practice}"


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

"""Mandates: a care provider lets somebody work in his name, for one scope, when both have signed (M01-M04)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quittance.people.models.practices import Practice
from quittance.people.models.professionals import Professional
from quittance.people.models.users import User
from quittance.people.scoping import PracticeOwned


class Side(models.TextChoices):
    """The two parties."""

    GRANTOR = "grantor", _("grantor")
    GRANTEE = "grantee", _("mandatary")


class Mandate(PracticeOwned):
    """A mandate (mandat) of a grantor (mandant), kept in his practice, for a mandatary (mandataire) who is elsewhere.

    The mandatary is a person by national or BIS number, a company by company number, a group or institution by
    provider number; `grantee_user` or `grantee_practice` is known once he has signed. Several per type may stand.
    """

    class Party(models.TextChoices):
        PERSON = "person", _("person")
        COMPANY = "company", _("company")
        INSTITUTION = "institution", _("group or institution")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("awaiting signatures")
        SIGNED_ONCE = "signed_once", _("signed by one side")
        ACTIVE = "active", _("active")
        COMING = "coming", _("active later")
        EXPIRED = "expired", _("expired")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ENDED = "ended", _("ended")

    grantor = models.ForeignKey(Professional, models.PROTECT, related_name="mandates")
    type = models.CharField(max_length=40)
    party = models.CharField(max_length=12, choices=Party.choices)
    grantee_number = models.CharField(max_length=20)
    grantee_name = models.CharField(max_length=120, blank=True)
    grantee_user = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    grantee_practice = models.ForeignKey(Practice, models.PROTECT, null=True, blank=True, related_name="+")
    started_by = models.CharField(max_length=8, choices=Side.choices)
    from_day = models.DateField()
    to_day = models.DateField(null=True, blank=True)
    grantor_signed_at = models.DateTimeField(null=True, blank=True)
    grantee_signed_at = models.DateTimeField(null=True, blank=True)
    closed_as = models.CharField(max_length=12, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    confined_by = ("grantor",)

    class Meta:
        ordering: ClassVar = ["-created_at", "-pk"]
        indexes: ClassVar = [
            models.Index(fields=["practice", "grantor"]),
            models.Index(fields=["grantee_number"]),
            models.Index(fields=["grantee_user"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_day=None) | Q(to_day__gte=models.F("from_day")), name="mandate_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"

    def state_on(self, day: date) -> Mandate.State:
        """Tell how it stands on a day: closed, else by its signatures, else by its dates."""
        if self.closed_as:
            return self.State(self.closed_as)
        signed = (self.grantor_signed_at is not None) + (self.grantee_signed_at is not None)
        if self.to_day is not None and day > self.to_day:
            return self.State.EXPIRED
        if signed < 2:
            return self.State.SIGNED_ONCE if signed else self.State.PROPOSED
        return self.State.COMING if day < self.from_day else self.State.ACTIVE


class MandateEvent(PracticeOwned):
    """What happened to a mandate, for both sides to read: appended, never changed (the database refuses it)."""

    class Kind(models.TextChoices):
        STARTED = "started", _("started")
        SIGNED = "signed", _("signed")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ENDED = "ended", _("ended")

    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    side = models.CharField(max_length=8, choices=Side.choices)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(blank=True)
    credential = models.CharField(max_length=12, blank=True)

    confined_by = ("mandate__grantor",)

    class Meta:
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.side}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("an event of a mandate is never changed")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise TypeError("an event of a mandate is never deleted")

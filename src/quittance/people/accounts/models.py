"""What an account has beside its password: a PIN for the lock, and the invitation that opened it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

TRIES = 3


class Pin(models.Model):
    """A short secret (code confidentiel) that opens a locked screen; three wrong ones block it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="pin", primary_key=True)
    hash = models.CharField(max_length=128)
    tries_left = models.PositiveSmallIntegerField(default=TRIES)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"PIN of {self.user_id}"


class Invitation(models.Model):
    """A link that opens an account once; only its digest is kept, so the database gives nobody a way in."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations")
    practice = models.ForeignKey("people.Practice", models.CASCADE, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "created_at"])]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

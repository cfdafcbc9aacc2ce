"""Companies, groups and institutions: who manages their access, and which rights their users have (M05, G01, G02)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quittance.people.models.users import User
from quittance.people.scoping import PracticeOwned


class Organisation(PracticeOwned):
    """A company, group or institution (entreprise, groupement, établissement). It is a practice of its own.

    A group bills there; a company that only holds mandates has no patient of its own there.
    """

    class Kind(models.TextChoices):
        COMPANY = "company", _("company")
        GROUP = "group", _("group")
        INSTITUTION = "institution", _("institution")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    company_number = models.CharField(max_length=20, blank=True)
    provider_number = models.CharField(max_length=20, blank=True)

    shared = True

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["practice"], name="one_organisation_per_practice")]
        indexes: ClassVar = [models.Index(fields=["company_number"]), models.Index(fields=["provider_number"])]

    def __str__(self) -> str:
        return self.practice.name


class GroupRecord(PracticeOwned):
    """What the insurers want to know of a group that bills (fiche du groupement, G01).

    Its address is that of the practice, its account the practice's `BankAccount`. A group that works for itself has
    access rights and no mandate: `mandate_type` is "none" and `mandate_number` empty.
    """

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="group")
    representative_first_name = models.CharField(max_length=100, blank=True)
    representative_last_name = models.CharField(max_length=100, blank=True)
    representative_phone = models.CharField(max_length=30, blank=True)
    representative_number = models.CharField(max_length=20, blank=True)
    subscription_number = models.CharField(max_length=40, blank=True)
    third_party_number = models.CharField(max_length=20, blank=True)
    contact_fund = models.CharField(max_length=10, blank=True)
    reference_provider = models.CharField(max_length=20, blank=True)
    mandate_type = models.CharField(max_length=20, default="none")
    mandate_number = models.CharField(max_length=40, blank=True)

    shared = True

    def __str__(self) -> str:
        return str(self.organisation)


class OrganisationMember(PracticeOwned):
    """A user of an organisation, and what he manages there (gestionnaire d'accès principal, cogestionnaire …)."""

    class Function(models.TextChoices):
        MAIN_MANAGER = "main_manager", _("main access manager")
        CO_MANAGER = "co_manager", _("co-manager")
        USER = "user", _("user")

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="members")
    user = models.ForeignKey(User, models.PROTECT, related_name="organisations")
    function = models.CharField(max_length=16, choices=Function.choices, default=Function.USER)
    domain = models.CharField(max_length=20, blank=True)
    manages_roles = models.BooleanField(default=False)
    from_day = models.DateField(null=True, blank=True)
    to_day = models.DateField(null=True, blank=True)

    shared = True

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "user"], name="one_member_per_user")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"

    @property
    def gives_rights(self) -> bool:
        """Whether he gives and takes access rights: a manager, or a user with the role "manages roles"."""
        return self.function != self.Function.USER or self.manages_roles


class AccessRight(PracticeOwned):
    """What a member may do in the name of his organisation (droit d'accès, G02): a scope, never a mandate.

    Taken back, it stays as history.
    """

    member = models.ForeignKey(OrganisationMember, models.PROTECT, related_name="rights")
    scope = models.CharField(max_length=40)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(default=timezone.now, editable=False)
    taken_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)

    shared = True

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "scope"], condition=models.Q(taken_at=None), name="one_open_right_per_scope"
            )
        ]

    def __str__(self) -> str:
        return self.scope

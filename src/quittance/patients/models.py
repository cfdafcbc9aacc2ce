"""Patients, their covers, the payers and the prescribers of a practice. No country's rule stands here."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quittance.people.columns import FoldedField
from quittance.people.scoping import PracticeOwned

PRESENT = Q(archived_at__isnull=True)
# Open from the start comes last, where databases do not agree by themselves.
LATEST = F("from_day").desc(nulls_last=True)
KEYED = Q(creation_key__isnull=False)


class Sex(models.TextChoices):
    """As written in civil status."""

    FEMALE = "F", _("female")
    MALE = "M", _("male")
    UNKNOWN = "", _("not stated")


class Source(models.TextChoices):
    """Where a row comes from: what a card said is locked."""

    HAND = "hand", _("typed by hand")
    CARD = "card", _("read from a card")
    SERVICE = "service", _("given by an online service")


class PayerKind(models.TextChoices):
    """Which part of a bill the payer bears."""

    COMPULSORY = "compulsory", _("compulsory insurer")
    COMPLEMENTARY = "complementary", _("complementary insurer")


# Whose patient one is, for whoever may see only the patients of one professional: registered for, or billed by.
OF_PROFESSIONAL = ("registered_for", "bills__professional", "drafts__professional")
THROUGH_PATIENT = tuple(f"patient__{path}" for path in OF_PROFESSIONAL)


class Patient(PracticeOwned):
    """A person who receives care (patient, bénéficiaire).

    `birth_raw` is DDMMYYYY as known to the insurer and may be no day of the calendar (date lunaire):
    `birth_date` is then empty. `folded` is the name to sort by; `PatientWord` holds the words to search.
    Identity is `locked` when a card gave it. Once billed a patient is archived, never deleted.
    """

    birth_name = models.CharField(_("birth name"), max_length=100)
    used_name = models.CharField(_("name in use"), max_length=100, blank=True)
    first_names = models.CharField(_("first names"), max_length=100, blank=True)
    birth_raw = models.CharField(max_length=8, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_place = models.CharField(_("place of birth (code)"), max_length=10, blank=True)
    sex = models.CharField(_("sex"), max_length=1, choices=Sex.choices, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    mobile = models.CharField(_("second telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    address_line1 = models.CharField(_("address"), max_length=120, blank=True)
    address_line2 = models.CharField(_("address, continued"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    folded = FoldedField(max_length=320, editable=False)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.HAND)
    locked = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    seen_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    creation_key = models.UUIDField(null=True, editable=False)

    registered_for = models.ForeignKey(
        "people.Professional", models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    confined_by = OF_PROFESSIONAL

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["practice", "-seen_at", "-id"], condition=PRESENT, name="patient_recent"),
            models.Index(fields=["practice", "folded", "id"], condition=PRESENT, name="patient_sorted"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "creation_key"], condition=KEYED, name="patient_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_names} {self.last_name.upper()}".strip()

    @property
    def last_name(self) -> str:
        """The name people use: the name in use, else the birth name."""
        return self.used_name or self.birth_name

    @property
    def is_lunar(self) -> bool:
        """Whether the insurer's birth date is no day of the calendar (date lunaire)."""
        return bool(self.birth_raw) and self.birth_date is None

    @property
    def birth_text(self) -> str:
        """The birth date as 14/08/1948, lunar or not."""
        raw = self.birth_raw
        return f"{raw[:2]}/{raw[2:4]}/{raw[4:]}" if raw else ""

    def age(self, day: date) -> int | None:
        """Whole years on `day`; None when the birth date is unknown or lunar."""
        born = self.birth_date
        if born is None:
            return None
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


class PatientWord(PracticeOwned):
    """A part of a patient's name, folded: what the search walks (see `patients.search`)."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="words", db_index=False)
    word = FoldedField(max_length=100)

    confined_by = THROUGH_PATIENT

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "word", "patient"], name="patient_word")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["patient", "word"], name="one_row_per_patient_word")]

    def __str__(self) -> str:
        return self.word


class Payer(PracticeOwned):
    """Who pays a part of a bill (caisse, mutuelle): `system` says who gave the number."""

    system = models.CharField(max_length=40)
    number = models.CharField(_("number"), max_length=40)
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(max_length=15, choices=PayerKind.choices)
    folded = FoldedField(max_length=160, editable=False, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    shared = True

    class Meta:
        ordering: ClassVar = ["folded", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "system", "number"], name="one_payer_per_number"),
        ]

    def __str__(self) -> str:
        return self.name


class Cover(PracticeOwned):
    """A payer covers a patient from a day to a day (both included, empty = open).

    At most one complementary cover is the default. What a card gave is `locked`: only its duplicate changes.
    """

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="covers")
    payer = models.ForeignKey(Payer, models.PROTECT, related_name="covers")
    kind = models.CharField(max_length=15, choices=PayerKind.choices)
    member_number = models.CharField(_("member number"), max_length=40, blank=True)
    from_day = models.DateField(_("from"), null=True, blank=True)
    to_day = models.DateField(_("to"), null=True, blank=True)
    is_default = models.BooleanField(default=False)
    locked = models.BooleanField(default=False)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.HAND)
    creation_key = models.UUIDField(null=True, editable=False)

    confined_by = THROUGH_PATIENT

    class Meta:
        ordering: ClassVar = ["-is_default", LATEST, "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["patient", "kind"], condition=Q(is_default=True), name="one_default_cover_per_kind"
            ),
            models.UniqueConstraint(fields=["practice", "creation_key"], condition=KEYED, name="cover_made_once"),
        ]

    def __str__(self) -> str:
        return str(self.payer)

    def holds_on(self, day: date) -> bool:
        """Whether the cover is open on `day`."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or day <= self.to_day)


class Prescriber(PracticeOwned):
    """Who prescribes care (prescripteur): a name and an identification number at least."""

    last_name = models.CharField(_("name"), max_length=100)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    number = models.CharField(_("identification number"), max_length=20)
    specialty = models.CharField(_("speciality"), max_length=100, blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    address_line1 = models.CharField(_("address"), max_length=120, blank=True)
    postcode = models.CharField(_("postcode"), max_length=12, blank=True)
    city = models.CharField(_("town"), max_length=80, blank=True)
    folded = FoldedField(max_length=240, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)
    creation_key = models.UUIDField(null=True, editable=False)

    shared = True

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "folded", "id"], name="prescriber_sorted")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["practice", "number"], condition=PRESENT, name="one_prescriber_per_number"),
            models.UniqueConstraint(fields=["practice", "creation_key"], condition=KEYED, name="prescriber_made_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name.upper()}".strip()

"""What France adds to a patient and to a cover. The generic rows never point here."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from quittance.people.scoping import PracticeOwned


class Quality(models.TextChoices):
    """What the beneficiary is to the insured person (qualité), in the codes of the card.

    The sources at hand give 0, 1 and 6 only; the others are those that several card readers publish, to be verified.
    """

    INSURED = "0", _("0 · insured person")
    RELATIVE = "1", _("1 · ascendant, descendant, collateral")
    SPOUSE = "2", _("2 · spouse")
    DIVORCED = "3", _("3 · divorced spouse")
    COHABITEE = "4", _("4 · cohabitee")
    SEPARATED = "5", _("5 · separated spouse")
    CHILD = "6", _("6 · child")
    OUTSIDE = "7", _("7 · beneficiary outside article 313")
    WIDOWED = "8", _("8 · widowed spouse")
    OTHER = "9", _("9 · other dependant")


class Scheme(models.TextChoices):
    """Solidarity schemes that replace the complementary insurer."""

    NONE = "none", _("none")
    C2S = "c2s", _("C2S")
    AME = "ame", _("AME")


class TreatingDoctor(models.TextChoices):
    """Whether a treating doctor is declared (médecin traitant)."""

    UNKNOWN = "unknown", _("not known")
    YES = "yes", _("declared")
    NO = "no", _("none declared")


class Document(models.TextChoices):
    """What the rights were read from (pièce justificative)."""

    NONE = "none", _("no supporting document")
    STATEMENT = "statement", _("payslip, statement of rights, etc.")
    PAPER = "paper", _("paper card, online look-up")
    CARD = "card", _("carte Vitale")
    APP = "app", _("appli carte Vitale")


class RateHint(models.TextChoices):
    """Rate of reimbursement written on the document (taux de remboursement)."""

    COMMON = "", _("common rates")
    FULL = "full", _("100 % for everything")
    ALD = "ald", _("100 % where related to the long-term illness")
    FULL_EXCEPT = "full_except", _("100 % except orange and blue stickers")
    FULL_BORDER = "full_border", _("100 % except stickers, local scheme of the border")
    LOCAL = "local", _("local scheme (Alsace-Moselle)")
    FSV = "fsv", _("rate of the old-age solidarity fund (FSV)")


class FrenchPatient(PracticeOwned):
    """Insurance of a patient: number, compulsory insurer (AMO), rights, exemption, usual travel.

    Periods are days, both included, empty = open. `nir` has 13 characters, `nir_key` 2 (kept even when wrong).
    """

    patient = models.OneToOneField("patients.Patient", models.CASCADE, primary_key=True, related_name="french")
    nir = models.CharField(max_length=13, blank=True)
    nir_key = models.CharField(max_length=2, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    quality = models.CharField(max_length=1, choices=Quality.choices, default=Quality.INSURED)
    insured_name = models.CharField(max_length=100, blank=True)
    insured_first_names = models.CharField(max_length=100, blank=True)
    insured_nir = models.CharField(max_length=13, blank=True)
    insured_nir_key = models.CharField(max_length=2, blank=True)
    regime = models.CharField(max_length=2, blank=True)
    fund = models.CharField(max_length=3, blank=True)
    centre = models.CharField(max_length=4, blank=True)
    document = models.CharField(max_length=10, choices=Document.choices, default=Document.NONE)
    rate_hint = models.CharField(max_length=12, choices=RateHint.choices, blank=True)
    management_code = models.CharField(max_length=2, blank=True)
    rights_from = models.DateField(null=True, blank=True)
    rights_to = models.DateField(null=True, blank=True)
    exemption = models.CharField(max_length=1, default="0")
    exemption_from = models.DateField(null=True, blank=True)
    exemption_to = models.DateField(null=True, blank=True)
    ald = models.BooleanField(default=False)
    ald_from = models.DateField(null=True, blank=True)
    ald_to = models.DateField(null=True, blank=True)
    local_scheme = models.BooleanField(default=False)
    fsv = models.BooleanField(default=False)
    scheme = models.CharField(max_length=4, choices=Scheme.choices, default=Scheme.NONE)
    scheme_from = models.DateField(null=True, blank=True)
    scheme_to = models.DateField(null=True, blank=True)
    treating_doctor = models.CharField(max_length=7, choices=TreatingDoctor.choices, default=TreatingDoctor.UNKNOWN)
    treating_doctor_name = models.CharField(max_length=100, blank=True)
    travel_ik = models.PositiveSmallIntegerField(default=0)
    travel_ikm = models.PositiveSmallIntegerField(default=0)
    travel_iks = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["practice", "nir"], name="french_patient_nir")]

    def __str__(self) -> str:
        return self.nir


class Management(models.TextChoices):
    """Who forwards the claim to the complementary insurer (gestion)."""

    SEPARATE = "separate", _("separate")
    SINGLE = "single", _("single")


class CoverDocument(models.TextChoices):
    """What the complementary rights were read from (pièce justificative AMC)."""

    PAPER = "paper", _("paper card or statement")
    CARD = "card", _("carte Vitale")
    ONLINE = "online", _("online service")
    NONE = "none", _("no supporting document")


class ReferenceDate(models.TextChoices):
    """Which day decides the complementary rights (date de référence)."""

    CARE = "0", _("day of care")
    BILLING = "1", _("day of billing")
    PRESCRIPTION = "2", _("day of prescription")


class FrenchCover(PracticeOwned):
    """A complementary contract (mutuelle, AMC): how it is found, how it is told, and what it pays.

    Percentages are basis points (100 % = 10000), amounts cents; a formula reads only those it needs.
    """

    cover = models.OneToOneField("patients.Cover", models.CASCADE, primary_key=True, related_name="french")
    document = models.CharField(max_length=10, choices=CoverDocument.choices, default=CoverDocument.PAPER)
    management = models.CharField(max_length=8, choices=Management.choices, default=Management.SEPARATE)
    amc_number = models.CharField(max_length=10, blank=True)
    convention_type = models.CharField(max_length=2, blank=True)
    secondary_criterion = models.CharField(max_length=20, blank=True)
    contract_type = models.CharField(max_length=2, blank=True)
    processing_indicator = models.CharField(max_length=2, blank=True)
    reference_date = models.CharField(max_length=1, choices=ReferenceDate.choices, default=ReferenceDate.CARE)
    sts_routing = models.CharField(max_length=1, blank=True)
    routing_code = models.CharField(max_length=2, blank=True)
    host = models.CharField(max_length=3, blank=True)
    domain = models.CharField(max_length=60, blank=True)
    formula = models.CharField(max_length=3, blank=True)
    percent_bp = models.PositiveIntegerField(null=True, blank=True)
    ceiling_cents = models.PositiveIntegerField(null=True, blank=True)
    lump_cents = models.PositiveIntegerField(null=True, blank=True)
    percent_dr_bp = models.PositiveIntegerField(null=True, blank=True)
    percent_tr_bp = models.PositiveIntegerField(null=True, blank=True)
    percent_mro_bp = models.PositiveIntegerField(null=True, blank=True)
    percent_pmss_bp = models.PositiveIntegerField(null=True, blank=True)
    percent_tm_bp = models.PositiveIntegerField(null=True, blank=True)
    percent_tc_bp = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.formula

"""What Belgium adds to a professional: profession, INAMI number, company number, and for a new one its convention.

The convention status then goes on by dated periods (A02): a part of the record of its own, which a mandate may open.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.belgium import status
from quittance.belgium.fields import Check, NumberField, NumbersForm, day_input
from quittance.belgium.numbers import bce, inami
from quittance.people.models import Practice, Professional, StatusPeriod

# The words of the contract of a quote.
SPEECH = "speech_therapist"
PROFESSIONS = (
    (SPEECH, _("speech therapist")),
    ("nurse", _("nurse")),
    ("physiotherapist", _("physiotherapist")),
    ("doctor", _("doctor")),
    ("dentist", _("dentist")),
    ("midwife", _("midwife")),
)
CONVENTIONED, PARTIAL, NONE = "conventioned", "partial", "none"
CONVENTIONS = (
    (CONVENTIONED, _("conventioned")),
    (PARTIAL, _("partially conventioned")),
    (NONE, _("not conventioned")),
)
PARTIALLY = {"doctor", "dentist"}
ACCREDITED = (("accredited", _("accredited")),)


def conventions(kind: str) -> list[tuple[str, Any]]:
    """List the statuses that a profession may have: only doctors and dentists are conventioned in part."""
    return [one for one in CONVENTIONS if one[0] != PARTIAL or kind in PARTIALLY]


def parts(kind: str) -> dict[str, Sequence[tuple[str, Any]]]:
    """Give the dated parts of a record with the values of each; only doctors and dentists are accredited."""
    accreditation = {"accreditation": ACCREDITED} if kind in PARTIALLY else {}
    plain = dict.fromkeys(("bank", "social", "training", "premium"), ())
    return {"address": (), "convention": conventions(kind), **accreditation, **plain}


class BelgianProfessionalForm(NumbersForm):
    """The Belgian half of a professional's page."""

    template = "belgium/professional_form.html"
    profession_kind = forms.ChoiceField(label=_("Profession billed"), choices=PROFESSIONS)
    inami = NumberField(
        inami.check,
        label=_("INAMI number"),
        required=False,
        max_length=20,
        help_text=_("Eleven digits, of which the last three are the competence. Leave empty with a visa only."),
    )
    inami_since = forms.DateField(
        label=_("This number holds from"),
        required=False,
        widget=day_input(),
        help_text=_("After a new diploma the competence changes: write the day. Empty, the number is corrected."),
    )
    bce = NumberField(
        bce.check,
        label=_("Company number (BCE)"),
        required=False,
        max_length=24,
        help_text=_("Ten digits: of the professional, or of the company that receives the money."),
    )
    convention = forms.ChoiceField(label=_("Convention"), choices=CONVENTIONS, widget=forms.RadioSelect)
    convention_from = forms.DateField(label=_("This status holds from"), widget=day_input())

    def __init__(self, data: Any, professional: Professional | None, practice: Practice) -> None:
        self.professional = professional if professional is not None and professional.pk else None
        self.today = practice.today()
        super().__init__(data, initial=self._known())
        for name in ("inami_since",) if self.professional is None else ("convention", "convention_from"):
            del self.fields[name]

    def _known(self) -> dict[str, Any]:
        if self.professional is None:
            return {"convention": CONVENTIONED, "convention_from": self.today}
        return {
            "profession_kind": self.professional.profile.get("profession", ""),
            "inami": status.number_on(self.professional, status.INAMI, self.today),
            "bce": status.number_on(self.professional, status.BCE, self.today),
        }

    def clean(self) -> dict[str, Any]:
        """Only doctors and dentists are conventioned in part."""
        super().clean()
        if self.cleaned_data.get("convention") == PARTIAL and self.cleaned_data.get("profession_kind") not in PARTIALLY:
            self.add_error(
                "convention",
                _("Only doctors and dentists may be conventioned in part: choose conventioned or not."),
            )
        return self.cleaned_data

    def checks(self) -> dict[str, Check]:
        """A speech therapist has only two competences."""
        speech = str(self["profession_kind"].value() or "") == SPEECH
        return super().checks() | {"inami": partial(inami.check, speech=speech)}

    @property
    def competence(self) -> str:
        """Profession and competence that the INAMI number tells, in words."""
        try:
            number = inami.check(str(self["inami"].value() or "")).value
        except ValueError:
            return ""
        return " · ".join(part for part in (inami.profession(number), inami.competence(number)) if part)

    def save(self, professional: Professional) -> None:
        """Write profile and numbers, and the first status of a new one."""
        told = self.cleaned_data
        if professional.profile.get("profession") != told["profession_kind"]:
            professional.profile = professional.profile | {"profession": told["profession_kind"]}
            professional.save(update_fields=["profile"])
        status.set_number(professional, status.INAMI, told["inami"], self.today, since=told.get("inami_since"))
        status.set_number(professional, status.BCE, told["bce"], self.today)
        if "convention" in told:
            StatusPeriod.objects.for_(professional).create(
                professional=professional,
                kind=StatusPeriod.Kind.CONVENTION,
                value=told["convention"],
                from_day=told["convention_from"],
            )

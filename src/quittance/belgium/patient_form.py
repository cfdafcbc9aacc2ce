"""The form of a patient's Belgian insurance: national or BIS number, mutuality, registration."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quittance.belgium.fields import OFF, NumberField
from quittance.belgium.models import BelgianPatient
from quittance.belgium.numbers import Checked, mutuality, niss
from quittance.patients.models import Cover, Patient, PayerKind
from quittance.patients.services import add_cover, change_cover, record_payer

SYSTEM = "be.mutuality"


def check_niss(text: str) -> Checked:
    """Check a national or BIS number today."""
    return niss.check(text, on=timezone.localdate())


def check_mutuality(text: str) -> Checked:
    """Check a mutuality: the patient's card decides, the list only proposes."""
    return mutuality.check(text, listed=False)


def ask(name: str) -> dict[str, Any]:
    """Ask the server about a number as soon as it changes."""
    return {
        "hx-get": reverse_lazy("belgium:number", args=[name]),
        "hx-trigger": "change",
        "hx-target": f"#{name}-note",
        "hx-sync": f"#{name}-note:replace",
        "hx-include": f"#id_{name}, #id_birth, [name=sex]",
        **OFF,
    }


class BelgianPatientForm(forms.ModelForm[BelgianPatient]):
    """What Belgium adds to a patient."""

    template = "belgium/patient_form.html"
    niss = NumberField(check_niss, label=_("National number (NISS, BIS)"), required=False, max_length=20)
    mutuality = NumberField(check_mutuality, label=_("Mutuality"), required=False, max_length=8)

    class Meta:
        model = BelgianPatient
        fields = ("niss", "mutuality", "registration")
        labels = {"registration": _("Number at the mutuality")}
        help_texts = {"registration": _("Only for a newborn or a person without a national number: 13 characters.")}
        widgets = {"registration": forms.TextInput(OFF)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["niss"].widget.attrs.update(ask("niss"))

    @property
    def niss_doubt(self) -> str:
        """What looks wrong with a number that is accepted."""
        return doubt("niss", str(self["niss"].value() or ""))

    @property
    def mutuality_doubt(self) -> str:
        """As `niss_doubt`, of the mutuality."""
        return doubt("mutuality", str(self["mutuality"].value() or ""))

    @property
    def mutuality_name(self) -> str:
        """Name of the mutuality typed or picked, when the list has it."""
        return mutuality.name(str(self["mutuality"].value() or "").strip())

    def save(self, patient: Patient) -> BelgianPatient:  # type: ignore[override]
        """Write the Belgian half, and the cover by the mutuality so that bills know whom to ask."""
        belgian = self.instance
        belgian.patient, belgian.practice = patient, patient.practice
        for name in self.Meta.fields:
            setattr(belgian, name, self.cleaned_data[name])
        belgian.save()
        cover_by_mutuality(belgian)
        return belgian


CHECKS = {"niss": check_niss, "mutuality": check_mutuality}


def doubt(name: str, typed: str) -> str:
    """Say in French what looks wrong with a number, or why it is refused; empty when nothing does."""
    if not typed.strip():
        return ""
    try:
        return " ".join(CHECKS[name](typed).warnings)
    except ValueError as error:
        return str(error)


def cover_by_mutuality(belgian: BelgianPatient) -> Cover | None:
    """Keep one compulsory cover in step with the mutuality; its payer is who receivables ask."""
    mine = Cover.objects.for_(belgian).filter(patient=belgian.patient, kind=PayerKind.COMPULSORY)
    cover = mine.first()
    if not belgian.mutuality:
        return cover
    name = mutuality.name(belgian.mutuality) or f"Mutualité {belgian.mutuality}"
    payer = record_payer(belgian, SYSTEM, belgian.mutuality, name, PayerKind.COMPULSORY)
    fields = {"member_number": belgian.niss or belgian.registration}
    if cover is None:
        return add_cover(belgian.patient, payer, fields, kind=PayerKind.COMPULSORY)
    return cover if cover.locked else change_cover(cover, payer, fields)

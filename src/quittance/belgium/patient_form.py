"""The form of a patient's Belgian insurance: national or BIS number, mutuality, codes and rights of today."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quittance.belgium import insured
from quittance.belgium.fields import OFF, NumberField
from quittance.belgium.forms.rights import (
    FLAGS,
    RIGHTS,
    RightsForm,
    ask,
    check_mutuality,
    doubt_mutuality,
    mutuality_field,
    rights_of,
)
from quittance.belgium.models import BelgianPatient
from quittance.belgium.numbers import Checked, mutuality, niss
from quittance.belgium.services.insurability import SYSTEM, keep_today
from quittance.patients.models import Cover, Patient
from quittance.web.templatetags.quittance import day as write_day

__all__ = ["SYSTEM", "BelgianPatientForm", "check_mutuality", "check_niss", "doubt"]
FOLDED = ("registration", "language", "preferential", *FLAGS)


def check_niss(text: str) -> Checked:
    """Check a national or BIS number today."""
    return niss.check(text, on=timezone.localdate())


class BelgianPatientForm(RightsForm, forms.ModelForm[BelgianPatient]):
    """What Belgium adds to a patient, and his insurability of today."""

    template = "belgium/patient_form.html"
    niss = NumberField(check_niss, label=_("National number (NISS, BIS)"), required=False, max_length=20)
    mutuality = mutuality_field(required=False)

    class Meta:
        model = BelgianPatient
        fields = ("niss", "mutuality", "registration", "language")
        labels: ClassVar = {"registration": _("Number at the mutuality"), "language": _("Language of the papers")}
        help_texts: ClassVar = {
            "registration": _("Only for a newborn or a person without a national number: 13 characters.")
        }
        widgets: ClassVar = {"registration": forms.TextInput(OFF), "language": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["niss"].widget.attrs.update(ask("niss", include=", #id_birth, [name=sex]"))
        self.fields["language"].required = False
        self.cover = self._cover()
        if self.cover is not None:
            rights = rights_of(insured.insurability_of(self.cover))
            self.initial.update(rights, mutuality=self.cover.payer.number)
        elif self._known():
            self.initial["mutuality"] = ""  # his periods are over, or to come: none is that of today
        for name in ("mutuality", *RIGHTS) if self.locked else ():
            self.fields[name].disabled = True

    def _known(self) -> list[Cover]:
        return [] if self.instance._state.adding else insured.covers_of(self.instance.patient)

    def _cover(self) -> Cover | None:
        """Give the period of today."""
        if not self._known():
            return None
        return insured.cover_on(self.instance.patient, self.instance.practice.today())

    @property
    def locked(self) -> bool:
        """Whether a card gave the insurability of today."""
        return self.cover is not None and self.cover.locked

    @property
    def opened(self) -> bool:
        """Whether the fold opens by itself: something in it needs attention."""
        return any(self[name].errors for name in FOLDED)

    def clean_language(self) -> str:
        """Keep the language where none is chosen."""
        return self.cleaned_data["language"] or self.instance.language

    def clean(self) -> dict[str, Any]:
        """Rights need a mutuality that gives them, and one that is known goes only with its period."""
        super().clean()
        typed = self.cleaned_data
        if typed.get("mutuality") or "mutuality" in self.errors:
            return typed
        if self.cover is not None:
            since = write_day(self.cover.from_day) or "…"
            text = _("A period by this mutuality holds since %(day)s: end or delete it on the page “Insurability”.")
            self.add_error("mutuality", text % {"day": since})
        elif any(typed.get(name) not in (None, "", False) for name in RIGHTS):
            self.add_error("mutuality", _("The codes and the rights come from a mutuality: say which one."))
        return typed

    @property
    def niss_doubt(self) -> str:
        """What looks wrong with a number that is accepted."""
        return doubt("niss", str(self["niss"].value() or ""))

    @property
    def mutuality_doubt(self) -> str:
        """As `niss_doubt`, of the mutuality."""
        return doubt_mutuality(str(self["mutuality"].value() or ""))

    @property
    def mutuality_name(self) -> str:
        """Name of the mutuality typed or picked, when the list has it."""
        return mutuality.name(str(self["mutuality"].value() or "").strip())

    @property
    def summary(self) -> str:
        """What the fold says while it is closed: the rights that are ticked."""
        said = {"gmd": _("DMG"), "chronic": _("chronic"), "maf": _("MAF"), "medical_house": _("medical house")}
        return ", ".join(str(word) for name, word in said.items() if self[name].value())

    def save(self, patient: Patient) -> BelgianPatient:  # type: ignore[override]
        """Write the Belgian half, and the insurability of today, so that bills know whom to ask."""
        belgian = self.instance
        belgian.patient, belgian.practice = patient, patient.practice
        for name in self.Meta.fields:
            setattr(belgian, name, self.cleaned_data[name])
        belgian.save()
        keep_today(patient, belgian.mutuality, self.rights())
        return belgian


def doubt(name: str, typed: str) -> str:
    """Say in French what looks wrong with a number, or why it is refused; empty when nothing does."""
    check = {"niss": check_niss, "mutuality": check_mutuality}[name]
    if not typed.strip():
        return ""
    try:
        return " ".join(check(typed).warnings)
    except ValueError as error:
        return str(error)

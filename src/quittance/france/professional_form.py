"""What France adds to a professional: RPPS, ADELI, specialty, and the terms of the main situation."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quittance.france import law
from quittance.france.fields import OFF
from quittance.france.numbers import NumberError, adeli, rpps
from quittance.france.situation_form import ADELI, RPPS, SituationForm, number_of
from quittance.people.models import Identifier, Issuer, Practice, Professional

NUMBERS: dict[str, tuple[str, ModuleType]] = {"rpps_number": (RPPS, rpps), "adeli_number": (ADELI, adeli)}


def specialties() -> list[tuple[str, str]]:
    """List the specialties by code, to be chosen."""
    return [("", "—"), *((code, f"{code} · {one.label}") for code, one in law.specialties().items())]


def _main(professional: Professional | None) -> Issuer | None:
    if professional is None or professional.pk is None:
        return None
    return Issuer.objects.for_(professional).filter(professional=professional).order_by("pk").first()


def _number(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.TextInput({"inputmode": "numeric", **OFF})
    return forms.CharField(label=label, max_length=16, required=False, help_text=help_text, widget=widget)


class FrenchProfessionalForm(SituationForm):
    """The French half of a professional's record: its billing number is that of the main situation."""

    template = "france/professional_form.html"
    rpps_number = _number("RPPS", gettext_lazy("Eleven digits."))
    adeli_number = _number("ADELI", gettext_lazy("Nine characters, for those who have no RPPS yet."))
    specialty = forms.ChoiceField(
        label=gettext_lazy("Specialty"),
        error_messages={"required": gettext_lazy("Prices turn on the specialty: choose it.")},
    )

    def __init__(self, data: Any, professional: Professional | None, practice: Practice) -> None:
        known = {name: number_of(professional, system) for name, (system, _module) in NUMBERS.items()}
        known["specialty"] = (professional.profile or {}).get("specialty", "") if professional else ""
        super().__init__(data, practice, professional, _main(professional), initial=known)
        choice: Any = self.fields["specialty"]
        choice.choices = specialties()

    def rpps(self) -> str:
        """Give the RPPS typed."""
        return self._typed("rpps_number")

    def _checked(self, name: str) -> str:
        typed, (system, module) = self.cleaned_data[name], NUMBERS[name]
        if not typed:
            return ""
        try:
            number = str(module.validate(typed))
        except NumberError as error:
            raise forms.ValidationError(str(error)) from None
        rows = Identifier.objects.for_(self.practice).filter(system=system, value=number).exclude(professional=None)
        other = rows.exclude(professional=self.professional).select_related("professional").first()
        if other is not None and other.professional is not None:
            text = _("%(number)s is already that of %(other)s: open that record, or correct the number.")
            raise forms.ValidationError(text % {"number": number, "other": other.professional.full_name})
        return number

    def clean_rpps_number(self) -> str:
        """Refuse what cannot be an RPPS, and another's."""
        return self._checked("rpps_number")

    def clean_adeli_number(self) -> str:
        """Refuse what cannot be an ADELI number, and another's."""
        return self._checked("adeli_number")

    @property
    def warnings(self) -> dict[str, str]:
        """What looks odd and is kept, by field."""
        found = super().warnings
        for name, (_system, module) in NUMBERS.items():
            typed = self._typed(name)
            found[name] = (module.doubt(typed) or "") if module.is_valid(typed) else ""
        return found

    def save(self, professional: Professional) -> None:
        """Write profile, numbers and the main situation."""
        professional.profile = {
            **professional.profile,
            **self.terms(),
            "specialty": self.cleaned_data["specialty"],
        }
        professional.save(update_fields=["profile"])
        for name, (system, _module) in NUMBERS.items():
            self._write(professional, system, self.cleaned_data[name])
        main = self.issuer or Issuer(practice=professional.practice, professional=professional)
        main.number, main.profile = self.cleaned_data["number"], {}
        main.label = main.label or professional.full_name
        main.save()

    def _write(self, professional: Professional, system: str, value: str) -> None:
        rows = Identifier.objects.for_(professional).filter(professional=professional, system=system)
        if not value:
            rows.delete()
        elif not rows.update(value=value):
            rows.create(professional=professional, system=system, value=value)

"""Forms of patients and prescribers. A refusal says what, why and what to do, and loses nothing typed."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from quittance.patients import birth
from quittance.patients.models import PRESENT, Patient, Prescriber
from quittance.patients.services import IDENTITY

CONTACT = ("phone", "mobile", "email", "address_line1", "address_line2", "postcode", "city")
OFF = {"autocomplete": "off"}


class PatientForm(forms.ModelForm[Patient]):
    """Identity and contact; what the country adds is its own form on the same page."""

    birth = forms.CharField(
        label=_("Birth date"),
        required=False,
        max_length=10,
        widget=forms.TextInput({"inputmode": "numeric", "placeholder": _("DD/MM/YYYY"), **OFF}),
    )
    lunar = forms.BooleanField(
        label=_("Lunar date"),
        required=False,
        help_text=_("The insurer's date is not in the calendar, as 31/02/1950."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Patient
        fields = ("birth_name", "used_name", "first_names", "sex", *CONTACT)
        widgets = {
            "birth_name": forms.TextInput({"autocapitalize": "characters", "autofocus": True, **OFF}),
            "used_name": forms.TextInput({"autocapitalize": "characters", **OFF}),
            "first_names": forms.TextInput({"autocapitalize": "words", **OFF}),
            "sex": forms.RadioSelect,
            "phone": forms.TextInput({"type": "tel", "inputmode": "tel", **OFF}),
            "mobile": forms.TextInput({"type": "tel", "inputmode": "tel", **OFF}),
        }
        help_texts = {"used_name": _("When it differs: married name, for example.")}
        error_messages = {"birth_name": {"required": _("A patient has a name: write the birth name.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.update(birth=self.instance.birth_text, lunar=self.instance.is_lunar)
        if self.instance.locked:
            for name in (*IDENTITY, "birth", "lunar"):
                if name in self.fields:
                    self.fields[name].disabled = True

    @property
    def contact(self) -> list[forms.BoundField]:
        """The fields of the contact fold."""
        return [self[name] for name in CONTACT]

    @property
    def contact_open(self) -> bool:
        """Whether the contact fold opens by itself: something in it needs attention."""
        return any(self[name].errors for name in CONTACT)

    def clean_birth(self) -> str:
        """Give the eight digits of the birth date."""
        typed = self.cleaned_data["birth"]
        if not typed:
            return ""
        try:
            return birth.read(typed)[0]
        except birth.BirthError:
            raise forms.ValidationError(
                _("“%(typed)s” is no birth date: write day, month and year, as 14/08/1948."),
                params={"typed": typed},
            ) from None

    def clean(self) -> dict[str, Any]:
        """A date outside the calendar must be meant; a date to come is a typing error."""
        super().clean()
        raw = self.cleaned_data.get("birth")
        if raw:
            _raw, day = birth.read(raw)
            if day is None and not self.cleaned_data.get("lunar"):
                self.add_error("birth", _("The calendar has no such day: correct it, or tick “lunar date” below."))
            if day is not None and day > timezone.localdate():
                self.add_error("birth", _("This day is still to come: check the year."))
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """Give the fields of `Patient` as the services write them."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        raw = self.cleaned_data["birth"]
        return found | {"birth_raw": raw, "birth_date": birth.read(raw)[1] if raw else None}


class PrescriberForm(forms.ModelForm[Prescriber]):
    """A prescriber: name and identification number are required."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Prescriber
        fields = (
            "last_name",
            "first_name",
            "number",
            "specialty",
            "phone",
            "email",
            "address_line1",
            "postcode",
            "city",
        )
        widgets = {
            "last_name": forms.TextInput({"autofocus": True, **OFF}),
            "first_name": forms.TextInput(OFF),
            "number": forms.TextInput({"inputmode": "numeric", **OFF}),
            "phone": forms.TextInput({"type": "tel", **OFF}),
        }
        error_messages = {
            "last_name": {"required": _("A prescriber has a name: write it as on the prescription.")},
            "number": {"required": _("The number is required: copy it from the prescription, near the stamp.")},
        }

    def __init__(self, *args: Any, practice: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.practice = practice or self.instance.practice
        self.initial.setdefault("key", uuid.uuid4())

    def clean_number(self) -> str:
        """Refuse a number that another prescriber of the practice has."""
        number = "".join(self.cleaned_data["number"].split())
        others = Prescriber.objects.for_(self.practice).filter(PRESENT, number=number).exclude(pk=self.instance.pk)
        key = self.data.get("key") or None
        other = next((one for one in others if str(one.creation_key) != key), None)
        if other is not None:
            raise forms.ValidationError(
                _("%(other)s already has this number: choose that prescriber, or correct the number."),
                params={"other": other},
            )
        return number

    def values(self) -> dict[str, Any]:
        """Give the fields as the services write them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

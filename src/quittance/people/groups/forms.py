"""Forms of an organisation and of its users."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.people.country import Checked, NumberRefusedError, people_of
from quittance.people.models import Organisation, OrganisationMember, Practice

OFF = {"autocomplete": "off"}
NUMBERS = {"company_number": "company", "provider_number": "provider"}
KINDS = {
    Organisation.Kind.COMPANY: _("Company"),
    Organisation.Kind.GROUP: _("Group of providers"),
    Organisation.Kind.INSTITUTION: _("Institution"),
}
Kind, Function = Organisation.Kind, OrganisationMember.Function


def check(country: str, kind: str, typed: str) -> Checked:
    """Check a number as the country says; a country that says nothing keeps it as typed."""
    people, text = people_of(country), typed.strip()
    return people.check_number(kind, text) if people is not None else Checked(text, text)


def shown(country: str, kind: str, value: str) -> str:
    """Write a number as it is printed."""
    try:
        return check(country, kind, value).shown if value else ""
    except NumberRefusedError:
        return value


def _number(label: Any, help_text: Any) -> forms.CharField:
    widget = forms.TextInput({"inputmode": "numeric", **OFF})
    return forms.CharField(label=label, required=False, max_length=24, widget=widget, help_text=help_text)


class OrganisationForm(forms.Form):
    """What kind of organisation the practice is, and the numbers that name it."""

    kind = forms.ChoiceField(
        label=_("Kind of organisation"),
        choices=list(KINDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the practice is: a company, a group or an institution.")},
    )
    company_number = _number(_("Company number"), _("Names a company; a group gives it in its record too."))
    provider_number = _number(_("Provider number"), _("Names a group or an institution: its own, not that of a nurse."))

    def __init__(self, data: Any, practice: Practice, organisation: Organisation | None = None) -> None:
        self.country, self.warnings = practice.country, list[str]()
        initial: dict[str, Any] = {}
        if organisation is not None:
            numbers = {name: shown(self.country, kind, getattr(organisation, name)) for name, kind in NUMBERS.items()}
            initial = {"kind": organisation.kind, **numbers}
        super().__init__(data, initial=initial)

    def clean(self) -> dict[str, Any]:
        """Check each number typed, and that the one that names this kind is there."""
        told = super().clean() or self.cleaned_data
        for name, kind in NUMBERS.items():
            if told.get(name):
                self._check(name, kind)
        needed = "company_number" if told.get("kind") == Kind.COMPANY else "provider_number"
        if told.get("kind") and not told.get(needed) and needed not in self.errors:
            company, other = (
                _("A company is named by its company number: copy its digits from the register."),
                _("A group or institution is named by its provider number: copy it from the letter that gave it."),
            )
            self.add_error(needed, company if needed == "company_number" else other)
        return told

    def _check(self, name: str, kind: str) -> None:
        try:
            found = check(self.country, kind, self.cleaned_data[name])
        except NumberRefusedError as refused:
            self.add_error(name, str(refused))
        else:
            self.cleaned_data[name] = found.value
            self.warnings += found.warnings


class UserForm(forms.Form):
    """Who becomes a user: known by his e-mail address; the name is for an account that is not made yet."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(OFF),
        help_text=_("Of the account he has, or will have: a link is given to hand over where there is none."),
        error_messages={"required": _("Write the e-mail address: it names the account.")},
    )
    first_name = forms.CharField(label=_("First name"), required=False, max_length=100, widget=forms.TextInput(OFF))
    last_name = forms.CharField(label=_("Name"), required=False, max_length=100, widget=forms.TextInput(OFF))


class FunctionForm(forms.Form):
    """What a user manages; the main access manager hands over and is not chosen here."""

    function = forms.ChoiceField(
        label=_("Function"),
        choices=[(Function.USER, _("User")), (Function.CO_MANAGER, _("Co-manager of the domain “health care”"))],
        widget=forms.RadioSelect,
    )
    manages_roles = forms.BooleanField(
        label=_("Role “manages roles”"), required=False, help_text=_("A user who gives and takes back rights himself.")
    )

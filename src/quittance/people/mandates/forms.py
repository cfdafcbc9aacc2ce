"""The forms of mandates: to give one, to ask for one, to state one's own number."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quittance.people.country import CountryPeople, NumberRefusedError, Scope
from quittance.people.mandates.errors import MandateError
from quittance.people.mandates.parties import numbers_of
from quittance.people.models import Mandate, Organisation, User

OFF = {"autocomplete": "off"}
NUMBER_HELP = {
    Mandate.Party.PERSON: gettext_lazy("person: national or BIS number"),
    Mandate.Party.COMPANY: gettext_lazy("company: company number, ten digits"),
    Mandate.Party.INSTITUTION: gettext_lazy("group or institution: provider number"),
}
ONESELF = "self"


def _day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class Refusable(forms.Form):
    """A form that shows beside its fields what a service refuses."""

    def refuse(self, refused: MandateError) -> None:
        """Put the refusal beside its field, or above the form."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.message)


class Dated(Refusable):
    """From a day, to a day or without end."""

    from_day = forms.DateField(label=gettext_lazy("First day"), widget=_day_input())
    to_day = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=_day_input(),
        help_text=gettext_lazy("Empty: no end date. Either side can end the mandate at any moment."),
    )

    def __init__(self, data: Any, day: date) -> None:
        super().__init__(data, initial={"from_day": day})
        self.fields["from_day"].widget.attrs["min"] = day.isoformat()


class GiveForm(Dated):
    """To whom a provider gives a mandate."""

    party = forms.ChoiceField(label=gettext_lazy("To whom"), widget=forms.RadioSelect)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=120, widget=forms.TextInput(OFF))
    number = forms.CharField(label=gettext_lazy("Number"), max_length=40, widget=forms.TextInput(OFF))

    def __init__(self, data: Any, day: date, scope: Scope) -> None:
        super().__init__(data, day)
        known = [(party.value, party.label) for party in Mandate.Party if party.value in scope.parties]
        party = self.fields["party"]
        assert isinstance(party, forms.ChoiceField)
        party.choices = known
        self.initial["party"] = known[0][0]
        told = " · ".join(str(NUMBER_HELP[Mandate.Party(value)]) for value, _label in known)
        self.fields["number"].help_text = told[:1].upper() + told[1:] + "."


class AskForm(Dated):
    """From whom a mandatary asks for a mandate, and for himself or for which organisation."""

    mandatary = forms.ChoiceField(label=gettext_lazy("Mandatary"), widget=forms.RadioSelect)
    number = forms.CharField(
        label=gettext_lazy("Provider number of the grantor"),
        max_length=40,
        widget=forms.TextInput(OFF),
        help_text=gettext_lazy(
            "The whole number, as on an attestation. A provider with a visa only starts it himself."
        ),
    )

    def __init__(self, data: Any, day: date, mandataries: dict[str, Mandatary]) -> None:
        super().__init__(data, day)
        self.mandataries = mandataries
        field = self.fields["mandatary"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, one.label) for key, one in mandataries.items()]
        self.initial["mandatary"] = next(iter(mandataries), "")

    @property
    def chosen(self) -> Mandatary:
        """Who asks."""
        return self.mandataries[self.cleaned_data["mandatary"]]


class Mandatary:
    """Whom a user may ask a mandate for: himself, or an organisation whose access he manages."""

    def __init__(self, party: str, number: str, name: str, organisation: Organisation | None = None) -> None:
        self.party, self.number, self.name, self.organisation = party, number, name, organisation

    @property
    def label(self) -> str:
        """The name, and by which of its numbers."""
        kind = Mandate.Party(self.party).label
        return _("%(name)s, as a %(party)s") % {"name": self.name, "party": kind} if self.organisation else self.name


def mandataries(user: User, organisations: list[Organisation], scope: Scope) -> dict[str, Mandatary]:
    """List whom a user may ask a mandate of this type for."""
    found = {}
    if user.national_number and Mandate.Party.PERSON.value in scope.parties:
        found[ONESELF] = Mandatary(Mandate.Party.PERSON, user.national_number, str(user))
    for one in organisations:
        for party, number in numbers_of(one):
            if party in scope.parties:
                found[f"{party}-{one.pk}"] = Mandatary(party, number, one.practice.name, one)
    return found


class InviteForm(forms.Form):
    """The address of a person who has no account yet."""

    email = forms.EmailField(label=gettext_lazy("E-mail address of the mandatary"), widget=forms.EmailInput(OFF))


class NumberForm(forms.Form):
    """The user's own number, by which a mandate names a person."""

    national_number = forms.CharField(
        label=gettext_lazy("National or BIS number"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", **OFF}),
        help_text=gettext_lazy("Eleven digits, on the back of the identity card."),
    )

    def __init__(self, data: Any, user: User, country: CountryPeople) -> None:
        self.user, self.country = user, country
        self.warnings: tuple[str, ...] = ()
        super().__init__(data, initial={"national_number": self._shown(user.national_number or "")})

    def _shown(self, number: str) -> str:
        try:
            return self.country.check_number("person", number).shown if number else ""
        except NumberRefusedError:
            return number

    def clean_national_number(self) -> str:
        """Give the number as kept; it is nobody else's."""
        try:
            found = self.country.check_number("person", self.cleaned_data["national_number"])
        except NumberRefusedError as refused:
            raise forms.ValidationError(str(refused)) from None
        if User.objects.filter(national_number=found.value).exclude(pk=self.user.pk).exists():
            raise taken()
        self.warnings = found.warnings
        return found.value


def taken() -> forms.ValidationError:
    """Say that another account has stated the number."""
    return forms.ValidationError(
        _("Another account has stated this number. Check it; if it is yours, write to whoever runs this installation.")
    )

"""Forms of members: whom, in which role, from when to when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from quittance.people.members.services import FOR_PAGES
from quittance.people.models import Membership

OFF = {"autocomplete": "off"}
TERMS = ("role", "from_day", "to_day")


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=False, help_text=help_text, widget=widget)


class MemberForm(forms.Form):
    """Role and dates of a member."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)
    from_day = _day(_("From"), _("Empty: from now on."))
    to_day = _day(_("To"), _("The last day. Empty: without end."))

    def __init__(self, data: Any, member: Membership | None = None) -> None:
        super().__init__(data, initial={name: getattr(member, name) for name in TERMS} if member else None)
        roles: Any = self.fields["role"]
        roles.choices = [(role.value, capfirst(str(role.label))) for role in FOR_PAGES]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        super().clean()
        first, last = self.cleaned_data.get("from_day"), self.cleaned_data.get("to_day")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("to_day", _("This day is before the first one: exchange them, or correct one."))
        return self.cleaned_data


class InviteForm(MemberForm):
    """A new member: the address signs in, the names are shown."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"autofocus": True, **OFF}),
        error_messages={
            "required": _("Write the address: it is what the person signs in with."),
            "invalid": _("This is no e-mail address: check it, as name@example.org."),
        },
    )
    first_name = forms.CharField(label=_("First name"), max_length=100, widget=forms.TextInput(OFF))
    last_name = forms.CharField(label=_("Last name"), max_length=100, widget=forms.TextInput(OFF))

    field_order = ("email", "first_name", "last_name", *TERMS)

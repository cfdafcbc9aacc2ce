"""The filter of the journal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.people.journal import words


def _day(label: Any) -> forms.DateField:
    error = {"invalid": _("This is no day: write it as 22/11/2026, or choose it in the calendar.")}
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"), error_messages=error
    )


class FilterForm(forms.Form):
    """Which events to show: everything that is left empty narrows nothing."""

    user = forms.TypedChoiceField(label=_("Person"), required=False, coerce=UUID, empty_value=None)
    action = forms.ChoiceField(label=_("Action"), required=False, choices=[("", _("all")), *words.ACTIONS.items()])
    outcome = forms.ChoiceField(label=_("Outcome"), required=False, choices=[("", _("all")), *words.OUTCOMES.items()])
    first = _day(_("From"))
    last = _day(_("To"))

    def __init__(self, data: Any, people: dict[UUID, str], *, short: bool = False) -> None:
        super().__init__(data)
        choices = sorted(((str(key), name) for key, name in people.items()), key=lambda one: one[1].casefold())
        self.fields["user"].choices = [("", _("everybody")), *choices]  # type: ignore[attr-defined]
        if short:
            del self.fields["action"], self.fields["outcome"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        first, last = told.get("first"), told.get("last")
        if first and last and first > last:
            self.add_error("last", _("The last day comes before the first: exchange the two."))
        return told

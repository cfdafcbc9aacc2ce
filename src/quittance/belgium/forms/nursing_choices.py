"""The form of a choice of the practice: the value of an uncertain figure of home nursing, from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.belgium.fields import day_input
from quittance.belgium.forms.katz import check_day
from quittance.belgium.law import nursing_care as law
from quittance.belgium.services.nursing_choices import Choice
from quittance.billing.forms import AmountField

LAW, HIGHEST = "law", 100_000
"""The word of « as the law file says », and the highest daily ceiling that is no typing mistake, in cents."""


class ChoiceForm(forms.Form):
    """A value, or the law's again, and the day from which it holds."""

    value: forms.Field
    first = forms.DateField(label=_("Holds from"), widget=day_input())

    def __init__(self, data: Any, name: str, today: date) -> None:
        super().__init__(data, prefix=name, initial={"first": today.replace(month=1, day=1)})
        self.name, self.today = name, today
        words = law.choosable()[name]
        if isinstance(words, Mapping):
            kept = [(LAW, _("as the law file says")), *((str(value), word) for value, word in words.items())]
            self.fields["value"] = forms.ChoiceField(label=_("Choice"), choices=kept, widget=forms.RadioSelect)
        else:
            self.fields["value"] = AmountField(label=_("Amount"), required=False)
            self.fields["value"].help_text = _("In euro, for a day. Left empty: as the law file says.")

    def clean_first(self) -> date | None:
        """Refuse a day before the law file or far ahead."""
        return check_day(self.cleaned_data["first"], self.today)

    def clean_value(self) -> int | None:
        """Give the value, None for that of the law; refuse a ceiling of nothing, or one that cannot be."""
        typed = self.cleaned_data["value"]
        if typed in (LAW, None):
            return None
        if isinstance(typed, int) and not 0 < typed <= HIGHEST:
            raise forms.ValidationError(_("A daily ceiling lies between 0,01 € and 1 000 €: correct the amount."))
        return int(typed)

    def choice(self) -> Choice:
        """Give the choice to be kept."""
        return Choice(self.name, self.cleaned_data["value"], self.cleaned_data["first"])

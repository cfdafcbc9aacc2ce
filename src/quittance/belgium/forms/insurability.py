"""The form of a period of insurability."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.belgium.fields import day_input
from quittance.belgium.forms.rights import RightsForm, doubt_mutuality, mutuality_field, rights_of
from quittance.belgium.insured import insurability_of
from quittance.belgium.numbers import mutuality
from quittance.belgium.services.insurability import Period
from quittance.patients.models import Cover


class PeriodForm(RightsForm):
    """A period by a mutuality: days, codes, rights, and the day when they were asked."""

    mutuality = mutuality_field()
    from_day = forms.DateField(label=_("From"), required=False, widget=day_input())
    to_day = forms.DateField(label=_("To"), required=False, widget=day_input(), help_text=_("Empty: until a change."))
    asked_on = forms.DateField(label=_("Insurability asked on"), required=False, widget=day_input())
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, today: date, cover: Cover | None = None, like: Cover | None = None) -> None:
        shown, self.today, self.must_begin = cover or like, today, cover is None and like is not None
        initial = {"key": uuid.uuid4(), **rights_of(insurability_of(shown))}
        if shown is not None:
            initial["mutuality"] = shown.payer.number
        if cover is not None:
            kept = insurability_of(cover)
            initial |= {"from_day": cover.from_day, "to_day": cover.to_day, "asked_on": kept and kept.asked_on}
        super().__init__(data, initial=initial)
        for field in self.fields.values() if cover is not None and cover.locked else ():
            field.disabled = True

    def last_day(self) -> date | None:
        """Give the last day of the period."""
        return self.cleaned_data.get("to_day")

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order, a first day left out, an answer of a day to come."""
        super().clean()
        first, last, asked = (self.cleaned_data.get(name) for name in ("from_day", "to_day", "asked_on"))
        if first and last and last < first:
            self.add_error("to_day", _("This day is before the first one: exchange them, or correct one."))
        if first is None and self.must_begin and "from_day" not in self.errors:
            self.add_error("from_day", _("Another period is known: write the first day of this one."))
        if asked and asked > self.today:
            self.add_error("asked_on", _("This day is still to come: write the day of the answer of the mutuality."))
        return self.cleaned_data

    def period(self) -> Period:
        """Give the period as the services write it."""
        typed = self.cleaned_data
        rights = {**self.rights(), "asked_on": typed["asked_on"]}
        return Period(typed["mutuality"], typed["from_day"], typed["to_day"], rights)

    @property
    def mutuality_name(self) -> str:
        """Name of the mutuality typed or picked, when the list has it."""
        return mutuality.name(str(self["mutuality"].value() or "").strip())

    @property
    def mutuality_doubt(self) -> str:
        """What looks wrong with a mutuality that is accepted."""
        return doubt_mutuality(str(self["mutuality"].value() or ""))

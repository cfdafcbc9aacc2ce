"""Forms that ask about a session of speech therapy, one or a series. They are sent by GET: nothing is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from quittance.belgium.forms.speech import disorders
from quittance.belgium.law import figures
from quittance.belgium.law import speech as law
from quittance.belgium.services.speech_sessions import MOST, Wanted, code_for, days_of, kinds_for
from quittance.belgium.speech.setting import PLACES
from quittance.people.professionals.dated_forms import DayInput

KINDS = {
    "individual_30": _("30 min"),
    "individual_60": _("60 min"),
    "collective": _("in a group"),
    "guidance_individual": _("guidance of parents"),
    "guidance_collective": _("guidance in a group"),
    "assessment": _("assessment"),
    "evaluation": _("evaluation"),
}
GROUPS = ("collective", "guidance_collective")
WHOLE = {"inputmode": "numeric"}


class SessionForm(forms.Form):
    """What a session is: its kind for a disorder at a place, or a code that is typed."""

    disorder = forms.ChoiceField(
        label=_("Disorder"), error_messages={"required": _("Choose the disorder that is treated.")}
    )
    kind = forms.ChoiceField(label=_("Session"), widget=forms.RadioSelect)
    place = forms.ChoiceField(label=_("Place"), widget=forms.RadioSelect)
    code = forms.CharField(
        label=_("Another code"),
        required=False,
        max_length=6,
        widget=forms.TextInput({"autocomplete": "off", **WHOLE}),
        help_text=_("Typed here, it stands in place of the session and the place chosen above."),
    )
    day = forms.DateField(label=_("Day"), widget=DayInput())
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=1, max_value=600, widget=forms.NumberInput(WHOLE)
    )
    persons = forms.IntegerField(
        label=_("Participants"), required=False, min_value=1, max_value=99, widget=forms.NumberInput(WHOLE)
    )
    prescribed = forms.DateField(label=_("Assessment prescribed on"), required=False, widget=DayInput())

    on, route = "day", "belgium:speech_session"

    def __init__(self, data: Mapping[str, Any], known: Sequence[str]) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        rows = disorders()
        mine = [row for row in rows if row[0] in known]
        others = [row for row in rows if row[0] not in known]
        grouped = [(_("Under treatment"), mine), (_("Others"), others)]
        fields["disorder"].choices = grouped if mine else [("", _("to be chosen")), *rows]
        fields["place"].choices = [(code, capfirst(word)) for code, word in PLACES.items()]
        codes = self._kinds()
        fields["kind"].choices = [(code, capfirst(str(word))) for code, word in KINDS.items() if code in codes]
        if self._said("kind") not in codes:  # another disorder was chosen, which has no such kind
            changed = cast("dict[str, Any]", data.copy() if isinstance(data, QueryDict) else dict(data))
            changed["kind"] = codes[0]
            self.data = changed

    def _said(self, name: str) -> str:
        return str(self.data.get(name) or "")

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """What was typed, as hidden fields of another form repeat it."""
        found = []
        for name in self.fields:
            value = self[name].value()
            values = value if isinstance(value, list) else [value]
            found += [(name, str(one)) for one in values if one not in (None, "", False)]
        return found

    def _kinds(self) -> list[str]:
        """List the kinds that the disorder has on the day."""
        disorder = self._said("disorder")
        try:
            day = date.fromisoformat(self._said(self.on))
        except ValueError:
            day = date.max
        codes = {one.code for one in kinds_for(disorder, min(day, date(2999, 1, 1)))}
        return [code for code in KINDS if code in codes] or list(KINDS)

    @property
    def act(self) -> law.Act | None:
        """What the typed code stands for."""
        return law.act(self._said("code").strip())

    @property
    def asks(self) -> set[str]:
        """Which of the rarer fields matter for the kind that is chosen or typed."""
        kind = self.act.kind.code if self.act else self._said("kind")
        found = {"prescribed"} if kind == "assessment" else set()
        if kind in GROUPS:
            found.add("persons")
        if kind in law.kinds() and law.kinds()[kind].minutes >= 60:
            found.add("minutes")
        return found

    def clean_code(self) -> str:
        """Refuse what is no code of six digits."""
        typed = "".join(self.cleaned_data["code"].split())
        if typed and not (len(typed) == 6 and typed.isascii() and typed.isdecimal()):
            raise forms.ValidationError(_("A code has six digits: copy it from the list of the nomenclature."))
        return str(typed)

    def wanted(self, day: date | None = None) -> Wanted:
        """Give the session of a valid form."""
        told, asks = self.cleaned_data, self.asks
        on, act = day or told[self.on], law.act(told["code"])
        disorder = (act.disorder if act else "") or told["disorder"]
        return Wanted(
            code=told["code"] or code_for(disorder, told["kind"], told["place"], on),
            day=on,
            disorder=disorder,
            place="" if told["code"] else told["place"],
            kind=told["kind"],
            **{name: told[name] if name in asks else None for name in ("minutes", "persons", "prescribed")},
        )


class SeriesForm(SessionForm):
    """Appointments that come back on days of the week."""

    first = forms.DateField(label=_("First day"), widget=DayInput())
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of the week"),
        coerce=int,
        choices=[(number, capfirst(str(WEEKDAYS[number])[:3])) for number in range(7)],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one day of the week at least.")},
    )
    count = forms.IntegerField(
        label=_("Number of sessions"), required=False, min_value=1, max_value=MOST, widget=forms.NumberInput(WHOLE)
    )
    last = forms.DateField(label=_("Or last day"), required=False, widget=DayInput())
    holidays = forms.BooleanField(label=_("Leave out the public holidays"), required=False)

    on, route = "first", "belgium:speech_series"

    def __init__(self, data: Mapping[str, Any], known: Sequence[str]) -> None:
        super().__init__(data, known)
        del self.fields["day"]

    def clean(self) -> dict[str, Any]:
        """A series has a number of sessions or a last day."""
        super().clean()
        told = self.cleaned_data
        if not told.get("count") and not told.get("last") and not self.errors.keys() & {"count", "last"}:
            self.add_error("count", _("Write how many sessions, or a last day."))
        if told.get("first") and told.get("last") and told["last"] < told["first"]:
            self.add_error("last", _("This day is before the first one: exchange them, or correct one."))
        return told

    def days(self) -> tuple[list[date], list[date]]:
        """Give the days of a valid form, and the public holidays left out."""
        told = self.cleaned_data
        free = frozenset(figures.holidays()) if told["holidays"] else frozenset()
        return days_of(told["first"], told["weekdays"], told["count"], told["last"], free)

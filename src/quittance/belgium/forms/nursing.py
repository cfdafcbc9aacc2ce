"""Forms of a day of home nursing: the day, its visits with their identity check, what was done at each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from quittance.belgium import nursing as rules
from quittance.belgium.fields import OFF, day_input
from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import wounds
from quittance.belgium.nursing.admit import RESERVED
from quittance.belgium.nursing.identity import DEFERRED, MANUAL, NO_REASON
from quittance.belgium.nursing.model import Place
from quittance.kernel.dated import day_number
from quittance.people.models import Professional

MOST_VISITS = 8
PLACES = {
    Place.HOME: _("at home"),
    Place.OFFICE: _("at the nurse's office"),
    Place.CONVALESCENT: _("convalescent home"),
    Place.COMMUNITY: _("communal home of disabled people"),
    Place.DAY_CARE: _("day-care centre"),
    Place.REST_HOME: _("rest home"),
}
UNREAD = ""


def typed_kinds() -> dict[str, law.Kind]:
    """Give the kinds of acts that may be typed: the others follow from the care and the visits."""
    return {name: kind for name, kind in law.kinds().items() if not name.startswith(RESERVED)}


def _whole(shown: str = "") -> forms.NumberInput:
    return forms.NumberInput({"inputmode": "numeric", "placeholder": shown})


class DayForm(forms.Form):
    """The day, who pays, and whether the patient left that day."""

    day = forms.DateField(label=_("Day"), widget=day_input())
    third_party = forms.BooleanField(label=_("Third-party payment"), required=False)
    left = forms.BooleanField(label=_("Death or admission before the second visit"), required=False)

    def clean_day(self) -> date:
        """Refuse a day of before the calendar of the rules."""
        day: date = self.cleaned_data["day"]
        if not 1990 <= day.year <= 2100:
            raise forms.ValidationError(_("Write the year in four digits, as 2026."))
        return day


class VisitForm(forms.Form):
    """A visit: who gave the care, where, when, what was done, how the identity was checked."""

    nurse = forms.ChoiceField(label=_("Executing nurse"))
    place = forms.ChoiceField(label=_("Place"), choices=[(one.value, label) for one, label in PLACES.items()])
    hour = forms.TimeField(label=_("Hour"), required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    office = forms.ChoiceField(label=_("Kind of office"), required=False)
    acts = forms.MultipleChoiceField(label=_("Acts"), required=False)
    reading = forms.ChoiceField(label=_("Reading"), required=False, widget=forms.RadioSelect)
    document = forms.ChoiceField(label=_("Document"), required=False)
    serial = forms.CharField(label=_("Serial number"), required=False, max_length=20, widget=forms.TextInput(OFF))
    manual = forms.ChoiceField(label=_("Reason of typing by hand"), required=False)
    vignette = forms.ChoiceField(label=_("Reason of the sticker"), required=False)

    def __init__(self, data: Any, number: int, nurses: Iterable[Professional], day: date | None) -> None:
        super().__init__(data, prefix=f"v{number}")
        self.number = number
        offices = [(name, one["label"]) for name, one in law.labels("offices").items() if name != "convalescent"]
        media = {code: one for code, one in law.identity("media").items() if day is None or day <= one.get("last", day)}
        choices: dict[str, Any] = {
            "nurse": [(str(one.pk), one.full_name) for one in nurses],
            "office": [("", _("choose")), *offices],
            "acts": [(name, kind.label) for name, kind in typed_kinds().items()],
            "reading": [(UNREAD, _("not read yet")), *law.identity("readings").items()],
            "document": [("", _("choose")), *((code, one["label"]) for code, one in media.items())],
            "manual": law.identity("manual").items(),
            "vignette": law.identity("vignette").items(),
        }
        for name, found in choices.items():
            field: Any = self.fields[name]
            field.choices = found

    def identity(self, day: date) -> rules.Identity | None:
        """Give the identity check of the visit; None while nothing is read."""
        told = self.cleaned_data
        reading = told.get("reading", "")
        if not reading:
            return None
        hour: time | None = told.get("hour")
        manual = told.get("manual") or NO_REASON
        undated = hour is None and reading == MANUAL and manual == DEFERRED
        return rules.Identity(
            reading=reading,
            media=told.get("document", ""),
            serial=told.get("serial", ""),
            day=None if undated else day_number(day),
            minute=None if hour is None else hour.hour * 60 + hour.minute,
            manual=manual,
            vignette=told.get("vignette") or NO_REASON,
        )


class ActForm(forms.Form):
    """What is said of an act, as far as its kind asks for it."""

    count = forms.IntegerField(label=_("Times"), required=False, min_value=1, max_value=9, widget=_whole("1"))
    prescribed = forms.DateField(label=_("Prescribed on"), required=False, widget=day_input())
    minutes = forms.IntegerField(label=_("Minutes"), required=False, min_value=0, max_value=720, widget=_whole())
    surgical = forms.BooleanField(label=_("Removal of stitches, packing or drains (B2)"), required=False)
    code = forms.CharField(label=_("Code"), required=False, max_length=6, widget=forms.TextInput(OFF))

    def __init__(self, data: Any, number: int, kind: str, *, asks_code: bool) -> None:
        super().__init__(data, prefix=f"v{number}-{kind}")
        self.kind, self.label = kind, law.kinds()[kind].label
        asked = {
            "count": law.kinds()[kind].group == "session" and kind != "toilet",
            "prescribed": law.kinds()[kind].prescription != "none",
            "minutes": kind in wounds.TIMED,
            "surgical": kind.startswith("wound"),
            "code": asks_code,
        }
        for name, wanted in asked.items():
            if not wanted:
                del self.fields[name]
        if asks_code:
            self.fields["code"].help_text = _("The list has no code here: take it from NomenSoft.")


def flat(day: Mapping[str, Any], visits: Iterable[Mapping[str, Any]]) -> MultiValueDict[str, str]:
    """Lay out a day as a form sends it, so that what is proposed is judged as what is typed.

    A visit is its fields by name, its acts as `{"kinds": {"toilet": {"count": "1"}}}`.
    """
    data: MultiValueDict[str, str] = MultiValueDict({name: [str(one)] for name, one in day.items() if one})
    number = 0
    for number, visit in enumerate(visits, 1):
        kinds: Mapping[str, Mapping[str, Any]] = visit.get("kinds", {})
        data.setlist(f"v{number}-acts", list(kinds))
        for name, value in visit.items():
            if name != "kinds" and value not in ("", None):
                data[f"v{number}-{name}"] = str(value)
        for kind, fields in kinds.items():
            for name, value in fields.items():
                if value not in ("", None, False):
                    data[f"v{number}-{kind}-{name}"] = str(value)
    data["n"] = str(number)
    return data


def without(data: MultiValueDict[str, str], gone: int, count: int) -> MultiValueDict[str, str]:
    """Take a visit away; those after it move up."""
    kept: MultiValueDict[str, str] = MultiValueDict()
    for name in data:
        head, dash, rest = name.partition("-")
        at = int(head[1:]) if dash and head[:1] == "v" and head[1:].isdecimal() else 0
        if at != gone:
            kept.setlist(f"v{at - 1}-{rest}" if at > gone else name, data.getlist(name))
    kept["n"] = str(count - 1)
    return kept

"""Forms of the Katz scale: the evaluation, what became of it, the notification of wound care."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quittance.belgium.fields import day_input
from quittance.belgium.law import nursing_care as law
from quittance.belgium.models import KatzEvaluation, WoundCareNotice
from quittance.belgium.nursing import Evaluation, Level, WoundNotice, evaluations, katz, wounds
from quittance.belgium.nursing.model import ITEMS, Scores
from quittance.belgium.services.nursing_choices import Choice, values_on
from quittance.kernel.dated import OPEN, day_number, day_of

SCORES = [(score, str(score)) for score in katz.EVERY_SCORE]
AHEAD = timedelta(days=366)
UNDECIDED, TOILETS_ONLY, REFUSED = "", "none", "refused"


def check_day(day: date | None, today: date) -> date | None:
    """Give a day that the law file and common sense know; refuse any other."""
    if day is None:
        return None
    if day_number(day) < law.first_day():
        refusal = gettext("The rules are known since %(first)s: write a later day.")
        raise forms.ValidationError(refusal % {"first": f"{day_of(law.first_day()):%d/%m/%Y}"})
    if day > today + AHEAD:
        raise forms.ValidationError(gettext("This day is more than a year ahead: correct the year."))
    return day


class EvaluationForm(forms.ModelForm[Any]):
    """Six scores and the days of a Katz evaluation."""

    class Meta:
        model = KatzEvaluation
        fields = ("first", "last", "toilets", "disoriented", "incontinent", "address")
        labels: ClassVar = {
            "first": _("First day"),
            "last": _("Last day"),
            "toilets": _("Toilets without a flat rate"),
            "disoriented": _("Moderate or severe disorientation"),
            "incontinent": _("Incontinence at night"),
            "address": _("The address of care stands on it"),
        }
        widgets: ClassVar = {"first": day_input(), "last": day_input(), "toilets": forms.RadioSelect}

    def __init__(self, data: Any, today: date, instance: KatzEvaluation, choices: Sequence[Choice] = ()) -> None:
        super().__init__(data, instance=instance)
        self.today, self.choices = today, choices
        toilets: Any = self.fields["toilets"]
        toilets.choices = KatzEvaluation.Toilets.choices
        self.fields["last"].help_text = _("Left empty: the three months that the law allows.")
        for item in ITEMS:
            self.fields[item] = forms.TypedChoiceField(
                label=capfirst(law.labels("items")[item]),
                choices=SCORES,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a score from 1 to 4.")),
            )
            if instance.pk or getattr(instance, item):
                self.initial[item] = getattr(instance, item)

    @property
    def items(self) -> list[forms.BoundField]:
        """The fields of the six items, in the order of the scale."""
        return [self[item] for item in ITEMS]

    def clean_first(self) -> date | None:
        """Refuse a day before the law file or far ahead."""
        return check_day(self.cleaned_data["first"], self.today)

    def clean(self) -> dict[str, Any]:
        """Refuse what the law does not allow: too long, no profile where there is no flat rate."""
        super().clean()
        told = self.evaluation()
        if told is None:
            return self.cleaned_data
        if told.last is not None and told.last < told.first:
            self.add_error("last", _("This day is before the first one: exchange them, or correct one."))
            return self.cleaned_data
        for message in evaluations.check(told, told.first, values_on(self.choices, day_of(told.first))):
            field = {"evaluation.length": "last", "evaluation.profile": "toilets"}.get(message.code)
            if field:
                self.add_error(field, message.text)
        return self.cleaned_data

    def evaluation(self) -> Evaluation | None:
        """Give the evaluation as it is typed; None while a score or its first day lacks."""
        told: dict[str, Any] = getattr(self, "cleaned_data", {})
        scores = tuple(told.get(item) for item in ITEMS)
        first, last = told.get("first"), told.get("last")
        if not all(isinstance(one, int) for one in scores) or first is None:
            return None
        return Evaluation(
            cast(Scores, scores),
            day_number(first),
            day_number(last) if last else None,
            toilets=told.get("toilets", ""),
            disoriented=told.get("disoriented", False),
            incontinent=told.get("incontinent", False),
            address=told.get("address", False),
        )

    def _post_clean(self) -> None:
        """Leave the row alone: the service writes it."""


class FollowForm(forms.Form):
    """What became of an evaluation: notified, decided by the medical adviser, ended."""

    sent_on = forms.DateField(label=_("Notified on"), required=False, widget=day_input())
    decision = forms.ChoiceField(label=_("Decision of the medical adviser"), required=False, widget=forms.RadioSelect)
    toilets = forms.ChoiceField(label=_("Toilets granted"), required=False, widget=forms.RadioSelect)
    stopped = forms.DateField(label=_("Last day of care"), required=False, widget=day_input())
    stop_told = forms.BooleanField(label=_("The end is notified"), required=False)

    def __init__(self, data: Any, today: date, row: KatzEvaluation) -> None:
        decided = REFUSED if row.refused else (row.granted or TOILETS_ONLY) if row.was_granted else UNDECIDED
        initial = {name: getattr(row, name) for name in ("sent_on", "stopped", "stop_told", "toilets")}
        super().__init__(data, initial={**initial, "decision": decided})
        self.today, self.row = today, row
        self.fields["sent_on"].help_text = _("Message 410000 of MyCareNet. Once notified, it is replaced, not changed.")
        self.fields["stopped"].help_text = _("Where care ends before the evaluation does.")
        toilets: Any = self.fields["toilets"]
        toilets.choices = [one for one in KatzEvaluation.Toilets.choices if one[0]]
        toilets.help_text = _("With the decision “toilets only”: without a profile no toilet is billed.")
        decision: Any = self.fields["decision"]
        decision.choices = [
            (UNDECIDED, _("none yet")),
            *((level.value, _("flat rate %(level)s") % {"level": level.value}) for level in katz.ORDER),
            (TOILETS_ONLY, _("toilets only")),
            (REFUSED, _("evaluation refused")),
        ]

    def clean_sent_on(self) -> date | None:
        """Refuse a notification of tomorrow."""
        day: date | None = self.cleaned_data["sent_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError(_("This day is still to come: write the day on which it was sent."))
        return day

    def clean_stopped(self) -> date | None:
        """Refuse an end outside the days of the evaluation."""
        day: date | None = self.cleaned_data["stopped"]
        if day is None:
            return None
        told = self.row.evaluation()
        limit = day_of(evaluations.limit(told, law.Book(told.first)))
        if not self.row.first <= day <= (self.row.last or limit):
            refusal = gettext("The evaluation goes from %(first)s to %(last)s: the end is one of these days.")
            known = {"first": f"{self.row.first:%d/%m/%Y}", "last": f"{self.row.last or limit:%d/%m/%Y}"}
            raise forms.ValidationError(refusal % known)
        return day

    def clean(self) -> dict[str, Any]:
        """An end that is notified has a day; what is decided or ended was notified first; toilets have a profile."""
        super().clean()
        told = self.cleaned_data
        if told.get("decision") == TOILETS_ONLY and not told.get("toilets") and "toilets" not in self.errors:
            self.add_error("toilets", _("Choose T2 or T7: the profile that the medical adviser granted."))
        if told.get("stop_told") and not told.get("stopped") and "stopped" not in self.errors:
            self.add_error("stopped", _("Write the last day of care that was notified."))
        if told.get("decision") and not told.get("sent_on") and "sent_on" not in self.errors:
            self.add_error("sent_on", _("A decision answers a notification: write the day on which it was sent."))
        return told

    def values(self) -> dict[str, Any]:
        """Give the columns of the row."""
        told, decision = self.cleaned_data, self.cleaned_data.get("decision", "")
        return {
            "sent_on": told["sent_on"],
            "stopped": told["stopped"],
            "stop_told": told["stop_told"],
            "refused": decision == REFUSED,
            "was_granted": decision not in (UNDECIDED, REFUSED),
            "granted": decision if decision in set(Level) else "",
            "toilets": told["toilets"] if decision == TOILETS_ONLY else self.row.toilets,
        }


def wound_types(today: date) -> list[tuple[int, str]]:
    """Name the types of a notification of wound care: first or renewed, and the minutes of the day."""
    book = law.Book(day_number(today))
    starts = [book.read(name).value for name in wounds.STEPS]
    found = []
    for at, start in enumerate(starts):
        below = starts[at + 1] if at + 1 < len(starts) else None
        for kind, renewed in zip(wounds.types(at + 1), (False, True), strict=True):
            found.append((kind, _wound_label(start, below, renewed=renewed)))
    return sorted(found)


def _wound_label(start: int | None, below: int | None, *, renewed: bool) -> str:
    first = gettext("renewal") if renewed else gettext("first notice")
    if below is None:
        return gettext("%(what)s, %(start)s minutes and more") % {"what": first, "start": start}
    return gettext("%(what)s, %(start)s to %(end)s minutes") % {
        "what": first,
        "start": start,
        "end": below - 1,
    }


class WoundForm(forms.ModelForm[Any]):
    """A notification of complex wound care."""

    type = forms.TypedChoiceField(label=_("Type"), coerce=int)
    last = forms.DateField(label=_("Last day"), required=False, widget=day_input())

    class Meta:
        model = WoundCareNotice
        fields = ("type", "first", "last")
        labels: ClassVar = {"first": _("First day")}
        widgets: ClassVar = {"first": day_input()}

    def __init__(self, data: Any, today: date) -> None:
        super().__init__(data, prefix="wound")
        self.today = today
        kinds: Any = self.fields["type"]
        kinds.choices = [(kind, f"{kind} · {label}") for kind, label in wound_types(today)]
        self.fields["last"].help_text = _("Left empty: the three months that the law allows.")

    def clean_first(self) -> date | None:
        """Refuse a day before the law file or far ahead."""
        return check_day(self.cleaned_data["first"], self.today)

    def clean(self) -> dict[str, Any]:
        """Complete the last day; refuse more than three months."""
        super().clean()
        told = self.cleaned_data
        if told.get("first") is None or told.get("type") is None or "last" in self.errors:
            return told
        first, last = day_number(told["first"]), told.get("last")
        notice = WoundNotice(told["type"], first, day_number(last) if last else OPEN)
        if last is not None and last < told["first"]:
            self.add_error("last", _("This day is before the first one: exchange them, or correct one."))
        elif last is None:
            told["last"] = day_of(wounds.until(notice, law.Book(first)))
        else:
            for message in wounds.check(notice):
                self.add_error("last", message.text)
        return told

    def _post_clean(self) -> None:
        """Leave the row alone: the service writes it."""

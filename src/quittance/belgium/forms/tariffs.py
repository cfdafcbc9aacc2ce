"""Forms of own tariffs: one code, a batch of them, and the correction of one."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quittance.belgium.country import country
from quittance.belgium.fields import OFF, day_input
from quittance.belgium.law import speech
from quittance.belgium.models import CustomTariff
from quittance.belgium.services import tariff_batch as batch
from quittance.belgium.services import tariff_codes as codes
from quittance.billing.forms import AmountField
from quittance.people.models import Professional
from quittance.web.templatetags.quittance import amount as written
from quittance.web.templatetags.quittance import euros

MOST_CENTS = 500_000
"""5,000.00 euro: no act of the lists comes near."""
MOST_TIMES = 20
"""An own fee of more times the official one is a slip of the comma."""
YEARS = (2000, 2100)
ALL, SOME = "all", "some"
CATEGORIES = (
    (batch.INDIVIDUAL, _("individual sessions")),
    (batch.COLLECTIVE, _("collective sessions")),
    (batch.GUIDANCE, _("parental guidance")),
    (batch.ASSESSMENT, _("initial assessment")),
    (batch.EVALUATION, _("evaluation sessions")),
)


def _places() -> list[tuple[str, str]]:
    """List the places of speech therapy with the words that a trace has for them."""
    words = country.flat.strings["labels_of"]["words"]["place"]
    return [(place, str(words[place])) for place in batch.PLACES]


def _refuse_slip(cents: int, officials: list[int]) -> int:
    """Refuse nothing, and what is out of all proportion to the official fees."""
    if cents <= 0:
        raise forms.ValidationError(_("A fee is more than nothing. To ask the official fee, no own tariff is needed."))
    if officials and cents > MOST_TIMES * max(officials):
        text = _("The official fee is %(official)s: %(typed)s is over twenty times that. Check the comma.")
        raise forms.ValidationError(text, params={"official": euros(max(officials)), "typed": euros(cents)})
    if cents > MOST_CENTS:
        text = _("%(typed)s is more than %(most)s for one act. Check the comma.")
        raise forms.ValidationError(text, params={"typed": euros(cents), "most": euros(MOST_CENTS)})
    return cents


class _FromDay(forms.Form):
    """A fee from a day on."""

    amount = AmountField(label=_("Your fee"), help_text=_("In euro, with a comma or a point: 45,50 or 45.50."))
    from_day = forms.DateField(label=_("From this day on"), widget=day_input())

    def clean_from_day(self) -> date:
        """Refuse a day that is a slip."""
        day: date = self.cleaned_data["from_day"]
        if not YEARS[0] <= day.year <= YEARS[1]:
            raise forms.ValidationError(_("Write the year in four digits, as 2026."))
        return day


def _code_search(professional: Professional) -> dict[str, Any]:
    return {
        **OFF,
        "role": "combobox",
        "aria-expanded": "true",
        "aria-autocomplete": "list",
        "aria-controls": "codes-found",
        "data-list": "codes-found",
        "hx-get": reverse("belgium:tariff_codes", args=[professional.pk]),
        "hx-include": "#id_from_day",
        "hx-trigger": "input delay:80ms",
        "hx-target": "#codes-found",
        "hx-swap": "innerHTML",
        "hx-sync": "this:replace",
    }


class TariffForm(_FromDay):
    """One code, searched as one types or written in full, and what is asked for it."""

    code = forms.CharField(label=_("Code"), max_length=80, help_text=_("Six digits, or words: aphasie domicile."))
    field_order = ("code", "amount", "from_day")

    def __init__(self, data: Any, professional: Professional, **initial: Any) -> None:
        self.professional = professional
        super().__init__(data, initial={"from_day": professional.practice.today(), **initial})
        self.fields["code"].widget = forms.TextInput(_code_search(professional))

    @property
    def found(self) -> codes.Found | None:
        """The act of the code at hand with its official fee on the day at hand; None where it is no code."""
        try:
            day = forms.DateField().clean(self["from_day"].value())
            code = codes.checked(str(self["code"].value() or ""), self._profession, day)
        except (codes.CodeError, forms.ValidationError):
            return None
        return codes.Found(code, codes.label(code), codes.official(code, day))

    @property
    def _profession(self) -> str:
        return str(self.professional.profile.get("profession", ""))

    def clean(self) -> dict[str, Any]:
        """Hold the code against the lists of the day, and the amount against the official fee."""
        super().clean()
        told = self.cleaned_data
        day, amount = told.get("from_day"), told.get("amount")
        known: list[int] = []
        if day and told.get("code"):
            try:
                told["code"] = codes.checked(told["code"], self._profession, day)
                official = codes.official(told["code"], day)
                known = [] if official is None else [official]
            except codes.CodeError as error:
                self.add_error("code", str(error))
        if amount is not None:
            _add_slip(self, amount, known)
        return told


def _add_slip(form: forms.Form, cents: int, officials: list[int]) -> None:
    try:
        _refuse_slip(cents, officials)
    except forms.ValidationError as error:
        form.add_error("amount", error)


class ChangeForm(_FromDay):
    """The fee and the days of a tariff."""

    to_day = forms.DateField(label=_("Until this day"), required=False, widget=day_input())

    def __init__(self, data: Any, row: CustomTariff) -> None:
        self.row = row
        known = {"amount": written(row.cents), "from_day": row.from_day, "to_day": row.to_day}
        super().__init__(data, initial=known)

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the begin, and a slip of the comma."""
        super().clean()
        told = self.cleaned_data
        first, last = told.get("from_day"), told.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", _("The end is before the begin: correct one of the two days."))
        if first and told.get("amount") is not None:
            official = codes.official(self.row.code, first)
            _add_slip(self, told["amount"], [] if official is None else [official])
        return told


class BatchForm(_FromDay):
    """Codes of speech therapy by category, disorders, duration and places, and what is asked for all of them."""

    category = forms.ChoiceField(label=_("Category of codes"), choices=CATEGORIES, widget=forms.RadioSelect)
    scope = forms.ChoiceField(
        label=_("For which disorders"),
        choices=((ALL, _("all disorders")), (SOME, _("some of them"))),
        widget=forms.RadioSelect,
        required=False,
    )
    disorders = forms.MultipleChoiceField(
        label=_("These disorders"), required=False, widget=forms.CheckboxSelectMultiple, choices=()
    )
    minutes = forms.ChoiceField(label=_("Duration of a session"), required=False, widget=forms.RadioSelect)
    places = forms.MultipleChoiceField(
        label=_("Where the session takes place"),
        choices=_places,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one place.")},
    )
    field_order = ("category", "scope", "disorders", "minutes", "places", "amount", "from_day")

    def __init__(self, data: Any, professional: Professional) -> None:
        first = {"category": batch.INDIVIDUAL, "scope": ALL, "minutes": "30", "places": ["practice"]}
        super().__init__(data, initial={**first, "from_day": professional.practice.today()})
        disorders: Any = self.fields["disorders"]
        disorders.choices = [(one.code, f"{one.code} · {one.label}") for one in speech.disorders().values()]
        minutes: Any = self.fields["minutes"]
        plain = [(str(one), f"{one} min") for one in batch.durations()]
        minutes.choices = [*plain, ("", _("any duration"))]

    def selection(self) -> batch.Selection:
        """Give what was chosen."""
        told = self.cleaned_data
        chosen = frozenset(told["disorders"]) if told["scope"] == SOME else frozenset[str]()
        minutes = int(told["minutes"]) if told["minutes"] else None
        return batch.Selection(told["category"], chosen, minutes, frozenset(told["places"]))

    def codes(self) -> tuple[str, ...]:
        """List the codes that were chosen."""
        return batch.matching(self.selection(), self.cleaned_data["from_day"])

    def clean(self) -> dict[str, Any]:
        """Refuse a choice that leaves no code, and a slip of the comma."""
        super().clean()
        told = self.cleaned_data
        needs = told.get("category") in batch.BY_DISORDER and told.get("scope") == SOME
        if needs and not told.get("disorders") and "disorders" not in self.errors:
            self.add_error("disorders", _("Choose at least one disorder, or all of them."))
        day, amount = told.get("from_day"), told.get("amount")
        found: list[int] = []
        if day and not {"category", "scope", "disorders", "minutes", "places"} & self.errors.keys():
            nothing = batch.why_nothing(self.selection(), day)
            if nothing is None:
                found = [cents for code in self.codes() if (cents := codes.official(code, day)) is not None]
            else:
                self.add_error(nothing.choice, _instead(nothing))
        if amount is not None:
            _add_slip(self, amount, found)
        return told


def _instead(nothing: batch.Nothing) -> forms.ValidationError:
    """Say that no code matches, and what there is."""
    text = {
        "minutes": _("No code matches: this category lasts %(instead)s minutes."),
        "disorders": _("No code matches: such sessions exist for %(instead)s only."),
        "places": _("No code matches: such sessions exist only there: %(instead)s."),
    }[nothing.choice]
    places = dict(_places())
    words = ", ".join(places.get(one, one) for one in nothing.instead)
    return forms.ValidationError(text, params={"instead": words})

"""How a French professional works (préférences de facturation, K04), kept in `Professional.preferences`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from quittance.billing.models import Payment
from quittance.people.models import Professional

ADRI = (
    ("manual", _("manual call")),
    ("targeted", _("targeted automatic call")),
    ("systematic", _("systematic automatic call")),
)
THIRD_PARTY = (("standard", _("standard")), ("coordinated", _("coordinated")))
WAITING = frozenset(
    {"adri", "third_party", "sts", "sts_diagnostics", "sts_formula", "sts_assistance", "executing", "series"}
)
BILLING = ("home", "executing", "recap", "series")
STS = ("sts", "sts_diagnostics", "sts_formula", "sts_assistance")


def _box(label: Any, help_text: Any = "", *, initial: bool = False) -> forms.BooleanField:
    return forms.BooleanField(label=label, help_text=help_text, required=False, initial=initial)


class FrenchPreferencesForm(forms.Form):
    """The preferences of the French terminal; `waiting` names those that nothing of the product honours yet."""

    template = "france/preferences_form.html"
    home = _box(_("At home by default"), _("A new bill opens with the place “at home”."))
    executing = _box(_("Show the executing professional"), _("To choose, on a bill, who gives the care."))
    recap = _box(_("Show the recap of acts and amounts"), _("Open on the bill, where shares may be changed by hand."))
    series = _box(_("Series of acts"), _("To record sessions that repeat."))
    means = forms.ChoiceField(label=_("Default payment means"), widget=forms.RadioSelect, initial=Payment.Means.CARD)
    adri = forms.ChoiceField(
        label=_("Call of the service"),
        choices=ADRI,
        initial="targeted",
        widget=forms.RadioSelect,
        help_text=_("With a dematerialised card the call is always made, whatever is chosen here."),
    )
    third_party = forms.ChoiceField(
        label=_("Third-party payment of the complementary insurer"),
        choices=THIRD_PARTY,
        initial="standard",
        widget=forms.RadioSelect,
    )
    sts = _box(_("Use the complementary insurers' services (STS)"), initial=True)
    sts_diagnostics = _box(_("Show level-1 diagnostics"))
    sts_formula = _box(_("Show the detail of formulas"))
    sts_assistance = _box(_("Call the STS assistance"))

    def __init__(self, data: Any, professional: Professional) -> None:
        self.professional = professional
        super().__init__(data, initial=dict(professional.preferences or {}))
        means: Any = self.fields["means"]
        means.choices = [(value, capfirst(str(label))) for value, label in Payment.Means.choices]

    @property
    def billing(self) -> list[tuple[forms.BoundField, bool]]:
        """The boxes of billing, each with whether it waits."""
        return [(self[name], name in WAITING) for name in BILLING]

    @property
    def services(self) -> list[forms.BoundField]:
        """The boxes of the complementary insurers' services."""
        return [self[name] for name in STS]

    def save(self) -> None:
        """Keep the preferences beside those that this form does not know."""
        self.professional.preferences = {**(self.professional.preferences or {}), **self.cleaned_data}
        self.professional.save(update_fields=["preferences"])

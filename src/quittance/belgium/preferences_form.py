"""How a Belgian professional works: what patients are asked in third-party payment, and how bills open and are paid.

Kept in `Professional.preferences`: `copay_bp` is the part of the patient's share that is asked, in basis points
(10000 always, 0 never); what a patient's own file says stands over it.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from quittance.billing.models import Payment
from quittance.kernel.money import AmountError, parse_cents
from quittance.people.models import Professional
from quittance.web.templatetags.quittance import amount as written

ALWAYS, NEVER, PERCENT = "always", "never", "percent"
WHOLE_BP = 10_000
COPAY = ((ALWAYS, _("always asked")), (NEVER, _("never asked")), (PERCENT, _("a part is asked")))
KEPT = ("home", "recap", "means")


class PercentField(forms.CharField):
    """A percentage as people type it, cleaned to basis points."""

    widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "maxlength": 8})

    def clean(self, value: Any) -> int | None:
        """Give basis points; the error says what is accepted."""
        typed = "".join(str(super().clean(value) or "").split()).removesuffix("%")
        if not typed:
            return None
        try:
            found = parse_cents(typed)
        except AmountError:
            found = -1
        if not 0 <= found <= WHOLE_BP:
            text = _("“%(typed)s” is no percentage: write a number from 0 to 100, as 50 or 12,5.")
            raise forms.ValidationError(text, params={"typed": value})
        return found


class BelgianPreferencesForm(forms.Form):
    """The preferences that Belgian bills honour."""

    template = "belgium/preferences_form.html"
    copay = forms.ChoiceField(label=_("The patient’s share is asked"), choices=COPAY, widget=forms.RadioSelect)
    copay_percent = PercentField(label=_("Part asked, in percent"), required=False)
    home = forms.BooleanField(
        label=_("At the patient’s home by default"),
        help_text=_("A new bill opens with the place “home”."),
        required=False,
    )
    recap = forms.BooleanField(
        label=_("Open the recap of amounts"), help_text=_("On the bill, under the acts."), required=False
    )
    means = forms.ChoiceField(label=_("Means of payment proposed first"), widget=forms.RadioSelect)

    def __init__(self, data: Any, professional: Professional) -> None:
        self.professional = professional
        known = dict(professional.preferences or {})
        super().__init__(data, initial={"means": Payment.Means.CARD, **known, **_copay(known.get("copay_bp"))})
        means: Any = self.fields["means"]
        means.choices = [(value, capfirst(str(label))) for value, label in Payment.Means.choices]

    def clean(self) -> dict[str, Any]:
        """A part must be said; what is typed beside another choice counts for nothing."""
        super().clean()
        told = self.cleaned_data
        chosen = told.get("copay")
        if chosen != PERCENT:
            self.errors.pop("copay_percent", None)
        elif told.get("copay_percent") is None and "copay_percent" not in self.errors:
            self.add_error("copay_percent", _("Write which part is asked, in percent."))
        return told

    def _copay_bp(self) -> int:
        told = self.cleaned_data
        return {ALWAYS: WHOLE_BP, NEVER: 0}.get(told["copay"], told.get("copay_percent") or 0)

    def save(self) -> None:
        """Keep the preferences beside those that this form does not know."""
        told = {name: self.cleaned_data[name] for name in KEPT} | {"copay_bp": self._copay_bp()}
        self.professional.preferences = {**(self.professional.preferences or {}), **told}
        self.professional.save(update_fields=["preferences"])


def _copay(basis_points: object) -> dict[str, str]:
    """Show what is kept as it was chosen; always, where nothing is kept."""
    if not isinstance(basis_points, int) or basis_points >= WHOLE_BP:
        return {"copay": ALWAYS}
    if basis_points <= 0:
        return {"copay": NEVER}
    percent = written(basis_points)
    return {"copay": PERCENT, "copay_percent": percent.rstrip("0").rstrip(",")}

"""Forms of payments and of cancelling."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from quittance.billing.models import Payment
from quittance.kernel.money import AmountError, parse_typed
from quittance.web.templatetags.quittance import amount as written


class AmountField(forms.CharField):
    """An amount in euro as people type it; cleaned to cents."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def clean(self, value: Any) -> int | None:
        """Give cents; the error says what is accepted."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return parse_typed(text)
        except AmountError:
            raise forms.ValidationError(
                _("This is not an amount. Write euros, a comma and at most two decimals, like 23,50.")
            ) from None


class PaymentForm(forms.Form):
    """What was received, how and when."""

    means = forms.ChoiceField(label=_("Means"), widget=forms.RadioSelect)
    amount = AmountField(label=_("Amount"))
    day = forms.DateField(label=_("Received on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    note = forms.CharField(label=_("Note"), max_length=80, required=False)
    key = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["day"].required = False
        means = cast(forms.ChoiceField, self.fields["means"])
        means.choices = [(value, capfirst(str(label))) for value, label in Payment.Means.choices]

    def clean_amount(self) -> int:
        """Refuse nothing and less."""
        cents = int(self.cleaned_data["amount"] or 0)
        if cents <= 0:
            raise forms.ValidationError(_("A payment is more than nothing. Type the amount received."))
        return cents

    def clean_day(self) -> date:
        """Take today when left empty; refuse a day to come."""
        day: date = self.cleaned_data["day"] or self.today
        if day > self.today:
            raise forms.ValidationError(_("This day is still to come. Type the day when you received the money."))
        return day


def first_values(cents: int, key: str, today: date, means: str = Payment.Means.CARD) -> dict[str, Any]:
    """Fill a payment form in for the balance."""
    return {"means": means, "amount": written(cents) if cents > 0 else "", "day": today, "key": key}


class CancelForm(forms.Form):
    """Why a bill is cancelled."""

    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)

"""Form fields of the trade: amounts, percentages and days, typed as people type them."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.kernel.money import AmountError, format_cents, parse_cents

OFF = {"autocomplete": "off"}
MOST_BP = 100_000


class Hundredths(forms.CharField):
    """A number of at most two decimals, kept as a whole number of hundredths."""

    unit, most = "", 99_999_999

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        super().__init__(widget=forms.TextInput({"inputmode": "decimal", "maxlength": 14, **OFF}), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write hundredths as people do: 62,50; whole ones without decimals."""
        if not isinstance(value, int):
            return value
        return format_cents(value).removesuffix(".00").replace(".", ",")

    def to_python(self, value: Any) -> Any:
        """Read hundredths; None when nothing is typed."""
        typed = "".join(str(value or "").split()).removesuffix(self.unit)
        if not typed:
            return None
        try:
            found = parse_cents(typed)
        except AmountError:
            found = -1
        if not 0 <= found <= self.most:
            raise forms.ValidationError(self.refusal(), params={"typed": value})
        return found

    @abstractmethod
    def refusal(self) -> Any:
        """Say what is expected."""


class AmountField(Hundredths):
    """An amount in euro, kept in cents."""

    unit = "€"

    def refusal(self) -> Any:
        """Say what is expected."""
        return _("“%(typed)s” is no amount: write euros and cents, as 25 or 25,50.")


class PercentField(Hundredths):
    """A percentage, kept in basis points."""

    unit, most = "%", MOST_BP

    def refusal(self) -> Any:
        """Say what is expected."""
        return _("“%(typed)s” is no percentage: write a number from 0 to 1000, as 100 or 62,5.")


def day_input() -> forms.DateInput:
    """Give the browser's own input for a day."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def check_period(form: forms.BaseForm, first: str, last: str) -> None:
    """Refuse a period that ends before it begins."""
    begins, ends = form.cleaned_data.get(first), form.cleaned_data.get(last)
    if isinstance(begins, date) and isinstance(ends, date) and ends < begins:
        form.add_error(last, _("This day is before the first one: exchange them, or correct one."))

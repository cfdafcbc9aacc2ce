"""Forms of the dated parts of a record: addresses, bank accounts, periods of a status, allowances."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.kernel.money import AmountError, format_cents, parse_cents
from quittance.people.models import Allowance, BankAccount, PracticeAddress, StatusPeriod
from quittance.people.professionals import bank
from quittance.people.professionals.forms import LABELS, OFF

PERIOD = {"from_day": _("From"), "to_day": _("To")}
YEARS = (1990, 2100)


class DayInput(forms.DateInput):
    """The browser's own input for a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _period_widgets() -> dict[str, forms.Widget]:
    return {"from_day": DayInput(), "to_day": DayInput()}


class DatedForm(forms.ModelForm[Any]):
    """A row that holds from a day to a day."""

    warnings: dict[str, Any]

    def __init__(self, *args: Any, choices: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.warnings, self.choices = {}, choices

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        super().clean()
        first, last = self.cleaned_data.get("from_day"), self.cleaned_data.get("to_day")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("to_day", _("This day is before the first one: exchange them, or correct one."))
        return self.cleaned_data


class AddressForm(DatedForm):
    """A place where a professional practises."""

    class Meta:
        model = PracticeAddress
        fields = ("label", "address_line1", "address_line2", "postcode", "city", "phone", "from_day", "to_day")
        labels: ClassVar = {**LABELS, **PERIOD, "label": _("Name of the place")}
        widgets: ClassVar = {**_period_widgets(), "label": forms.TextInput({"autofocus": True, **OFF})}


class BankForm(DatedForm):
    """A bank account: IBAN checked, BIC found by it."""

    iban = forms.CharField(label="IBAN", max_length=50, widget=forms.TextInput({"autocapitalize": "characters", **OFF}))
    bic = forms.CharField(
        label="BIC",
        max_length=15,
        required=False,
        widget=forms.TextInput({"autocapitalize": "characters", **OFF}),
        help_text=_("Left empty, it is found by the IBAN when the bank is known."),
    )

    class Meta:
        model = BankAccount
        fields = ("holder", "iban", "bic", "from_day", "to_day")
        labels: ClassVar = {**PERIOD, "holder": _("Holder of the account")}
        widgets: ClassVar = {**_period_widgets(), "holder": forms.TextInput({"autofocus": True, **OFF})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["iban"] = bank.shown(self.instance.iban)

    def clean_iban(self) -> str:
        """Give the bare account number."""
        return bank.check_iban(self.cleaned_data["iban"])

    def clean_bic(self) -> str:
        """Give the bank's code."""
        typed = self.cleaned_data["bic"]
        return bank.check_bic(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        """Find the BIC; say when the one typed is another bank's."""
        super().clean()
        iban = self.cleaned_data.get("iban")
        if not iban or "bic" in self.errors:
            return self.cleaned_data
        known, typed = bank.bic_of(iban), self.cleaned_data.get("bic", "")
        if not typed:
            self.cleaned_data["bic"] = known
        elif known and typed[:8] != known[:8]:
            text = _("The BIC of this account's bank is %(known)s: check the one you typed on a statement.")
            self.warnings["bic"] = text % {"known": known}
        return self.cleaned_data


class StatusForm(DatedForm):
    """A period of a status, with the values that the country gives."""

    value = forms.ChoiceField(label=_("Status"), widget=forms.RadioSelect)

    class Meta:
        model = StatusPeriod
        fields = ("value", "from_day", "to_day")
        labels: ClassVar = PERIOD
        widgets: ClassVar = _period_widgets()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        values: Any = self.fields["value"]
        values.choices = [(code, label) for code, label in self.choices]


class AmountField(forms.CharField):
    """An amount in euro as people type it, kept in cents."""

    widget = forms.TextInput({"inputmode": "decimal", "maxlength": 14, **OFF})

    def prepare_value(self, value: Any) -> Any:
        """Write cents as people do."""
        return format_cents(value).replace(".", ",") if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Give cents; None when nothing is typed."""
        typed = "".join(str(super().clean(value) or "").split()).removesuffix("€")
        if not typed:
            return None
        try:
            found = parse_cents(typed)
        except AmountError:
            found = -1
        if found < 0:
            refusal = _("“%(typed)s” is no amount: write euros and cents, as 5000 or 5000,50.")
            raise forms.ValidationError(refusal, params={"typed": value})
        return found


class AllowanceForm(DatedForm):
    """What an authority pays for a year, and how far it is."""

    amount_cents = AmountField(label=_("Amount"), required=False)

    class Meta:
        model = Allowance
        fields = ("year", "state", "amount_cents", "paid_on", "note")
        labels: ClassVar = {"year": _("Year"), "state": _("State"), "paid_on": _("Paid on"), "note": _("Note")}
        widgets: ClassVar = {
            "paid_on": DayInput(),
            "year": forms.NumberInput({"inputmode": "numeric"}),
            "note": forms.TextInput(OFF),
        }

    def clean_year(self) -> int:
        """Refuse a year that is none."""
        year = int(self.cleaned_data["year"])
        if not YEARS[0] <= year <= YEARS[1]:
            raise forms.ValidationError(_("Write the year in four digits, as 2026."))
        return year

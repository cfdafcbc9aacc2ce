"""Form fields of Belgian numbers and of bank accounts, and the form that says what looks wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from quittance.belgium.numbers import Checked, NumberError

OFF = {"autocomplete": "off"}
Check = Callable[[str], Checked]


class NumberField(forms.CharField):
    """A number typed as people write it, kept bare and shown as it is printed; refused with the reason."""

    def __init__(self, check: Check, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput({"inputmode": "numeric", **OFF}))
        super().__init__(**kwargs)
        self.check = check

    def prepare_value(self, value: Any) -> Any:
        """Print a number that is one; leave what is not as it was typed."""
        if not isinstance(value, str) or not value.strip():
            return value
        try:
            return self.check(value).shown
        except NumberError:
            return value

    def clean(self, value: Any) -> str:
        """Give the bare number, or refuse the text."""
        typed = str(super().clean(value))
        if not typed:
            return ""
        try:
            return self.check(typed).value
        except NumberError as error:
            raise forms.ValidationError(str(error)) from None


def check_iban(text: str) -> Checked:
    """Check an account number; NumberError says what is wrong."""
    from schwifty import IBAN
    from schwifty.exceptions import SchwiftyException

    try:
        found = IBAN(text)
    except SchwiftyException:
        refusal = _("“%(typed)s” is no IBAN: its check digits or its length do not fit. Copy it from a statement.")
        raise NumberError(refusal % {"typed": text.strip()[:40]}) from None
    return Checked(found.compact, found.formatted)


def check_bic(text: str) -> Checked:
    """Check a bank's code; NumberError says what is wrong."""
    from schwifty import BIC
    from schwifty.exceptions import SchwiftyException

    try:
        found = BIC(text)
    except SchwiftyException:
        refusal = _("“%(typed)s” is no BIC: it has 8 or 11 characters, as GEBABEBB. Copy it from a statement.")
        raise NumberError(refusal % {"typed": text.strip()[:40]}) from None
    return Checked(found.compact, found.compact)


def bic_of(iban: str) -> str:
    """Give the BIC of the bank that an account number names; empty where the list of banks has it not."""
    from schwifty import IBAN

    found = IBAN(iban, allow_invalid=True).bic
    return found.compact if found is not None else ""


class NumbersForm(forms.Form):
    """A form whose numbers may be doubted without being refused."""

    def checks(self) -> dict[str, Check]:
        """Give the check of each number of the form."""
        return {name: field.check for name, field in self.fields.items() if isinstance(field, NumberField)}

    @property
    def warnings(self) -> dict[str, str]:
        """What looks wrong with numbers that are accepted, by field; a refused one has its error instead."""
        found = {}
        for name, check in self.checks().items():
            typed = str(self[name].value() or "")
            try:
                found[name] = " ".join(check(typed).warnings) if typed.strip() else ""
            except NumberError:
                found[name] = ""
        return found


def day_input() -> forms.DateInput:
    """Give the browser's own input for a day."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")

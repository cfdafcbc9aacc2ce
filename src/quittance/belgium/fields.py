"""Form fields of Belgian numbers, and the form that says what looks wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms

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

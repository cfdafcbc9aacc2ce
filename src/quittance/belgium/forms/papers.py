"""Forms of the printed papers: booklets, a void sheet, the prescriber and the eAttest that a bill does not name."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.belgium.documents import eattest
from quittance.belgium.documents.rules import number
from quittance.belgium.fields import OFF, NumberField, day_input
from quittance.belgium.numbers import inami

NAMED = re.compile(r"([0-9]{2})[ *.·/-]*([0-9]{4})", re.ASCII)


class BookletField(forms.CharField):
    """The number of a booklet, kept as it is printed: two digits, a star, four digits."""

    def clean(self, value: Any) -> str:
        """Give the number, or say what it looks like.

        >>> BookletField().clean(" 12 3456 ")
        '12*3456'
        """
        typed = str(super().clean(value))
        found = NAMED.fullmatch(typed.strip())
        if found is None:
            refusal = _("“%(typed)s” is no number of a booklet: six digits, as 12*3456. It is printed on each sheet.")
            raise forms.ValidationError(refusal, params={"typed": typed[:20]})
        return f"{found[1]}*{found[2]}"


class NextSheetForm(forms.Form):
    """Which sheet is printed on next, and the model of the form."""

    next_sheet = forms.IntegerField(
        label=_("Next sheet"),
        min_value=1,
        widget=forms.NumberInput({"inputmode": "numeric", **OFF}),
        help_text=_("The sheets before it were filled in by hand, or spoiled."),
    )
    model_code = forms.CharField(
        label=_("Model"),
        required=False,
        max_length=10,
        widget=forms.TextInput(OFF),
        help_text=_("The letter of the model, as it stands on the sheet."),
    )

    def __init__(self, data: Any, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.sheets = number("sheets_per_booklet", today)

    def most(self) -> int:
        """The last sheet that may be next."""
        return self.sheets + 1

    def clean_next_sheet(self) -> int:
        """Refuse a sheet that the booklet has not."""
        typed = int(self.cleaned_data["next_sheet"])
        if typed > self.most():
            refusal = _("A booklet has %(sheets)s sheets: write the number of the next one.")
            raise forms.ValidationError(refusal, params={"sheets": self.sheets})
        return typed


class BookletForm(NextSheetForm):
    """A booklet as it comes by post."""

    number = BookletField(
        label=_("Number of the booklet"),
        max_length=20,
        widget=forms.TextInput({"inputmode": "numeric", "placeholder": "12*3456", "autofocus": True, **OFF}),
        help_text=_("As it is printed on its sheets, before their own number."),
    )
    field_order = ("number", "next_sheet", "model_code")

    def most(self) -> int:
        """A booklet that is added has a sheet left."""
        return self.sheets


class VoidForm(forms.Form):
    """Why a certificate is void."""

    reason = forms.CharField(
        label=_("Why is it void?"),
        max_length=200,
        widget=forms.TextInput(OFF),
        help_text=_("For example: the sheet was torn in the printer."),
        error_messages={"required": _("Write in a few words why this sheet is void: its number stays used.")},
    )


class PrescriberForm(forms.Form):
    """Who prescribed, where neither the bill nor an agreement says so."""

    name = forms.CharField(label=_("Prescriber"), max_length=120, widget=forms.TextInput(OFF))
    number = NumberField(inami.check, label=_("INAMI number of the prescriber"), max_length=20)
    day = forms.DateField(label=_("Date of the prescription"), widget=day_input())

    def __init__(self, data: Any, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        """Refuse a day that has not come yet."""
        typed: date = self.cleaned_data["day"]
        if typed > self.today:
            raise forms.ValidationError(_("This day has not come yet: write the day of the prescription."))
        return typed


class EAttestForm(forms.Form):
    """The receipt numbers that the mutuality answered to the eAttest of a bill, typed by hand.

    Their usual shape is known from one example only: a number of another shape is refused until it is confirmed.
    """

    numbers = forms.CharField(
        label=_("eAttest receipt number"),
        max_length=400,
        widget=forms.TextInput({"placeholder": "500-1-260504-0000001-12", **OFF}),
        help_text=_("As it stands in the answer of the mutuality. Of several days of care, all of them with commas."),
    )
    confirmed = forms.BooleanField(label=_("The answer of the mutuality really shows it so"), required=False)

    def __init__(self, data: Any, kept: str = "") -> None:
        super().__init__(data, initial={"numbers": kept})
        self.is_doubted = False

    def clean(self) -> dict[str, Any]:
        """Give the numbers with a comma between them, or say which one looks like none."""
        told = dict(super().clean() or {})
        found = eattest.receipts(told.get("numbers", ""))
        if "numbers" in told and not found:
            self.add_error("numbers", _("Write the receipt number that the mutuality answered."))
        for one in found:
            self._check(one, confirmed=bool(told["confirmed"]))
        return told | {"numbers": ", ".join(found)}

    def _check(self, one: str, *, confirmed: bool) -> None:
        said = {"typed": one[: eattest.MOST], "most": eattest.MOST}
        if len(one) > eattest.MOST:
            refusal = _("“%(typed)s…” is longer than a receipt number (%(most)s characters): check it.")
            self.add_error("numbers", forms.ValidationError(refusal, params=said))
        elif not eattest.is_usual(one):
            self.is_doubted = True
            if not confirmed:
                refusal = _(
                    "“%(typed)s” does not read like the numbers known so far, as 500-1-260504-0000001-12. Check it "
                    "with the answer; if it is written so there, tick the box below."
                )
                self.add_error("numbers", forms.ValidationError(refusal, params=said))

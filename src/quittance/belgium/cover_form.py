"""The form of a complementary insurance (assurance complémentaire, hospitalisation): who, under which number, when."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Model
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from quittance.belgium.fields import OFF, day_input
from quittance.patients.models import Cover, PayerKind

GENERIC = ("member_number", "from_day", "to_day")


def _payer_search() -> dict[str, Any]:
    return {
        **OFF,
        "role": "combobox",
        "aria-expanded": "true",
        "aria-autocomplete": "list",
        "aria-controls": "payers",
        "data-list": "payers",
        "hx-get": reverse_lazy("patients:payers"),
        "hx-trigger": "input changed delay:80ms",
        "hx-target": "#payers",
        "hx-swap": "innerHTML settle:0ms",
        "hx-sync": "this:replace",
    }


def by_name(name: str) -> str:
    """Number of an insurer that is known by its name alone: never shown.

    >>> by_name("Assurances Exemple")
    'ASSURANCES EXEMPLE'
    """
    return name.upper()[:40]


class BelgianCoverForm(forms.Form):
    """Complementary insurances take no part in a Belgian bill: the file only keeps whom the patient sends it to."""

    template = "belgium/cover_form.html"
    payer_name = forms.CharField(
        label=_("Insurer"),
        max_length=120,
        widget=forms.TextInput(_payer_search()),
        error_messages={"required": _("Write the insurer's name as on the contract, or choose it from the list.")},
    )
    payer_number = forms.CharField(
        label=_("Insurer's number"), max_length=20, required=False, widget=forms.TextInput(OFF)
    )
    member_number = forms.CharField(
        label=_("Contract number"), max_length=40, required=False, widget=forms.TextInput(OFF)
    )
    from_day = forms.DateField(label=_("Insured from"), required=False, widget=day_input())
    to_day = forms.DateField(label=_("Insured until"), required=False, widget=day_input())

    def __init__(self, data: Any, cover: Model | None = None) -> None:
        initial: dict[str, Any] = {}
        if isinstance(cover, Cover):
            initial = {name: getattr(cover, name) for name in GENERIC}
            initial |= {"payer_name": cover.payer.name, "payer_number": cover.payer.number}
        if data is not None:
            data = {name: data.get(name, "") for name in self.base_fields}
        for known in filter(None, (initial, data)):
            if known.get("payer_number") == by_name(str(known.get("payer_name", ""))):
                known["payer_number"] = ""
        super().__init__(data, initial=initial)
        if isinstance(cover, Cover) and cover.locked:
            for field in self.fields.values():
                field.disabled = True

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        super().clean()
        first, last = self.cleaned_data.get("from_day"), self.cleaned_data.get("to_day")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("to_day", _("This day is before the first one: exchange them, or correct one."))
        return self.cleaned_data

    def payer(self) -> dict[str, str]:
        """Give the payer as the services record it: by its number, else by its name."""
        name = self.cleaned_data["payer_name"]
        number = self.cleaned_data["payer_number"] or by_name(name)
        return {"system": "be.complementary", "number": number, "name": name, "kind": PayerKind.COMPLEMENTARY}

    def values(self) -> dict[str, Any]:
        """Give the generic fields of the cover."""
        return {name: self.cleaned_data[name] for name in GENERIC}

    def save(self, cover: Cover) -> None:
        """Write nothing more."""

    def copy(self, old: Cover, new: Cover) -> None:
        """Copy nothing more."""

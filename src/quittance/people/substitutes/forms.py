"""Forms of a substitute: identity and account. A refusal says what, why and what to do, and loses nothing typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from quittance.people.models import Professional
from quittance.people.professionals.forms import IDENTITY, LABELS, OFF

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)


class SubstituteForm(forms.ModelForm[Professional]):
    """Who a substitute is; the country adds the numbers. The address names the account, until it is proved."""

    email = forms.EmailField(
        label=_("E-mail address of the account"),
        help_text=_("Known: the account is used. New: you are given a link, for the substitute to open it."),
        widget=forms.EmailInput({"autocapitalize": "off", **OFF}),
    )

    class Meta:
        model = Professional
        fields = (*IDENTITY, "email")
        labels: ClassVar = LABELS
        widgets: ClassVar = {
            "title": forms.TextInput({"placeholder": "Dr", **OFF}),
            "last_name": forms.TextInput({"autofocus": True, **OFF}),
            "first_name": forms.TextInput(OFF),
            "profession": forms.TextInput(OFF),
        }
        error_messages: ClassVar = {
            "last_name": {"required": _("A professional has a name: write it as on the professional card.")},
            "first_name": {"required": _("Write the first name as on the professional card.")},
            "profession": {"required": _("Write the profession as it is printed on bills.")},
        }

    def __init__(self, data: Any, substitute: Professional | None) -> None:
        super().__init__(data, instance=substitute)
        if substitute is not None and substitute.user_id is not None:
            self.fields["email"].disabled = True
            self.fields["email"].help_text = _("Proved by its owner: it changes no more.")

    def values(self) -> dict[str, str]:
        """Give the fields as the services write them."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


def month_in(text: str, today: date) -> date:
    """Read a month of an address, `2026-11`, as its first day; this month for anything else.

    >>> month_in("2026-11", date(2026, 1, 5)), month_in("x", date(2026, 1, 5))
    (datetime.date(2026, 11, 1), datetime.date(2026, 1, 1))
    """
    found = MONTH.fullmatch(text)
    inside = found is not None and abs(int(found[1]) - today.year) <= 20
    return date(int(found[1]), int(found[2]), 1) if found and inside else today.replace(day=1)


def days_in(data: QueryDict, name: str = "day") -> set[date]:
    """Read posted days; what is no day is none."""
    return set(_days(data.getlist(name)))


def _days(texts: Iterable[str]) -> Iterable[date]:
    for text in texts:
        try:
            yield date.fromisoformat(text)
        except ValueError:
            continue

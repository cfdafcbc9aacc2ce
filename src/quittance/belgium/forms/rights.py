"""The codes and rights of an insurability, as a form of a patient or of a period asks for them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from quittance.belgium.fields import OFF, NumberField
from quittance.belgium.law import insurability
from quittance.belgium.models import BelgianCover
from quittance.belgium.numbers import Checked, NumberError, mutuality

CODES, FLAGS = ("ct1", "ct2"), ("gmd", "chronic", "maf", "medical_house")
RIGHTS = (*CODES, "preferential", *FLAGS)


def check_mutuality(text: str) -> Checked:
    """Check a mutuality: the patient's card decides, the list only proposes."""
    return mutuality.check(text, listed=False)


def ask(name: str, trigger: str = "change", include: str = "") -> dict[str, Any]:
    """Ask the server about a number as soon as it changes; its answer stands beside the field."""
    return {
        "inputmode": "numeric",
        "hx-get": reverse_lazy("belgium:number", args=[name]),
        "hx-trigger": trigger,
        "hx-target": f"#{name}-note",
        "hx-sync": f"#{name}-note:replace",
        "hx-include": f"#id_{name}{include}",
        **OFF,
    }


def mutuality_field(**kwargs: Any) -> NumberField:
    """Give the field of a mutuality."""
    widget = forms.TextInput(ask("mutuality"))
    return NumberField(check_mutuality, label=_("Mutuality"), max_length=8, widget=widget, **kwargs)


def _code(name: str) -> forms.CharField:
    widget = forms.TextInput(ask(name, "change, input changed delay:200ms"))
    return forms.CharField(label=name.upper(), required=False, max_length=7, widget=widget)


def _tick(label: Any) -> forms.BooleanField:
    return forms.BooleanField(label=label, required=False)


class RightsForm(forms.Form):
    """The codes of the holder (code titulaire) and the rights that they do not tell."""

    ct1 = _code("ct1")
    ct2 = _code("ct2")
    preferential = forms.TypedChoiceField(
        label=_("Preferential rate (BIM)"),
        required=False,
        choices=[("", _("as CT1 says")), ("yes", _("yes")), ("no", _("no"))],
        coerce=lambda typed: typed == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
    )
    gmd = _tick(_("Global medical file (DMG)"))
    chronic = _tick(_("Chronic condition status"))
    maf = _tick(_("Maximum to be billed (MAF) reached"))
    medical_house = _tick(_("Registered in a medical house"))

    def last_day(self) -> date | None:
        """Give the last day on which the codes are used; None for days to come."""
        return None

    def clean(self) -> dict[str, Any]:
        """Refuse codes that do not exist, or do not hold until the last day."""
        super().clean()
        for name in CODES:
            typed = self.cleaned_data.get(name)
            try:
                self.cleaned_data[name] = insurability.check(name, typed, self.last_day()) if typed else ""
            except insurability.CodeError as error:
                self.add_error(name, str(error))
        return self.cleaned_data

    def rights(self) -> dict[str, Any]:
        """Give the fields of `BelgianCover` as typed."""
        return {name: self.cleaned_data[name] for name in RIGHTS}

    @property
    def told(self) -> dict[str, dict[str, Any]]:
        """What each code typed says, by its name; one that is refused says it as an error instead."""
        return {name: {} if self[name].errors else told(name, str(self[name].value() or "")) for name in CODES}


def rights_of(kept: BelgianCover | None) -> dict[str, Any]:
    """Give what a form shows first of an insurability."""
    if kept is None:
        return {}
    shown = {None: "", True: "yes", False: "no"}[kept.preferential]
    return {name: getattr(kept, name) for name in (*CODES, *FLAGS)} | {"preferential": shown}


def told(name: str, typed: str) -> dict[str, Any]:
    """Say in words what a code tells, or why it is none; nothing while it is being typed."""
    if len("".join(typed.split())) < insurability.DIGITS:
        return {}
    try:
        code = insurability.check(name, typed)
    except insurability.CodeError as error:
        return {"doubt": str(error)}
    words = insurability.explain(name, code)
    return {
        "name": name.upper(),
        "code": code,
        "words": words,
        "text": ", ".join(word.text for word in words[: -1 if name == "ct1" else None] if word.text),
        "doubtful": any(word.doubtful for word in words),
        "rate": name == "ct1",
        "preferential": name == "ct1" and insurability.is_preferential(code),
    }


def doubt_mutuality(typed: str) -> str:
    """Say what looks wrong with a mutuality, or why it is refused; empty when nothing does."""
    try:
        return " ".join(check_mutuality(typed).warnings) if typed.strip() else ""
    except NumberError as error:
        return str(error)

"""The form of what holds for one patient alone (gérer les exceptions, A04)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from quittance.belgium.fields import OFF, day_input
from quittance.belgium.models import BelgianPatient
from quittance.kernel.money import AmountError, format_cents, parse_cents

ALL_BP = 10_000
PART = "custom"  # the choice that the style sheet waits for, to show the field of the part


class ExceptionsForm(forms.ModelForm[BelgianPatient]):
    """What holds for this patient alone (gérer les exceptions)."""

    copay = forms.ChoiceField(
        label=_("Personal share asked in third-party payment"),
        choices=[
            ("policy", _("as usual")),
            ("all", _("all of it")),
            ("none", _("nothing")),
            (PART, _("a part")),
        ],
        help_text=_("As usual: as the professional asks his patients."),
    )
    percent = forms.CharField(
        label=_("Part asked (%)"), required=False, max_length=6, widget=forms.TextInput({"inputmode": "decimal", **OFF})
    )

    class Meta:
        model = BelgianPatient
        fields = (
            "force_official",
            "force_from",
            "force_to",
            "language",
            "rural",
            "palliative_from",
            "paragraph_4_6",
        )
        labels: ClassVar = {
            "force_official": _("Official fee for this patient"),
            "force_from": _("From"),
            "force_to": _("To"),
            "language": _("Language of the papers"),
            "rural": _("Lives in a rural municipality"),
            "palliative_from": _("Palliative notification, first day"),
            "paragraph_4_6": _("Palliative patient of article 8, § 4, 6°"),
        }
        help_texts: ClassVar = {
            "force_official": _("Even where a personal tariff is asked of the others."),
            "rural": _("Opens the travel supplement of nurses."),
            "paragraph_4_6": _("Flat rate PP of nurses."),
        }
        widgets: ClassVar = {
            "force_from": day_input(),
            "force_to": day_input(),
            "palliative_from": day_input(),
            "language": forms.RadioSelect,
        }

    def __init__(self, data: Any, *, belgian: BelgianPatient | None) -> None:
        kept = belgian.copay_bp if belgian else None
        copay = {None: "policy", ALL_BP: "all", 0: "none"}.get(kept, PART)
        percent = format_cents(kept).replace(".", ",").removesuffix(",00") if kept and copay == PART else ""
        super().__init__(data, instance=belgian, initial={"copay": copay, "percent": percent})

    @property
    def nursing(self) -> bool:
        """Whether the fold of nursing care opens by itself: something in it is set, or needs attention."""
        return any(self[name].value() or self[name].errors for name in ("rural", "palliative_from", "paragraph_4_6"))

    def clean_percent(self) -> int | None:
        """Give the part asked in basis points."""
        typed = self.cleaned_data["percent"].strip().removesuffix("%").strip()
        if not typed or self.data.get("copay") != PART:
            return None
        try:
            points = parse_cents(typed)
        except AmountError:
            points = -1
        if not 0 <= points <= ALL_BP:
            raise forms.ValidationError(
                _("“%(typed)s” is no part of a hundred: write a number from 0 to 100, as 50."), params={"typed": typed}
            )
        return points

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order or without what holds on them, and a part that is not said."""
        super().clean()
        typed = self.cleaned_data
        first, last = typed.get("force_from"), typed.get("force_to")
        if first and last and last < first:
            self.add_error("force_to", _("This day is before the first one: exchange them, or correct one."))
        if (first or last) and not typed.get("force_official"):
            self.add_error("force_official", _("Days are written below: tick this, or empty them."))
        if typed.get("copay") == PART and typed.get("percent") is None and "percent" not in self.errors:
            self.add_error("percent", _("Write the part that is asked, from 0 to 100."))
        return typed

    def values(self) -> Mapping[str, Any]:
        """Give the fields of `BelgianPatient` as the services write them."""
        copay = {"policy": None, "all": ALL_BP, "none": 0}.get(
            self.cleaned_data["copay"], self.cleaned_data.get("percent")
        )
        return {**{name: self.cleaned_data[name] for name in self.Meta.fields}, "copay_bp": copay}

"""On which terms one bills in a situation (situation d'exercice): billing number, sector, option, zone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quittance.france.fields import OFF
from quittance.france.law.funds import funds
from quittance.france.numbers import NumberError, am_number
from quittance.people.models import Identifier, Issuer, Practice, Professional

RPPS, ADELI = "fr.rpps", "fr.adeli"
SECTORS = (
    ("1", gettext_lazy("sector 1")),
    ("1DP", gettext_lazy("sector 1, permanent right to exceed")),
    ("2", gettext_lazy("sector 2")),
    ("0", gettext_lazy("not conventioned")),
)
OPTIONS = (("none", gettext_lazy("no option")), ("optam", "OPTAM"), ("optam_aco", "OPTAM-ACO"))
ZONES = (
    ("metropole", gettext_lazy("mainland France")),
    ("guadeloupe", "Guadeloupe"),
    ("martinique", "Martinique"),
    ("guyane", "Guyane"),
    ("reunion", "La Réunion"),
    ("mayotte", "Mayotte"),
)
KINDS = (
    ("liberal", gettext_lazy("self-employed")),
    ("employed", gettext_lazy("employed")),
    ("substitute", gettext_lazy("substitute")),
    ("volunteer", gettext_lazy("volunteer")),
)
TERMS = ("sector", "option", "zone", "fund", "kind", "situation")
GENERAL = "01"


def rpps_of(professional: Professional | None) -> str:
    """Give the RPPS of a professional; empty where it is not known."""
    return number_of(professional, RPPS)


def number_of(professional: Professional | None, system: str) -> str:
    """Give a number of a professional; empty where it is not known."""
    if professional is None or professional.pk is None:
        return ""
    found = Identifier.objects.for_(professional).filter(professional=professional, system=system).first()
    return found.value if found else ""


def fund_name(number: str) -> str:
    """Name a fund of attachment (caisse de rattachement) by its three characters.

    >>> fund_name("261"), fund_name("zzz")
    ('CPAM Valence', '')
    """
    known = funds().get((GENERAL, number))
    return known.name if known else ""


class SituationForm(forms.Form):
    """What a bill needs of a situation; `warnings` says what looks odd and is kept."""

    template = "france/situation_form.html"
    number = forms.CharField(
        label=gettext_lazy("Billing number (AM) with its key"),
        max_length=14,
        help_text=gettext_lazy("Eight digits and the key: on the professional card, on prescriptions."),
        error_messages={"required": gettext_lazy("A bill is made under this number: copy it from the card.")},
        widget=forms.TextInput({"inputmode": "numeric", **OFF}),
    )
    sector = forms.ChoiceField(label=gettext_lazy("Convention"), choices=SECTORS, initial="1")
    option = forms.ChoiceField(label=gettext_lazy("Option"), choices=OPTIONS, initial="none")
    zone = forms.ChoiceField(label=gettext_lazy("Zone"), choices=ZONES, initial="metropole")
    fund = forms.CharField(
        label=gettext_lazy("Fund of attachment"),
        max_length=3,
        required=False,
        help_text=gettext_lazy("Three characters, as 261."),
        widget=forms.TextInput({"autocapitalize": "characters", **OFF}),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind of practice"), choices=KINDS, initial="liberal")
    situation = forms.CharField(
        label=gettext_lazy("Number of the situation"),
        max_length=2,
        required=False,
        widget=forms.TextInput({"inputmode": "numeric", **OFF}),
    )

    def __init__(
        self, data: Any, practice: Practice, professional: Professional | None, issuer: Issuer | None, **more: Any
    ) -> None:
        self.practice, self.professional, self.issuer = practice, professional, issuer
        super().__init__(data, initial=self.known() | more.pop("initial", {}), **more)

    def known(self) -> dict[str, Any]:
        """Give the terms in force: the professional's own, under the situation's."""
        own = self.professional.profile if self.professional else {}
        terms = {**own, **(self.issuer.profile if self.issuer else {})}
        found = {name: terms[name] for name in TERMS if terms.get(name)}
        return found | ({"number": self.issuer.number} if self.issuer else {})

    def clean_number(self) -> str:
        """Refuse what cannot be a billing number, and one that another situation of the practice has."""
        try:
            number = am_number.validate(self.cleaned_data["number"])
        except NumberError as error:
            raise forms.ValidationError(str(error)) from None
        rows = Issuer.objects.for_(self.practice).filter(number=number).select_related("professional")
        other = rows.exclude(pk=self.issuer.pk if self.issuer else 0).first()
        if other is not None:
            text = _(
                "%(number)s already bills for %(other)s in this practice: open that record, or correct the number."
            )
            raise forms.ValidationError(text % {"number": am_number.format(number), "other": other.label})
        return number

    def clean_fund(self) -> str:
        """Give the fund in capitals; a wrong length is refused."""
        fund = str(self.cleaned_data["fund"]).strip().upper()
        if fund and (len(fund) != 3 or not fund.isalnum() or not fund.isascii()):
            raise forms.ValidationError(
                _("A fund has three characters, as 261: copy it from the card, or leave it empty.")
            )
        return fund

    def clean_situation(self) -> str:
        """Refuse a situation that is no number."""
        typed = str(self.cleaned_data["situation"]).strip()
        if typed and not (typed.isascii() and typed.isdecimal()):
            raise forms.ValidationError(_("The number of the situation has one or two digits, as on the card."))
        return typed

    def _typed(self, name: str) -> str:
        return str(self[name].value() or "").strip()

    def rpps(self) -> str:
        """Give the RPPS that a substitute's billing number may begin with."""
        return rpps_of(self.professional)

    @property
    def warnings(self) -> dict[str, str]:
        """What looks odd and is kept, by field; a refused field has its error instead."""
        found = {"number": "", "fund": "", "option": ""}
        number, fund = self._typed("number"), self._typed("fund").upper()
        if am_number.is_valid(number):
            found["number"] = am_number.doubt(number, self.rpps()) or ""
        if len(fund) == 3 and not fund_name(fund):
            found["fund"] = _("No fund of the general scheme is known under %(fund)s: check it on the card.") % {
                "fund": fund
            }
        if self._typed("option") not in ("", "none") and self._typed("sector") in ("1", "0"):
            found["option"] = _("OPTAM is for those who may exceed the tariffs: check the convention.")
        return found

    @property
    def fund_label(self) -> str:
        """Name the fund typed."""
        return fund_name(self._typed("fund").upper())

    def terms(self) -> dict[str, str]:
        """Give the terms as a profile keeps them."""
        return {name: str(self.cleaned_data[name]) for name in TERMS}


class FurtherSituationForm(SituationForm):
    """A further situation of a professional: its terms replace his own on the bills made in it."""

    def __init__(self, data: Any, professional: Professional, issuer: Issuer | None) -> None:
        super().__init__(data, professional.practice, professional, issuer)

    def save(self, issuer: Issuer) -> None:
        """Fill the situation in; the caller writes it."""
        issuer.number = self.cleaned_data["number"]
        issuer.profile = {**issuer.profile, **self.terms()}

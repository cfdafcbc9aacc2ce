"""The form of a patient's French insurance: number, quality, insured person, fund, rights, exemption, travel."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from quittance.france import law
from quittance.france.fields import OFF, check_period, day_input
from quittance.france.law.funds import funds
from quittance.france.models import FrenchPatient, Quality
from quittance.france.numbers import NumberError, nir, organism
from quittance.patients.models import Cover, Patient, PayerKind
from quittance.patients.services import add_cover, change_cover, record_payer

DAYS = ("rights_from", "rights_to", "exemption_from", "exemption_to", "ald_from", "ald_to", "scheme_from", "scheme_to")
SECTIONS = {
    "insured": ("insured_name", "insured_first_names", "insured_nir", "insured_nir_key"),
    "amo": ("regime", "fund", "centre", "document", "rate_hint", "management_code"),
    "rights": (
        *("rights_from", "rights_to", "exemption", "exemption_from", "exemption_to", "ald", "ald_from", "ald_to"),
        *("scheme", "scheme_from", "scheme_to", "local_scheme", "fsv"),
    ),
    "doctor": ("treating_doctor", "treating_doctor_name"),
    "travel": ("travel_ik", "travel_ikm", "travel_iks"),
}
LABELS = {
    "nir": _("Social security number"),
    "nir_key": _("Key"),
    "rank": _("Rank"),
    "quality": _("Quality"),
    "insured_name": _("Name"),
    "insured_first_names": _("First names"),
    "insured_nir": _("Social security number"),
    "insured_nir_key": _("Key"),
    "regime": _("Scheme code"),
    "fund": _("Fund"),
    "centre": _("Centre"),
    "document": _("Supporting document"),
    "rate_hint": _("Rate on the document"),
    "management_code": _("Management code"),
    "rights_from": _("Rights from"),
    "rights_to": _("Rights until"),
    "exemption": _("Exemption"),
    "exemption_from": _("Exempted from"),
    "exemption_to": _("Exempted until"),
    "ald": _("Long-term illness (ALD)"),
    "ald_from": _("ALD from"),
    "ald_to": _("ALD until"),
    "local_scheme": _("Local scheme of Alsace-Moselle"),
    "fsv": _("Old-age solidarity fund (FSV)"),
    "scheme": _("Solidarity scheme"),
    "scheme_from": _("Scheme from"),
    "scheme_to": _("Scheme until"),
    "treating_doctor": _("Treating doctor"),
    "treating_doctor_name": _("Name of the treating doctor"),
    "travel_ik": _("IK (plain)"),
    "travel_ikm": _("IKM (mountain)"),
    "travel_iks": _("IKS (on foot, ski)"),
}


def nir_attrs(name: str) -> dict[str, Any]:
    """Ask the server about the key as soon as number or key changes."""
    return {
        "hx-get": reverse_lazy("france:nir", args=[name]),
        "hx-trigger": "change",
        "hx-target": f"#{name}-note",
        # Number and key ask one after the other: the last question's answer stands, whichever comes first.
        "hx-sync": f"#{name}-note:replace",
        "hx-include": f"#id_{name}, #id_{name}_key",
        **OFF,
    }


def _widgets() -> dict[str, forms.Widget]:
    found: dict[str, forms.Widget] = {name: day_input() for name in DAYS}
    for name in ("nir", "insured_nir"):
        found[name] = forms.TextInput({"inputmode": "text", "maxlength": 24, **nir_attrs(name)})
        found[f"{name}_key"] = forms.TextInput({"inputmode": "numeric", **nir_attrs(name)})
    for name in ("regime", "fund", "centre"):
        found[name] = forms.TextInput({"inputmode": "numeric", **OFF})
    for name in SECTIONS["travel"]:
        found[name] = forms.NumberInput({"min": 0, "max": 999, "inputmode": "numeric"})
    return found | {"treating_doctor": forms.RadioSelect(), "scheme": forms.RadioSelect()}


class FrenchPatientForm(forms.ModelForm[FrenchPatient]):
    """What France adds to a patient; a wrong key is doubted beside the field, never refused."""

    template = "france/patient_form.html"
    keys: dict[str, str]
    nir = forms.CharField(label=LABELS["nir"], required=False, max_length=24)
    insured_nir = forms.CharField(label=LABELS["insured_nir"], required=False, max_length=24)
    exemption = forms.ChoiceField(label=LABELS["exemption"])
    rank = forms.IntegerField(
        label=LABELS["rank"],
        min_value=1,
        max_value=9,
        initial=1,
        required=False,
        help_text=_("1, unless twins: their order of birth."),
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )

    class Meta:
        model = FrenchPatient
        exclude = ("practice", "patient")  # noqa: DJ006 - every other column is on the page
        labels = LABELS
        widgets = _widgets()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one.code, f"{one.code} · {one.label}") for one in law.exemptions().values()]
        self.fields["exemption"] = forms.ChoiceField(label=LABELS["exemption"], choices=choices, initial="0")
        for name in ("nir", "insured_nir"):
            self.fields[name].widget = forms.TextInput({"maxlength": 24, **nir_attrs(name)})
        for name in SECTIONS["travel"]:
            self.fields[name].required = False
        if self.instance.nir:
            self.initial["nir"] = nir.format(self.instance.nir)
        if self.instance.insured_nir:
            self.initial["insured_nir"] = nir.format(self.instance.insured_nir)

    def _number(self, name: str) -> str:
        typed = self.cleaned_data[name]
        if not typed.strip():
            return ""
        try:
            found = nir.validate(typed)
        except NumberError as error:
            raise forms.ValidationError(str(error)) from None
        if len(found) == 15:
            self.keys[name] = found[13:]
        return found[:13]

    def clean_nir(self) -> str:
        """Give the thirteen characters; a key typed with them goes to its own field."""
        self.keys = {}
        return self._number("nir")

    def clean_insured_nir(self) -> str:
        """As `clean_nir`, of the insured person."""
        return self._number("insured_nir")

    def clean(self) -> dict[str, Any]:
        """Keys, periods, fund."""
        super().clean()
        for name in ("nir", "insured_nir"):
            number = self.cleaned_data.get(name, "")
            typed = self.keys.get(name) or self.cleaned_data.get(f"{name}_key", "")
            self.cleaned_data[f"{name}_key"] = typed.zfill(2) if typed else nir.key(number) if number else ""
        for name in SECTIONS["travel"]:
            self.cleaned_data[name] = self.cleaned_data.get(name) or 0
        self.cleaned_data["rank"] = self.cleaned_data.get("rank") or 1
        for first, last in zip(DAYS[::2], DAYS[1::2], strict=True):
            check_period(self, first, last)
        self._check_organism()
        return self.cleaned_data

    def _check_organism(self) -> None:
        regime, fund = self.cleaned_data.get("regime", ""), self.cleaned_data.get("fund", "")
        centre = self.cleaned_data.get("centre", "")
        if not (regime or fund or centre):
            return
        self.cleaned_data["centre"] = centre = centre or "0000"
        if not organism.is_valid(f"{regime}{fund}{centre}") or len(regime) != 2 or len(fund) != 3:
            text = _("Scheme (2 digits), fund (3), centre (4): copy all three from the card, or search the fund above.")
            self.add_error("regime", text)

    def doubts(self, name: str) -> str:
        """Say what looks wrong with a number that was nevertheless kept."""
        number = str(self[name].value() or "")
        key = str(self[f"{name}_key"].value() or "")
        return nir_doubt(number, key)

    @property
    def nir_doubt(self) -> str:
        """Doubt about the patient's number."""
        return self.doubts("nir")

    @property
    def insured_nir_doubt(self) -> str:
        """Doubt about the insured person's number."""
        return self.doubts("insured_nir")

    @property
    def fund_name(self) -> str:
        """Name of the fund typed or picked, when the list has it."""
        known = funds().get((str(self["regime"].value() or ""), str(self["fund"].value() or "")))
        return known.name if known else ""

    def wrong(self, section: str) -> bool:
        """Whether a fold must open by itself."""
        return any(name in self.errors for name in SECTIONS[section])

    @property
    def opened(self) -> dict[str, bool]:
        """Which folds open by themselves: what needs attention, or the insured person of a dependant."""
        found = {section: self.is_bound and self.wrong(section) for section in SECTIONS}
        dependant = str(self["quality"].value() or "0") != Quality.INSURED
        return found | {"insured": found["insured"] or dependant}

    def save(self, patient: Patient) -> FrenchPatient:  # type: ignore[override]
        """Write the French half, and the cover by the fund so that bills know whom to ask."""
        french = self.instance
        french.patient, french.practice = patient, patient.practice
        for name, value in self.cleaned_data.items():
            setattr(french, name, value)
        french.save()
        cover_by_fund(french)
        return french


def nir_doubt(number: str, key: str) -> str:
    """Say in French what looks wrong with a number and its key; empty when nothing does.

    >>> nir_doubt("1690366000409", "52"), nir_doubt("1690366000409", "53")[:43]
    ('', 'La clé du numéro de sécurité sociale est 53')
    """
    if not number.strip():
        return ""
    bare = nir.compact(number)
    whole = bare + key.zfill(2) if len(bare) == 13 and key.strip() else bare
    try:
        return nir.doubt(whole) or ""
    except NumberError as error:
        return str(error)


def cover_by_fund(french: FrenchPatient) -> Cover | None:
    """Keep one compulsory cover in step with the fund (caisse); its payer is who receivables ask."""
    if not french.regime:
        return None
    number = f"{french.regime}{french.fund}{french.centre}"
    known = funds().get((french.regime, french.fund))
    name = known.name if known else f"Caisse {french.regime} {french.fund} {french.centre}"
    payer = record_payer(french, "fr.amo", number, name, PayerKind.COMPULSORY)
    days = {"member_number": french.nir, "from_day": french.rights_from, "to_day": french.rights_to}
    cover = Cover.objects.for_(french).filter(patient=french.patient, kind=PayerKind.COMPULSORY).first()
    if cover is None:
        return add_cover(french.patient, payer, days, kind=PayerKind.COMPULSORY)
    return cover if cover.locked else change_cover(cover, payer, days)

"""The form of a complementary contract (mutuelle): payer, rights, routing, and the formula with its parameters."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from quittance.france import law
from quittance.france.fields import OFF, AmountField, PercentField, check_period, day_input
from quittance.france.models import FrenchCover
from quittance.france.words import formula_text, parameters_of
from quittance.patients.models import Cover, PayerKind

ROUTINGS = (
    ("", _("none")),
    ("R", _("R · by the compulsory scheme")),
    ("U", _("U · C2S")),
    ("M", _("M · mutual societies (FNMF)")),
    ("8", _("8 · provident institutions (CTIP)")),
    ("4", _("4 · insurers")),
)
PAYER = ("payer_name", "payer_number")
GENERIC = ("member_number", "from_day", "to_day")
ROUTING = (
    *("processing_indicator", "reference_date", "sts_routing", "contract_type", "amc_number"),
    *("routing_code", "host", "domain"),
)
PERCENTS = ("percent", "percent_dr", "percent_tr", "percent_mro", "percent_pmss", "percent_tm", "percent_tc")
AMOUNTS = ("ceiling", "lump")


def _text(label: Any, most: int, *, required: bool = False, **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=required, widget=forms.TextInput({**OFF, **attrs}))


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


class FrenchCoverForm(forms.ModelForm[FrenchCover]):
    """One form for the generic cover and its French half; `payer`, `values` and `save` hand out the parts."""

    template = "france/cover_form.html"
    payer_name = forms.CharField(
        label=_("Insurer"),
        max_length=120,
        widget=forms.TextInput(_payer_search()),
        error_messages={"required": _("Write the insurer's name as on the card, or choose it from the list.")},
    )
    payer_number = forms.CharField(
        label=_("Insurer's number (AMC)"),
        max_length=14,
        widget=forms.TextInput({"inputmode": "numeric", **OFF}),
        error_messages={"required": _("The number is on the card: “N° AMC” or “N° DRE”, 8 to 10 digits.")},
    )
    member_number = _text(_("Member number"), 40)
    from_day = forms.DateField(label=_("Rights from"), required=False, widget=day_input())
    to_day = forms.DateField(label=_("Rights until"), required=False, widget=day_input())
    convention_type = _text(_("Agreement type"), 2, placeholder="AL", autocapitalize="characters")
    secondary_criterion = _text(_("Secondary criterion (CSR)"), 20, placeholder="001")
    processing_indicator = _text(_("Processing indicator"), 2, inputmode="numeric", placeholder="22")
    sts_routing = forms.ChoiceField(label=_("STS routing"), choices=ROUTINGS, required=False)
    contract_type = _text(_("Contract type"), 2, inputmode="numeric")
    amc_number = _text(_("Complementary number"), 10, inputmode="numeric")
    routing_code = _text(_("Routing code"), 2, autocapitalize="characters")
    host = _text(_("Host"), 3)
    domain = _text(_("Domain"), 60)
    formula = forms.CharField(required=False, widget=forms.HiddenInput)
    percent = PercentField(label=_("Percentage"))
    ceiling = AmountField(label=_("Ceiling for each act"))
    lump = AmountField(label=_("Lump sum for each act"))
    percent_dr = PercentField(label=_("Percentage of the expense"))
    percent_tr = PercentField(label=_("Percentage of the tariff"))
    percent_mro = PercentField(label=_("Percentage of the compulsory share"))
    percent_pmss = PercentField(label=_("Percentage of the monthly ceiling"))
    percent_tm = PercentField(label=_("Percentage of the co-payment"))
    percent_tc = PercentField(label=_("Percentage of the agreement tariff"))

    class Meta:
        model = FrenchCover
        fields = ("document", "management", "reference_date")
        labels: ClassVar = {
            "document": _("Supporting document"),
            "management": _("Management"),
            "reference_date": _("Reference date"),
        }
        widgets: ClassVar = {"management": forms.RadioSelect}

    def __init__(self, data: Any, cover: Cover | None = None) -> None:
        french = getattr(cover, "french", None)
        initial: dict[str, Any] = {}
        if cover is not None:
            initial = {name: getattr(cover, name) for name in GENERIC}
            initial |= {"payer_name": cover.payer.name, "payer_number": cover.payer.number}
        if french is not None:
            initial |= {name: getattr(french, name) for name in self.plain_fields()}
            initial |= {name: getattr(french, f"{name}_bp") for name in PERCENTS}
            initial |= {name: getattr(french, f"{name}_cents") for name in AMOUNTS}
        super().__init__(data, instance=french, initial=initial)
        if cover is not None and cover.locked:
            for field in self.fields.values():
                field.disabled = True

    @staticmethod
    def plain_fields() -> tuple[str, ...]:
        """Name the French texts that are kept as typed."""
        return (
            "convention_type",
            "secondary_criterion",
            "formula",
            *(one for one in ROUTING if one != "reference_date"),
        )

    def clean_payer_number(self) -> str:
        """Give the insurer's number without leading zeros: cards write it in 8, 9 or 10 digits."""
        typed = "".join(self.cleaned_data["payer_number"].split()).replace("-", "")
        if not typed.isascii() or not typed.isdecimal() or not 6 <= len(typed) <= 10:
            raise forms.ValidationError(_("The number has 8 to 10 digits: copy “N° AMC” or “N° DRE” from the card."))
        return typed.lstrip("0")

    def clean_formula(self) -> str:
        """Refuse a formula that the law's list does not have."""
        code: str = self.cleaned_data["formula"]
        if code and code not in law.formulas():
            raise forms.ValidationError(_("This formula is not known: choose one from the list."))
        return code

    def clean(self) -> dict[str, Any]:
        """The parameters that the formula needs are there; those it does not read are dropped."""
        super().clean()
        check_period(self, "from_day", "to_day")
        for name in ("convention_type", "routing_code"):
            self.cleaned_data[name] = self.cleaned_data.get(name, "").upper()
        code = self.cleaned_data.get("formula", "")
        reads, needs = parameters_of(code)
        for name in (*PERCENTS, *AMOUNTS):
            if name not in reads and name not in self.errors:
                self.cleaned_data[name] = None
            elif name in needs and self.cleaned_data.get(name) is None and name not in self.errors:
                text = _("Formula %(code)s cannot be figured without it: copy it from the card or the agreement.")
                self.add_error(name, forms.ValidationError(text, params={"code": code}))
        return self.cleaned_data

    @property
    def formula_code(self) -> str:
        """The formula chosen."""
        return str(self["formula"].value() or "")

    @property
    def formula_name(self) -> str:
        """What the formula chosen pays, in words."""
        known = law.formulas().get(self.formula_code)
        return known.label if known else ""

    @property
    def formula_rule(self) -> str:
        """The formula chosen, written out."""
        known = law.formulas().get(self.formula_code)
        return formula_text(known) if known else ""

    @property
    def parameters(self) -> list[forms.BoundField]:
        """The fields that the formula chosen reads."""
        reads, needs = parameters_of(self.formula_code)
        for name in needs:
            self.fields[name].required = True
        return [self[name] for name in reads]

    @property
    def routing(self) -> list[forms.BoundField]:
        """The fields of the routing fold."""
        return [self[name] for name in ROUTING]

    @property
    def routing_open(self) -> bool:
        """Whether something in the routing fold needs attention."""
        return any(name in self.errors for name in ROUTING)

    def payer(self) -> dict[str, str]:
        """Give the payer as the services record it."""
        name, number = (self.cleaned_data[one] for one in PAYER)
        return {"system": "fr.amc", "number": number, "name": name, "kind": PayerKind.COMPLEMENTARY}

    def values(self) -> dict[str, Any]:
        """Give the generic fields of the cover."""
        return {name: self.cleaned_data[name] for name in GENERIC}

    def save(self, cover: Cover) -> FrenchCover:  # type: ignore[override]
        """Write the French half."""
        french = self.instance
        french.cover, french.practice = cover, cover.practice
        for name in (*self.Meta.fields, *self.plain_fields()):
            setattr(french, name, self.cleaned_data[name])
        for name in PERCENTS:
            setattr(french, f"{name}_bp", self.cleaned_data[name])
        for name in AMOUNTS:
            setattr(french, f"{name}_cents", self.cleaned_data[name])
        french.save()
        return french

    def copy(self, old: Cover, new: Cover) -> None:
        """Copy the French half of a cover."""
        french = getattr(old, "french", None)
        if french is None:
            return
        names = [field.name for field in FrenchCover._meta.concrete_fields if field.name not in {"practice", "cover"}]
        values = {name: getattr(french, name) for name in names}
        FrenchCover.objects.for_(new).create(cover=new, **values)

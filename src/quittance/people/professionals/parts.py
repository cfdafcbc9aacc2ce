"""The dated parts of a record: for each its power, its table, its form, its words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from quittance.people.models import Allowance, BankAccount, PracticeAddress, Professional, StatusPeriod
from quittance.people.professionals import dated_forms as forms

CONTACT, CONVENTION, BANK = "contact", "convention", "bank"


@dataclass(frozen=True, slots=True)
class Part:
    """A part: `alone` when one period at a time may hold; `kind` is what its rows have in common."""

    name: str
    power: str
    title: Any
    add: Any
    none: Any
    model: Any
    form: type[forms.DatedForm]
    kind: Mapping[str, Any] = field(default_factory=dict)
    alone: bool = False
    proof: bool = False

    def rows(self, professional: Professional) -> Any:
        """Query the rows of a professional, newest first."""
        return self.model.objects.for_(professional).filter(professional=professional, **self.kind)

    def blank(self, professional: Professional) -> Any:
        """Make a row that is not kept yet."""
        return self.model(practice=professional.practice, professional=professional, **self.kind)


def _allowance(name: str, kind: str, title: Any, none: Any) -> Part:
    return Part(name, name, title, _("Add a year"), none, Allowance, forms.AllowanceForm, {"kind": kind})


def _status(name: str, title: Any, none: Any) -> Part:
    add = _("Add a period")
    return Part(name, name, title, add, none, StatusPeriod, forms.StatusForm, {"kind": name}, alone=True)


PARTS = {
    part.name: part
    for part in (
        Part(
            *("address", CONTACT, _("Practice addresses"), _("Add an address"), _("No practice address.")),
            *(PracticeAddress, forms.AddressForm),
        ),
        _status(CONVENTION, _("Convention status"), _("No convention status: without one no fee can be chosen.")),
        _status("accreditation", _("Accreditation"), _("Not accredited.")),
        Part(
            *(BANK, BANK, _("Bank account"), _("Add an account"), _("No bank account: insurers cannot pay.")),
            *(BankAccount, forms.BankForm),
            alone=True,
            proof=True,
        ),
        _allowance("social", Allowance.Kind.SOCIAL_STATUS, _("Social status"), _("No year of social status.")),
        _allowance("training", Allowance.Kind.TRAINING_MASTER, _("Training-master allowance"), _("No allowance.")),
        _allowance("premium", Allowance.Kind.PREMIUM, _("Premiums"), _("No premium.")),
    )
}

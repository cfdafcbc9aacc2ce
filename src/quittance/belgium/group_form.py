"""The record of a group (fiche du groupement, G01): what the insurers want to know before it bills in its own name."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from quittance.belgium.fields import OFF, NumberField, NumbersForm
from quittance.belgium.law import access
from quittance.belgium.numbers import Checked, NumberError, bce, inami, mutuality, third_party
from quittance.people.models import BankAccount, GroupRecord, Organisation, Practice, valid_on
from quittance.people.professionals.bank import bic_of, check_bic, check_iban, shown

NO_MANDATE = "none"
PRACTICE = ("name", "address_line1", "address_line2", "postcode", "city", "phone")
ACCOUNT = ("iban", "bic")
RECORD = (
    *("representative_first_name", "representative_last_name", "representative_phone", "representative_number"),
    *("subscription_number", "third_party_number", "contact_fund", "reference_provider"),
    *("mandate_type", "mandate_number"),
)


def _text(label: Any, most: int, **kwargs: Any) -> forms.CharField:
    kwargs.setdefault("required", False)
    return forms.CharField(label=label, max_length=most, widget=forms.TextInput(OFF), **kwargs)


def mandate_types() -> list[tuple[str, Any]]:
    """List what a group may bill under: nothing, as for itself, or a mandate of MyCareNet."""
    mine = [(one.code, one.label) for one in access.types().values() if one.system == "mycarenet"]
    return [(NO_MANDATE, _("no mandate")), *mine]


class IbanField(forms.CharField):
    """An account number, kept bare and shown in groups of four."""

    def prepare_value(self, value: Any) -> Any:
        """Write in groups what is kept; leave what is typed."""
        return shown(value) if isinstance(value, str) and value.isalnum() else value


def check_fund(text: str) -> Checked:
    """Check the number of a mutuality, or find the only one of that name; NumberError names those that it may be."""
    typed = text.strip()
    if not typed or any(one.isdigit() for one in typed):
        return mutuality.check(text)
    found = mutuality.search(typed, limit=4)
    if len(found) == 1:
        return mutuality.check(found[0].number)
    if not found:
        return mutuality.check(text)
    several = _("“%(typed)s” may be %(funds)s: write the number of the one you deal with.")
    named = ", ".join(f"{one.number} {one.name}" for one in found[:3]) + (" …" if len(found) > 3 else "")
    raise NumberError(several % {"typed": typed[:40], "funds": named})


class GroupForm(NumbersForm):
    """Every field of the record, company and account included; its `save()` writes them all."""

    template = "belgium/group_form.html"
    name = _text(
        _("Name of the group"),
        120,
        required=True,
        error_messages={"required": _("A group has a name: write it as at the INAMI.")},
    )
    company_number = NumberField(
        bce.check,
        label=_("Company number (BCE)"),
        max_length=24,
        help_text=_("Ten digits; the real one of who receives the money."),
        error_messages={"required": _("The insurers refuse a group without its company number: write its ten digits.")},
    )
    address_line1 = _text(_("Address"), 120)
    address_line2 = _text(_("Address, continued"), 120)
    postcode = _text(_("Postcode"), 12)
    city = _text(_("Town"), 80)
    phone = _text(_("Telephone"), 30)
    iban = IbanField(
        label=_("Account (IBAN)"),
        max_length=42,
        required=False,
        widget=forms.TextInput(OFF),
        help_text=_("The same account for all its members."),
    )
    bic = _text(_("Bank (BIC)"), 14, help_text=_("Empty: found from the account."))
    third_party_number = NumberField(
        third_party.check,
        label=_("Third-party number of the group"),
        max_length=20,
        help_text=_("Given by the INAMI. With eight digits only, 001 is added."),
        error_messages={"required": _("The group bills under this number: copy it from the letter of the INAMI.")},
    )
    subscription_number = _text(
        _("Subscription number"), 40, help_text=_("That of the mandate at MyCareNet, where the insurers gave one.")
    )
    contact_fund = NumberField(
        check_fund,
        label=_("Single point of contact"),
        max_length=80,
        widget=forms.TextInput({"list": "funds", **OFF}),
        help_text=_("The mutuality that answers for all: its number, as 135, or its name."),
        error_messages={"required": _("Write the number of the mutuality you deal with, as 135.")},
    )
    representative_first_name = _text(_("First name"), 100)
    representative_last_name = _text(_("Name"), 100)
    representative_phone = _text(_("Telephone"), 30)
    representative_number = NumberField(inami.check, label=_("INAMI number"), required=False, max_length=20)
    reference_provider = NumberField(
        inami.check,
        label=_("Reference provider (INAMI number)"),
        required=False,
        max_length=20,
        help_text=_("Whom the insurers ask about the care; often the representing nurse."),
    )
    mandate_type = forms.ChoiceField(label=_("Type of mandate"), choices=mandate_types, initial=NO_MANDATE)
    mandate_number = _text(
        _("Mandate number"), 40, help_text=_("Empty for a group that works for itself: it has access rights instead.")
    )

    def __init__(self, data: Any, organisation: Organisation) -> None:
        self.organisation, self.practice = organisation, organisation.practice
        super().__init__(data, initial=self._known())

    def _known(self) -> dict[str, Any]:
        found: dict[str, Any] = {name: getattr(self.practice, name) for name in PRACTICE}
        found["company_number"] = self.organisation.company_number
        record = getattr(self.organisation, "group", None)
        if record is not None:
            found |= {name: getattr(record, name) for name in RECORD}
        account = self._account()
        if account is not None:
            found |= {name: getattr(account, name) for name in ACCOUNT}
        return found

    def _account(self) -> BankAccount | None:
        mine = BankAccount.objects.for_(self.practice).filter(valid_on(self.practice.today()), professional=None)
        return mine.order_by("-from_day", "-pk").first()

    def clean_iban(self) -> str:
        """Give the account number bare."""
        typed = str(self.cleaned_data["iban"])
        return check_iban(typed) if typed else ""

    def clean_bic(self) -> str:
        """Give the code of the bank in capitals."""
        typed = str(self.cleaned_data["bic"])
        return check_bic(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        """A group that works for itself has no mandate; a mandate has its number; a bank follows from its account."""
        super().clean()
        kind, number = self.cleaned_data.get("mandate_type"), self.cleaned_data.get("mandate_number")
        if kind == NO_MANDATE and number:
            text = _("A group that works for itself has no mandate: empty this field, or choose the type of mandate.")
            self.add_error("mandate_number", text)
        elif kind and kind != NO_MANDATE and not number:
            text = _("A mandate has a number: copy it from the mandates of health care, or choose “none”.")
            self.add_error("mandate_number", text)
        iban, bic = (self.cleaned_data.get(name, "") for name in ACCOUNT)
        if bic and not iban and "iban" not in self.errors:
            self.add_error("iban", _("The bank alone is no account: write the IBAN too."))
        elif iban and not bic and "bic" not in self.errors:
            self.cleaned_data["bic"] = bic_of(iban)
        return self.cleaned_data

    @property
    def contact_name(self) -> str:
        """Name of the mutuality that is the single point of contact."""
        return mutuality.name(str(self["contact_fund"].value() or "").strip())

    @property
    def funds(self) -> list[mutuality.Insurer]:
        """Every mutuality to choose from, by number."""
        return list(mutuality.insurers().values())

    @property
    def sections(self) -> dict[str, list[forms.BoundField]]:
        """Fields of each card of the page."""
        names = {
            "company": ("name", "company_number", *PRACTICE[1:]),
            "account": ACCOUNT,
            "billing": ("third_party_number", "subscription_number", "contact_fund"),
            "representative": (*RECORD[:4], "reference_provider"),
            "mandate": ("mandate_type", "mandate_number"),
        }
        return {section: [self[name] for name in found] for section, found in names.items()}

    @transaction.atomic
    def save(self) -> GroupRecord:
        """Write practice, organisation, record and account."""
        told = self.cleaned_data
        Practice.objects.filter(pk=self.practice.pk).update(**{name: told[name] for name in PRACTICE})
        self.practice.refresh_from_db()
        self.organisation.company_number = told["company_number"]
        self.organisation.provider_number = told["third_party_number"][:8]
        self.organisation.save(update_fields=["company_number", "provider_number"])
        record, _made = GroupRecord.objects.for_(self.practice).update_or_create(
            organisation=self.organisation, defaults={name: told[name] for name in RECORD}
        )
        self._save_account(told["iban"], told["bic"])
        return record

    def _save_account(self, iban: str, bic: str) -> None:
        """A new account begins today and the one before it ends yesterday; one that began today is corrected."""
        current, today = self._account(), self.practice.today()
        if current is not None and (current.iban, current.bic) == (iban, bic):
            return
        rows = BankAccount.objects.for_(self.practice)
        if current is not None and current.from_day == today:
            current.delete()
        elif current is not None:
            rows.filter(pk=current.pk).update(to_day=today - timedelta(days=1))
        if iban:
            rows.create(holder=self.practice.name, iban=iban, bic=bic, from_day=today)

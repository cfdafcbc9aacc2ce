"""The record of a group: every field of it, completed, checked, kept."""

from __future__ import annotations

from datetime import timedelta

import pytest

from quittance.belgium.people import BelgianPeople
from quittance.people.models import BankAccount, GroupRecord, Organisation, Practice

pytestmark = pytest.mark.django_db
people = BelgianPeople()
TYPED = {
    "name": "Groupement des Tilleuls",
    "company_number": "0777.777.078",
    "address_line1": "1 rue des Exemples",
    "address_line2": "boîte 2",
    "postcode": "4000",
    "city": "Liège",
    "phone": "+32 4 000 00 00",
    "iban": "BE68 5390 0754 7034",
    "bic": "",
    "third_party_number": "940001-26",
    "subscription_number": "123456",
    "contact_fund": "135",
    "representative_first_name": "Léa",
    "representative_last_name": "Exemple",
    "representative_phone": "+32 4 000 00 01",
    "representative_number": "4-85944-26-401",
    "reference_provider": "49488014",
    "mandate_type": "none",
    "mandate_number": "",
}


def saved(group, **typed):
    form = people.group_form(TYPED | typed, group)
    assert form.is_valid(), form.errors
    form.save()
    group.refresh_from_db()
    return Organisation.objects.for_(group).select_related("group", "practice").get(pk=group.pk)


def test_every_field_is_kept_and_shown_again(group):
    found = saved(group)
    record = found.group
    assert (found.practice.name, found.practice.city, found.practice.postcode) == (TYPED["name"], "Liège", "4000")
    assert (found.company_number, found.provider_number) == ("0777777078", "94000126")
    assert record.third_party_number == "94000126001"
    assert (record.contact_fund, record.subscription_number) == ("135", "123456")
    assert (record.representative_first_name, record.representative_last_name) == ("Léa", "Exemple")
    assert (record.representative_number, record.reference_provider) == ("48594426401", "49488014")
    assert (record.mandate_type, record.mandate_number) == ("none", "")
    account = BankAccount.objects.for_(group).get()
    assert (account.iban, account.professional, account.holder) == ("BE68539007547034", None, TYPED["name"])
    again = people.group_form(None, found)
    shown = {name: again[name].value() for name in TYPED}
    assert shown["third_party_number"] == "9-40001-26-001"
    assert shown["company_number"] == "0777.777.078"
    assert shown["iban"] == "BE68 5390 0754 7034"
    assert again.contact_name == "Mutualité Saint-Michel"
    assert {name for fields in again.sections.values() for name in (field.name for field in fields)} == TYPED.keys()


def test_the_bank_follows_from_the_account(group):
    saved(group)
    account = BankAccount.objects.for_(group).get()
    assert account.bic == ""  # the invented account is of no bank of the list
    saved(group, iban="BE71 0961 2345 6769")
    assert BankAccount.objects.for_(group).get().bic == "GKCCBEBB"


@pytest.mark.parametrize(
    ("typed", "field", "text"),
    [
        ({"company_number": "777777078"}, "company_number", "Mettez un 0 devant : 0777.777.078"),
        ({"company_number": ""}, "company_number", "refusent un groupement sans numéro d’entreprise"),
        ({"third_party_number": "940001"}, "third_party_number", "a 6 chiffres"),
        ({"third_party_number": "94000127"}, "third_party_number", "on attend 26"),
        ({"contact_fund": "199"}, "contact_fund", "199 n’est ni une union"),
        ({"representative_number": "48594427"}, "representative_number", "on attend 26"),
        ({"mandate_number": "12"}, "mandate_number", "n’a pas de mandat"),
        ({"mandate_type": "insurability"}, "mandate_number", "Un mandat a un numéro"),
        ({"iban": "BE68 5390 0754 7035"}, "iban", ""),
        ({"bic": "XX"}, "bic", ""),
        ({"iban": "", "bic": "GKCCBEBB"}, "iban", "La banque seule"),
        ({"name": " "}, "name", "Un groupement a un nom"),
    ],
)
def test_what_cannot_be_is_refused_and_writes_nothing(group, typed, field, text):
    form = people.group_form(TYPED | typed, group)
    assert not form.is_valid()
    assert text in " ".join(map(str, form.errors[field]))
    assert not GroupRecord.objects.for_(group).exists()


def test_a_plausible_number_is_doubted_and_kept(group):
    form = people.group_form(TYPED | {"company_number": "0999999922", "third_party_number": "48594426"}, group)
    assert form.is_valid()
    assert "fictif" in form.warnings["company_number"]
    assert "commence par 94" in form.warnings["third_party_number"]


def test_another_account_ends_the_one_before_it(group):
    saved(group)
    today = group.practice.today()
    BankAccount.objects.for_(group).update(from_day=today - timedelta(days=30))
    saved(group, iban="BE71 0961 2345 6769")
    saved(group, iban="BE71 0961 2345 6769")
    rows = BankAccount.objects.for_(group).order_by("from_day")
    assert [(one.iban[:4], one.to_day) for one in rows] == [("BE68", today - timedelta(days=1)), ("BE71", None)]


def test_a_group_under_a_mandate_keeps_its_number(group):
    record = saved(group, mandate_type="third_party_billing", mandate_number="987").group
    assert (record.mandate_type, record.mandate_number) == ("third_party_billing", "987")


def test_the_record_of_one_group_leaves_the_others(group):
    other = Practice.objects.create(name="Ailleurs", country="BE")
    saved(group)
    other.refresh_from_db()
    assert other.name == "Ailleurs"

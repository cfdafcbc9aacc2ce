"""Mandates, scopes and rights: which powers each opens, and above all which it does not."""

from __future__ import annotations

from datetime import date

import pytest

from quittance.belgium.law import access

RECORD = {"contact", "convention", "premium", "bank", "social", "training", "accreditation"}
BILLING = {
    *("patient.read", "patient.write", "bill.read", "bill.write", "bill.issue", "bill.cancel"),
    *("payment.read", "payment.write", "insurability.read", "documents.read", "documents.write"),
}
PROSANTE = ["social_status", "administrative_file", "prosante", "training_master"]
MYCARENET = ["third_party_billing", "insurability", "medico_administrative"]


def record(*parts):
    return {f"record.{part}" for part in parts}


@pytest.mark.parametrize(
    ("scope", "powers"),
    [
        ("social_status", record("social")),
        ("administrative_file", record("contact", "convention", "premium", "bank", "social", "training")),
        ("prosante", record("contact", "convention", "premium", "bank", "social", "training")),
        ("training_master", record("training")),
        (
            "third_party_billing",
            {
                *("patient.read", "patient.write", "bill.read", "bill.write", "bill.issue", "bill.cancel"),
                *("payment.read", "payment.write"),
            },
        ),
        ("insurability", {"patient.read", "insurability.read"}),
        ("medico_administrative", {"patient.read", "documents.read", "documents.write"}),
    ],
)
def test_each_scope_opens_exactly_its_powers(scope, powers):
    assert access.powers(scope) == powers


def test_the_types_are_those_of_the_two_systems():
    assert list(access.types()) == [*PROSANTE, *MYCARENET] == list(access.scopes())
    assert {one.system for code, one in access.types().items() if code in PROSANTE} == {"prosante"}
    assert {one.system for code, one in access.types().items() if code in MYCARENET} == {"mycarenet"}


@pytest.mark.parametrize("code", PROSANTE)
def test_a_prosante_mandate_opens_nothing_of_the_patients(code):
    scope = access.scopes()[code]
    assert scope.is_record
    assert scope.powers <= record(*RECORD)


@pytest.mark.parametrize("code", MYCARENET)
def test_a_mycarenet_mandate_opens_nothing_of_the_record(code):
    assert not access.scopes()[code].is_record
    assert access.powers(code) <= BILLING


def test_no_mandate_opens_the_accreditation_and_the_wide_ones_say_so():
    assert not any("record.accreditation" in scope.powers for scope in access.scopes().values())
    for code in ("administrative_file", "prosante"):
        assert "accréditation" in access.types()[code].excluded[0]


def test_only_the_prosante_mandate_may_be_given_with_a_visa():
    assert [code for code, one in access.types().items() if not one.needs_provider_number] == ["prosante"]


@pytest.mark.parametrize("code", [*PROSANTE, *MYCARENET])
def test_every_type_is_told_and_may_go_to_person_company_and_institution(code):
    one = access.types()[code]
    assert one.grantees == ("person", "company", "institution")
    assert one.label
    assert one.text.endswith(".")
    assert all(text.endswith(".") for text in one.excluded)
    assert one.scope.source.url.startswith("https://")


def test_a_scope_opens_nothing_before_its_first_day_nor_when_it_does_not_exist():
    assert access.powers("prosante", date(2022, 12, 31)) == frozenset()
    assert access.powers("prosante", date(2023, 1, 1)) == access.powers("prosante")
    assert access.powers("social_status", date(2015, 1, 1)) == record("social")
    assert access.powers("everything") == frozenset()
    assert access.scopes()["prosante"].doubtful


def test_the_rights_of_a_group_open_the_scopes_of_mandates():
    found = {code: one.scope for code, one in access.rights().items()}
    assert found == {
        "billing": "third_party_billing",
        "insurability": "insurability",
        "documents": "medico_administrative",
    }


def test_a_person_signs_in_an_organisation_has_its_managers_first():
    assert [one.code for one in access.steps("person")] == ["sign_in", "sign"]
    found = access.steps("group")
    assert [one.code for one in found] == ["register", "main_manager", "domain", "users", "rights", "roles"]
    assert [one.code for one in found if one.optional] == ["roles"]
    assert found == access.steps("company") == access.steps("institution")

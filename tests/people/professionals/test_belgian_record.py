"""A Belgian record: periods that never overlap, accounts, allowances, and what a mandatary sees of it."""

from __future__ import annotations

import pytest
from django.utils import timezone

from quittance.people.country import scopes_of
from quittance.people.models import BankAccount, Mandate, Membership, PracticeAddress, Professional, StatusPeriod, User
from tests.signed import enter

CONVENTION = {"value": "conventioned", "from_day": "2024-01-01", "to_day": ""}


@pytest.fixture
def belgian(practice):
    practice.country = "BE"
    practice.save()
    return practice


@pytest.fixture
def one(belgian, alice):
    found = Professional.objects.for_(belgian).get(user=alice)
    found.profile, found.phone = {"profession": "doctor"}, "081 00 00 00"
    found.save()
    return found


@pytest.fixture
def owner(one, alice, client):
    return enter(client, alice, recent=True)


@pytest.fixture
def path(one):
    return f"/professionals/{one.pk}/"


def test_periods_of_a_status_never_overlap(owner, path, one):
    assert owner.post(f"{path}convention/new/", CONVENTION).status_code == 302
    answer = owner.post(f"{path}convention/new/", CONVENTION | {"value": "none", "from_day": "2025-06-01"})
    assert answer.status_code == 422
    assert "La période ouverte depuis le 01/01/2024" in answer.text
    first = StatusPeriod.objects.for_(one).get()
    assert owner.post(f"{path}convention/{first.pk}/", CONVENTION | {"to_day": "2025-05-31"}).status_code == 302
    later = CONVENTION | {"value": "none", "from_day": "2025-06-01"}
    assert owner.post(f"{path}convention/new/", later).status_code == 302
    answer = owner.post(f"{path}convention/{first.pk}/", CONVENTION | {"to_day": "2025-06-01"})
    assert answer.status_code == 422
    assert "01/06/2025" in answer.text
    values = [(row.value, str(row.from_day), str(row.to_day)) for row in one.statuses.order_by("from_day")]
    assert values == [("conventioned", "2024-01-01", "2025-05-31"), ("none", "2025-06-01", "None")]
    accredited = {"value": "accredited", "from_day": "2025-01-01", "to_day": ""}
    assert owner.post(f"{path}accreditation/new/", accredited).status_code == 302


def test_a_value_or_a_day_of_nowhere_is_refused_and_kept(owner, path, one):
    wrong = {"value": "half", "from_day": "2025-05-05", "to_day": "2024-04-04"}
    answer = owner.post(f"{path}convention/new/", wrong)
    assert answer.status_code == 422
    assert "2025-05-05" in answer.text
    assert "précède le premier" in answer.text
    assert not one.statuses.exists()


def test_an_account_finds_its_bic_and_doubts_another(owner, path, one):
    sent = {"holder": "Alice", "iban": "BE71 0961 2345 6769", "bic": "", "from_day": "2024-01-01", "to_day": ""}
    assert owner.post(f"{path}bank/new/", sent).status_code == 302
    row = BankAccount.objects.for_(one).get()
    assert (row.iban, row.bic) == ("BE71096123456769", "GKCCBEBB")
    answer = owner.post(f"{path}bank/{row.pk}/", sent | {"bic": "BBRUBEBB"}, follow=True)
    assert "GKCCBEBB" in answer.text
    row.refresh_from_db()
    assert row.bic == "BBRUBEBB"
    answer = owner.post(f"{path}bank/new/", sent | {"iban": "BE71 0961 2345 6768"})
    assert answer.status_code == 422
    assert "BE71 0961 2345 6768" in answer.text
    assert "relevé bancaire" in answer.text
    assert owner.post(f"{path}bank/new/", sent).status_code == 422
    assert owner.post(f"{path}bank/{row.pk}/delete/").status_code == 302
    assert not BankAccount.objects.for_(one).exists()


def test_addresses_and_allowances(owner, path, one):
    place = {"address_line1": "1 rue Haute", "postcode": "5000", "city": "Namur", "from_day": "2024-01-01"}
    for number in range(2):
        assert owner.post(f"{path}address/new/", place | {"label": f"Lieu {number}"}).status_code == 302
    assert PracticeAddress.objects.for_(one).count() == 2
    year = {"year": "2025", "state": "paid", "amount_cents": "5 000,50", "paid_on": "2026-01-15", "note": ""}
    for part in ("social", "training", "premium"):
        assert owner.post(f"{path}{part}/new/", year).status_code == 302
        assert owner.post(f"{path}{part}/new/", year | {"year": "25"}).status_code == 422
        answer = owner.post(f"{path}{part}/new/", year | {"amount_cents": "beaucoup"})
        assert "« beaucoup »" in answer.text
    assert [row.amount_cents for row in one.allowances.all()] == [500050] * 3
    text = owner.get(path).text
    for word in ("1 rue Haute", "2025 · payé", "Statut social", "maître de stage"):
        assert word in text, word


def test_france_has_no_such_part(alice, client, acting):
    enter(client, alice, recent=True)
    assert client.get(f"/professionals/{acting.professional.pk}/convention/new/").status_code == 404
    assert client.get(f"/professionals/{acting.professional.pk}/bank/new/").status_code == 200


# Mandataries

MARKS = {
    "contact": "081 00 00 00",
    "convention": "Conventionnement",
    "bank": "Compte bancaire",
    "social": "Statut social",
    "training": "maître de stage",
    "premium": "Primes",
    "accreditation": "Accréditation",
}


def mandatary(one, kind):
    """A client that works under a mandate of a type, signed by both."""
    from django.test import Client

    user = User.objects.create_user(f"{kind}@example.org")
    now = timezone.now()
    mandate = Mandate.objects.for_(one).create(
        grantor=one,
        type=kind,
        party="person",
        grantee_number="85073003328",
        grantee_user=user,
        started_by="grantor",
        from_day="2020-01-01",
        grantor_signed_at=now,
        grantee_signed_at=now,
    )
    return enter(Client(), user, f"mandate:{mandate.pk}", recent=True)


@pytest.mark.parametrize("kind", ["social_status", "administrative_file", "training_master", "third_party_billing"])
def test_a_mandatary_opens_the_parts_of_his_scope_only(kind, one, path, bob):
    client, scope = mandatary(one, kind), scopes_of("BE")[kind]
    given = {power.removeprefix("record.") for power in scope.powers if power.startswith("record.")}
    answer = client.get(path)
    if not given:
        assert answer.status_code == 403
        return
    main = answer.text[answer.text.index('<div class="columns">') :]
    for part, mark in MARKS.items():
        assert (mark in main) == (part in given), part
    assert "Hors de votre mandat" in answer.text
    assert "Les patients et les factures." in answer.text
    for part in set(MARKS) - {"contact"}:
        status = client.get(f"{path}{part}/new/").status_code
        assert status == (200 if part in given else 403), part
    assert client.get(f"{path}contact/").status_code == (200 if "contact" in given else 403)
    assert client.get("/professionals/mine/")["Location"] == path
    for shut in ("change/", "preferences/", "delete/"):
        assert client.get(f"{path}{shut}").status_code == 403
    assert client.get("/professionals/").status_code == 403
    other = Professional.objects.for_(one).get(user=bob)
    assert client.get(f"/professionals/{other.pk}/").status_code == 404


def test_an_open_mandate_keeps_a_professional(owner, path, one, alice, bob):
    mandatary(one, "social_status")
    Membership.objects.for_(one).filter(user=bob).update(role="owner")
    assert "de ses mandats est ouvert" in owner.get(f"{path}delete/").text
    assert owner.post(f"{path}delete/").status_code == 422
    Mandate.objects.for_(one).update(closed_as="ended")
    answer = owner.post(f"{path}delete/", follow=True)
    assert "archivée" in answer.text
    one.refresh_from_db()
    assert one.archived_at is not None

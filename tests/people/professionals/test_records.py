"""Records of professionals: who reads and changes what, refusals that keep what was typed, numbers, leaving."""

from __future__ import annotations

import pytest

from quittance.audit import events
from quittance.people.acting import acting_for
from quittance.people.models import (
    BankAccount,
    Identifier,
    Issuer,
    Membership,
    Professional,
    Substitution,
    User,
)
from quittance.people.professionals.parts import PARTS
from tests.signed import enter

RPPS, AM = "10100000016", "991000100"
TYPED = {
    "last_name": "Kerboul",
    "first_name": "Iris",
    "title": "",
    "profession": "Infirmière",
    "specialty": "24",
    "rpps_number": RPPS,
    "adeli_number": "",
    "number": AM,
    "sector": "1",
    "option": "none",
    "zone": "metropole",
    "fund": "261",
    "kind": "liberal",
    "situation": "1",
    "phone": "02 98 00 00 00",
}


@pytest.fixture
def as_user(practice):
    """Log a user of the practice in, in a role, with a recent proof."""

    def make(role, user=None):
        from django.test import Client

        user = user or User.objects.create_user(f"{role}@example.org", "correct horse battery")
        Membership.objects.for_(practice).get_or_create(user=user, defaults={"role": role})
        return enter(Client(), user, recent=True)

    return make


@pytest.fixture
def owner(alice, client):
    return enter(client, alice, recent=True)


def person(user):
    return Professional.objects.unscoped("test").get(user=user)


def last_event(acting):
    return events(acting).order_by("-seq").first()


def test_the_owner_adds_a_professional_with_numbers_and_a_situation(owner, acting):
    answer = owner.post("/professionals/new/", TYPED)
    made = Professional.objects.for_(acting).get(last_name="Kerboul")
    assert answer["Location"] == f"/professionals/{made.pk}/"
    assert made.profile["specialty"] == "24"
    assert made.profile["fund"] == "261"
    assert {one.system: one.value for one in made.identifiers.all()} == {"fr.rpps": RPPS}
    issuer = Issuer.objects.for_(acting).get(professional=made)
    assert (issuer.number, issuer.label, issuer.profile) == (AM, "Iris Kerboul", {})
    event = last_event(acting)
    assert (event.action, event.what, event.object) == ("change", "professional.add", f"people.Professional:{made.pk}")
    shown = owner.get(answer["Location"]).text
    for word in ("99100010-0", RPPS, "Infirmier", "CPAM Valence", "02 98 00 00 00"):
        assert word in shown, word


def test_a_refused_form_keeps_every_word(owner, acting):
    wrong = TYPED | {
        "rpps_number": "12",
        "number": "x",
        "fund": "26",
        "situation": "a",
        "last_name": "",
        "specialty": "",
    }
    answer = owner.post("/professionals/new/", wrong)
    assert answer.status_code == 422
    for word in ("Iris", "Infirmière", 'value="12"', 'value="x"', 'value="26"', "02 98 00 00 00"):
        assert word in answer.text, word
    for text in ("11 chiffres", "9 chiffres", "trois caractères", "un ou deux chiffres", "choisissez-la"):
        assert text in answer.text, text
    assert not Professional.objects.for_(acting).filter(first_name="Iris").exists()


def test_an_odd_number_is_kept_and_told(owner, acting):
    odd = TYPED | {"rpps_number": "10100000017", "number": "991000107", "fund": "zzz", "option": "optam"}
    answer = owner.post("/professionals/new/", odd, follow=True)
    for text in ("La clé du numéro RPPS", "La clé du numéro de facturation", "ZZZ", "OPTAM"):
        assert text in answer.text, text
    assert Issuer.objects.for_(acting).filter(number="991000107").exists()


def test_a_number_of_another_is_refused_with_whose_it_is(owner, acting, bob):
    assert owner.post("/professionals/new/", TYPED).status_code == 302
    again = TYPED | {"first_name": "Lou", "number": "990000022"}
    answer = owner.post("/professionals/new/", again)
    assert answer.status_code == 422
    assert "est déjà celui de Iris Kerboul" in answer.text
    assert "Dr Bob Test" in answer.text
    assert not Professional.objects.for_(acting).filter(first_name="Lou").exists()


def test_the_same_number_in_another_practice_is_none_of_its_business(owner, charlie_client):
    assert owner.post("/professionals/new/", TYPED).status_code == 302
    assert charlie_client.post("/professionals/new/", TYPED).status_code == 302


def test_a_member_is_chosen_as_the_login(owner, acting, as_user):
    as_user("colleague")
    user = User.objects.get(email="colleague@example.org")
    owner.post("/professionals/new/", TYPED | {"login": str(user.pk)})
    assert person(user).last_name == "Kerboul"
    stranger = User.objects.create_user("stranger@example.org")
    wrong = TYPED | {"login": str(stranger.pk), "number": "991000114", "rpps_number": ""}
    assert owner.post("/professionals/new/", wrong).status_code == 422


def test_a_new_name_is_on_the_next_bills(owner, acting, alice):
    one = person(alice)
    typed = TYPED | {
        "title": "Dr",
        "last_name": "Test",
        "first_name": "Alice",
        "number": "990000011",
        "login": str(alice.pk),
    }
    assert owner.post(f"/professionals/{one.pk}/change/", typed | {"last_name": "Prigent"}).status_code == 302
    assert Issuer.objects.for_(acting).get(professional=one).label == "Dr Alice Prigent"
    assert person(alice).user == alice


# Who may what


def routes(one, row):
    """Every page about a professional, by the power that it asks for."""
    found = {f"{part.name}/new/": part.power for part in PARTS.values() if part.name == "bank"}
    found |= {f"bank/{row.pk}/": "bank"}
    found |= dict.fromkeys(("change/", "preferences/", "situations/new/"), "whole")
    found |= {"contact/": "contact", "delete/": "delete"}
    return {f"/professionals/{one.pk}/{path}": power for path, power in found.items()}


@pytest.fixture
def account(practice, bob):
    rows = BankAccount.objects.for_(practice)
    return rows.create(
        professional=person(bob), holder="Bob", iban="BE71096123456769", bic="GKCCBEBB", from_day="2026-01-01"
    )


def test_the_owner_opens_every_page_of_anybody(owner, bob, account):
    for path in routes(person(bob), account):
        assert owner.get(path).status_code == 200, path


def test_a_colleague_changes_only_his_own_record(alice, bob, as_user, account, practice):
    client = as_user("colleague", bob)
    for path, power in routes(person(bob), account).items():
        assert client.get(path).status_code == (403 if power == "delete" else 200), path
    for path in routes(person(alice), account):
        assert client.get(path).status_code == 403, path
        assert client.post(path, TYPED).status_code == 403, path
    text = client.get(f"/professionals/{person(alice).pk}/").text
    assert "Coordonnées" in text
    assert "Compte bancaire" not in text


@pytest.mark.parametrize("role", ["secretary", "reader"])
def test_others_read_the_contact_and_change_nothing(role, alice, bob, as_user, account):
    client = as_user(role)
    assert client.get("/professionals/").status_code == 200
    Professional.objects.unscoped("test").filter(user=bob).update(phone="02 98 11 22 33", preferences={"home": True})
    text = client.get(f"/professionals/{person(bob).pk}/").text
    assert "02 98 11 22 33" in text
    for hidden in ("BE71", "Préférences", "/change/", "Supprimer"):
        assert hidden not in text, hidden
    for path in (*routes(person(bob), account), "/professionals/new/"):
        assert client.get(path).status_code == 403, path
        assert client.post(path, TYPED).status_code == 403, path
    assert person(bob).last_name == "Test"


def test_a_stranger_meets_no_row(charlie, charlie_client, bob, account):
    enter(charlie_client, charlie, recent=True)
    for path in (*routes(person(bob), account), f"/professionals/{person(bob).pk}/"):
        assert charlie_client.get(path).status_code == 404, path
        assert charlie_client.post(path, TYPED).status_code in (404, 405), path
    for path in ("restore/", f"bank/{account.pk}/delete/"):
        assert charlie_client.post(f"/professionals/{person(bob).pk}/{path}").status_code == 404
    own = person(charlie).pk
    assert charlie_client.get(f"/professionals/{own}/bank/{account.pk}/").status_code == 404
    assert "Bob" not in charlie_client.get("/professionals/").text
    assert BankAccount.objects.for_(account).filter(pk=account.pk).exists()


def test_a_wrong_method_is_refused(owner, bob, account):
    for path in routes(person(bob), account):
        assert owner.put(path).status_code == 405, path
    for path in ("restore/", f"bank/{account.pk}/delete/"):
        assert owner.get(f"/professionals/{person(bob).pk}/{path}").status_code == 405, path
    for path in ("", "mine/", f"{person(bob).pk}/"):
        assert owner.post(f"/professionals/{path}").status_code == 405, path


def test_a_visitor_is_sent_to_log_in(client, bob):
    assert client.get(f"/professionals/{person(bob).pk}/")["Location"].startswith("/login/")


def test_one_s_own_record_is_one_tap_away(owner, alice, as_user):
    assert owner.get("/professionals/mine/")["Location"] == f"/professionals/{person(alice).pk}/"


def test_bank_account_and_leaving_ask_for_a_proof(alice, alice_client, bob):
    for path in ("bank/new/", "delete/"):
        answer = alice_client.get(f"/professionals/{person(bob).pk}/{path}")
        assert "/account/confirm" in answer["Location"]
        assert alice_client.post(f"/professionals/{person(bob).pk}/{path}", {"holder": "x"}).status_code == 422
    assert Professional.objects.unscoped("test").filter(user=bob).exists()


# Leaving


@pytest.fixture
def substitute(practice, alice):
    one = Professional.objects.for_(practice).create(
        last_name="Le Goff", first_name="Jo", profession="Infirmier", is_substitute=True
    )
    holder = person(alice)
    return Substitution.objects.for_(practice).create(holder=holder, substitute=one, created_by=alice)


def test_a_holder_stays_while_a_substitute_is_attached_active_or_not(owner, alice, substitute, practice):
    from django.utils import timezone

    path = f"/professionals/{person(alice).pk}/delete/"
    for day in (None, timezone.now()):
        Substitution.objects.for_(practice).update(deactivated_at=day)
        assert "Jo Le Goff est rattaché" in owner.get(path).text
        assert owner.post(path).status_code == 422
    assert person(alice).archived_at is None


def test_one_who_never_billed_is_deleted_with_what_hangs_on_him(owner, acting, bob, account):
    one = person(bob)
    Identifier.objects.for_(acting).create(professional=one, system="fr.rpps", value=RPPS)
    path = f"/professionals/{one.pk}/delete/"
    text = owner.get(path).text
    for word in ("ses numéros", "ses situations", "ses comptes bancaires"):
        assert word in text, word
    assert owner.post(path)["Location"] == "/professionals/"
    assert not Professional.objects.for_(acting).filter(pk=one.pk).exists()
    assert last_event(acting).what == "professional.delete"
    assert last_event(acting).object == f"people.Professional:{one.pk}"
    assert acting_for(bob) is not None


def test_one_who_billed_stays_until_his_bills_are_cancelled_then_is_archived(owner, acting, bob):
    from quittance.billing.services.cancel import cancel_bill
    from tests.billing.making import make_bill

    one = person(bob)
    his = acting_for(bob)
    assert his is not None
    bill = make_bill(his)
    path = f"/professionals/{one.pk}/delete/"
    assert "ni annulée ni télétransmise" in owner.get(path).text
    assert owner.post(path).status_code == 422
    cancel_bill(acting, bill)
    assert "archivée" in owner.get(path).text
    assert owner.post(path).status_code == 302
    one.refresh_from_db()
    assert one.archived_at is not None
    assert all(issuer.archived_at for issuer in one.issuers.all())
    assert last_event(acting).what == "professional.archive"
    assert "Archivés" in owner.get("/professionals/").text
    assert owner.get(f"/professionals/{one.pk}/change/").status_code == 403
    assert owner.post(f"/professionals/{one.pk}/restore/").status_code == 302
    one.refresh_from_db()
    assert one.archived_at is None
    assert not any(issuer.archived_at for issuer in one.issuers.all())

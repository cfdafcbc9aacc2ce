"""Proofs: PIN, password and code, of oneself and of another on the same screen; every try counts."""

import threading

import pytest
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection, transaction

from quittance.audit import events
from quittance.audit.models import AuditEvent
from quittance.people.accounts import credentials
from quittance.people.accounts.models import Pin
from tests.people.accounts.proving import FALSE, PASSWORD, code, with_app, with_codes

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def pin(alice):
    return Pin.objects.create(user=alice, hash=make_password("2580"))


def refused(user, **data):
    with pytest.raises(credentials.CredentialError) as refusal:
        credentials.prove(user, data)
    return refusal.value


def test_a_pin_proves(alice, pin):
    proof = credentials.prove(alice, {"pin": "2580"})
    assert (proof.kind, proof.user_id) == ("pin", alice.pk)


def test_nothing_proves_nothing(alice):
    assert "clé d’accès" in refused(alice).message
    assert "pas de code" in refused(alice, pin="2580").message


def test_the_third_wrong_pin_blocks_it(alice, pin):
    assert [refused(alice, pin="0000").tries_left for _ in range(4)] == [2, 1, 0, 0]
    assert "bloqué" in refused(alice, pin="2580").message


def test_a_right_pin_gives_the_tries_back(alice, pin):
    refused(alice, pin="0000")
    credentials.prove(alice, {"pin": "2580"})
    pin.refresh_from_db()
    assert pin.tries_left == 3


@pytest.mark.django_db(transaction=True)
def test_a_refused_pin_counts_whatever_becomes_of_the_rest(alice, pin):
    with pytest.raises(RuntimeError), transaction.atomic():
        credentials.prove(alice, {"pin": "0000"})
    refused(alice, pin="0000")
    pin.refresh_from_db()
    assert pin.tries_left == 2


@pytest.mark.django_db(transaction=True)
def test_a_crowd_has_no_more_than_three_tries(alice, pin):
    checked = []

    def try_one(number):
        try:
            credentials.prove(alice, {"pin": f"{number:04d}"})
        except credentials.CredentialError as refusal:
            checked.append(refusal.tries_left)
        finally:
            connection.close()

    crowd = [threading.Thread(target=try_one, args=(number,)) for number in range(8)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    assert len(checked) == 8
    pin.refresh_from_db()
    assert pin.tries_left == 0
    assert "bloqué" in refused(alice, pin="2580").message


def test_a_password_of_somebody_else_than_the_session_needs_a_code(alice):
    assert credentials.prove(alice, {"password": PASSWORD}).kind == "password"
    with_app(alice)
    first = with_codes(alice)[0]
    assert "trente secondes" in refused(alice, password=PASSWORD).message
    assert credentials.prove(alice, {"password": PASSWORD, "code": code()}).kind == "password"
    assert credentials.prove(alice, {"password": PASSWORD, "code": first}).kind == "password"
    refused(alice, password=PASSWORD, code=first)


def test_five_wrong_passwords_make_it_wait(alice):
    for _ in range(5):
        assert "majuscules" in refused(alice, password="wrong").message
    assert "cinq minutes" in refused(alice, password=PASSWORD).message


def test_right_ones_never_make_it_wait(alice):
    for _ in range(7):
        credentials.prove(alice, {"password": PASSWORD})


def test_one_click_proves_nothing_without_a_session_of_the_demo(alice):
    assert "démonstration" in refused(alice, demo_proof="1").message


@pytest.mark.parametrize("sent", FALSE)
def test_a_false_passkey_is_refused(alice, alice_client, sent):
    alice_client.get("/account/challenge/")
    answer = alice_client.post("/account/confirm/", {"credential": sent})
    assert answer.status_code == 422
    assert "n’est pas reconnue" in answer.text


def test_every_proof_is_in_the_journal(alice, acting, pin):
    before = AuditEvent.objects.count()
    refused(alice, pin="0000")
    credentials.prove(alice, {"pin": "2580"})
    written = list(events(acting).order_by("-seq")[:2])
    assert AuditEvent.objects.count() == before + 2
    assert [(one.action, one.what, one.outcome) for one in reversed(written)] == [
        ("refusal", "account.prove", "refused"),
        ("sign-in", "account.prove", "done"),
    ]
    assert {one.user for one in written} == {alice.pk}


def test_the_fields_shown_are_those_that_can_serve(alice, bob, pin, client):
    from tests.signed import enter

    enter(client, alice)
    assert 'name="pin"' in client.get("/account/confirm/?next=/").text
    Pin.objects.update(tries_left=0)
    text = client.get("/account/confirm/?next=/").text
    assert 'name="pin"' not in text
    assert 'name="password"' in text

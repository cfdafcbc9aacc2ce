"""A recent proof before what must not happen on an unattended screen; what was typed is not lost."""

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from django.http import HttpResponse
from django.test import RequestFactory

from quittance.people.accounts import recent, session
from quittance.people.accounts.models import Pin
from tests.people.accounts.proving import PASSWORD, age
from tests.signed import enter

PAGE, CONFIRM = "/account/pin/", "/account/confirm/strong/"
TYPED = {"new_pin": "2580", "new_pin_again": "2580"}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def test_a_page_that_is_read_sends_to_the_proof_and_comes_back(alice_client):
    assert alice_client.get(PAGE)["Location"] == f"{CONFIRM}?next={PAGE}"
    refused = alice_client.post(CONFIRM, {"password": "wrong", "next": PAGE})
    assert refused.status_code == 422
    assert "wrong" not in refused.text
    assert alice_client.post(CONFIRM, {"password": PASSWORD, "next": PAGE})["Location"] == PAGE
    assert alice_client.get(PAGE).status_code == 200
    assert alice_client.get(f"{CONFIRM}?next={PAGE}")["Location"] == PAGE


def test_it_counts_for_five_minutes(alice_client, alice):
    enter(alice_client, alice, recent=True)
    assert alice_client.get(PAGE).status_code == 200
    kept = alice_client.session
    kept["proved"][2] -= 300
    kept.save()
    assert alice_client.get(PAGE).status_code == 302


def test_a_form_that_comes_too_late_goes_on_with_what_was_typed(alice_client, alice):
    asked = alice_client.post(PAGE, TYPED)
    assert asked.status_code == 422
    assert asked.text.count('value="2580"') == 2
    refused = alice_client.post(PAGE, TYPED | {"password": "wrong"})
    assert (refused.status_code, refused.text.count('value="2580"')) == (422, 2)
    assert "wrong" not in refused.text
    assert not Pin.objects.exists()
    assert alice_client.post(PAGE, TYPED | {"password": PASSWORD})["Location"] == "/account/"
    assert Pin.objects.filter(user=alice).exists()


def test_a_part_of_a_page_shows_the_proof_in_the_whole_page(alice_client):
    answer = alice_client.post(PAGE, TYPED, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Retarget"], answer["HX-Reselect"]) == (422, "#main", "#main > *")


def test_a_pin_is_too_little_for_the_account_itself(alice_client, alice):
    Pin.objects.create(user=alice, hash=make_password("2580"))
    assert 'name="pin"' not in alice_client.get(f"{CONFIRM}?next={PAGE}").text
    assert "ne suffit pas" in alice_client.post(CONFIRM, {"pin": "2580"}).text
    assert alice_client.post("/account/confirm/", {"pin": "2580"}).status_code == 302
    assert alice_client.get(PAGE).status_code == 302


def test_the_page_sees_no_proof(alice):
    seen = {}

    @recent.required
    def page(request):
        seen.update(request.POST.lists())
        return HttpResponse()

    request = RequestFactory().post("/x/", {"iban": ["a", "b"], "pin": "2580"})
    request.user, request.session = alice, SessionStore()
    request.session["_auth_user_id"] = str(alice.pk)
    Pin.objects.create(user=alice, hash=make_password("2580"))
    assert page(request).status_code == 200
    assert seen == {"iban": ["a", "b"]}
    assert recent.fresh(request)


def test_a_proof_of_another_user_is_none(alice, bob):
    request = RequestFactory().get("/")
    request.session = SessionStore()
    request.session.update({"_auth_user_id": str(bob.pk), "proved": ["password", str(alice.pk), session.now()]})
    assert not recent.fresh(request)


def test_signing_in_is_a_recent_proof_and_locking_changes_nothing_to_it(client, alice):
    enter(client, alice, recent=True)
    age(client, seen=120)
    assert client.get(PAGE)["Location"].startswith("/account/lock/")

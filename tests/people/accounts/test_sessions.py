"""A user's own sessions: where from, since when, which one this is; ended, one or all the others."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from quittance.people.accounts.devices import described
from tests.people.accounts.proving import LOGIN, PASSWORD, log_in, with_app

SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Safari/604.1"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def two(alice):
    """Two browsers of Alice, both signed in."""
    cache.clear()
    with_app(alice)
    here, there = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": SAFARI})
    for client in (here, there):
        log_in(client, alice)
        cache.clear()
    return here, there


def test_they_are_listed_and_this_one_is_marked(two):
    page = two[0].get("/account/sessions/")
    shown = [(device, one.ip) for one, device in page.context["sessions"]]
    assert shown == [("Firefox, Windows", "127.0.0.1"), ("Safari, iPhone", "127.0.0.1")]
    first, second = page.text.split("Safari, iPhone", 1)
    assert "chip--good" in first
    assert "chip--good" not in second


def test_an_ended_session_is_out_at_its_next_request(two, alice):
    here, there = two
    other = UserSession.objects.get(session_key=there.session.session_key)
    assert here.get(f"/account/sessions/{other.pk}/end/").status_code == 405
    assert here.post(f"/account/sessions/{other.pk}/end/").status_code == 302
    assert there.get("/components/")["Location"].startswith(LOGIN)
    assert here.get("/components/").status_code == 200


def test_all_the_others_end_at_once(two):
    here, there = two
    answer = here.post("/account/sessions/end/", follow=True)
    assert "1 autre session" in answer.text
    assert there.post("/choose/")["Location"].startswith(LOGIN)
    assert here.get("/components/").status_code == 200


def test_nobody_ends_the_session_of_another(two, charlie_client):
    one = UserSession.objects.first()
    assert charlie_client.post(f"/account/sessions/{one.pk}/end/").status_code == 404


def test_another_password_ends_the_others_and_keeps_this_one(two, alice):
    here, there = two
    wrong = here.post("/account/password/", {"oldpassword": "x", "password1": "a" * 3, "password2": "b"})
    assert wrong.status_code == 422
    assert "mot de passe actuel" in wrong.text
    new = "quatre mots pris au hasard"
    typed = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    before = here.session.session_key
    assert here.post("/account/password/", typed)["Location"] == "/account/"
    assert here.session.session_key != before
    assert here.get("/components/").status_code == 200
    assert there.get("/components/")["Location"].startswith(LOGIN)
    alice.refresh_from_db()
    assert alice.check_password(new)
    assert len(here.get("/account/sessions/").context["sessions"]) == 1


def test_leaving_takes_the_session_from_the_list(two, alice):
    there = two[1]
    there.post("/logout/")
    assert SESSION_KEY not in there.session
    assert UserSession.objects.filter(user=alice).count() == 1


@pytest.mark.parametrize(("agent", "words"), [(FIREFOX, "Firefox, Windows"), (SAFARI, "Safari, iPhone"), ("curl", "")])
def test_a_browser_is_named_in_a_few_words(agent, words):
    assert described(agent) == words

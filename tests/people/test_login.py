"""Coming in: password, second factor, the one click of the demo; leaving."""

import re

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from quittance.people.models import Practice, User
from tests.people.accounts.proving import LOGIN, PASSWORD, code, log_in, with_app, with_codes, wrong_code
from tests.signed import enter


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def try_password(client, email, password="wrong", **more):
    return client.post(LOGIN, {"login": email, "password": password}, **more)


def test_it_logs_in_whatever_the_capitals_then_asks_for_the_second_factor(client, alice):
    with_app(alice)
    answer = client.post(LOGIN, {"login": "ALICE@example.org", "password": PASSWORD, "next": "/components/"})
    assert answer["Location"] == "/login/code/"
    assert client.get("/components/")["Location"].startswith(LOGIN)
    assert client.post("/login/code/", {"code": wrong_code()}).status_code == 422
    answer = client.post("/login/code/", {"code": code()})
    assert answer["Location"] == "/components/"
    assert client.get("/components/").status_code == 200


def test_a_code_serves_once(client, alice):
    with_app(alice)
    used = code()
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert client.post("/login/code/", {"code": used}).status_code == 302
    client.post("/logout/")
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert client.post("/login/code/", {"code": used}).status_code == 422


def test_a_recovery_code_replaces_the_app_once(client, alice):
    with_app(alice)
    first = with_codes(alice)[0]
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert client.post("/login/code/", {"code": first}).status_code == 302
    assert client.get("/components/").status_code == 200
    client.post("/logout/")
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert client.post("/login/code/", {"code": first}).status_code == 422


def bare(answer, email):
    """Leave out of a page what differs at each request."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|"X-CSRFToken": "\w+"|nonce="[^"]+"', "", answer.text)
    return text.replace(email, "")


def test_an_unknown_address_and_a_wrong_password_get_one_answer_and_one_time(client, alice, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode

    def counted(*args):
        hashed.append(1)
        return encode(*args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    answers, work = [], []
    User.objects.create_user("without@example.org")
    for email in ("alice@example.org", "nobody@example.org", "without@example.org"):
        hashed.clear()
        answer = try_password(client, email)
        assert f'value="{email}"' in answer.text
        answers.append((answer.status_code, bare(answer, email)))
        work.append(len(hashed))
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0] == 422
    assert "ne vont pas ensemble" in answers[0][1]
    assert work == [1, 1, 1]


def test_after_five_wrong_passwords_an_address_waits_known_or_not(client, alice):
    for email in ("alice@example.org", "nobody@example.org"):
        for _ in range(5):
            assert "ne vont pas ensemble" in try_password(client, email).text
        assert "cinq minutes" in try_password(client, email).text
    assert "cinq minutes" in try_password(client, "alice@example.org", PASSWORD).text
    assert try_password(client, "bob@example.org").status_code == 422


def test_wrong_codes_are_counted_too(client, alice):
    with_app(alice)
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    for _ in range(5):
        client.post("/login/code/", {"code": wrong_code()})
    answer = client.post("/login/code/", {"code": code()})
    assert answer.status_code == 422
    assert "cinq minutes" in answer.text


def test_one_computer_that_asks_without_end_is_told_to_wait(client, db, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "3/m/ip"}
    for number in range(3):
        try_password(client, f"a{number}@example.org")
    answer = try_password(client, "b@example.org")
    assert answer.status_code == 429
    assert "Trop d’essais" in answer.text


def test_the_limits_are_kept_where_every_process_sees_them(db):
    from django.core.cache.backends.db import DatabaseCache

    cache.set("a", 1)
    assert cache.get("a") == 1
    assert DatabaseCache("quittance_cache", {}).get("a") == 1


@pytest.mark.parametrize("place", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "http:///evil"])
def test_it_never_leaves_for_another_site(client, alice, place):
    with_app(alice)
    assert log_in(client, alice, place)["Location"] == "/"
    assert client.get(f"{LOGIN}?next={place}")["Location"] == "/"
    assert client.get(f"/account/confirm/?next={place}")["Location"] == "/"


def test_a_closed_account_does_not_open(client, alice):
    with_app(alice)
    User.objects.filter(pk=alice.pk).update(is_active=False)
    answer = client.post(LOGIN, {"login": alice.email, "password": PASSWORD}, follow=True)
    assert "fermé" in answer.text
    assert SESSION_KEY not in client.session


def test_the_session_changes_its_key_when_somebody_comes_in(client, alice):
    with_app(alice)
    client.get(LOGIN)
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    before = client.session.session_key
    client.post("/login/code/", {"code": code()})
    assert client.session.session_key != before


def test_the_cookies_are_for_the_server_alone(client, alice, settings):
    with_app(alice)
    settings.SESSION_COOKIE_SECURE = True
    answer = log_in(client, alice)
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["max-age"]) == (True, "Lax", True, "")


def test_logout_forgets_and_needs_a_post(alice_client):
    assert alice_client.get("/logout/").status_code == 405
    assert alice_client.post("/logout/")["Location"] == LOGIN
    assert alice_client.get("/components/")["Location"] == f"{LOGIN}?next=/components/"


@pytest.mark.parametrize("path", [LOGIN, "/login/code/", "/login/passkey/"])
def test_other_methods_are_refused(client, db, path):
    assert client.put(path).status_code == 405
    assert client.delete(path).status_code == 405


@pytest.fixture
def demo_url(acting):
    Practice.objects.update(is_demo=True)
    return reverse("people:demo_login", args=[acting.capacity.partition(":")[2]])


def test_one_click_opens_the_demo_only_here_and_only_on_a_demo(client, demo_url, settings):
    assert client.post(demo_url, REMOTE_ADDR="192.0.2.7").status_code == 404
    assert client.post(demo_url, headers={"X-Forwarded-For": "192.0.2.7"}).status_code == 404
    settings.DEMO = False
    assert client.post(demo_url).status_code == 404
    assert "Test" not in client.get(LOGIN).text
    settings.DEMO = True
    assert client.get(demo_url).status_code == 405
    assert client.post(demo_url).status_code == 302
    assert client.get("/components/").status_code == 200


def test_a_session_of_the_demo_ends_where_there_is_none(client, demo_url, alice, settings):
    alice.set_unusable_password()  # as those of the demo have none
    alice.save()
    client.post(demo_url)
    assert client.get("/components/", REMOTE_ADDR="192.0.2.7").status_code == 302
    settings.DEMO = False
    assert client.get("/components/", follow=True).redirect_chain[-1][0].startswith(LOGIN)
    assert SESSION_KEY not in client.session


def test_one_click_opens_no_real_practice(client, acting):
    assert client.post(reverse("people:demo_login", args=[acting.capacity.partition(":")[2]])).status_code == 404


@pytest.mark.parametrize(
    "path",
    [LOGIN, "/login/code/", "/login/passkey/", "/logout/", "/account/lock/", "/account/lock/now/", "/account/alive/"],
)
def test_a_form_of_another_site_is_refused(alice, path):
    client = enter(Client(enforce_csrf_checks=True), alice)
    assert client.post(path, {"login": alice.email, "password": PASSWORD}).status_code == 403
    assert SESSION_KEY in client.session


def test_a_user_closed_meanwhile_is_out_at_the_next_request(alice_client, alice):
    User.objects.filter(pk=alice.pk).update(is_active=False)
    assert alice_client.get("/components/")["Location"].startswith(LOGIN)


def test_one_may_begin_again_with_another_account(client, alice):
    with_app(alice)
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert client.get(LOGIN)["Location"] == "/login/code/"
    assert client.get(f"{LOGIN}?other=1").status_code == 200
    assert client.get("/login/code/")["Location"] == LOGIN


def test_with_another_key_of_the_installation_no_code_is_right(client, alice, settings):
    with_app(alice)
    recovery = with_codes(alice)[0]
    settings.SECRET_KEY = "another"
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    for proof in (code(), recovery, "000000", ""):
        assert client.post("/login/code/", {"code": proof}).status_code == 422

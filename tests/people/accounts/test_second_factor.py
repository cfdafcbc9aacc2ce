"""A second factor for everybody: enrolled before any page, never the last one removed."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.test import Client

from quittance.people.accounts import session
from tests.people.accounts.proving import FALSE, LOGIN, PASSWORD, code, log_in, with_app, with_codes
from tests.signed import enter

OPEN = {"/logout/", "/account/enrol/", "/account/app/", "/account/passkey/", "/account/challenge/"}


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def password_only(client, alice):
    """A client of Alice, who has typed her password and has no second factor yet."""
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    return client


def test_a_password_alone_opens_nothing_but_the_enrolment(password_only):
    for path in ("/", "/components/", "/choose/", "/patients/", "/account/", "/account/sessions/", "/account/pin/"):
        assert password_only.get(path)["Location"] == f"/account/enrol/?next={path}", path
    assert password_only.get("/account/enrol/").context["acting"] is None
    answer = password_only.get("/components/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/account/enrol/?next=/components/")
    assert password_only.post("/account/pin/", {"new_pin": "2580"})["Location"].startswith("/account/enrol/")
    assert password_only.post("/account/alive/")["Location"].startswith("/account/enrol/")


def test_she_adds_an_app_then_sees_her_codes_once(password_only, alice):
    password_only.get("/account/enrol/?next=/choose/")
    page = password_only.get("/account/app/")
    secret = page.context["form"].secret
    assert secret in page.text
    assert page.text.count("<script") == len(re.findall(r"<script[^>]+nonce=", page.text))
    refused = password_only.post("/account/app/", {"code": "000000"})
    assert refused.status_code == 422
    assert "trente secondes" in refused.text
    secret = refused.context["form"].secret
    assert password_only.post("/account/app/", {"code": code(secret)})["Location"] == "/account/codes/"
    shown = password_only.get("/account/codes/")
    codes = shown.context["unused_codes"]
    assert len(codes) == 10
    assert all(one in shown.text for one in codes)
    assert 'href="/choose/"' in shown.text
    assert codes[0] not in password_only.get("/account/codes/").text
    assert password_only.get("/components/").status_code == 200


def test_the_secret_of_the_app_is_not_in_the_database_as_it_is(password_only, alice):
    secret = password_only.get("/account/app/").context["form"].secret
    password_only.post("/account/app/", {"code": code(secret)})
    kept = Authenticator.objects.get(user=alice, type="totp").data["secret"]
    assert secret not in kept
    assert len(kept) > 60


def test_whoever_stole_a_password_cannot_add_a_factor_of_his_own(client, alice):
    with_app(alice)
    client.force_login(alice)
    for path in ("/account/enrol/", "/account/app/", "/account/passkey/"):
        client.force_login(alice)
        assert client.get(path)["Location"].startswith(LOGIN), path
        assert SESSION_KEY not in client.session


def test_a_factor_of_another_user_is_none(client, alice, bob):
    enter(client, alice)
    kept = client.session
    kept[session.FACTOR] = ["totp", str(bob.pk)]
    kept.save()
    assert client.get("/components/")["Location"].startswith("/account/enrol/")


def test_the_last_second_factor_stays(client, alice):
    only = with_app(alice)
    with_codes(alice)
    enter(client, alice, recent=True)
    answer = client.post(f"/account/factor/{only.pk}/remove/", follow=True)
    assert "seule seconde preuve" in answer.text
    assert Authenticator.objects.filter(pk=only.pk).exists()


def test_one_of_two_is_removed_after_a_recent_proof(client, alice):
    app = with_app(alice)
    Authenticator.objects.create(user=alice, type="webauthn", data={"name": "Clé", "credential": {}})
    enter(client, alice)
    url = f"/account/factor/{app.pk}/remove/"
    assert client.get(url).status_code == 405
    asked = client.post(url)
    assert asked.status_code == 422
    assert Authenticator.objects.filter(pk=app.pk).exists()
    assert client.post(url, {"password": PASSWORD}).status_code == 302
    assert not Authenticator.objects.filter(pk=app.pk).exists()


def test_nobody_removes_anothers_factor(client, alice, bob):
    his = with_app(bob)
    enter(client, alice, recent=True)
    assert client.post(f"/account/factor/{his.pk}/remove/").status_code == 404


def test_new_codes_end_the_old_ones(client, alice):
    with_app(alice)
    old = with_codes(alice)
    enter(client, alice, recent=True)
    assert client.post("/account/codes/new/")["Location"] == "/account/codes/"
    new = client.get("/account/codes/").context["unused_codes"]
    assert not set(old) & set(new)
    other = Client()
    other.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    assert other.post("/login/code/", {"code": old[0]}).status_code == 422
    assert other.post("/login/code/", {"code": new[0]}).status_code == 302


def test_the_codes_ask_for_more_than_a_pin(client, alice):
    with_app(alice)
    enter(client, alice)
    assert client.get("/account/codes/new/")["Location"] == "/account/confirm/strong/?next=/account/codes/new/"


def test_one_who_came_in_by_code_may_add_a_passkey_at_once(client, alice):
    with_app(alice)
    log_in(client, alice)
    page = client.get("/account/passkey/")
    assert page.status_code == 200
    options = page.context["js_data"]["creation_options"]["publicKey"]
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert options["rp"]["id"] == "testserver"


@pytest.mark.parametrize("sent", ["", *FALSE])
def test_a_false_passkey_is_refused_with_words(client, alice, sent):
    with_app(alice)
    log_in(client, alice)
    client.get("/account/passkey/")
    answer = client.post("/account/passkey/", {"credential": sent, "name": "x"})
    assert answer.status_code == 422
    client.post("/logout/")
    challenge = client.get("/login/passkey/", headers={"Accept": "application/json"}).json()
    assert challenge["request_options"]["publicKey"]["allowCredentials"] == []
    assert challenge["request_options"]["publicKey"]["userVerification"] == "required"
    assert client.post("/login/passkey/", {"credential": sent})["Location"] == LOGIN
    assert SESSION_KEY not in client.session

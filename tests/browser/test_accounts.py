"""Accounts in the browser: passkey, app, recovery code, idle lock with a draft kept, ended session."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.core.cache import cache
from playwright.sync_api import expect

from quittance.people.accounts.models import Pin
from tests.people.accounts.proving import PASSWORD, code, with_app


@pytest.fixture(autouse=True)
def fresh_limits(live_server):
    cache.clear()


@pytest.fixture
def authenticator(page):
    """A virtual authenticator that knows its user's finger; passkeys need the name localhost."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    found = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, found["authenticatorId"]


def type_password(page, password=PASSWORD):
    page.get_by_label("Adresse électronique").fill("alice@example.org")
    page.get_by_label("Mot de passe").fill(password)
    page.get_by_role("button", name="Se connecter", exact=True).click()


def log_out(page):
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Se déconnecter").click()
    page.wait_for_url("**/login/")


def test_she_enrols_a_passkey_and_signs_in_with_it_alone(page, authenticator, alice, assert_accessible, shoot):
    page.goto("/login/?next=/components/")
    type_password(page)
    page.wait_for_url("**/account/enrol/**")
    assert_accessible(page)
    shoot(page, "enrol")
    page.get_by_role("link", name=re.compile("^Une clé d’accès")).click()
    assert_accessible(page)
    shoot(page, "passkey")
    page.get_by_role("button", name="Créer la clé d’accès").click()
    page.wait_for_url("**/account/codes/")
    expect(page.locator(".codes li")).to_have_count(10)
    assert_accessible(page)
    shoot(page, "codes")
    page.get_by_role("link", name="Je les ai gardés").click()
    page.wait_for_url("**/components/")
    log_out(page)
    page.goto("/login/?next=/choose/")
    page.get_by_role("button", name="Avec une clé d’accès").click()
    page.wait_for_url("**/choose/")
    assert "Dr Test" in page.locator(".top").inner_text()
    assert Authenticator.objects.get(type="webauthn").last_used_at
    page.locator("details.menu summary").click()
    page.get_by_role("button", name="Verrouiller l’écran").click()
    page.get_by_role("heading", name="Verrouillé").wait_for()
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.locator(".top").wait_for()
    older(page, 120)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.get_by_role("heading", name="Verrouillé").wait_for()
    page.get_by_role("button", name="Utiliser une clé d’accès").click()
    page.locator(".top").wait_for()


def test_a_passkey_that_the_device_refuses_is_told(page, authenticator, alice, assert_accessible):
    session, key = authenticator
    page.goto("/login/")
    session.send("WebAuthn.setUserVerified", {"authenticatorId": key, "isUserVerified": False})
    page.get_by_role("button", name="Avec une clé d’accès").click()
    expect(page.get_by_role("alert").filter(has_text="autre moyen")).to_be_visible(timeout=70_000)
    assert_accessible(page)


def test_she_adds_an_app_and_signs_in_with_its_code_then_with_a_recovery_code(page, alice, assert_accessible, shoot):
    page.goto("/login/?next=/choose/")
    type_password(page)
    page.get_by_role("link", name=re.compile("application de codes")).click()
    page.get_by_text("Pas d’appareil photo ?").click()
    secret = page.locator(".key").inner_text()
    assert_accessible(page)
    shoot(page, "totp")
    page.get_by_label("Code affiché").fill("000000")
    page.keyboard.press("Enter")
    page.get_by_text("trente secondes").wait_for()
    assert_accessible(page)
    page.get_by_text("Pas d’appareil photo ?").click()
    secret = page.locator(".key").inner_text()
    page.get_by_label("Code affiché").fill(code(secret))
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/codes/")
    recovery = page.locator(".codes li").first.inner_text()
    page.get_by_role("link", name="Je les ai gardés").click()
    page.wait_for_url("**/choose/")
    cache.clear()
    for proof in (code(secret), recovery):
        log_out(page)
        type_password(page)
        page.get_by_role("heading", name="Seconde preuve").wait_for()
        assert_accessible(page)
        shoot(page, "second-factor")
        page.get_by_label("Code de votre application").fill(proof)
        page.keyboard.press("Enter")
        page.locator(".top").wait_for()


def older(page, seconds):
    """Make the browser's session older on the server."""
    from django.conf import settings

    cookie = next(one for one in page.context.cookies() if one["name"] == settings.SESSION_COOKIE_NAME)
    kept = SessionStore(cookie["value"])
    kept["seen"] -= seconds
    kept.save()


def lock_while_typing(page, log_in, alice):
    """Alice, who has a PIN, leaves a name half typed for two minutes."""
    Pin.objects.create(user=alice, hash=make_password("2580"))
    log_in(alice)
    page.clock.install()
    page.goto("/patients/create/")
    page.get_by_label("Nom", exact=False).first.fill("Brouillon")
    older(page, 120)
    page.clock.run_for(121_000)


def test_an_idle_screen_locks_and_the_pin_brings_back_what_was_typed(
    page, log_in, alice, practice, assert_accessible, shoot
):
    lock_while_typing(page, log_in, alice)
    page.get_by_role("heading", name="Verrouillé").wait_for()
    assert "Brouillon" not in page.content()
    assert page.title() == "Quittance"
    assert_accessible(page)
    shoot(page, "lock")
    page.get_by_label("Code confidentiel").fill("1111")
    page.keyboard.press("Enter")
    page.get_by_text("2 essais restent").wait_for()
    assert_accessible(page)
    shoot(page, "lock-refused")
    page.get_by_label("Code confidentiel").fill("2580")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nom", exact=False).first).to_have_value("Brouillon")
    assert page.title() != "Quittance"
    assert page.evaluate("fetch('/choose/', {redirect: 'manual'}).then((a) => a.status)") == 200


# Types the code and sends it in the very turn in which the refused form comes: nobody is quicker.
AT_ONCE = """() => new MutationObserver((_changes, seen) => {
    const form = document.querySelector("#lock form");
    if (!form?.querySelector("[aria-invalid=true]")) return;
    seen.disconnect();
    form.querySelector("[type=password]").value = "2580";
    form.requestSubmit();
}).observe(document.getElementById("lock"), {childList: true, subtree: true})"""


def test_who_is_quicker_than_the_page_loses_nothing_at_the_lock(page, log_in, alice, practice):
    lock_while_typing(page, log_in, alice)
    page.get_by_label("Code confidentiel").fill("1111")
    page.evaluate(AT_ONCE)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Nom", exact=False).first).to_have_value("Brouillon")
    page.wait_for_url("**/patients/create/")


def test_without_script_a_locked_page_comes_back(page, log_in, alice, practice, assert_accessible):
    Pin.objects.create(user=alice, hash=make_password("2580"))
    log_in(alice)
    page.goto("/patients/")
    older(page, 120)
    page.goto("/choose/")
    page.wait_for_url("**/account/lock/**")
    assert_accessible(page)
    page.get_by_label("Code confidentiel").fill("2580")
    page.keyboard.press("Enter")
    page.wait_for_url("**/choose/")


def test_an_ended_session_is_out_at_its_next_request(
    page, log_in, browser, live_server, alice, assert_accessible, shoot
):
    with_app(alice)
    other = browser.new_context(base_url=live_server.url, locale="fr-FR")
    there = other.new_page()
    there.goto("/login/?next=/choose/")
    type_password(there)
    there.get_by_label("Code de votre application").fill(code())
    there.keyboard.press("Enter")
    there.wait_for_url("**/choose/")
    cache.clear()
    page.goto("/login/?next=/account/sessions/")
    type_password(page)
    page.get_by_label("Code de votre application").fill(code())
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/sessions/")
    expect(page.locator(".list > li")).to_have_count(2)
    expect(page.get_by_text("cette session")).to_have_count(1)
    assert_accessible(page)
    shoot(page, "sessions")
    page.get_by_role("button", name=re.compile("^Terminer cette session")).click()
    expect(page.locator(".list > li")).to_have_count(1)
    there.goto("/patients/")
    there.wait_for_url("**/login/**")
    other.close()


def test_her_account_shows_everything_and_asks_a_proof(page, log_in, alice, assert_accessible, shoot):
    with_app(alice)
    log_in(alice)
    page.goto("/account/")
    assert_accessible(page)
    shoot(page, "own")
    page.get_by_role("link", name=re.compile("Choisir un code")).click()
    page.get_by_role("heading", name="C’est bien vous ?").wait_for()
    assert_accessible(page)
    shoot(page, "confirm")
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Code confidentiel").wait_for()
    assert_accessible(page)
    shoot(page, "pin")
    page.get_by_label("Nouveau code confidentiel", exact=True).fill("1234")
    page.get_by_label("encore une fois").fill("1234")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("sans suite").wait_for()
    page.get_by_label("Nouveau code confidentiel", exact=True).fill("2580")
    page.get_by_label("encore une fois").fill("2580")
    page.get_by_role("button", name="Enregistrer").click()
    page.wait_for_url("**/account/")
    page.get_by_text("Le code confidentiel est enregistré").wait_for()
    assert Pin.objects.filter(user=alice).exists()

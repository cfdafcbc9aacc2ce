"""A substitute on and off his day: added, proved, days ticked and confirmed, a bill that names both, then refused."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.utils import timezone
from playwright.sync_api import Page, expect

from quittance.billing.models import Bill
from quittance.france.pages.patient_demo import demo
from quittance.people.accounts.credentials import Proof
from quittance.people.accounts.models import Pin
from quittance.people.models import User
from quittance.people.substitutes import services

PASSWORD, PIN = "correct horse battery", "2580"
BOTH = "Dr Alice Test, remplacé par Dr Nathalie Rempex"


@pytest.fixture
def nathalie(practice, alice):
    demo(practice)
    Pin.objects.create(user=alice, hash=make_password(PIN))
    return User.objects.create_user("nathalie@example.org", PASSWORD, first_name="Nathalie", last_name="Rempex")


@pytest.fixture
def today(practice) -> date:
    return practice.today()


def _add(page: Page) -> None:
    page.get_by_role("link", name="Ajouter un remplaçant").click()
    page.get_by_label("Nom", exact=True).fill("Rempex")
    page.get_by_label("Prénom").fill("Nathalie")
    page.locator("[name=title]").fill("Dr")
    page.locator("[name=profession]").fill("Médecin généraliste")
    page.get_by_label("Adresse e-mail du compte").fill("nathalie@example.org")
    page.get_by_label("Spécialité").select_option("01")
    page.locator("[name=rpps_number]").fill("10100000017")
    page.locator("[name=number]").fill("991000107")


def _box(page: Page, day: date):
    return page.locator(f'input[type=checkbox][value="{day.isoformat()}"]')


def _show(page: Page, day: date, today: date) -> None:
    """Go to the month of a day, as people do: what is ticked in this one is kept."""
    if (day.year, day.month) != (today.year, today.month):
        page.locator("button[name=go]").last.click()
        page.locator(f'input[name=month][value="{day:%Y-%m}"]').first.wait_for(state="attached")


def test_on_and_off_her_day(page, log_in, alice, nathalie, practice, today, assert_accessible, shoot):
    log_in(alice)
    page.goto("/substitutes/")
    _adds_her(page, assert_accessible, shoot)
    _chooses_days(page, today, today + timedelta(days=3), assert_accessible, shoot)
    log_in(nathalie)
    _bills(page, assert_accessible, shoot)
    bill = Bill.objects.for_(practice).get()
    page.goto(f"/bills/{bill.pk}/")
    expect(page.locator("main").get_by_text(BOTH).first).to_be_visible()
    assert_accessible(page)
    shoot(page, "substitute-bill-detail")
    log_in(alice)
    page.goto(f"/substitutes/{bill.substitute_id}/")
    _unticks(page, today, assert_accessible, shoot)
    log_in(nathalie)
    page.goto("/bill/")
    page.get_by_role("heading", name="Vous ne remplacez personne ici aujourd’hui").wait_for()
    assert_accessible(page)


def _adds_her(page: Page, assert_accessible: Any, shoot: Any) -> None:
    """Add her; she proves on the holder's screen that the account is hers."""
    assert_accessible(page)
    _add(page)
    assert_accessible(page)
    shoot(page, "substitute-new")
    page.get_by_role("button", name="Ajouter le remplaçant").click()
    page.get_by_role("heading", name="Preuve").wait_for()
    assert_accessible(page)
    shoot(page, "substitute-proof")
    page.get_by_label("Mot de passe").fill("not mine at all")
    page.get_by_role("button", name="Prouver").click()
    page.get_by_role("alert").first.wait_for()
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Prouver").click()
    page.get_by_text("a prouvé son identité").wait_for()
    shoot(page, "substitute")


def _chooses_days(page: Page, today: date, later: date, assert_accessible: Any, shoot: Any) -> None:
    """Tick two days, the first by keyboard; the holder confirms with her PIN, the second time right."""
    page.get_by_role("button", name="Cocher Dr Alice Test").click()
    page.get_by_role("heading", name="Jours de remplacement").wait_for()
    assert_accessible(page)
    _box(page, today).focus()
    page.keyboard.press("Space")
    _show(page, later, today)
    _box(page, later).check(force=True)
    page.get_by_role("button", name="Enregistrer les jours").click()
    page.get_by_role("heading", name="À confirmer par le titulaire").wait_for()
    assert_accessible(page)
    shoot(page, "substitute-days")
    page.locator("#proof-pin").fill("1111")
    page.get_by_role("button", name="Confirmer 2 jours").click()
    page.get_by_role("alert").first.wait_for()
    shoot(page, "substitute-refused")
    page.locator("#proof-pin").fill(PIN)
    page.get_by_role("button", name="Confirmer 2 jours").click()
    page.get_by_text("2 jours sont confirmés").wait_for()
    shoot(page, "substitute-confirmed")


def _bills(page: Page, assert_accessible: Any, shoot: Any) -> None:
    """On her day she bills in the holder's name, and draft and bill name both."""
    page.goto("/bill/")
    page.get_by_role("combobox").first.fill("bap")
    page.get_by_role("option", name=re.compile("ADRUN")).click()
    page.locator("main").get_by_text(BOTH).first.wait_for()
    assert_accessible(page)
    page.locator("#act-search").fill("G")
    page.get_by_role("option", name=re.compile("^G ")).first.click()
    expect(page.locator(".act")).to_have_count(1)
    shoot(page, "substitute-bill")
    page.get_by_role("button", name=re.compile("Émettre")).click()
    page.get_by_role("heading", name="Facture émise").wait_for()
    expect(page.locator("main").get_by_text(BOTH).first).to_be_visible()


def _unticks(page: Page, today: date, assert_accessible: Any, shoot: Any) -> None:
    """The day that is billed stays; unticked, the others are lost."""
    page.get_by_role("link", name="Jours").click()
    expect(_box(page, today)).to_be_disabled()
    shoot(page, "substitute-billed")
    page.get_by_role("button", name="Décocher Dr Alice Test").click()
    assert_accessible(page)
    page.get_by_role("dialog").get_by_role("button", name="Décocher").click()
    page.get_by_text("ne remplace plus").wait_for()


@pytest.fixture
def pair(acting, alice, nathalie):
    """Nathalie attached to Alice, by the services."""
    values = {"last_name": "Rempex", "first_name": "Nathalie", "title": "Dr", "email": nathalie.email}
    made = services.add_substitute(acting, values)
    services.prove_substitute(acting, made, Proof("pin", nathalie.pk, timezone.now()))
    return services.attach(acting, made, acting.professional)


def test_off_her_day_she_sees_when_the_next_is(
    page, log_in, alice, nathalie, acting, pair, today, assert_accessible, shoot
):
    days = {today + timedelta(days=n) for n in (1, 2, 8)}
    services.choose_days(acting, pair, days, days)
    services.confirm_days(acting, pair, days, Proof("pin", alice.pk, timezone.now()))
    log_in(nathalie)
    page.goto("/")
    page.get_by_role("heading", name="Vos prochains jours").wait_for()
    expect(page.locator(".list .item")).to_have_count(3)
    assert_accessible(page)
    shoot(page, "substitute-off")


def test_the_list_says_who_waits(page, log_in, alice, acting, pair, today, assert_accessible, shoot):
    services.choose_days(acting, pair, {today}, {today})
    services.add_substitute(acting, {"last_name": "Benali", "first_name": "Omar", "email": "omar@example.org"})
    log_in(alice)
    page.goto("/substitutes/")
    expect(page.get_by_role("link", name=re.compile("Nathalie Rempex"))).to_contain_text("1 jour attend")
    expect(page.get_by_role("link", name=re.compile("Omar Benali"))).to_contain_text("à prouver")
    assert_accessible(page)
    shoot(page, "substitutes")


def test_arrows_move_among_the_days(page, log_in, alice, pair, today):
    log_in(alice)
    following = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    page.goto(f"/substitutes/days/{pair.pk}/?month={following:%Y-%m}")
    first = _box(page, following)
    first.focus()
    size = first.evaluate("one => { const box = one.getBoundingClientRect(); return [box.width, box.height] }")
    assert min(size) >= 44, size
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(_box(page, following + timedelta(days=8))).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(_box(page, following + timedelta(days=1))).to_be_focused()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Enregistrer les jours").click()
    expect(page.locator("#waiting")).to_contain_text(str((following + timedelta(days=1)).day))

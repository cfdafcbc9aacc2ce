"""Mandates in two browsers: two people sign, one works for the other, one ends it and the other is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from quittance.patients.services import create_patient
from quittance.people.acting import acting_for
from quittance.people.models import Mandate, Practice
from tests.people.mandates import making
from tests.signed import enter

SIZES = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 800}}


@pytest.fixture
def xenia(db: None) -> Any:
    """A speech therapist, who gives a mandate."""
    practice = Practice.objects.create(name="Cabinet du Parc", country="BE", time_zone="Europe/Brussels")
    return making.provider(practice, "Xenia")


@pytest.fixture
def noemie(db: None) -> Any:
    """Who receives it: she has no practice."""
    return making.user("Noemie", making.NISS)


@pytest.fixture
def second(browser: Any, live_server: Any, size: str) -> Iterator[Callable[[Any], Page]]:
    """Open a second browser as somebody else: `second(noemie)`."""
    from django.conf import settings
    from django.test import Client

    made, wrong = browser.new_context(viewport=SIZES[size], locale="fr-FR", base_url=live_server.url), []
    made.set_default_timeout(10_000)

    def opened(user: Any) -> Page:
        key = enter(Client(), user).cookies[settings.SESSION_COOKIE_NAME].value
        made.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}])
        page: Page = made.new_page()
        page.on("pageerror", lambda error: wrong.append(str(error)))
        return page

    yield opened
    made.close()
    assert wrong == []


def _sign(page: Page) -> None:
    page.get_by_label("Mot de passe").fill(making.PASSWORD)
    page.get_by_role("button", name="Signer").click()
    page.get_by_text("Votre signature est enregistrée").wait_for()


def _give(page: Page, xenia: Any, assert_accessible: Any, shoot: Any) -> None:
    """Give a mandate of billing, with a wrong number first, and sign it."""
    page.goto("/mandates/")
    assert_accessible(page)
    shoot(page, "mandates-none")
    page.get_by_role("link", name="Donner un mandat").click()
    page.get_by_role("link", name="Choisir : Facturation en tiers payant").wait_for()
    assert_accessible(page)
    shoot(page, "mandates-types")
    page.get_by_role("link", name="Choisir : Facturation en tiers payant").click()
    page.get_by_label("Nom").fill("Noémie Exemple")
    page.get_by_label("Numéro").fill("90.01.01-001.24")
    page.get_by_label("Dernier jour").fill(f"{xenia.practice.today() + timedelta(days=20)}")
    page.get_by_role("button", name="Lire le texte et signer").click()
    page.get_by_text("on attend 23").wait_for()
    assert_accessible(page)
    shoot(page, "mandates-refused")
    page.get_by_label("Numéro").fill("90.01.01-001.23")
    page.get_by_role("button", name="Lire le texte et signer").click()
    page.get_by_role("heading", name="Signer le mandat").wait_for()
    assert_accessible(page)
    shoot(page, "mandates-sign")
    _sign(page)
    assert_accessible(page)
    shoot(page, "mandates-signed-once")


def test_two_people_sign_one_works_and_is_refused_when_it_ends(
    page, second, log_in, xenia, noemie, assert_accessible, shoot
):
    hers = acting_for(xenia.user)
    assert hers is not None
    create_patient(hers, {"birth_name": "Delvaux", "first_names": "Lise"})
    log_in(xenia.user)
    _give(page, xenia, assert_accessible, shoot)

    theirs = second(noemie)
    theirs.goto("/mandates/")
    assert_accessible(theirs)
    shoot(theirs, "mandates-received")
    theirs.get_by_text("à signer par vous").click()
    theirs.get_by_role("link", name="Lire et signer").click()
    _sign(theirs)
    expect(theirs.get_by_text("actif", exact=True)).to_be_visible()
    assert_accessible(theirs)
    shoot(theirs, "mandates-active")
    theirs.get_by_role("button", name="Travailler en son nom").click()
    theirs.goto("/patients/")
    expect(theirs.get_by_text("Vous travaillez au nom de Mme Xenia Exemple")).to_be_visible()
    assert_accessible(theirs)
    shoot(theirs, "mandates-on-behalf")

    page.reload()
    page.get_by_role("button", name="Mettre fin au mandat").click()
    shoot(page, "mandates-end", full=False)
    page.get_by_role("dialog").get_by_role("button", name="Mettre fin au mandat").click()
    page.get_by_text("Le mandat a pris fin").wait_for()
    assert_accessible(page)
    shoot(page, "mandates-ended")

    theirs.get_by_label("Rechercher par nom ou prénom").press_sequentially("del")
    expect(theirs.get_by_role("heading", name="Cet accès a pris fin")).to_be_visible()
    expect(theirs.get_by_text("DELVAUX")).to_have_count(0)
    assert_accessible(theirs)
    shoot(theirs, "mandates-cut-off")
    assert Mandate.objects.for_(xenia).get().closed_as == "ended"


def test_a_mandatary_states_her_number_and_asks(page, log_in, xenia, assert_accessible, shoot):
    odile = making.user("Odile")
    log_in(odile)
    page.goto("/mandates/")
    assert_accessible(page)
    page.get_by_role("link", name="Mon numéro").click()
    page.get_by_label("Mot de passe").fill(making.PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_label("Numéro de registre national ou BIS").fill("85.27.30-033.71")
    assert_accessible(page)
    shoot(page, "mandates-number")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("link", name="Demander un mandat").click()
    page.get_by_role("link", name="Choisir : Dossier administratif").click()
    page.get_by_label("Numéro de prestataire (INAMI) du mandant").fill("6-12345-16-801")
    assert_accessible(page)
    shoot(page, "mandates-ask")
    page.get_by_role("button", name="Lire le texte et signer").click()
    expect(page.get_by_text("Mme Xenia Exemple, Logopède, numéro 6-12345-16")).to_be_visible()

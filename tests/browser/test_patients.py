"""Patients, covers and prescribers in the browser: by keyboard, at 360 and 1280 px, with axe on every page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from quittance.france.pages.patient_demo import demo
from quittance.patients.models import Cover, Patient


@pytest.fixture
def filled(practice, alice):
    demo(practice)
    return practice


def test_she_finds_a_patient_as_she_types(page, log_in, alice, filled, assert_accessible, shoot):
    log_in(alice)
    page.goto("/patients/")
    assert_accessible(page)
    shoot(page, "patients")
    expect(page.locator("#search")).to_be_focused()
    page.keyboard.type("bap adr")
    # Enter waits for the answer to what is typed: the list on the screen is still the older one.
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Baptiste ADRUN").wait_for()
    assert_accessible(page)
    shoot(page, "patient")


def test_she_sorts_both_ways(page, log_in, alice, filled):
    log_in(alice)
    page.goto("/patients/")
    page.get_by_role("radio", name="Z à A").check(force=True)
    expect(page.get_by_role("option").first).to_contain_text("PERRIN")
    page.get_by_role("radio", name="A à Z").check(force=True)
    expect(page.get_by_role("option").first).to_contain_text("ADRUN")


def _to(page, label: str) -> None:
    """Go to a field by the keyboard alone."""
    wanted = page.get_by_label(label).or_(page.get_by_role("button", name=label)).first
    for _ in range(80):
        if wanted.evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{label} cannot be reached by Tab")


def _fold(page, title: str) -> None:
    """Go to a fold by the keyboard and open it."""
    summary = page.locator("summary", has_text=title)
    for _ in range(80):
        if summary.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(summary.locator("xpath=..")).to_have_attribute("open", "")


def test_she_makes_a_patient_by_keyboard_alone(page, log_in, alice, assert_accessible, shoot):
    log_in(alice)
    page.goto("/patients/create/")
    assert_accessible(page)
    _to(page, "Nom de naissance")
    page.keyboard.type("Le Bihan")
    _to(page, "Prénoms")
    page.keyboard.type("Éloïse")
    _to(page, "Date de naissance")
    page.keyboard.type("31/02/1950")
    _to(page, "N° de sécurité sociale")
    page.keyboard.type("2 50 02 29 999 100")
    _to(page, "Clé")
    page.keyboard.type("11")
    page.keyboard.press("Tab")
    page.get_by_text("on attend").wait_for()
    _fold(page, "Caisse (AMO)")
    _to(page, "Rechercher une caisse")
    page.keyboard.type("cpam quim")
    expect(page.get_by_role("option", name=re.compile("CPAM Quimper"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.locator("#id_regime")).to_have_value("01")
    page.keyboard.press("Tab")
    shoot(page, "patient-new")
    _to(page, "Créer le dossier")
    page.keyboard.press("Enter")
    page.get_by_text("n’existe pas au calendrier :").first.wait_for()
    assert page.get_by_label("Nom de naissance").input_value() == "Le Bihan"
    assert page.locator("#id_regime").input_value() == "01"
    assert_accessible(page)
    shoot(page, "patient-refused")
    _to(page, "Date lunaire")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Éloïse LE BIHAN").wait_for()
    expect(page.get_by_text("NIR à vérifier")).to_be_visible()
    expect(page.get_by_text("date lunaire")).to_be_visible()
    assert_accessible(page)


def test_she_adds_duplicates_and_deletes_a_cover(page, log_in, alice, filled, assert_accessible, shoot):
    log_in(alice)
    patient = Patient.objects.for_(filled).get(birth_name="Diallo")
    page.goto(f"/patients/{patient.pk}/covers/new/")
    page.get_by_label("Organisme", exact=True).fill("almer")
    page.get_by_role("option", name=re.compile("ALMERYS")).wait_for()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Numéro AMC")).to_have_value("98532001")
    page.get_by_role("button", name="Année en cours").click()
    expect(page.get_by_label("Droits du")).to_have_value(re.compile(r"\d{4}-01-01"))
    assert_accessible(page)
    page.get_by_label("Rechercher une formule").fill("plaf modérateur")
    expect(page.get_by_role("option", name=re.compile("051"))).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Pourcentage")).to_be_visible()
    page.get_by_label("Pourcentage").fill("100")
    page.get_by_label("Plafond").fill("rien")
    page.get_by_role("button", name="Enregistrer la mutuelle").click()
    page.get_by_text("n’est pas un montant").wait_for()
    assert page.get_by_label("Plafond").input_value() == "rien"
    shoot(page, "cover")
    assert_accessible(page)
    page.get_by_label("Plafond").fill("25,50")
    page.get_by_role("button", name="Enregistrer la mutuelle").click()
    page.get_by_text("051 · 100 % · plafond 25,50").wait_for()
    page.locator(".cover summary").click()
    page.get_by_role("button", name="Dupliquer").click()
    page.get_by_text("Voici la copie").wait_for()
    page.get_by_label("Numéro d’adhérent").fill("42")
    page.get_by_role("button", name="Enregistrer la mutuelle").click()
    expect(page.locator(".cover")).to_have_count(2)
    page.locator(".cover summary").nth(1).click()
    page.get_by_role("button", name="Facturer avec celle-ci").click()
    assert Cover.objects.for_(filled).get(patient=patient, is_default=True, kind="complementary").member_number == "42"
    page.locator(".cover summary").first.click()
    page.get_by_role("button", name="Supprimer", exact=True).first.click()
    assert_accessible(page)
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.locator(".cover")).to_have_count(1)


def test_she_deletes_a_patient_after_reading_what_is_lost(page, log_in, alice, filled, assert_accessible, shoot):
    log_in(alice)
    patient = Patient.objects.for_(filled).get(birth_name="Bellec")
    page.goto(f"/patients/{patient.pk}/")
    page.get_by_role("button", name="Supprimer le dossier").click()
    expect(page.get_by_role("dialog")).to_contain_text("2 mutuelles seront perdues")
    shoot(page, "patient-delete", full=False)
    assert_accessible(page)
    page.get_by_role("button", name="Garder").click()
    page.get_by_role("button", name="Supprimer le dossier").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer le dossier").click()
    page.get_by_label("Mot de passe").first.fill("correct horse battery")
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_text("est supprimé").wait_for()
    assert not Patient.objects.for_(filled).filter(pk=patient.pk).exists()


def test_she_keeps_the_prescribers(page, log_in, alice, filled, assert_accessible, shoot):
    log_in(alice)
    page.goto("/patients/prescribers/")
    assert_accessible(page)
    shoot(page, "prescribers")
    page.get_by_role("link", name="Nouveau prescripteur").click()
    page.get_by_label("Nom", exact=True).fill("Tanguy")
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_text("Le numéro est requis").wait_for()
    assert page.get_by_label("Nom", exact=True).input_value() == "Tanguy"
    assert_accessible(page)
    page.get_by_label("Numéro d’identification").fill("10100000049")
    page.keyboard.press("Enter")
    page.get_by_text("TANGUY est enregistré").wait_for()
    page.get_by_role("option", name=re.compile("TANGUY")).click()
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.get_by_role("option", name=re.compile("TANGUY"))).to_have_count(0)

"""Insurability in the browser: BIM said as CT1 is typed, a period of next month, an exception as a chip."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quittance.belgium import insured
from quittance.belgium.services import insurability as services
from quittance.patients.models import Patient
from tests.belgium import making


@pytest.fixture
def dora(db):
    return making.speech_therapist(making.belgian_practice())


def test_she_makes_a_patient_and_reads_bim_at_once(page, log_in, dora, assert_accessible, shoot):
    log_in(dora.user)
    page.goto("/patients/create/")
    page.get_by_label("Nom de naissance").fill("Exemple")
    page.get_by_label("Prénoms").fill("Nina")
    page.get_by_label("Date de naissance").fill("30/07/1985")
    page.get_by_label("Numéro national (NISS, BIS)").fill("85.07.30-033.28")
    page.get_by_label("Chercher une mutualité").type("saint mich")
    page.get_by_role("option", name="Mutualité Saint-Michel").click()
    expect(page.locator("#id_mutuality")).to_have_value("135")
    page.get_by_label("CT1", exact=False).first.press_sequentially("111")
    expect(page.locator("#ct1-note")).to_contain_text("BIM")
    page.locator("#id_ct2").press_sequentially("900")
    expect(page.locator("#ct2-note")).to_contain_text("ne vaut plus")
    page.locator("#id_ct2").fill("131")
    expect(page.locator("#ct2-note")).to_contain_text("à vérifier")
    assert_accessible(page)
    shoot(page, "be-patient-form")
    page.get_by_text("Droits et documents").click()
    page.get_by_label("Dossier médical global (DMG)").check()
    page.get_by_label("Nederlands").check()
    assert_accessible(page)
    shoot(page, "be-patient-form-open")
    page.get_by_role("button", name="Créer le dossier").click()
    page.get_by_role("heading", name="Nina EXEMPLE").wait_for()
    expect(page.locator(".chips").first).to_contain_text("BIM")
    expect(page.locator(".chips").first).to_contain_text("DMG")
    assert Patient.objects.for_(dora).get().belgian.language == "nl"
    assert_accessible(page)
    shoot(page, "be-patient")


def test_a_period_of_next_month_and_an_exception(page, log_in, dora, assert_accessible, shoot):
    patient = Patient.objects.for_(dora).create(birth_name="Exemple", first_names="Nina")
    rights = {"ct1": "110", "ct2": "110", "gmd": True, "asked_on": dora.practice.today() - timedelta(days=40)}
    services.add_period(patient, services.Period("135", None, None, rights))
    first = (dora.practice.today().replace(day=1) + timedelta(days=32)).replace(day=1)
    log_in(dora.user)
    page.goto(f"/patients/{patient.pk}/")
    page.get_by_role("link", name="Assurabilité").click()
    page.get_by_role("heading", name="Assurabilité").wait_for()
    page.get_by_text("Demandez l’assurabilité chaque mois").wait_for()
    page.get_by_role("link", name="Nouvelle période").click()
    page.get_by_label("Du", exact=False).first.fill(first.isoformat())
    page.locator("#id_mutuality").fill("319")
    page.locator("#id_ct1").fill("111")
    expect(page.locator("#mutuality-note")).to_contain_text("Solidaris")
    expect(page.locator("#ct1-note")).to_contain_text("BIM")
    page.locator("#id_ct2").fill("111")
    assert_accessible(page)
    shoot(page, "be-patient-period")
    page.get_by_role("button", name="Ajouter la période").click()
    page.get_by_role("heading", name=f"depuis le {first:%d/%m/%Y}").wait_for()
    page.get_by_role("heading", name=f"jusqu’au {first - timedelta(days=1):%d/%m/%Y}").wait_for()
    page.get_by_label("Tarif officiel pour ce patient").check()
    expect(page.get_by_label("Part demandée (%)")).to_be_hidden()
    page.get_by_label("Ticket modérateur demandé en tiers payant").select_option(label="une partie")
    page.get_by_label("Part demandée (%)").fill("50")
    page.get_by_text("Soins infirmiers", exact=True).click()
    page.get_by_label("Habite une commune rurale").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator(".chips").first).to_contain_text("Tarif officiel")
    assert_accessible(page)
    shoot(page, "be-patient-insurability")
    kept = Patient.objects.for_(dora).get()
    assert kept.belgian.copay_bp == 5_000
    assert insured.rights_on(kept, first - timedelta(days=1))["ct1"] == "110"
    assert insured.rights_on(kept, first)["ct1"] == "111"
    page.get_by_role("link", name=f"Modifier la période depuis le {first:%d/%m/%Y}").click()
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    page.get_by_text("se termine toujours le").wait_for()
    assert insured.cover_on(Patient.objects.for_(dora).get(), first) is None

"""A Belgian patient in the browser: number doubted as it is typed, mutuality found by name, then the first bill."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from quittance.patients.models import Patient
from tests.belgium import making


@pytest.fixture
def dora(db):
    return making.at_work(making.belgian_practice(), convention="conventioned")


def test_she_makes_a_patient_and_begins_a_bill(page, log_in, dora, assert_accessible, shoot):
    log_in(dora.user)
    page.goto("/patients/create/")
    page.get_by_label("Nom de naissance").fill("Exemple")
    page.get_by_label("Prénoms").fill("Nina")
    page.get_by_label("Date de naissance").fill("31/07/1985")
    page.get_by_label("Numéro national (NISS, BIS)").fill("85.07.30-033.28")
    page.keyboard.press("Tab")
    expect(page.locator("#niss-note")).to_contain_text("né le 30/07/1985")
    page.get_by_label("Chercher une mutualité").type("saint mich")
    page.get_by_role("option", name="Mutualité Saint-Michel").click()
    expect(page.locator("#id_mutuality")).to_have_value("135")
    assert_accessible(page)
    shoot(page, "belgian-patient-form")
    page.get_by_label("Date de naissance").fill("30/07/1985")
    page.get_by_role("button", name="Créer le dossier").click()
    page.get_by_role("heading", name="Nina EXEMPLE").wait_for()
    assert Patient.objects.for_(dora).get().belgian.mutuality == "135"
    assert_accessible(page)
    shoot(page, "belgian-patient")
    page.get_by_role("button", name="Nouvelle facture").click()
    page.get_by_role("button", name="Bilan 30 min").click()
    expect(page.locator("#acts")).to_contain_text("701013")
    assert_accessible(page)
    shoot(page, "belgian-bill")

"""The journal in the browser: who opened a file, the practice's journal, its export."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from quittance.audit import record
from quittance.france.pages.patient_demo import demo
from quittance.patients.models import Patient
from quittance.people.acting import acting_for


@pytest.fixture
def filled(practice, alice, bob):
    demo(practice)
    patient = Patient.objects.for_(practice).get(birth_name="Adrun")
    for user in (alice, bob, alice):
        record(acting_for(user), "view", "patients:detail", patient)
    record(acting_for(bob), "change", "patient.change", patient)
    record(acting_for(alice), "refusal", "patients:delete", patient, outcome="refused")
    return patient


def test_who_opened_a_file(page, log_in, alice, filled, assert_accessible, shoot):
    log_in(alice)
    page.goto(f"/patients/{filled.pk}/")
    page.get_by_role("link", name="Qui a ouvert ce dossier").click()
    expect(page.locator("tbody").get_by_text("Bob Test").first).to_be_visible()
    assert_accessible(page)
    shoot(page, "opened")
    page.get_by_label("Personne").select_option(label="Bob Test")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.get_by_text("Patient modifié")).to_be_visible()


def test_the_journal_of_the_practice(page, log_in, alice, filled, assert_accessible, shoot):
    for _ in range(60):
        record(acting_for(alice), "search", "patients:list")
    log_in(alice)
    page.goto("/practice/")
    page.get_by_role("link", name=re.compile("^Journal")).click()
    expect(page.locator("tbody tr")).to_have_count(50)
    assert_accessible(page)
    shoot(page, "journal", full=False)
    page.get_by_role("link", name="Plus anciens").click()
    expect(page.get_by_role("link", name="Baptiste ADRUN").first).to_be_visible()
    assert_accessible(page)
    shoot(page, "journal-older")
    page.get_by_label("Résultat").select_option(label="refusé")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.locator("#id_first").fill("2026-02-02")
    page.locator("#id_last").fill("2026-01-01")
    page.get_by_role("button", name="Filtrer").click()
    expect(page.get_by_text("échangez les deux")).to_be_visible()
    assert_accessible(page)


def test_the_export_after_a_proof(page, log_in, alice, filled, assert_accessible, shoot):
    log_in(alice)
    page.goto("/journal/")
    page.get_by_role("link", name="Exporter").click()
    page.get_by_label("Mot de passe").fill("correct horse battery")
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_role("heading", name="Exporter le journal").wait_for()
    assert_accessible(page)
    shoot(page, "journal-export")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Télécharger").click()
    assert re.fullmatch(r"journal-\d{4}-\d\d-\d\d\.csv", waited.value.suggested_filename)
    text = Path(waited.value.path()).read_text(encoding="utf-8-sig")
    assert "Patient modifié" in text

"""The Belgian bill page: own tariffs, the official fee imposed with its reason, a refused session, three taps."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from quittance.belgium.models import CustomTariff
from quittance.billing.models import Bill
from tests.belgium import making
from tests.belgium.papers_making import texts

DONE = re.compile(r"/bills/\d+/done/$")
APHASIA_30 = "712316"
FIRST = date(2026, 1, 1)


@pytest.fixture
def acting(db: None) -> Any:
    """Dora, speech therapist without convention, who asks 45.00 for a session of aphasia."""
    made = making.at_work(making.belgian_practice())
    own = {"professional": made.professional, "code": APHASIA_30, "cents": 4500, "from_day": FIRST}
    CustomTariff.objects.for_(made).create(**own)
    return made


@pytest.fixture
def at_work(page: Page, log_in: Any, acting: Any) -> Page:
    """Dora on the choice of the patient."""
    log_in(acting.user)
    return page


def begin(page: Page, day: str = "2026-05-04") -> None:
    """Open the draft of the patient on a day whose prices are known."""
    page.goto("/bill/")
    page.get_by_role("option", name="Nina EXEMPLE").click()
    page.wait_for_url(re.compile(r"/bill/\d+/$"))
    page.locator("#fold-place summary").click()
    page.get_by_label("Date de la facture").fill(day)
    expect(page.locator("#acts-title")).to_contain_text("/".join(reversed(day.split("-"))))


def total(page: Page, role: str, amount: str) -> None:
    expect(page.locator(f"#why-{role}")).to_contain_text(amount)


def test_own_tariff_then_the_official_fee_imposed_by_third_party_payment(at_work, acting, assert_accessible, shoot):
    page = at_work
    making.agreement_of(making.patient_of(acting))
    begin(page)
    page.get_by_role("button", name="b1 · 30 min · au cabinet").click()
    total(page, "fee", "45,00")
    total(page, "insurer", "24,66")
    expect(page.locator("#act-1")).to_contain_text("reste 287 séances")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    shoot(page, "be-bill-own-tariff")
    page.locator("#fold-settlement summary").click()
    page.get_by_text("La mutualité me paie sa part (tiers payant)").click()
    total(page, "fee", "38,37")
    expect(page.locator("#acts")).to_contain_text("le patient est en tiers payant")
    expect(page.locator("#total")).to_contain_text("13,71")
    shoot(page, "be-bill-third-party")
    page.locator("#why-1-fee").click()
    panel = page.locator("#why")
    expect(panel).to_contain_text("honoraire officiel, tiers payant")
    expect(panel.get_by_role("link").first).to_have_attribute("href", "/be/info/convention/")
    expect(panel).to_contain_text("38,37")
    assert_accessible(page)
    shoot(page, "be-bill-why", full=False)
    page.locator("#why-close").click()
    page.get_by_role("button", name="Émettre la facture").click()
    page.wait_for_url(DONE)
    bill = Bill.objects.unscoped("test").get()
    assert (bill.fee_cents, bill.patient_cents) == (3837, 1371)
    assert_accessible(page)
    shoot(page, "be-bill-done")


def test_a_preferential_patient_gets_the_official_fee_with_the_reason(at_work, acting, assert_accessible, shoot):
    page = at_work
    making.agreement_of(making.patient_of(acting, ct1="111", ct2="111"))
    begin(page)
    page.get_by_role("button", name="b1 · 30 min · au cabinet").click()
    total(page, "fee", "38,37")
    total(page, "insurer", "36,37")
    expect(page.locator("#acts")).to_contain_text("le patient a l'intervention majorée")
    assert_accessible(page)
    shoot(page, "be-bill-preferential")


def test_a_refused_session_says_why_and_what_to_do(at_work, acting, assert_accessible, shoot):
    page = at_work
    patient = making.patient_of(acting)
    making.agreement_of(patient)
    making.bill_of(acting, patient, APHASIA_30)
    begin(page)
    page.locator("#act-search").fill("712331")
    page.locator("#act-results [value='add:712331']").click()
    expect(page.locator("#reasons")).to_contain_text("712316")
    expect(page.get_by_role("button", name="Émettre la facture")).to_have_attribute("aria-disabled", "true")
    assert_accessible(page)
    shoot(page, "be-bill-refused")


def test_an_assessment_asks_its_disorder_and_a_supplement_its_reason(at_work, acting, assert_accessible, shoot):
    page = at_work
    making.patient_of(acting)
    begin(page)
    page.get_by_role("button", name="Bilan 30 min").click()
    page.locator("#open-1").click()
    page.get_by_label("Trouble").select_option("b3")
    total(page, "fee", "45,38")
    page.get_by_label("Prescription du bilan").fill("2026-05-01")
    page.locator("#more-1 summary").click()
    page.get_by_label("Supplément demandé").fill("5")
    page.get_by_label("Motif légal").select_option("weekend")
    total(page, "fee", "50,38")
    assert_accessible(page)
    shoot(page, "be-bill-assessment")


def test_three_taps_for_a_known_patient(at_work, acting, size):
    """The taps counted: the patient, « Comme le … », « Émettre »."""
    page = at_work
    patient = making.patient_of(acting)
    today = acting.today()
    making.agreement_of(patient, begin=f"{today.year}-01-02", assessed=date(today.year, 1, 1))
    making.bill_of(acting, patient, APHASIA_30, day=f"{today.year}-01-12")
    taps = 0
    page.goto("/bill/")
    page.get_by_role("option", name="Nina EXEMPLE").click()
    taps += 1
    page.wait_for_url(re.compile(r"/bill/\d+/$"))
    page.get_by_role("button", name="Comme le 12/01").click()
    taps += 1
    total(page, "fee", "45,00")
    page.get_by_role("button", name="Émettre la facture").click()
    taps += 1
    page.wait_for_url(DONE)
    assert taps == 3
    assert Bill.objects.unscoped("test").count() == 2


def test_acts_outside_the_nomenclature_to_the_supporting_document(at_work, acting, assert_accessible, shoot):
    page = at_work
    making.agreement_of(making.patient_of(acting))
    begin(page)
    page.get_by_role("button", name="b1 · 30 min · au cabinet").click()
    total(page, "fee", "45,00")
    page.get_by_role("button", name="Acte hors nomenclature").click()
    expect(page.get_by_label("Libellé")).to_be_focused()
    expect(page.locator("#reasons")).to_contain_text("Tapez le libellé et le montant de la ligne ajoutée")
    assert_accessible(page)
    shoot(page, "be-bill-beside-new")
    page.get_by_label("Libellé").fill("Copie du rapport pour l'école")
    page.get_by_label("Montant", exact=True).fill("beaucoup")
    expect(page.locator("#edit-2")).to_contain_text("Ce n'est pas un montant")
    expect(page.get_by_label("Montant", exact=True)).to_have_value("beaucoup")
    expect(page.get_by_role("button", name="Émettre la facture")).to_have_attribute("aria-disabled", "true")
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        assert_accessible(page)
    shoot(page, "be-bill-beside-refused")
    page.get_by_label("Montant", exact=True).fill("12.50")
    total(page, "fee", "57,50")
    total(page, "patient", "32,84")
    shoot(page, "be-bill-beside")
    page.locator("#close-2").click()
    page.locator("#why-2-patient").click()
    expect(page.locator("#why")).to_contain_text("le patient le paie entièrement")
    assert_accessible(page)
    shoot(page, "be-bill-beside-why")
    page.locator("#why-close").click()
    page.get_by_role("button", name="Émettre la facture").click()
    page.wait_for_url(DONE)
    bill = Bill.objects.unscoped("test").get()
    assert (bill.fee_cents, bill.patient_cents) == (5750, 5750)
    page.get_by_role("link", name="Détails").click()
    expect(page.get_by_text("hors nomenclature", exact=False).first).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-bill-beside-issued")
    page.get_by_role("link", name="Attestation et document justificatif").click()
    expect(page.get_by_text("facturées avec d’autres qui ne le sont pas")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-bill-beside-papers")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Imprimer le document justificatif").click()
    [text] = texts(Path(waited.value.path()).read_bytes())
    assert "Copie du rapport pour l'école 12,50" in text

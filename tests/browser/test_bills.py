"""Bills in the browser: look up, read, pay in one tap, correct, print, cancel. At 360 and at 1280 px."""

import io
import re

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from quittance.billing.models import Bill, Payment
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.payments import balance, record_payment
from quittance.people.acting import acting_for
from quittance.people.models import Professional
from tests.billing.making import MANUAL, make_bill, make_patient

NAMES = (
    ("ADRUN", "Baptiste"),
    ("BELLEC", "Éloïse"),
    ("DE LA VILLEFROMOY-CARADEC", "Marie-Antoinette"),
    ("OZAN", "Ilyès"),
)
ACTS = ([{"code": "G"}], [{"code": "G"}, {"code": "DEQP003"}], [{"code": "AFLB001"}])


@pytest.fixture
def bills(live_server, acting):
    """Give 30 bills of four patients in every state."""
    patients = [make_patient(acting, *names) for names in NAMES]
    made = []
    for place in range(30):
        day = f"2026-{1 + place // 3:02d}-{5 + place % 20:02d}"
        bill = make_bill(acting, patient=patients[place % 4], acts=ACTS[place % 3], day=day, amo=place % 2 == 0)
        if place % 4 in {0, 1}:
            record_payment(acting, bill, means="card", cents=bill.patient_cents, key=f"paid {place}")
        elif place % 4 == 2:
            record_payment(acting, bill, means="cash", cents=bill.patient_cents + 20, key=f"paid {place}")
        elif place > 20:
            cancel_bill(acting, bill)
        made.append(bill)
    return made


@pytest.fixture
def bill(live_server, acting):
    """Give the bill of the manual: 113.80 asked from the patient."""
    return make_bill(acting, **MANUAL)


def test_she_finds_a_bill_as_she_types(page, log_in, alice, bills, assert_accessible, shoot):
    log_in(alice)
    page.goto("/bills/?period=all")
    assert page.locator("tbody tr").count() == 25
    assert_accessible(page)
    shoot(page, "bills")
    page.get_by_role("searchbox", name="Patient ou numéro").press_sequentially("elo")
    expect(page.locator("tbody tr")).to_have_count(8)
    page.get_by_role("radio", name="Réglée", exact=True).check(force=True)
    page.wait_for_url(re.compile("state=paid"))
    page.get_by_label("Période").select_option("custom")
    page.get_by_label("Du", exact=True).fill("2026-01-01")
    page.get_by_label("Au", exact=True).fill("2026-01-31")
    expect(page.locator("tbody tr")).to_have_count(1)
    assert_accessible(page)
    page.get_by_role("searchbox").fill("zzz")
    expect(page.get_by_role("heading", name="Aucune facture ne correspond")).to_be_visible()
    page.get_by_role("link", name="Voir toutes les factures").click()
    page.get_by_role("link", name="Suivante").click()
    expect(page.get_by_text("Page 2 sur 2")).to_be_visible()


def test_she_tells_her_bills_from_her_colleagues(
    page, log_in, alice, bob, acting, live_server, assert_accessible, shoot, size
):
    patients = [make_patient(acting, *names) for names in NAMES]
    bob_acting = acting_for(bob)
    assert bob_acting is not None
    Professional.objects.for_(acting).filter(user=bob).update(
        first_name="Marie-Antoinette", last_name="de La Villefromoy-Caradec"
    )
    for place in range(6):
        make_bill((acting, bob_acting)[place % 2], patient=patients[place % 4], acts=ACTS[place % 3])
    log_in(alice)
    page.goto("/bills/?period=all")
    twins = page.locator("tbody tr").filter(has_text="000000001")
    for row, name in zip((0, 1), ("Dr Marie-Antoinette de La Villefromoy-Caradec", "Dr Alice Test"), strict=True):
        expect(twins.nth(row).get_by_text(name).locator("visible=true")).to_have_count(1)
    expect(page.get_by_role("columnheader", name="Professionnel")).to_have_count(1 if size == "desktop" else 0)
    assert_accessible(page)
    shoot(page, "bills-colleagues")


def test_she_reads_why_an_amount_is_what_it_is(page, log_in, alice, bill, assert_accessible, shoot):
    log_in(alice)
    page.goto(f"/bills/{bill.pk}/")
    page.get_by_text("Pourquoi ce montant ?").click()
    expect(page.get_by_text("Part AMO, arrondie au centime")).to_be_visible()
    assert_accessible(page)
    shoot(page, "bill")


def test_she_pays_the_exact_balance_in_one_tap(page, log_in, alice, bill, assert_accessible, shoot):
    log_in(alice)
    page.goto(f"/bills/{bill.pk}/done/")
    expect(page.locator("#reference")).to_have_text("000000001")
    assert_accessible(page)
    shoot(page, "bill-issued")
    page.get_by_role("button", name="Espèces").click()
    expect(page.locator("#payments .chip")).to_have_text("Réglée")
    assert_accessible(page)
    assert balance(bill).is_settled


def test_she_pays_in_parts_too_much_and_corrects(page, log_in, alice, bill, assert_accessible, shoot):
    log_in(alice)
    page.goto(f"/bills/{bill.pk}/")
    for means, amount in (("Carte", "110"), ("Chèque", "4,00")):
        page.get_by_text("Autre montant, autre date").click()
        form = page.locator("#payments .fold form")
        form.get_by_role("radio", name=means).check(force=True)
        form.get_by_label("Montant").fill("beaucoup")
        form.get_by_role("button", name="Ajouter le paiement").click()
        expect(form.get_by_label("Montant")).to_have_attribute("aria-invalid", "true")
        assert form.get_by_label("Montant").input_value() == "beaucoup"
        form.get_by_label("Montant").fill(amount)
        form.get_by_role("button", name="Ajouter le paiement").click()
        expect(page.locator("#payments .pay-row").filter(has_text=means)).to_be_visible()
    expect(page.get_by_text("Le solde patient est négatif")).to_be_visible()
    assert_accessible(page)
    shoot(page, "bill-negative")
    page.get_by_role("link", name="Modifier le paiement par chèque").click()
    assert_accessible(page)
    shoot(page, "payment")
    page.get_by_label("Montant").fill("3,80")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#payments .chip")).to_have_text("Réglée")
    page.get_by_role("button", name="Supprimer le paiement par carte").click()
    assert_accessible(page)
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.locator("#payments .chip")).to_have_text("Réglée en partie")
    assert balance(Bill.objects.for_(bill).get()).left_cents == 11000
    assert Payment.objects.for_(bill).count() == 5


def test_she_downloads_the_receipt(page, log_in, alice, bill):
    log_in(alice)
    page.goto(f"/bills/{bill.pk}/")
    for wanted in (False, True):
        with page.expect_download() as caught:
            page.get_by_role("button", name="Reçu PDF").click()
        pdf = caught.value.path().read_bytes()
        assert caught.value.suggested_filename == "facture-000000001.pdf"
        assert ("DUPLICATA" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()) is wanted


def test_she_cancels_after_a_confirmation_that_says_what_is_lost(
    page, log_in, alice, acting, bill, assert_accessible, shoot
):
    record_payment(acting, bill, means="card", cents=11000, key="a")
    log_in(alice)
    page.goto(f"/bills/{bill.pk}/")
    page.get_by_role("button", name="Annuler la facture").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("seront à rendre")
    assert_accessible(page)
    shoot(page, "bill-cancel", full=False)
    dialog.get_by_role("button", name="Garder").click()
    page.get_by_role("button", name="Annuler la facture").click()
    dialog.get_by_label("Motif").fill("Mauvais patient")
    dialog.get_by_role("button", name="Annuler la facture").click()
    expect(page.get_by_text("Mauvais patient")).to_be_visible()
    expect(page.locator("#payments .chip")).to_have_text("À rendre")
    assert_accessible(page)


def test_she_pays_with_the_keyboard_alone(page, log_in, alice, bill):
    log_in(alice)
    page.goto(f"/bills/{bill.pk}/done/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == "cheque":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#payments .chip")).to_have_text("Réglée")

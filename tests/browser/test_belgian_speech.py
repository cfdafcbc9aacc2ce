"""Speech therapy in the browser: an agreement made and agreed, a session judged at once, a series billed in one go."""

from __future__ import annotations

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from quittance.belgium.models import SpeechAgreement, SpeechStay
from quittance.billing.models import Bill
from quittance.patients.models import Prescriber
from tests.belgium import making


@pytest.fixture
def acting(db):
    return making.at_work(making.belgian_practice(), convention="conventioned")


@pytest.fixture
def patient(acting):
    return making.patient_of(acting, born="2016-05-04")


def day(acting, before):
    """A day that has passed, as a field takes it."""
    return (acting.today() - timedelta(days=before)).isoformat()


def test_she_makes_a_request_and_has_it_agreed(page, log_in, acting, patient, assert_accessible, shoot):
    for first_name, number in (("Léon", "10765119003"), ("Zoé", "10765119690")):
        folded = f"exemple {first_name.lower()}"
        Prescriber.objects.for_(acting).create(last_name="Exemple", first_name=first_name, number=number, folded=folded)
    log_in(acting.user)
    page.goto(f"/patients/{patient.pk}/")
    page.get_by_role("link", name="Logopédie").click()
    expect(page.get_by_role("heading", name="Pas encore d’accord")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-speech-empty")
    page.get_by_role("link", name="Nouvelle demande").click()
    page.get_by_label("Trouble", exact=True).select_option("b4")
    page.get_by_label("Premier jour").fill(day(acting, 30))
    page.get_by_label("Premier jour").press("Tab")
    expect(page.get_by_text("La nomenclature permet jusqu’au")).to_be_visible()
    page.get_by_label("Trouble", exact=True).select_option("b3")
    expect(page.get_by_text("Six mois d'enseignement primaire ordinaire.")).to_be_visible()
    page.get_by_role("radio", name="médecin généraliste").check()
    expect(page.get_by_text("Le traitement est prescrit par un médecin généraliste.")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-speech-request-doubt")
    page.get_by_role("radio", name="spécialiste").check()
    expect(page.get_by_text("Rien ne s’oppose à cette demande.")).to_be_visible()
    page.get_by_label("Prescripteur", exact=False).first.select_option(label="Léon EXEMPLE")
    expect(page.get_by_text("est celui d’un médecin généraliste, mais « spécialiste » est coché")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-speech-request-number")
    page.get_by_label("Prescripteur", exact=False).first.select_option(label="Zoé EXEMPLE")
    expect(page.get_by_text("mais « spécialiste » est coché")).to_have_count(0)
    page.get_by_label("Formulaire reçu").fill(day(acting, 28))
    page.get_by_label("Prescription reçue").fill(day(acting, 27))
    page.get_by_label("Dernier bilan fait ailleurs").fill(day(acting, 35))
    page.get_by_role("button", name="Enregistrer").click()
    page.get_by_role("button", name="Marquer envoyée").click()
    page.get_by_role("link", name="Décision reçue").click()
    assert_accessible(page)
    shoot(page, "be-speech-agreement")
    page.get_by_label("Date de la décision").fill(day(acting, 20))
    page.get_by_role("button", name="Accord", exact=True).click()
    expect(page.get_by_text("il reste 140 séances de 30 min")).to_be_visible()
    assert SpeechAgreement.objects.for_(acting).get().status == "agreed"
    assert_accessible(page)
    shoot(page, "be-speech-agreed")


def test_a_treatment_begun_elsewhere_is_written_in_its_fold(page, log_in, acting, patient, assert_accessible, shoot):
    row = making.agreement_of(patient, "b3", day(acting, 100))
    log_in(acting.user)
    page.goto(f"/be/speech/{patient.pk}/")
    verdict = page.locator("#verdict")
    expect(verdict).to_contain_text("Le traitement commence le")
    page.goto(f"/be/speech/agreements/{row.pk}/")
    expect(page.get_by_label("Séances déjà utilisées ailleurs")).to_be_hidden()
    page.locator("summary", has_text="Traitement commencé ailleurs").click()
    page.get_by_label("Traitement commencé ailleurs le").fill(day(acting, 90))
    page.get_by_label("Séances déjà utilisées ailleurs").fill("141")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("L’accord porte sur 140 séances de 30 minutes").first).to_be_visible()
    expect(page.get_by_label("Séances déjà utilisées ailleurs")).to_have_value("141")
    assert_accessible(page)
    shoot(page, "be-speech-elsewhere")
    page.get_by_label("Séances déjà utilisées ailleurs").fill("12")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("12 utilisées sur 140, dont 12 ailleurs")).to_be_visible()
    expect(verdict).to_contain_text("Remboursable")
    expect(verdict).to_contain_text("127 séances")
    assert_accessible(page)
    shoot(page, "be-speech-taken-over")


def test_a_session_is_judged_as_it_is_typed(page, log_in, acting, patient, assert_accessible, shoot):
    making.agreement_of(patient, "b3", day(acting, 40))
    making.bill_of(acting, patient, "714313", day=day(acting, 7))
    log_in(acting.user)
    page.goto(f"/be/speech/{patient.pk}/")
    verdict = page.locator("#verdict")
    expect(verdict).to_contain_text("Remboursable")
    expect(verdict).to_contain_text("138 séances")
    assert_accessible(page)
    shoot(page, "be-speech-reimbursed")
    page.get_by_label("Jour", exact=True).fill(day(acting, 7))
    expect(verdict).to_contain_text("Une séance de traitement est déjà attestée")
    expect(verdict).to_contain_text("Déplacez l'une des deux.")
    expect(page.get_by_role("button", name="Facturer cette séance")).to_have_count(0)
    page.get_by_role("radio", name="Guidance en groupe").check()
    page.get_by_label("Participants").fill("2")
    expect(verdict).to_contain_text("Le groupe compte 2 participants.")
    assert_accessible(page)
    shoot(page, "be-speech-refused")
    page.get_by_role("radio", name="30 min").check()
    page.get_by_text("Écrire un code").click()
    page.get_by_label("Autre code").fill("714350")
    page.get_by_label("Autre code").press("Tab")
    page.get_by_label("Jour", exact=True).fill(day(acting, 6))
    expect(verdict).to_contain_text("714350")
    expect(verdict).to_contain_text("Remboursable")
    page.get_by_text("Séances attestées").click()
    expect(page.get_by_role("cell", name="714313")).to_be_visible()
    assert_accessible(page)


def test_she_judges_and_bills_by_keyboard_alone(page, log_in, acting, patient):
    making.agreement_of(patient, "b3", day(acting, 40))
    log_in(acting.user)
    page.goto(f"/be/speech/{patient.pk}/")
    page.locator("#id_kind_0").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#id_kind_1")).to_be_checked()
    expect(page.locator("#verdict")).to_contain_text("714615")
    expect(page.locator("#id_kind_1")).to_be_focused()
    button = page.get_by_role("button", name="Facturer cette séance")
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/bill/**")
    expect(page.get_by_text("714615").first).to_be_visible()


def test_situations_close_the_reimbursement(page, log_in, acting, patient, assert_accessible, shoot):
    making.agreement_of(patient, "b3", day(acting, 40))
    log_in(acting.user)
    page.goto(f"/be/speech/{patient.pk}/stays/new/")
    page.get_by_role("radio", name="enseignement spécialisé").check()
    page.get_by_label("Premier jour").fill(day(acting, 3))
    assert_accessible(page)
    shoot(page, "be-speech-stay")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#verdict")).to_contain_text("Le patient suit l'enseignement spécialisé")
    shoot(page, "be-speech-excluded")
    page.locator("summary", has_text="Actions sur").click()
    page.get_by_role("button", name="Supprimer").click()
    page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    expect(page.locator("#verdict")).to_contain_text("Remboursable")
    assert not SpeechStay.objects.for_(acting).exists()


def test_a_series_is_billed_in_one_go(page, log_in, acting, patient, assert_accessible, shoot):
    making.agreement_of(patient, "b3", day(acting, 40), sessions=12)
    log_in(acting.user)
    page.goto(f"/be/speech/{patient.pk}/")
    page.get_by_role("link", name="Série").click()
    page.get_by_label("Premier jour").fill(day(acting, 28))
    page.get_by_label("Nombre de séances").fill("5")
    page.get_by_label("Passer les jours fériés").uncheck()
    first = (acting.today() - timedelta(days=28)).strftime("%d/%m/%Y")
    expect(page.locator("#series-list")).to_contain_text(first)
    expect(page.get_by_role("button", name="Facturer les 5 séances remboursables")).to_be_visible()
    page.get_by_label("Nombre de séances").fill("7")
    expect(page.locator("#series-list")).to_contain_text("2 jours sont encore à venir")
    assert_accessible(page)
    shoot(page, "be-speech-series")
    page.locator("#series-list").get_by_label(first).uncheck()
    expect(page.get_by_role("button", name="Facturer les 4 séances remboursables")).to_be_visible()
    page.get_by_role("button", name="Facturer les 4 séances remboursables").click()
    page.wait_for_url("**/bill/**")
    expect(page.get_by_text("4 séances sont dans la facture.")).to_be_visible()
    page.get_by_role("button", name="Émettre la facture").click()
    page.wait_for_url("**/bills/**")
    bill = Bill.objects.for_(acting).get()
    assert bill.lines.count() == 4
    page.goto(f"/be/speech/{patient.pk}/")
    expect(page.get_by_text("4 utilisées sur 12")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-speech-after-series")

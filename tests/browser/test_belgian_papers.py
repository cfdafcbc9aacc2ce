"""A month of certificates and lists in the browser: written, downloaded, read; a duplicate; what is missing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from quittance.belgium.models import BelgianPatient, Booklet, CareCertificate
from quittance.billing.services.payments import record_payment
from quittance.people.models import BankAccount
from tests.belgium import making
from tests.belgium import papers_making as papers

MAY = "/be/papers/?month=2026-05"


@pytest.fixture
def acting(db):
    return papers.at_work(making.belgian_practice())


@pytest.fixture
def month(acting):
    """Nina pays and asks her mutuality, Albe is in third-party payment, Flor's national number is missing."""
    papers.sessions(acting, papers.cared(acting), "2026-05-04", "2026-05-06", "2026-05-11")
    albe = papers.cared(acting, first_names="Albe", niss="17073003384", language="nl")
    papers.sessions(acting, albe, "2026-05-05", "2026-05-12", third_party=True)
    flor = papers.cared(acting, first_names="Flor", niss="17073003384")
    BelgianPatient.objects.for_(acting).filter(patient=flor).update(niss="")
    bill = papers.sessions(acting, flor, "2026-05-05", third_party=True)
    papers.sessions(acting, albe, "2026-04-28", third_party=True)
    BankAccount.objects.for_(acting).create(
        professional=acting.professional, holder="Dora Test", iban="BE71096123456769", from_day=date(2020, 1, 1)
    )
    return bill


def downloaded(page, name):
    with page.expect_download() as waited:
        page.get_by_role("button", name=name).click()
    return papers.texts(Path(waited.value.path()).read_bytes())


def test_a_month_of_certificates_and_its_list(page, log_in, acting, month, assert_accessible, shoot):
    log_in(acting.user)
    page.goto("/practice/")
    page.get_by_role("link", name="Attestations et états récapitulatifs").click()
    page.get_by_role("link", name="Carnets", exact=True).click()
    expect(page.get_by_text("Pas encore de carnet")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-no-booklet")
    page.get_by_role("link", name="Ajouter un carnet").first.click()
    page.get_by_label("Numéro du carnet").fill("12 345")
    page.get_by_label("Prochaine feuille").fill("49")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("n’est pas un numéro de carnet")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-booklet-refused")
    page.get_by_label("Numéro du carnet").fill("12 3456")
    page.get_by_label("Modèle").fill("K")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Le carnet 12*3456 est ajouté.")).to_be_visible()
    expect(page.get_by_text("prochaine feuille 49")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-booklets")

    page.goto(MAY)
    expect(page.get_by_text("Le NISS du patient manque")).to_be_visible()
    expect(page.get_by_role("heading", name="Mai 2026")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-month")
    page.get_by_role("button", name="Imprimer les 2 attestations").click()
    expect(page.get_by_text("12*3456 / 49–50")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-confirm", full=False)
    page.get_by_role("button", name="Établir et numéroter").click()
    expect(page.get_by_text("2 attestations sont prêtes à imprimer")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-written")
    first, second = downloaded(page, "Télécharger le document")
    assert "Getuigschrift voor verstrekte hulp Nr. 12*3456 / 49" in first
    assert "Nina EXEMPLE" in second
    assert "DUPLICATA" not in second
    page.reload()
    expect(page.get_by_text("prêtes à imprimer")).to_have_count(0)
    expect(page.get_by_text("Il ne reste aucune feuille")).to_be_visible()

    page.get_by_role("link", name="Nina EXEMPLE 12*3456 / 50").click()
    expect(page.get_by_role("heading", name="Attestation 12*3456 / 50")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-certificate")
    [again] = downloaded(page, "Imprimer un duplicata")
    assert again.count("DUPLICATA") == 2

    page.goto("/be/recaps/")
    assert_accessible(page)
    shoot(page, "be-papers-recaps")
    page.get_by_role("button", name="Établir l’état").click()
    expect(page.get_by_role("heading", name="État récapitulatif 135, mai 2026")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-recap")
    copies = downloaded(page, "Télécharger les deux exemplaires")
    assert ["12*3456 / 49 Albe EXEMPLE 17.07.30-033.84 65,74" in copy for copy in copies] == [True, True]


def test_a_spoiled_sheet_and_a_bill_alone(page, log_in, acting, month, assert_accessible, shoot):
    papers.booklet(acting)
    log_in(acting.user)
    page.goto(f"/be/bills/{month.pk}/papers/")
    expect(page.get_by_text("Le NISS du patient manque")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-bill-missing")
    BelgianPatient.objects.for_(acting).filter(niss="").update(niss="17073003384")
    page.goto(f"/bills/{month.pk}/")
    page.get_by_role("link", name="Attestation et document justificatif").click()
    expect(page.get_by_text("Aucun n’est dû")).to_be_visible()
    page.get_by_role("button", name="L’imprimer maintenant").click()
    page.get_by_role("button", name="Établir et numéroter").click()
    expect(page.get_by_text("L’attestation a son numéro")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-bill")
    [text] = downloaded(page, "Télécharger le document")
    assert "Flor EXEMPLE" in text
    page.get_by_role("link", name="12*3456 / 01").click()
    page.get_by_role("button", name="Annuler l’attestation").click()
    expect(page.get_by_text("pourquoi cette feuille est annulée")).to_be_visible()
    page.get_by_label("Pourquoi l’annuler ?").fill("Déchirée dans l’imprimante")
    page.get_by_role("button", name="Annuler l’attestation").click()
    expect(page.get_by_text("Déchirée dans l’imprimante")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-void")
    page.goto(f"/be/bills/{month.pk}/papers/")
    expect(page.get_by_text("Cette facture attend une attestation")).to_be_visible()
    assert CareCertificate.objects.for_(acting).get().void_at is not None
    assert Booklet.objects.for_(acting).get().next_sheet == 2


def test_of_a_nurse_the_supporting_document(page, log_in, db, assert_accessible, shoot):
    acting = papers.at_work(making.belgian_practice(), profession="nurse")
    bill = making.bill_of(acting, making.patient_of(acting), "425110", day="2018-05-14", third_party=True, place="home")
    log_in(acting.user)
    page.goto(MAY)
    expect(page.get_by_text("Plus d’attestation sur papier")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-nurse")
    page.goto(f"/be/bills/{bill.pk}/papers/")
    expect(page.get_by_text("La loi en demande un")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-supporting")
    [text] = downloaded(page, "Imprimer le document justificatif")
    assert f"Document justificatif N° {bill.reference}" in text
    record_payment(acting, bill, means="cash", cents=10, key="one")
    page.reload()
    expect(page.get_by_text("remettez-lui une nouvelle version")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-supporting-outdated")
    [text] = downloaded(page, "Imprimer la nouvelle version")
    assert "Version 2 ; remplace celle du" in text
    page.reload()
    expect(page.get_by_role("button", name="Imprimer un duplicata")).to_have_count(2)
    expect(page.get_by_text("remettez-lui une nouvelle version")).to_have_count(0)
    assert_accessible(page)
    shoot(page, "be-papers-supporting-versions")


def test_of_a_doctor_the_receipt_number_of_the_eattest(page, log_in, db, assert_accessible, shoot):
    acting = papers.at_work(making.belgian_practice(), profession="doctor")
    bill = papers.consultations(acting, making.patient_of(acting), "2025-09-02")
    log_in(acting.user)
    page.goto(f"/be/bills/{bill.pk}/papers/")
    expect(page.get_by_text("Écrivez-le ici, puis imprimez")).to_be_visible()
    expect(page.get_by_role("button", name="Imprimer le document justificatif")).to_have_count(0)
    assert_accessible(page)
    shoot(page, "be-papers-eattest")
    page.get_by_label("Numéro de reçu eAttest").fill("500-1-250902-000001-12")
    page.get_by_role("button", name="Garder le numéro de reçu").click()
    expect(page.get_by_text("ne ressemble pas aux numéros connus")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-eattest-refused")
    page.get_by_label("Numéro de reçu eAttest").fill("500 1 250902 0000001 12")
    page.get_by_role("button", name="Garder le numéro de reçu").click()
    expect(page.get_by_text("Le numéro de reçu est gardé")).to_be_visible()
    assert_accessible(page)
    shoot(page, "be-papers-eattest-kept")
    [text] = downloaded(page, "Imprimer le document justificatif")
    assert "(eAttest) 500-1-250902-0000001-12" in text

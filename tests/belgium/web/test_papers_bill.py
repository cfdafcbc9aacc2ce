"""The papers of one bill: its certificate alone, its prescriber, the supporting document exactly when it is due."""

from __future__ import annotations

import uuid

import pytest
from django.test import Client

from quittance.audit import events
from quittance.belgium.models import CareCertificate, SpeechAgreement
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.payments import record_payment
from quittance.people.models import Identifier, Membership, Practice, User
from tests.belgium import making
from tests.belgium import papers_making as papers
from tests.signed import enter

NURSING = "425110"
PRESCRIBER = {"name": "Dr Ursule Inventée", "number": "1-45678-16-003", "day": "2026-03-10"}


@pytest.fixture
def acting(belgian_practice):
    return papers.at_work(belgian_practice)


@pytest.fixture
def dora_client(acting, client):
    return enter(client, acting.user)


@pytest.fixture
def nina(acting):
    return papers.cared(acting)


def url(bill, name="papers"):
    return f"/be/bills/{bill.pk}/{name}/"


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def printed(client, acting):
    keys = [one.pk for one in CareCertificate.objects.for_(acting)]
    return papers.texts(client.post("/be/papers/print/", {"certificate": keys, "key": uuid.uuid4()}).content)


def test_the_bill_offers_its_papers(acting, dora_client, nina):
    bill = papers.sessions(acting, nina, "2026-05-04")
    assert url(bill) in page(dora_client, f"/bills/{bill.pk}/")


def test_the_certificate_of_one_bill_alone(acting, dora_client, nina):
    papers.booklet(acting)
    bill, other = papers.sessions(acting, nina, "2026-05-04"), papers.sessions(acting, nina, "2026-05-06")
    text = page(dora_client, url(bill))
    assert "Cette facture attend une attestation" in text
    assert "12*3456 / 01" in text
    answer = dora_client.post(url(bill, "certify"), follow=True)
    assert "L’attestation a son numéro" in answer.content.decode()
    [one] = CareCertificate.objects.for_(acting)
    assert one.lines.count() == 1
    assert "Télécharger le document" in page(dora_client, url(bill))
    assert "04/05/2026 712316" in printed(dora_client, acting)[0]
    assert "Imprimer un duplicata" in page(dora_client, url(bill))
    assert "Cette facture attend" in page(dora_client, url(other))
    again = dora_client.post(url(bill, "certify"), follow=True)
    assert "Aucune attestation n’a été établie" in again.content.decode()
    assert CareCertificate.objects.for_(acting).count() == 1


def test_a_prescriber_is_said_where_nobody_is_named(acting, dora_client, nina):
    papers.booklet(acting)
    SpeechAgreement.objects.for_(acting).update(prescriber=None)
    bill = papers.sessions(acting, nina, "2026-05-04")
    assert "Le prescripteur, son numéro INAMI" in page(dora_client, url(bill))
    wrong = {**PRESCRIBER, "number": "1-45678-17-003", "day": "2199-01-01"}
    refused = dora_client.post(url(bill, "certify"), wrong)
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "chiffres de contrôle" in text
    assert "Ce jour n’est pas encore venu" in text
    assert "Dr Ursule Inventée" in text
    assert not CareCertificate.objects.for_(acting).exists()
    assert dora_client.post(url(bill, "certify"), PRESCRIBER).status_code == 302
    assert "Dr Ursule Inventée · 1-45678-16-003 · Prescription du 10/03/2026" in printed(dora_client, acting)[0]


def test_without_booklet_where_to_add_one_is_told(acting, dora_client, nina):
    bill = papers.sessions(acting, nina, "2026-05-04")
    text = page(dora_client, url(bill))
    assert "Il ne reste aucune feuille dans les carnets" in text
    assert "/be/booklets/new/" in text
    refused = dora_client.post(url(bill, "certify"), follow=True)
    assert "Il ne reste aucune feuille dans vos carnets, et il en faut 1" in refused.content.decode()


def test_the_box_says_no_where_the_share_is_waived(acting, dora_client):
    papers.booklet(acting)
    nina = papers.cared(acting, copay_bp=0)
    bill = papers.sessions(acting, nina, "2026-05-04", third_party=True)
    assert bill.waived_cents == 550
    dora_client.post(url(bill, "certify"))
    [text] = printed(dora_client, acting)
    assert "A.R. 15.07.2002 NON" in text
    assert "Montant reçu *0*" in text


@pytest.mark.parametrize(("paid", "box", "received"), [(550, "OUI", "5,50 €"), (300, "3,00 €", "3,00 €")])
def test_the_box_says_what_was_received(acting, dora_client, nina, paid, box, received):
    papers.booklet(acting)
    bill = papers.sessions(acting, nina, "2026-05-04", third_party=True)
    record_payment(acting, bill, means="card", cents=paid, key="one")
    dora_client.post(url(bill, "certify"))
    [text] = printed(dora_client, acting)
    assert f"A.R. 15.07.2002 {box}" in text
    assert f"Montant reçu {received}" in text


def test_on_paper_no_supporting_document_is_due(acting, dora_client, nina):
    bill = papers.sessions(acting, nina, "2026-05-04")
    text = page(dora_client, url(bill))
    assert "Aucun n’est dû" in text
    assert "Imprimer le document justificatif" not in text
    answer = dora_client.post(url(bill, "supporting"), follow=True)
    assert "La loi ne demande pas de document justificatif" in answer.content.decode()


@pytest.fixture
def nursing(belgian_practice):
    return papers.at_work(belgian_practice, profession="nurse")


def nursed(acting):
    return making.bill_of(acting, making.patient_of(acting), NURSING, day="2018-05-14", third_party=True, place="home")


def test_of_what_goes_electronically_the_patient_gets_one(nursing, client):
    client = enter(client, nursing.user)
    bill = nursed(nursing)
    record_payment(nursing, bill, means="cash", cents=10, key="one")
    text = page(client, url(bill))
    assert "Plus d’attestation sur papier depuis le 01/07/2015" in text
    assert "La loi en demande un : les données vont à la mutualité par voie électronique." in text
    assert "Depuis le 01/07/2015 · INAMI, remise d&#x27;un document justificatif au patient" in text
    key = uuid.uuid4()
    answers = [client.post(url(bill, "supporting"), {"key": one}) for one in (key, key, uuid.uuid4())]
    assert answers[0]["Content-Disposition"] == f'attachment; filename="justificatif-{bill.reference}.pdf"'
    first, again, second = (papers.texts(answer.content)[0] for answer in answers)
    for mention in (f"Document justificatif N° {bill.reference}", "14/05/2018 425110", "Payé −0,10 €", "0123.456.749"):
        assert mention in first, mention
    assert first == again
    assert "DUPLICATA" in second
    assert events(nursing).filter(what="supporting.print", action="print", patient=bill.patient_id).count() == 3


def test_a_supporting_document_without_company_number_is_refused(nursing, client):
    client = enter(client, nursing.user)
    Identifier.objects.for_(nursing).filter(system="be.bce").delete()
    bill = nursed(nursing)
    refused = client.post(url(bill, "supporting"), follow=True)
    assert "porte le numéro d&#x27;entreprise (BCE)" in refused.content.decode()
    assert not events(nursing).filter(what="supporting.print").exists()
    Identifier.objects.for_(nursing).create(professional=nursing.professional, system="be.bce", value="0777777078")
    assert "0777.777.078" in papers.texts(client.post(url(bill, "supporting")).content)[0]


def test_a_cancelled_bill_has_no_papers(nursing, client):
    client = enter(client, nursing.user)
    bill = nursed(nursing)
    cancel_bill(nursing, bill)
    text = page(client, url(bill))
    assert "Cette facture est annulée" in text
    assert "Aucun : la facture est annulée" in text
    assert client.post(url(bill, "supporting")).status_code == 302


def test_a_bill_of_another_practice_has_none(acting, nina):
    bill = papers.sessions(acting, nina, "2026-05-04")
    stranger = User.objects.create_user("eve@example.org", "correct horse battery", first_name="Eve", last_name="Test")
    elsewhere = Practice.objects.create(name="Ailleurs", country="BE")
    Membership.objects.for_(elsewhere).create(user=stranger, role="owner")
    eve = enter(Client(), stranger)
    assert eve.get(url(bill)).status_code == 404
    for name in ("certify", "supporting"):
        assert eve.post(url(bill, name)).status_code == 404


def test_a_reader_reads_and_prints_none(acting, nina, client):
    papers.booklet(acting)
    bill = papers.sessions(acting, nina, "2026-05-04")
    reader = User.objects.create_user("rita@example.org", "correct horse battery", first_name="Rita", last_name="Test")
    Membership.objects.for_(acting).create(user=reader, role="reader")
    rita = enter(client, reader)
    assert "L’imprimer maintenant" not in page(rita, url(bill))
    for name in ("certify", "supporting"):
        assert rita.post(url(bill, name)).status_code == 403


def test_a_nurse_who_is_paid_by_the_patient_gives_a_certificate(nursing, client):
    client = enter(client, nursing.user)
    papers.booklet(nursing)
    bill = making.bill_of(nursing, making.patient_of(nursing), NURSING, day="2018-05-14", place="home")
    text = page(client, url(bill))
    assert "attestées sur papier, ce qui dit tout" in text
    assert "L’imprimer maintenant" in text
    assert "Plus d’attestation sur papier" not in text

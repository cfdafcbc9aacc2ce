"""The supporting document of a bill: its versions and duplicates, the receipt number of the eAttest, its language."""

from __future__ import annotations

import uuid

import pytest

from quittance.audit import events
from quittance.belgium.models import CareCertificate, EAttestReceipt, SupportingPaper
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.payments import record_payment, reverse_payment
from quittance.people.models import Identifier, Membership, User
from tests.belgium import making
from tests.belgium import papers_making as papers
from tests.signed import enter

NURSING = "425110"
RECEIPT = "500-1-250902-0000001-12"


@pytest.fixture
def nursing(belgian_practice):
    return papers.at_work(belgian_practice, profession="nurse")


@pytest.fixture
def doctor(belgian_practice):
    return papers.at_work(belgian_practice, profession="doctor")


def nursed(acting, day="2018-05-14"):
    return making.bill_of(acting, making.patient_of(acting), NURSING, day=day, third_party=True, place="home")


def url(bill, name="papers"):
    return f"/be/bills/{bill.pk}/{name}/"


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def supporting(client, bill, key=None, **more):
    """The text of the first page that a print gives."""
    answer = client.post(url(bill, "supporting"), {"key": key or uuid.uuid4(), **more})
    assert answer["Content-Type"] == "application/pdf"
    return papers.texts(answer.content)[0]


def test_a_duplicate_says_what_the_original_said(nursing, client):
    client = enter(client, nursing.user)
    numbers = Identifier.objects.for_(nursing).filter(system="be.bce")
    numbers.delete()
    bill, key = nursed(nursing), uuid.uuid4()
    # The bill lacks the company number: it is taken from the record, which then changes.
    Identifier.objects.for_(nursing).create(professional=nursing.professional, system="be.bce", value="0777777078")
    first = supporting(client, bill, key)
    numbers.update(value="0123456749")
    again = supporting(client, bill)
    assert ("DUPLICATA" in again, "0777.777.078" in again) == (True, True)
    assert again.replace("DUPLICATA", "").split() == first.split()
    assert supporting(client, bill, key) == first
    [row] = SupportingPaper.objects.for_(nursing)
    assert (row.version, len(row.requests)) == (1, 2)


def test_a_payment_makes_a_new_version_beside_the_old_one(nursing, client):
    client = enter(client, nursing.user)
    bill = nursed(nursing)
    first = supporting(client, bill)
    shown = page(client, url(bill))
    assert "Version 1 du" in shown
    assert "Imprimer la nouvelle version" not in shown
    assert "Imprimer le document justificatif" not in shown
    payment = record_payment(nursing, bill, means="cash", cents=10, key="one")
    shown = page(client, url(bill))
    assert "a changé depuis : remettez-lui une nouvelle version" in shown
    key = uuid.uuid4()
    old = supporting(client, bill, key, version=1)
    second = supporting(client, bill, key)
    assert ("Payé 0,00 €" in old, "DUPLICATA" in old) == (True, True)
    assert ("Payé −0,10 €" in second, "DUPLICATA" in second) == (True, False)
    assert "Version 2 ; remplace celle du " in second
    assert "Version" not in first
    assert supporting(client, bill, key) == second
    shown = page(client, url(bill))
    assert "Version 1 du" in shown
    assert "Version 2 du" in shown
    assert "payé 0,10 €" in shown
    assert "Imprimer la nouvelle version" not in shown
    reverse_payment(nursing, payment)
    assert "Imprimer la nouvelle version" in page(client, url(bill))
    assert "Version 3 ; remplace celle du " in supporting(client, bill)
    assert [one.version for one in SupportingPaper.objects.for_(nursing)] == [1, 2, 3]


def test_a_version_that_was_never_printed_is_not_found(nursing, client):
    client = enter(client, nursing.user)
    bill, other = nursed(nursing), nursed(nursing, "2018-05-15")
    supporting(client, other)
    for version in ("1", "0", "x", ""):
        assert client.post(url(bill, "supporting"), {"version": version}).status_code == 404


def test_a_cancelled_bill_still_shows_what_was_printed(nursing, client):
    client = enter(client, nursing.user)
    bill = nursed(nursing)
    supporting(client, bill)
    cancel_bill(nursing, bill)
    text = page(client, url(bill))
    assert "Version 1 du" in text
    assert "Imprimer un duplicata" not in text
    assert client.post(url(bill, "supporting"), {"version": "1"}).status_code == 302


def test_the_receipt_number_of_the_eattest_opens_the_supporting_document(doctor, client):
    client = enter(client, doctor.user)
    bill = papers.consultations(doctor, making.patient_of(doctor), "2025-09-02")
    text = page(client, url(bill))
    assert "Plus d’attestation sur papier depuis le 01/09/2025" in text
    assert "Numéro de reçu eAttest" in text
    assert "Imprimer le document justificatif" not in text
    refused = client.post(url(bill, "supporting"), follow=True).content.decode()
    assert "le champ « Numéro de reçu eAttest » des documents de la facture" in refused
    for typed in (RECEIPT, RECEIPT.replace("-", " ")):
        kept = client.post(url(bill, "eattest"), {"numbers": typed}, follow=True)
        assert "Le numéro de reçu est gardé avec la facture" in kept.content.decode()
    assert [one.numbers for one in EAttestReceipt.objects.for_(doctor)] == [RECEIPT]
    assert events(doctor).filter(what="eattest.keep", action="change", patient=bill.patient_id).count() == 1
    assert "Imprimer le document justificatif" in page(client, url(bill))
    first = supporting(client, bill)
    assert f"(eAttest) {RECEIPT}" in first
    assert "02/09/2025 101076" in first
    corrected = RECEIPT.replace("12", "21")
    client.post(url(bill, "eattest"), {"numbers": f"{RECEIPT}, {corrected}"})
    assert "Imprimer la nouvelle version" in page(client, url(bill))
    assert f"{RECEIPT}, {corrected}" in supporting(client, bill)


@pytest.mark.parametrize(
    ("typed", "confirmed", "said"),
    [
        ("", "", "Ce champ est obligatoire"),
        (" , ; ", "", "Écrivez le numéro de reçu que la mutualité a répondu"),
        ("500-1-251302-0000001-12", "", "ne ressemble pas aux numéros connus"),
        (f"{RECEIPT}, 12345", "", "« 12345 » ne ressemble pas aux numéros connus"),
        ("9" * 41, "on", "est plus long qu’un numéro de reçu (40 caractères)"),
    ],
)
def test_what_is_no_receipt_number_is_refused_and_kept_on_the_page(doctor, client, typed, confirmed, said):
    client = enter(client, doctor.user)
    bill = papers.consultations(doctor, making.patient_of(doctor), "2025-09-02")
    refused = client.post(url(bill, "eattest"), {"numbers": typed, "confirmed": confirmed})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert said in text
    assert f'value="{typed}"' in text or not typed.strip()
    assert not EAttestReceipt.objects.for_(doctor).exists()


def test_a_receipt_number_of_another_shape_is_kept_once_confirmed(doctor, client):
    client = enter(client, doctor.user)
    bill = papers.consultations(doctor, making.patient_of(doctor), "2025-09-02")
    refused = client.post(url(bill, "eattest"), {"numbers": "ABC 7"}).content.decode()
    assert "La réponse de la mutualité l’écrit bien ainsi" in refused
    assert client.post(url(bill, "eattest"), {"numbers": "ABC  7", "confirmed": "on"}).status_code == 302
    assert "(eAttest) ABC 7" in supporting(client, bill)


def test_care_of_before_the_change_has_its_certificate_and_no_supporting_document(doctor, client):
    papers.booklet(doctor)
    client = enter(client, doctor.user)
    # Billed after the change: the day of care decides.
    bill = papers.consultations(doctor, making.patient_of(doctor), "2025-08-31", billed="2025-09-02")
    assert bill.snapshot["day"] == "2025-09-02"
    text = page(client, url(bill))
    assert "Cette facture attend une attestation" in text
    assert "Plus d’attestation sur papier" not in text
    assert "Aucun n’est dû" in text
    assert "Numéro de reçu eAttest" not in text


def test_a_bill_of_care_of_both_kinds_has_a_certificate_and_one_document_for_all(doctor, client):
    papers.booklet(doctor)
    client = enter(client, doctor.user)
    bill = papers.consultations(doctor, making.patient_of(doctor), "2025-08-31", "2025-09-02")
    text = page(client, url(bill))
    assert "Cette facture attend une attestation" in text
    assert "Plus d’attestation sur papier depuis le 01/09/2025" in text
    client.post(url(bill, "eattest"), {"numbers": RECEIPT})
    client.post(url(bill, "certify"))
    keys = [one.pk for one in CareCertificate.objects.for_(doctor)]
    answer = client.post("/be/papers/print/", {"certificate": keys, "key": uuid.uuid4()})
    [certificate] = papers.texts(answer.content)
    assert "31/08/2025 101076" in certificate
    assert "02/09/2025" not in certificate
    whole = supporting(client, bill)
    for mention in ("31/08/2025 101076", "02/09/2025 101076", RECEIPT):
        assert mention in whole, mention


def test_in_third_party_payment_no_receipt_number_is_asked(doctor, client):
    client = enter(client, doctor.user)
    bill = papers.consultations(doctor, making.patient_of(doctor), "2025-09-02", third_party=True)
    assert "Numéro de reçu eAttest" not in page(client, url(bill))
    client.post(url(bill, "eattest"), {"numbers": RECEIPT})
    assert "eAttest" not in supporting(client, bill)


def test_only_who_may_issue_keeps_a_receipt_number(doctor, client):
    bill = papers.consultations(doctor, making.patient_of(doctor), "2025-09-02")
    reader = User.objects.create_user("rita@example.org", "correct horse battery", first_name="Rita", last_name="Test")
    Membership.objects.for_(doctor).create(user=reader, role="reader")
    rita = enter(client, reader)
    assert "Garder le numéro de reçu" not in page(rita, url(bill))
    assert rita.post(url(bill, "eattest"), {"numbers": RECEIPT}).status_code == 403
    assert rita.get(url(bill, "eattest")).status_code in {403, 405}
    assert not EAttestReceipt.objects.for_(doctor).exists()


@pytest.mark.parametrize(
    ("language", "label", "profession"),
    [
        ("fr", "Séance individuelle de logopédie, 30 minutes : aphasie (b1), au cabinet", "Logopède"),
        ("nl", "Individuele logopediezitting, 30 minuten: afasie (b1), in de praktijk", "Logopedist"),
        ("de", "Logopädische Einzelsitzung, 30 Minuten: Aphasie (b1), in der Praxis", "Logopäde/Logopädin"),
    ],
)
def test_the_document_speaks_the_language_of_the_patient(belgian_practice, client, language, label, profession):
    acting = papers.at_work(belgian_practice)
    nina = papers.cared(acting, language=language)
    beside = ({"label": "Copie d'un rapport", "amount": "12,50"},)
    bill = making.bill_of(acting, nina, papers.SESSION, beside=beside)
    text = supporting(enter(client, acting.user), bill)
    for mention in (label, profession, "Copie d'un rapport"):
        assert mention in text, mention
    if language != "fr":
        assert "Séance" not in text
        assert "Logopède" not in text

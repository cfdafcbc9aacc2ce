"""Certificates of a month: what waits, numbers, one document, duplicates, spoiled sheets, what is missing."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from quittance.belgium.models import BelgianPatient, Booklet, CareCertificate, CertifiedLine, SpeechAgreement
from quittance.belgium.services.papers import uncertified
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.payments import record_payment
from quittance.patients.models import Prescriber
from quittance.people.models import (
    Identifier,
    Membership,
    Practice,
    Professional,
    StatusPeriod,
    Substitution,
    SubstitutionDay,
    User,
)
from tests.belgium import making
from tests.belgium import papers_making as papers
from tests.signed import enter

URL = "/be/papers/"
MAY = f"{URL}?month=2026-05"


@pytest.fixture
def acting(belgian_practice):
    return papers.at_work(belgian_practice)


@pytest.fixture
def dora_client(acting, client):
    return enter(client, acting.user)


@pytest.fixture
def booklet(acting):
    return papers.booklet(acting)


@pytest.fixture
def nina(acting):
    return papers.cared(acting)


def rows(acting):
    return list(CareCertificate.objects.for_(acting).order_by("booklet__added_at", "booklet", "sheet"))


def write(client, month="2026-05"):
    return client.post(f"{URL}write/", {"month": month}, follow=True)


def printed(client, *certificates, key=None):
    told = {"certificate": [one.pk for one in certificates], "month": "2026-05", "key": key or uuid.uuid4()}
    return client.post(f"{URL}print/", told)


def page(client, url=MAY):
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def test_a_month_becomes_one_document(acting, dora_client, booklet, nina):
    noe = papers.cared(acting, first_names="Albe", niss="17073003384", language="nl")
    papers.sessions(acting, nina, "2026-05-04", "2026-05-06")
    bill = papers.sessions(acting, nina, "2026-05-11")
    record_payment(acting, bill, means="card", cents=3837, key="one")
    papers.sessions(acting, noe, "2026-05-05", third_party=True)
    papers.sessions(acting, nina, "2026-04-27")
    text = page(dora_client)
    assert "Imprimer les 2 attestations" in text
    assert "12*3456 / 01–02" in text
    assert "Autres mois en attente" in text
    answer = write(dora_client)
    assert "2 attestations ont leurs numéros" in answer.content.decode()
    assert [str(one) for one in rows(acting)] == ["12*3456 / 01", "12*3456 / 02"]
    answer = printed(dora_client, *rows(acting))
    assert answer["Content-Disposition"] == 'attachment; filename="attestations-2026-05.pdf"'
    assert answer["Cache-Control"] == "no-store"
    first, second = papers.texts(answer.content)
    for mention in (
        "Getuigschrift voor verstrekte hulp Nr. 12*3456 / 01 Model K",
        "Albe EXEMPLE",
        "05/05/2026 712316",
        "K.B. 15.07.2002 0,00 €",
        "*0*",
    ):
        assert mention in first, mention
    for mention in (
        "Attestation de soins donnés N° 12*3456 / 02 Modèle K",
        "Nina EXEMPLE Rue de l'Exemple 1 4000 Liège NISS 85.07.30-033.28",
        "135 · Mutualité Saint-Michel",
        "Rue de l'Invention 12 4020 Liège N° INAMI 1/6-12345-16-802",
        "04/05/2026 712316 06/05/2026 712316 11/05/2026 712316",
        "Ursule INVENTÉE · 1-45678-16-003 · Prescription du 10/03/2026",
        "Date de l'accord 30/03/2026",
        "du 16/03/2026 au 15/03/2028",
        "Total des honoraires remboursables 115,11 €",
        "A.R. 15.07.2002 38,37 €",
        "Montant reçu 38,37 €",
    ):
        assert mention in second, mention
    assert "27/04/2026" not in second
    assert "DUPLICA" not in first + second


def test_what_was_certified_waits_no_more(acting, dora_client, booklet, nina):
    papers.sessions(acting, nina, "2026-05-04")
    write(dora_client)
    text = page(dora_client)
    assert "Rien n’attend" in text
    assert "Une attestation est prête à imprimer" in text
    assert "Il ne restait rien à établir" in write(dora_client).content.decode()
    assert len(rows(acting)) == 1
    papers.sessions(acting, nina, "2026-05-05")
    write(dora_client)
    assert [one.lines.count() for one in rows(acting)] == [1, 1]


def test_a_second_print_is_a_duplicate_of_the_same_texts(acting, dora_client, booklet, nina):
    bill = papers.sessions(acting, nina, "2026-05-04")
    write(dora_client)
    [one] = rows(acting)
    [first] = papers.texts(printed(dora_client, one).content)
    record_payment(acting, bill, means="card", cents=3837, key="one")
    nina.birth_name = "Autrement"
    nina.save()
    [second] = papers.texts(printed(dora_client, one).content)
    assert second.count("DUPLICATA") == 2
    assert second.replace(" DUPLICATA", "") == first
    one.refresh_from_db()
    assert one.prints == 2


def test_the_same_request_prints_once(acting, dora_client, booklet, nina):
    papers.sessions(acting, nina, "2026-05-04")
    write(dora_client)
    [one], key = rows(acting), uuid.uuid4()
    first, again = (papers.texts(printed(dora_client, one, key=key).content) for _ in range(2))
    assert first == again
    assert "DUPLICATA" not in first[0]
    one.refresh_from_db()
    assert one.prints == 1


def test_thirty_five_acts_make_two_certificates(belgian_practice, client):
    acting = papers.at_work(belgian_practice, profession="physiotherapist")
    client = enter(client, acting.user)
    papers.booklet(acting, next_sheet=50)
    papers.booklet(acting, "12*3457")
    nina = making.patient_of(acting)
    days = [f"2024-05-{day:02d}" for day in range(1, 32)]
    extras: dict[str, Any] = {
        "prescriber_name": "Dr Ursule Inventée",
        "prescriber_number": "14567816003",
        "prescription_date": "2024-04-29",
    }
    acts = [{"code": "560011", "date": day} for day in days + days[:4]]
    bill = making.bill_of(acting, nina, *acts, day="2024-05-31", **extras)
    record_payment(acting, bill, means="card", cents=34 * 3000 + 1000, key="one")
    write(client, "2024-05")
    assert [(str(one), one.lines.count()) for one in rows(acting)] == [("12*3456 / 50", 34), ("12*3457 / 01", 1)]
    first, second = papers.texts(printed(client, *rows(acting)).content)
    assert (first.count("560011"), second.count("560011")) == (34, 1)
    assert "31/05/2024 560011" in second
    assert "A.R. 15.07.2002 OUI" in first
    assert "A.R. 15.07.2002 10,00 €" in second
    assert "Montant reçu 10,00 €" in second
    assert "Prescription du 29/04/2024" in second
    booklets = Booklet.objects.for_(acting).order_by("pk")
    assert [one.next_sheet for one in booklets] == [51, 2]


def test_without_enough_sheets_nothing_is_written(acting, dora_client, nina):
    booklet = papers.booklet(acting, next_sheet=50)
    albe = papers.cared(acting, first_names="Albe", niss="17073003384")
    for patient in (nina, albe):
        papers.sessions(acting, patient, "2026-05-04")
    assert "Il manque une feuille" in page(dora_client)
    answer = write(dora_client)
    assert "Il faut 2 feuilles et il en reste 1" in answer.content.decode()
    booklet.refresh_from_db()
    assert (rows(acting), booklet.next_sheet) == ([], 50)


def test_what_lacks_a_mention_waits_and_the_others_are_written(acting, dora_client, booklet, nina):
    albe = papers.cared(acting, first_names="Albe", niss="")
    albe.address_line1 = albe.postcode = albe.city = ""
    albe.save()
    for patient in (nina, albe):
        papers.sessions(acting, patient, "2026-05-04")
    text = page(dora_client)
    assert "Le NISS du patient manque" in text
    assert "L&#x27;adresse du patient manque" in text
    assert f'href="/patients/{albe.pk}/change/"' in text
    write(dora_client)
    [one] = rows(acting)
    assert one.patient == nina
    assert CertifiedLine.objects.for_(acting).count() == 1
    BelgianPatient.objects.for_(acting).filter(patient=albe).update(niss="17073003384")
    albe.address_line1, albe.postcode, albe.city = "Place Inventée 4", "1300", "Wavre"
    albe.save()
    write(dora_client)
    assert (
        "Place Inventée 4 1300 Wavre NISS 17.07.30-033.84"
        in papers.texts(printed(dora_client, rows(acting)[1]).content)[0]
    )


@pytest.mark.parametrize(
    ("system", "text"), [("be.bce", "Le numéro d&#x27;entreprise (BCE) manque"), ("be.inami", "Le numéro INAMI")]
)
def test_a_number_of_the_provider_that_is_missing_is_told(acting, dora_client, booklet, nina, system, text):
    Identifier.objects.for_(acting).filter(system=system).delete()
    papers.sessions(acting, nina, "2026-05-04")
    shown = page(dora_client)
    assert text in shown
    assert f'href="/professionals/{acting.professional.pk}/"' in shown
    write(dora_client)
    assert rows(acting) == []


def test_an_agreement_without_its_day_and_a_prescription_without_prescriber_are_told(
    acting, dora_client, booklet, nina
):
    SpeechAgreement.objects.for_(acting).update(decided=None, prescriber=None)
    bill = papers.sessions(acting, nina, "2026-05-04")
    text = page(dora_client)
    assert "La date de l&#x27;accord manque" in text
    assert "Le prescripteur, son numéro INAMI ou la date de la prescription manque" in text
    assert f'href="/be/bills/{bill.pk}/papers/"' in text
    SpeechAgreement.objects.for_(acting).update(status="notified", prescriber=papers.doctor(acting))
    write(dora_client)
    [text] = papers.texts(printed(dora_client, *rows(acting)).content)
    assert "Date de l'accord" not in text
    assert "du 16/03/2026 au 15/03/2028" in text


def test_another_prescriber_is_another_certificate(acting, dora_client, booklet, nina):
    other = Prescriber.objects.for_(acting).create(last_name="Imaginaire", number="10765119003")
    papers.sessions(acting, nina, "2026-05-04")
    papers.sessions(acting, nina, "2026-05-06", prescriber=other.pk, prescription_date="2026-03-12")
    papers.sessions(acting, nina, "2026-05-07", third_party=True)
    write(dora_client)
    texts = papers.texts(printed(dora_client, *rows(acting)).content)
    assert ["Imaginaire" in text or "IMAGINAIRE" in text for text in texts] == [False, True, False]
    assert [one.third_party for one in rows(acting)] == [False, False, True]


def test_a_spoiled_sheet_frees_its_acts_and_keeps_its_number(acting, dora_client, booklet, nina):
    papers.sessions(acting, nina, "2026-05-04")
    write(dora_client)
    [one] = rows(acting)
    refused = dora_client.post(f"{URL}{one.pk}/void/", {"reason": " "})
    assert refused.status_code == 422
    assert "pourquoi cette feuille est annulée" in refused.content.decode()
    dora_client.post(f"{URL}{one.pk}/void/", {"reason": "Déchirée dans l’imprimante"})
    dora_client.post(f"{URL}{one.pk}/void/", {"reason": "Une autre fois"})
    assert "Déchirée dans l’imprimante" in page(dora_client, f"{URL}{one.pk}/")
    refused = printed(dora_client, one)
    assert refused.status_code == 302
    write(dora_client)
    first, second = rows(acting)
    assert (first.void_at is not None, str(second), second.void_at) == (True, "12*3456 / 02", None)
    assert [line.is_void for line in CertifiedLine.objects.for_(acting).order_by("pk")] == [True, False]


def test_a_cancelled_bill_is_never_certified(acting, dora_client, booklet, nina):
    cancel_bill(acting, papers.sessions(acting, nina, "2026-05-04"))
    assert "Rien n’attend" in page(dora_client)
    write(dora_client)
    assert rows(acting) == []


def test_a_certificate_whose_bill_is_cancelled_afterwards_is_to_be_voided(acting, dora_client, booklet, nina):
    bill = papers.sessions(acting, nina, "2026-05-04")
    write(dora_client)
    [one] = rows(acting)
    cancel_bill(acting, bill)
    assert "sa facture a été annulée depuis" in page(dora_client)
    assert "annulez l’attestation" in page(dora_client, f"{URL}{one.pk}/")
    dora_client.post(f"{URL}{one.pk}/void/", {"reason": "Facture annulée"})
    assert "Rien n’attend" in page(dora_client)
    assert "est à annuler" not in page(dora_client)


def test_nurses_certify_nothing_on_paper(belgian_practice, client):
    acting = papers.at_work(belgian_practice, profession="nurse")
    papers.booklet(acting)
    text = page(enter(client, acting.user))
    assert "Plus d’attestation sur papier depuis le 01/07/2015" in text
    assert "À attester" not in text


def test_the_month_is_chosen_in_the_address(acting, dora_client):
    assert "mai 2026" in page(dora_client).lower()
    today = acting.today()
    assert f"month={today.year - 1}-12" in page(dora_client, f"{URL}?month={today.year}-01")
    for typed in ("nonsense", "2026-13", ""):
        assert dora_client.get(URL, {"month": typed}).context["month"] == acting.today().replace(day=1)


def test_care_of_before_the_forms_of_today_waits_for_none(belgian_practice):
    acting = papers.at_work(belgian_practice, profession="physiotherapist")
    StatusPeriod.objects.for_(acting).update(from_day="2013-01-01")
    nina = making.patient_of(acting)
    for day in ("2014-05-05", "2024-05-06"):
        making.bill_of(acting, nina, {"code": "560011", "date": day}, day=day)
    found = uncertified(acting, acting.professional, acting.today())
    assert [f"{one.day}" for one in found] == ["2024-05-06"]


def test_few_sheets_are_told(acting, dora_client):
    papers.booklet(acting, next_sheet=42)
    assert "Il reste moins de dix feuilles" in page(dora_client)
    papers.booklet(acting, "12*3457")
    assert "moins de dix" not in page(dora_client)


def test_the_certificates_of_another_practice_do_not_exist(acting, dora_client, booklet, nina):
    papers.sessions(acting, nina, "2026-05-04")
    write(dora_client)
    [one] = rows(acting)
    stranger = User.objects.create_user("eve@example.org", "correct horse battery", first_name="Eve", last_name="Test")
    elsewhere = Practice.objects.create(name="Ailleurs", country="BE")
    Membership.objects.for_(elsewhere).create(user=stranger, role="owner")
    eve = enter(Client(), stranger)
    assert eve.get(f"{URL}{one.pk}/").status_code == 404
    assert eve.post(f"{URL}{one.pk}/void/", {"reason": "x"}).status_code == 404
    assert printed(eve, one).status_code == 404
    assert dora_client.post(f"{URL}print/", {}).status_code == 404
    one.refresh_from_db()
    assert (one.prints, one.void_at) == (0, None)


def test_a_reader_sees_and_prints_nothing(acting, booklet, nina, client):
    papers.sessions(acting, nina, "2026-05-04")
    assert "Imprimer l’attestation" in page(enter(Client(), acting.user))
    reader = User.objects.create_user("rita@example.org", "correct horse battery", first_name="Rita", last_name="Test")
    Membership.objects.for_(acting).create(user=reader, role="reader")
    rita = enter(client, reader)
    assert "Imprimer l’attestation" not in page(rita)
    assert write(rita).status_code == 403
    assert rows(acting) == []


def test_a_substitute_reaches_the_papers_of_whom_he_replaces(acting, booklet, nina, client):
    papers.sessions(acting, nina, "2026-05-04")
    write(enter(Client(), acting.user))
    [one] = rows(acting)
    sue = User.objects.create_user("sue@example.org", "correct horse battery", first_name="Sue", last_name="Test")
    Membership.objects.for_(acting).create(user=sue, role="substitute")
    people = Professional.objects.for_(acting)
    substitute = people.create(user=sue, first_name="Sue", last_name="Test", profession="Logopède", is_substitute=True)
    pair = Substitution.objects.for_(acting).create(
        holder=acting.professional, substitute=substitute, created_by=acting.user
    )
    SubstitutionDay.objects.for_(acting).create(
        substitution=pair,
        day=acting.today(),
        confirmed_at=timezone.now(),
        confirmed_by=acting.user,
        credential="pin",
    )
    colleague = people.create(first_name="Bob", last_name="Test", profession="Logopède")
    other = papers.booklet(acting, "12*3457")
    Booklet.objects.for_(acting).filter(pk=other.pk).update(professional=colleague)
    enter(client, sue)
    assert "Nina EXEMPLE" in page(client, f"{URL}{one.pk}/")
    assert client.get(f"/be/booklets/{booklet.pk}/").status_code == 200
    assert client.get(f"/be/booklets/{other.pk}/").status_code == 404
    CareCertificate.objects.for_(acting).filter(pk=one.pk).update(professional=colleague)
    assert client.get(f"{URL}{one.pk}/").status_code == 404
    assert printed(client, one).status_code == 404


def test_a_month_of_many_patients_asks_no_more_queries(
    acting, dora_client, booklet, nina, django_assert_max_num_queries
):
    for place in range(6):
        papers.sessions(acting, papers.cared(acting, first_names=f"Albe {place}"), "2026-05-04", "2026-05-05")
    with django_assert_max_num_queries(40) as first:
        page(dora_client)
    for place in range(6):
        papers.sessions(acting, papers.cared(acting, first_names=f"Flor {place}"), "2026-05-04", "2026-05-05")
    with django_assert_max_num_queries(len(first.captured_queries)):
        page(dora_client)

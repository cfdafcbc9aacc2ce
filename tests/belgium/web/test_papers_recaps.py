"""Recaps of the mutualities: what is due until when, two copies, the account, duplicates."""

from __future__ import annotations

import uuid
from datetime import date

import pytest
from django.test import Client

from quittance.belgium.models import CareCertificate, RecapList
from quittance.belgium.services import recaps
from quittance.belgium.services.certificates import void_certificate, write_certificates
from quittance.billing.services.cancel import cancel_bill
from quittance.patients.models import PayerKind
from quittance.patients.services import add_cover, change_cover, record_payer
from quittance.people.models import BankAccount, Membership, Practice, User
from tests.belgium import making
from tests.belgium import papers_making as papers
from tests.signed import enter

URL = "/be/recaps/"
IBAN = "BE71096123456769"


@pytest.fixture
def acting(belgian_practice):
    made = papers.at_work(belgian_practice)
    papers.booklet(made)
    return made


@pytest.fixture
def dora_client(acting, client):
    return enter(client, acting.user)


@pytest.fixture
def account(acting):
    return BankAccount.objects.for_(acting).create(
        professional=acting.professional, holder="Dora Test", iban=IBAN, from_day=date(2020, 1, 1)
    )


@pytest.fixture
def nina(acting):
    return papers.cared(acting)


def certified(acting, patient, *days, third_party=True):
    bill = papers.sessions(acting, patient, *days, third_party=third_party)
    write_certificates(acting, acting.professional, bill=bill)
    return bill


def make(client, month="2026-05", mutuality="135"):
    return client.post(f"{URL}write/", {"month": month, "mutuality": mutuality}, follow=True)


def printed(client, recap, key=None):
    return client.post(f"{URL}{recap.pk}/print/", {"key": key or uuid.uuid4()})


def page(client, url=URL):
    answer = client.get(url)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\u202f", " ").replace("\u00a0", " ").split())


def test_a_list_in_two_copies(acting, dora_client, account, nina):
    albe = papers.cared(acting, first_names="Albe", niss="17073003384")
    certified(acting, nina, "2026-05-04", "2026-05-06")
    certified(acting, albe, "2026-05-05")
    certified(acting, nina, "2026-05-07", third_party=False)
    certified(acting, nina, "2026-04-27")
    text = page(dora_client)
    assert "135 · Mutualité Saint-Michel" in text
    assert "2 attestations · 98,61 €" in text
    answer = make(dora_client)
    assert answer.status_code == 200
    recap = RecapList.objects.for_(acting).get()
    assert (recap.mutuality, recap.month, recap.account, recap.prints) == ("135", papers.MONTH, IBAN, 0)
    answer = printed(dora_client, recap)
    assert answer["Content-Disposition"] == 'attachment; filename="etat-135-2026-05.pdf"'
    copies = papers.texts(answer.content)
    assert len(copies) == 2
    assert "Exemplaire 1 sur 2, pour la mutualité" in copies[0]
    assert "Exemplaire 2 sur 2, à garder par le prestataire" in copies[1]
    for copy in copies:
        for mention in (
            "État récapitulatif Soins de mai 2026",
            "N° INAMI 1/6-12345-16-802",
            "135 · Mutualité Saint-Michel",
            "12*3456 / 02 Albe EXEMPLE 17.07.30-033.84 32,87",
            "12*3456 / 01 Nina EXEMPLE 85.07.30-033.28 65,74",
            "Total · 2 attestations 98,61 €",
            "À verser sur le compte BE71 0961 2345 6769",
            "À introduire au plus tard le 31/07/2026",
        ):
            assert mention in copy, mention
        assert "DUPLICATA" not in copy
    text = page(dora_client)
    assert "États établis" in text
    assert f'href="{URL}{recap.pk}/"' in text


def test_one_list_by_mutuality_and_month(acting, dora_client, account, nina):
    flor = papers.cared(acting, first_names="Flor", niss="17073003384", mutuality="306")
    flor.covers.all().delete()
    for patient in (nina, flor):
        certified(acting, patient, "2026-05-04")
    certified(acting, nina, "2026-04-27")
    found = recaps.due(acting, acting.professional, date(2026, 6, 30))
    assert [(one.month, one.mutuality) for one in found] == [
        (date(2026, 4, 1), "135"),
        (papers.MONTH, "135"),
        (papers.MONTH, "306"),
    ]
    assert [one.is_late for one in found] == [False, False, False]
    assert [one.last_day for one in found] == [date(2026, 6, 30), date(2026, 7, 31), date(2026, 7, 31)]
    later = recaps.due(acting, acting.professional, date(2026, 7, 1))
    assert [one.is_late for one in later] == [True, False, False]
    assert "en retard : jusqu’au 30/06/2026" in page(dora_client)


def test_a_second_print_is_a_duplicate_and_the_same_request_is_not(acting, dora_client, account, nina):
    certified(acting, nina, "2026-05-04")
    make(dora_client)
    recap, key = RecapList.objects.for_(acting).get(), uuid.uuid4()
    first, again = (papers.texts(printed(dora_client, recap, key).content) for _ in range(2))
    assert first == again
    assert "DUPLICATA" not in first[0]
    second = papers.texts(printed(dora_client, recap).content)
    assert all("DUPLICATA" in copy for copy in second)
    assert [copy.replace(" DUPLICATA", "") for copy in second] == first
    recap.refresh_from_db()
    assert recap.prints == 2


def test_a_list_is_made_once(acting, dora_client, account, nina):
    certified(acting, nina, "2026-05-04")
    make(dora_client)
    again = make(dora_client)
    assert "l’état est déjà établi" in again.content.decode()
    assert RecapList.objects.for_(acting).count() == 1
    certified(acting, nina, "2026-05-06")
    make(dora_client)
    assert [one.certificates.count() for one in RecapList.objects.for_(acting)] == [1, 1]
    assert dora_client.post(f"{URL}write/", {"month": "5/2026", "mutuality": "135"}).status_code == 404


def test_without_account_none_is_made_and_where_to_add_it_is_told(acting, dora_client, nina):
    certified(acting, nina, "2026-05-04")
    text = page(dora_client)
    assert "Le compte à créditer manque" in text
    assert f'href="/professionals/{acting.professional.pk}/"' in text
    assert "Établir l’état" not in text
    assert "Le compte à créditer manque" in make(dora_client).content.decode()
    assert not RecapList.objects.for_(acting).exists()
    assert CareCertificate.objects.for_(acting).get().recap is None


def test_the_account_of_the_practice_stands_in(acting, nina):
    assert recaps.account_of(acting.professional, date(2026, 6, 1)) is None
    rows = BankAccount.objects.for_(acting)
    ours = rows.create(holder="Cabinet", iban=IBAN, from_day=date(2020, 1, 1))
    assert recaps.account_of(acting.professional, date(2026, 6, 1)) == ours
    own = rows.create(professional=acting.professional, holder="Dora", iban=IBAN, from_day=date(2026, 6, 1))
    assert recaps.account_of(acting.professional, date(2026, 5, 31)) == ours
    assert recaps.account_of(acting.professional, date(2026, 6, 1)) == own


def test_what_is_void_or_cancelled_is_not_listed(acting, dora_client, account, nina):
    certified(acting, nina, "2026-05-04")
    void_certificate(acting, CareCertificate.objects.for_(acting).get(), "Déchirée")
    cancel_bill(acting, certified(acting, nina, "2026-05-06"))
    assert recaps.due(acting, acting.professional, acting.today()) == []
    assert "Rien à envoyer" in page(dora_client)


def test_a_list_stays_as_it_was_sent(acting, dora_client, account, nina):
    bill = certified(acting, nina, "2026-05-04")
    make(dora_client)
    recap = RecapList.objects.for_(acting).get()
    first = papers.texts(printed(dora_client, recap).content)
    cancel_bill(acting, bill)
    one = CareCertificate.objects.for_(acting).get()
    assert "prévenez la mutualité" in page(dora_client, f"/be/papers/{one.pk}/")
    void_certificate(acting, one, "Facture annulée")
    assert "annulée" in page(dora_client, f"{URL}{recap.pk}/")
    assert "prévenez la mutualité" in page(dora_client, f"{URL}{recap.pk}/")
    again = papers.texts(printed(dora_client, recap).content)
    assert [copy.replace(" DUPLICATA", "") for copy in again] == first


def test_a_sheet_spoiled_before_the_list_is_printed_leaves_it(acting, dora_client, account, nina):
    certified(acting, nina, "2026-05-04")
    certified(acting, nina, "2026-05-06")
    make(dora_client)
    recap = RecapList.objects.for_(acting).get()
    void_certificate(acting, CareCertificate.objects.for_(acting).get(sheet=1), "Déchirée")
    write_certificates(acting, acting.professional, month=papers.MONTH)
    (first, _second) = papers.texts(printed(dora_client, recap).content)
    assert "32,87" in first
    assert "65,74" not in first
    (waiting,) = recaps.due(acting, acting.professional, acting.today())
    assert [str(one) for one in waiting.certificates] == ["12*3456 / 03"]


def test_a_list_that_holds_nothing_more_is_withdrawn(acting, dora_client, account, nina):
    certified(acting, nina, "2026-05-04")
    make(dora_client)
    recap = RecapList.objects.for_(acting).get()
    void_certificate(acting, CareCertificate.objects.for_(acting).get(), "Déchirée")
    assert not RecapList.objects.for_(acting).exists()
    assert printed(dora_client, recap).status_code == 404


def test_a_list_with_a_cancelled_bill_is_not_printed(acting, dora_client, account, nina):
    bill = certified(acting, nina, "2026-05-04")
    certified(acting, nina, "2026-05-06")
    make(dora_client)
    recap = RecapList.objects.for_(acting).get()
    cancel_bill(acting, bill)
    refused = dora_client.post(f"{URL}{recap.pk}/print/", {"key": uuid.uuid4()}, follow=True)
    assert "Annulez l’attestation, puis imprimez l’état" in refused.text
    void_certificate(acting, CareCertificate.objects.for_(acting).get(sheet=1), "Facture annulée")
    (first, _second) = papers.texts(printed(dora_client, recap).content)
    assert "65,74" not in first


def test_papers_go_to_the_mutuality_of_the_care(acting, account, nina):
    cover = nina.covers.get()
    change_cover(cover, cover.payer, {"to_day": date(2026, 5, 31)})
    payer = record_payer(acting, "be.mutuality", "306", "Solidaris Liège", PayerKind.COMPULSORY)
    add_cover(nina, payer, {"member_number": "1", "from_day": date(2026, 6, 1)})
    care = {"code": papers.SESSION, "date": "2026-05-04"}
    bill = making.bill_of(acting, nina, care, day="2026-06-02", third_party=True)
    assert (bill.day, bill.snapshot["printed"]["mutuality_number"]) == (date(2026, 6, 2), "135")
    (one,) = write_certificates(acting, acting.professional, bill=bill)
    assert (one.mutuality, one.page["patient"]["mutuality"]) == ("135", "135")
    assert bill.receivables.get(kind="compulsory").payer.number == "135"


def test_a_list_is_in_the_language_of_most_of_its_patients(acting, dora_client, account, nina):
    albe = papers.cared(acting, first_names="Albe", niss="17073003384", language="nl")
    flor = papers.cared(acting, first_names="Flor", niss="17073003384", language="nl")
    for patient in (nina, albe, flor):
        certified(acting, patient, "2026-05-04")
    make(dora_client)
    assert "Verzamelstaat" in papers.texts(printed(dora_client, RecapList.objects.for_(acting).get()).content)[0]


def test_a_list_of_another_practice_does_not_exist(acting, dora_client, account, nina):
    certified(acting, nina, "2026-05-04")
    make(dora_client)
    recap = RecapList.objects.for_(acting).get()
    stranger = User.objects.create_user("eve@example.org", "correct horse battery", first_name="Eve", last_name="Test")
    elsewhere = Practice.objects.create(name="Ailleurs", country="BE")
    Membership.objects.for_(elsewhere).create(user=stranger, role="owner")
    eve = enter(Client(), stranger)
    assert eve.get(f"{URL}{recap.pk}/").status_code == 404
    assert printed(eve, recap).status_code == 404


def test_a_reader_reads_and_makes_none(acting, account, nina, client):
    certified(acting, nina, "2026-05-04")
    reader = User.objects.create_user("rita@example.org", "correct horse battery", first_name="Rita", last_name="Test")
    Membership.objects.for_(acting).create(user=reader, role="reader")
    rita = enter(client, reader)
    text = page(rita)
    assert "Mutualité Saint-Michel" in text
    assert "Établir l’état" not in text
    assert make(rita).status_code == 403

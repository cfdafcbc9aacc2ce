"""Booklets: their number checked, the next sheet, the order of use; numbering by many at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from quittance.belgium.models import Booklet, CareCertificate
from quittance.belgium.services.booklets import coming, left, shown
from quittance.belgium.services.certificates import write_certificates
from quittance.billing.services.errors import RefusedError
from quittance.people.models import Membership, Practice, User
from tests.belgium import making
from tests.belgium import papers_making as papers
from tests.signed import enter
from tests.threads import THREADS, at_once

URL = "/be/booklets/"
TODAY = date(2026, 11, 27)


@pytest.fixture
def acting(belgian_practice):
    return papers.at_work(belgian_practice)


@pytest.fixture
def dora_client(acting, client):
    return enter(client, acting.user)


def add(client, number="12*3456", next_sheet="1", model="K"):
    return client.post(f"{URL}new/", {"number": number, "next_sheet": next_sheet, "model_code": model})


@pytest.mark.parametrize("typed", ["12*3456", "123456", " 12 3456 ", "12-3456", "12.3456", "12/3456"])
def test_a_number_is_kept_as_it_is_printed(acting, dora_client, typed):
    assert add(dora_client, typed, "7").status_code == 302
    one = Booklet.objects.for_(acting).get()
    assert (one.number, one.next_sheet, one.model_code) == ("12*3456", 7, "K")
    assert one.professional == acting.professional


@pytest.mark.parametrize(
    ("number", "sheet", "told"),
    [
        ("12*345", "1", "« 12*345 » n’est pas un numéro de carnet"),
        ("AB*1234", "1", "n’est pas un numéro de carnet"),
        ("１２*3456", "1", "n’est pas un numéro de carnet"),
        ("12*3456", "51", "Un carnet a 50 feuilles"),
        ("12*3456", "0", "1"),
        ("12*3456", "", ""),
    ],
)
def test_what_cannot_be_a_booklet_is_refused_and_kept_on_the_page(acting, dora_client, number, sheet, told):
    answer = add(dora_client, number, sheet)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert told in text
    assert number in text
    assert 'value="K"' in text
    assert not Booklet.objects.for_(acting).exists()


def test_a_booklet_is_added_once(acting, dora_client):
    assert add(dora_client).status_code == 302
    again = add(dora_client)
    assert again.status_code == 422
    assert "Le carnet 12*3456 est déjà dans la liste" in again.content.decode()
    assert Booklet.objects.for_(acting).count() == 1


def test_the_list_says_which_is_in_use(acting, dora_client):
    papers.booklet(acting, next_sheet=51)
    papers.booklet(acting, "12*3457", next_sheet=48)
    papers.booklet(acting, "12*3458")
    text = " ".join(dora_client.get(URL).content.decode().split())
    assert text.index("terminé") < text.index("en cours") < text.index("en attente")
    assert "prochaine feuille 48" in text
    assert "3 restantes" in text


def test_the_oldest_booklet_with_sheets_is_used(acting):
    papers.booklet(acting, next_sheet=49)
    papers.booklet(acting, "12*3457", next_sheet=51)
    papers.booklet(acting, "12*3458")
    found = coming(acting, acting.professional, 4, TODAY)
    assert [str(one) for one in found] == ["12*3456 / 49", "12*3456 / 50", "12*3458 / 01", "12*3458 / 02"]
    assert shown(found) == "12*3456 / 49–50, 12*3458 / 01–02"
    assert shown(found[:3]) == "12*3456 / 49–50, 12*3458 / 01"
    assert left(acting, acting.professional, TODAY) == 52


def test_sheets_filled_in_by_hand_are_passed_over(acting, dora_client):
    one = papers.booklet(acting)
    url = f"{URL}{one.pk}/"
    assert dora_client.post(url, {"next_sheet": "5", "model_code": "B"}).status_code == 302
    one.refresh_from_db()
    assert (one.next_sheet, one.model_code) == (5, "B")
    papers.sessions(acting, papers.cared(acting), "2026-05-04")
    write_certificates(acting, acting.professional, month=papers.MONTH)
    refused = dora_client.post(url, {"next_sheet": "5", "model_code": "B"})
    assert refused.status_code == 422
    assert "La feuille 5 est déjà utilisée : la prochaine est la 6" in refused.content.decode()
    assert dora_client.post(url, {"next_sheet": "51", "model_code": "B"}).status_code == 302
    assert dora_client.post(url, {"next_sheet": "52", "model_code": "B"}).status_code == 422
    assert left(acting, acting.professional, TODAY) == 0


def test_only_a_booklet_that_was_never_printed_on_is_deleted(acting, dora_client):
    one, other = papers.booklet(acting), papers.booklet(acting, "12*3457")
    papers.sessions(acting, papers.cared(acting), "2026-05-04")
    write_certificates(acting, acting.professional, month=papers.MONTH)
    assert "Supprimer ce carnet" not in dora_client.get(f"{URL}{one.pk}/").content.decode()
    refused = dora_client.post(f"{URL}{one.pk}/delete/", follow=True)
    assert "il reste dans la liste" in refused.content.decode()
    dora_client.post(f"{URL}{other.pk}/delete/")
    assert list(Booklet.objects.for_(acting)) == [one]


def test_a_booklet_of_another_practice_does_not_exist(acting):
    one = papers.booklet(acting)
    stranger = User.objects.create_user("eve@example.org", "correct horse battery", first_name="Eve", last_name="Test")
    elsewhere = Practice.objects.create(name="Ailleurs", country="BE")
    Membership.objects.for_(elsewhere).create(user=stranger, role="owner")
    eve = enter(Client(), stranger)
    assert eve.get(f"{URL}{one.pk}/").status_code == 404
    assert eve.post(f"{URL}{one.pk}/delete/").status_code == 404
    assert Booklet.objects.for_(acting).get() == one


def test_a_reader_adds_none(acting, client):
    reader = User.objects.create_user("rita@example.org", "correct horse battery", first_name="Rita", last_name="Test")
    Membership.objects.for_(acting).create(user=reader, role="reader")
    rita = enter(client, reader)
    assert rita.get(URL).status_code == 200
    assert "Ajouter un carnet" not in rita.get(URL).content.decode()
    assert add(rita).status_code == 403


def test_eight_threads_number_without_gap_or_double(transactional_db):
    acting = papers.at_work(making.belgian_practice())
    papers.booklet(acting, next_sheet=47)
    papers.booklet(acting, "12*3457")
    bills = [
        papers.sessions(acting, papers.cared(acting, first_names=f"Nina {place}"), "2026-05-04")
        for place in range(THREADS)
    ]
    at_once(lambda place: write_certificates(acting, acting.professional, bill=bills[place]))
    numbers = [str(one) for one in CareCertificate.objects.for_(acting).order_by("booklet__added_at", "sheet")]
    assert numbers == [f"12*3456 / {sheet}" for sheet in range(47, 51)] + [
        f"12*3457 / {sheet:02d}" for sheet in range(1, 5)
    ]
    assert left(acting, acting.professional, TODAY) == 46


def test_one_month_written_by_eight_threads_is_written_once(transactional_db):
    acting = papers.at_work(making.belgian_practice())
    booklet = papers.booklet(acting, next_sheet=50)
    papers.sessions(acting, papers.cared(acting), "2026-05-04", "2026-05-05")

    def work(_place):
        try:
            return len(write_certificates(acting, acting.professional, month=papers.MONTH))
        except RefusedError:
            return 0

    assert sorted(at_once(work)) == [0] * (THREADS - 1) + [1]
    assert CareCertificate.objects.for_(acting).get().booklet == booklet

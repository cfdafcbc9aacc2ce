"""The page of speech therapy: agreements and their states, situations, quota, dates, alerts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quittance.audit.models import AuditEvent
from quittance.belgium.models import SpeechStay
from quittance.billing.services.cancel import cancel_bill
from quittance.patients.models import Prescriber
from quittance.people.models import Membership, User
from tests.belgium import making
from tests.belgium.web.speech_making import TYPED, page, rows, warned
from tests.signed import enter

pytestmark = pytest.mark.django_db
READING_30, ASSESSMENT = "714313", "701013"


@pytest.fixture
def practice(db):
    return making.belgian_practice()


@pytest.fixture
def acting(practice):
    return making.at_work(practice)


@pytest.fixture
def client(acting, client):
    return enter(client, acting.user)


@pytest.fixture
def patient(acting):
    return making.patient_of(acting, born="2016-05-04")


@pytest.fixture
def foreign(charlie_acting):
    """A patient of another Belgian practice."""
    charlie_acting.practice.country = "BE"
    charlie_acting.practice.save()
    found = making.patient_of(charlie_acting)
    return (
        found,
        making.agreement_of(found),
        SpeechStay.objects.for_(found).create(patient=found, kind="hospital", first=date(2026, 5, 1)),
    )


def test_a_file_without_agreement_offers_the_first_request(client, patient):
    shown = page(client, patient)
    assert "Pas encore d’accord" in shown
    assert f"/be/speech/{patient.pk}/agreements/new/" in shown
    assert "Choisissez le trouble qui est traité." in shown
    assert "aria-invalid" not in shown


def test_the_patient_s_file_leads_to_it(client, patient):
    assert f'href="/be/speech/{patient.pk}/"' in client.get(f"/patients/{patient.pk}/").content.decode()


def test_a_request_is_kept_once_and_shown(client, patient, acting):
    who = Prescriber.objects.for_(acting).create(
        last_name="Exemple", first_name="Léon", number="10765119003", folded="exemple leon"
    )
    for _turn in range(2):
        answer = client.post(f"/be/speech/{patient.pk}/agreements/new/", TYPED | {"prescriber": who.pk})
        assert answer.status_code == 302
    row = rows(patient).get()
    assert (row.status, row.prescriber, row.end) == ("draft", who, date(2028, 3, 15))
    shown = page(client, patient)
    for text in ("brouillon", "16/03/2026 –", ">15/03/2028<", "Léon EXEMPLE", "18/03/2026", "Marquer envoyée"):
        assert text in shown, text
    assert AuditEvent.objects.filter(what="speech_agreement.create", patient=patient.pk).count() == 1


def test_an_end_left_out_is_the_longest_and_b4_lasts_a_year(client, patient):
    client.post(f"/be/speech/{patient.pk}/agreements/new/", TYPED | {"end": "", "disorder": "b4"})
    assert rows(patient).get().end == date(2027, 3, 15)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"end": "2026-03-15"}, "Ce jour précède le premier"),
        ({"end": "2028-03-16"}, "jusqu’au 15/03/2028"),
        ({"disorder": "z9"}, "z9"),
        ({"begin": ""}, "obligatoire"),
        ({"form": "2199-01-01"}, "encore à venir"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(client, patient, typed, text):
    answer = client.post(f"/be/speech/{patient.pk}/agreements/new/", TYPED | {"note": "urgent"} | typed)
    assert answer.status_code == 422
    warned(answer, text, 'value="urgent"')
    assert not rows(patient).exists()


def test_what_may_be_refused_is_said_beside_the_form_and_kept_with_a_warning(client, patient):
    typed = TYPED | {"prescriber_kind": "general_practitioner"}
    part = client.get(f"/be/speech/{patient.pk}/agreements/check/", typed, headers={"HX-Request": "true"})
    warned(part, "médecin généraliste", "Six mois d&#x27;enseignement primaire", "15/03/2028")
    answer = client.post(f"/be/speech/{patient.pk}/agreements/new/", typed, follow=True)
    warned(answer, "Le traitement est prescrit par un médecin généraliste.")
    assert rows(patient).exists()


def test_the_end_is_proposed_where_the_dates_change(client, patient):
    url = f"/be/speech/{patient.pk}/agreements/check/"
    part = client.get(url, TYPED | {"begin": "2026-04-01", "propose": "1"})
    warned(part, 'id="end-field"', 'value="2028-03-31"')
    assert "end-field" not in client.get(url, TYPED).content.decode()


def test_states_are_moved_on_and_a_decision_has_its_day(client, patient):
    row = making.agreement_of(patient, "b3", status="draft")
    url = f"/be/speech/agreements/{row.pk}/state/"
    assert client.post(url, {"state": "sent"}).status_code == 302
    assert client.post(url, {"state": "waiting"}).status_code == 302
    assert "Décision reçue" in page(client, patient)
    assert client.post(url, {"state": "agreed"}).status_code == 422
    refused = client.post(url, {"state": "partially_agreed", "decided": "2026-04-02"})
    assert refused.status_code == 422
    warned(refused, "copiez-le de la lettre", 'value="2026-04-02"')
    assert client.post(url, {"state": "partially_agreed", "decided": "2026-04-02", "sessions": "60"}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.decided, row.sessions) == ("partially_agreed", date(2026, 4, 2), 60)
    assert "0 utilisée sur 60" in page(client, patient)


def test_only_a_prolongation_is_notified(client, patient):
    row = making.agreement_of(patient, "b3", status="draft")
    answer = client.post(f"/be/speech/agreements/{row.pk}/state/", {"state": "notified"})
    assert answer.status_code == 422
    warned(answer, "Un premier traitement est seulement notifié.")
    more = making.agreement_of(patient, "b3", "2028-03-16", status="draft", prolongs=True)
    assert "Marquer notifiée" in page(client, patient)
    assert client.post(f"/be/speech/agreements/{more.pk}/state/", {"state": "notified"}).status_code == 302


def test_what_follows_begins_the_day_after(client, patient):
    making.agreement_of(patient, "b3")
    shown = client.get(f"/be/speech/{patient.pk}/agreements/new/?disorder=b3&prolongs=1").content.decode()
    assert 'value="2028-03-16"' in shown
    assert 'value="2030-03-15"' in shown


def test_an_agreement_with_sessions_is_neither_deleted_nor_refused_nor_shortened(client, patient, acting):
    row = making.agreement_of(patient, "b3")
    bill = making.bill_of(acting, patient, READING_30, day="2026-05-04")
    url = f"/be/speech/agreements/{row.pk}/"

    warned(client.get(url), "1 séance est attestée sous cet accord")
    for answer in (
        client.post(f"{url}delete/"),
        client.post(f"{url}state/", {"state": "refused", "decided": "2026-06-01"}),
        client.post(url, TYPED | {"end": "2026-05-03"}),
    ):
        assert answer.status_code == 422
        warned(answer, "annulez d’abord sa facture")
    row.refresh_from_db()
    assert (row.status, row.end) == ("agreed", date(2028, 3, 15))
    cancel_bill(acting, bill, "erreur")
    assert client.post(f"{url}delete/").status_code == 302
    assert not rows(patient).exists()


def test_the_gauge_counts_what_is_attested_and_a_cancelled_bill_gives_it_back(client, patient, acting):
    making.agreement_of(patient, "b3")
    days = ("2026-05-04", "2026-05-05", "2026-05-06")
    bill = making.bill_of(acting, patient, *({"code": READING_30, "date": day} for day in days), day=days[-1])
    shown = page(client, patient)
    assert "il reste 137 séances de 30 min" in shown
    assert "3 utilisées sur 140" in shown
    assert "05/05/2026" in shown
    cancel_bill(acting, bill, "erreur")
    assert "0 utilisée sur 140" in page(client, patient)


def test_ten_left_and_the_end_near_are_told(client, patient, acting):
    today = acting.today()
    begin = today - timedelta(days=340)
    making.agreement_of(patient, "b3", begin.isoformat(), end=today + timedelta(days=20), sessions=12)
    assert "Plus que" not in page(client, patient)
    acts = [{"code": READING_30, "date": (begin + timedelta(days=one)).isoformat()} for one in (20, 21)]
    making.bill_of(acting, patient, *acts, day=(begin + timedelta(days=21)).isoformat())
    shown = page(client, patient)
    assert "Plus que 10 séances de 30 minutes" in shown
    assert "L&#x27;accord finit le" in shown
    assert "dans 20 jours" in shown


def test_the_dates_of_the_sixty_days(client, patient, acting):
    day = acting.today() - timedelta(days=5)
    act = {"code": ASSESSMENT, "disorder": "b3", "date": day.isoformat()}
    making.bill_of(acting, patient, act, day=day.isoformat())
    last = f"{day + timedelta(days=60):%d/%m/%Y}"
    shown = page(client, patient)
    assert f"Formulaire et prescription reçus par la mutualité : jusqu’au {last}" in shown
    assert f"Première séance du traitement : jusqu’au {last}" in shown
    making.agreement_of(patient, "b3", acting.today().isoformat(), status="sent", assessed=None)
    shown = page(client, patient)
    assert "Formulaire et prescription reçus" not in shown
    assert f"Première séance du traitement : jusqu’au {last}" in shown


def test_a_request_that_comes_too_late_for_the_assessment_says_so(client, patient, acting):
    making.bill_of(acting, patient, {"code": ASSESSMENT, "disorder": "b3"}, day="2026-05-04")
    warned(client.get(f"/be/speech/{patient.pk}/"), "c’était jusqu’au 03/07/2026")
    part = client.get(f"/be/speech/{patient.pk}/agreements/check/", {"disorder": "b3", "begin": "2026-06-01"})
    warned(part, "au plus tard le 03/07/2026")


def test_doubts_are_shown_with_their_mark(client, patient):
    making.agreement_of(patient, "b4")
    shown = page(client, patient)
    assert "Règles à vérifier" in shown
    assert "à vérifier, source :" in shown


def test_situations_are_added_once_ended_and_deleted(client, patient, acting):
    url = f"/be/speech/{patient.pk}/stays/new/"
    typed = {"kind": "hospital", "first": "2026-05-01", "last": "", "service": "Sp"}
    for _turn in range(2):
        assert client.post(url, typed).status_code == 302
    row = SpeechStay.objects.for_(patient).get()
    assert "Hôpital (Sp)" in page(client, patient)
    clash = client.post(url, typed | {"first": "2026-06-01"})
    assert clash.status_code == 422
    warned(clash, "court déjà en même temps", 'value="2026-06-01"')
    assert client.post(url, typed | {"last": "2026-04-01"}).status_code == 422
    assert client.post(f"/be/speech/stays/{row.pk}/end/").status_code == 302
    row.refresh_from_db()
    assert row.last == acting.today()
    changed = client.post(f"/be/speech/stays/{row.pk}/", typed | {"kind": "rest_home", "last": "2026-05-31"})
    assert changed.status_code == 302
    row.refresh_from_db()
    assert (row.kind, row.service, row.last) == ("rest_home", "", date(2026, 5, 31))
    assert client.post(f"/be/speech/stays/{row.pk}/delete/").status_code == 302
    assert not SpeechStay.objects.for_(patient).exists()


def test_another_practice_s_rows_do_not_exist(client, foreign):
    other, agreement, stay = foreign
    for path in ("", "session/", "series/", "agreements/new/", "agreements/check/", "stays/new/"):
        assert client.get(f"/be/speech/{other.pk}/{path}").status_code == 404, path
    for path in ("bill/", "series/bill/"):
        assert client.post(f"/be/speech/{other.pk}/{path}").status_code == 404, path
    assert client.get(f"/be/speech/agreements/{agreement.pk}/").status_code == 404
    assert client.get(f"/be/speech/stays/{stay.pk}/").status_code == 404
    for path in ("state/", "delete/"):
        assert client.post(f"/be/speech/agreements/{agreement.pk}/{path}").status_code == 404, path
    for path in ("end/", "delete/"):
        assert client.post(f"/be/speech/stays/{stay.pk}/{path}").status_code == 404, path


def test_a_reader_sees_and_changes_nothing(practice, patient, client):
    row = making.agreement_of(patient, "b3")
    reader = User.objects.create_user("rita@example.org", "correct horse battery")
    Membership.objects.for_(practice).create(user=reader, role="reader")
    enter(client, reader)
    shown = page(client, patient)
    assert "16/03/2026" in shown
    for closed in ("agreements/new/", f"/be/speech/agreements/{row.pk}/", "/bill/"):
        assert closed not in shown, closed
    assert client.get(f"/be/speech/{patient.pk}/agreements/new/").status_code == 403
    assert client.post(f"/be/speech/{patient.pk}/bill/").status_code == 403
    assert client.post(f"/be/speech/agreements/{row.pk}/state/", {"state": "refused"}).status_code == 403


def test_a_practice_of_another_country_has_no_such_page(charlie_client, charlie_acting):
    patient = making.patient_of(charlie_acting)
    assert charlie_client.get(f"/be/speech/{patient.pk}/").status_code == 404
    charlie_acting.practice.country = "BE"
    charlie_acting.practice.save()
    assert charlie_client.get(f"/be/speech/{patient.pk}/").status_code == 200

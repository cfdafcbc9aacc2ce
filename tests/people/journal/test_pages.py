import csv
import io
import re
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from quittance.audit import events, record
from quittance.audit.models import AuditEvent
from quittance.patients.models import Patient
from quittance.people.journal import pages, reading
from quittance.people.models import Membership, Professional, User
from tests.signed import enter


@pytest.fixture
def patient(practice):
    return Patient.objects.for_(practice).create(birth_name="Adrun", first_names="Baptiste")


@pytest.fixture
def fresh(alice, client):
    return enter(client, alice, recent=True)


def _client(practice, role):
    user = User.objects.create_user(f"{role}@example.org", first_name=role)
    Membership.objects.for_(practice).create(user=user, role=role)
    return enter(Client(), user)


@pytest.mark.parametrize("path", ["/journal/", "/journal/export/"])
def test_the_journal_is_the_owner_s(path, practice, fresh, bob, charlie):
    assert fresh.get(path).status_code == 200
    assert enter(Client(), bob).get(path).status_code == 403
    for role in ("secretary", "reader", "substitute"):
        assert _client(practice, role).get(path).status_code == 403
    assert Client().get(path)["Location"].startswith("/login/")
    assert fresh.put(path).status_code == 405
    assert enter(Client(), charlie, recent=True).get(path).status_code == 200


def test_a_file_s_page_is_for_professionals(practice, patient, fresh, bob, charlie):
    path = f"/patients/{patient.pk}/opened/"
    assert fresh.get(path).status_code == 200
    assert enter(Client(), bob).get(path).status_code == 200
    assert path in fresh.get(f"/patients/{patient.pk}/").text
    for role in ("secretary", "reader"):
        client = _client(practice, role)
        assert client.get(path).status_code == 403
        assert path not in client.get(f"/patients/{patient.pk}/").text
    assert enter(Client(), charlie).get(path).status_code == 404
    assert Client().get(path)["Location"].startswith("/login/")
    assert fresh.post(path).status_code == 405


def test_it_tells_who_opened_a_file_and_as_what(practice, patient, fresh, bob):
    enter(Client(), bob).get(f"/patients/{patient.pk}/")
    fresh.get(f"/patients/{patient.pk}/change/")
    told = re.sub(r"<[^>]+>|\s+", " ", fresh.get(f"/patients/{patient.pk}/opened/").text)
    told = re.sub(r"\s+", " ", told)
    assert "Bob Test associé Dossier du patient vu 127.0.0.1" in told
    assert "Alice Test titulaire Dossier du patient, pour le modifier vu" in told
    assert "127.0.0.1" in told
    assert "quittance audit verify" in told
    only = fresh.get(f"/patients/{patient.pk}/opened/?user={bob.pk}").text
    assert "pour le modifier" not in only


def test_an_archived_file_keeps_its_page(patient, fresh):
    Patient.objects.for_(patient).update(archived_at=datetime.now(UTC))
    assert fresh.get(f"/patients/{patient.pk}/opened/").status_code == 200


def test_for_whom_and_by_which_mandate_are_told(practice, acting, bob):
    staff = Professional.objects.for_(practice).get(user=bob)
    record(acting, "view", "patients:list")
    event = events(practice)[0]
    event.for_professional, event.capacity = staff.pk, "mandate:9"
    row = reading.in_words(practice, [event])[0]
    assert (row.whom, row.capacity, row.sound) == ("Dr Bob Test", "mandate:9", False)


def test_a_command_and_an_unknown_account_have_words(practice):
    from quittance.audit import Someone

    record(Someone(chain=practice.pk), "change", "account.invite")
    ghost = Someone(UUID("12345678-0000-0000-0000-000000000000"), chain=practice.pk)
    record(ghost, "view", "web:home")
    rows = reading.in_words(practice, list(events(practice)))
    assert [row.who for row in rows] == ["compte 12345678", "commande du serveur"]


def test_fifty_at_a_time(practice, acting, fresh):
    for _ in range(60):
        record(acting, "view", "patients:list")
    first = fresh.get("/journal/")
    assert first.text.count('class="soft small nowrap"') == 50
    older = 11
    assert f"before={older}" in first.text
    last = fresh.get(f"/journal/?before={older}")
    assert last.text.count('class="soft small nowrap"') == 10
    assert "Plus récents" in last.text
    assert fresh.get("/journal/?before=x").status_code == 200


def test_filters_narrow_and_keep_what_was_typed(practice, acting, fresh, bob):
    record(acting, "change", "bill.issue")
    record(acting, "refusal", "patients:detail", outcome="refused")
    assert "Facture émise" not in fresh.get("/journal/?action=refusal").text
    assert "Facture émise" in fresh.get("/journal/?action=change&outcome=done").text
    assert "Rien au journal" in fresh.get(f"/journal/?user={bob.pk}").text
    today = practice.today().isoformat()
    assert "Facture émise" in fresh.get(f"/journal/?first={today}&last={today}").text
    assert "Facture émise" not in fresh.get("/journal/?last=2020-01-01").text
    refused = fresh.get("/journal/?first=2026-02-02&last=2026-01-01")
    assert (refused.status_code, "échangez les deux" in refused.text) == (422, True)
    assert fresh.get("/journal/?first=soon").status_code == 422


def test_a_day_is_the_practice_s(practice, acting):
    record(acting, "view", "web:home")
    row = events(practice)[0]
    start = reading._start(practice.today(), "Europe/Paris")
    assert start <= row.at_us < start + 86_400_000_000
    assert reading._start(practice.today(), "Pacific/Auckland") < start


def test_a_stranger_s_name_is_not_told_by_his_number(fresh, charlie):
    assert "Charlie" not in fresh.get(f"/journal/?user={charlie.pk}").text


def test_an_altered_row_is_marked(practice, acting, fresh):
    from quittance.audit import immutable

    for _ in range(3):
        record(acting, "view", "patients:list")
    immutable.drop()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_auditevent SET origin = '10.0.0.9' WHERE seq = 2")
    immutable.install()
    told = fresh.get("/journal/").text
    assert told.count("altéré</span>") == 1
    assert "Gardez-en une copie" in told


def test_the_export_is_written_in_the_journal_and_gives_every_row(practice, acting, patient, fresh, monkeypatch):
    monkeypatch.setattr(reading, "CHUNK", 3)
    for _ in range(7):
        record(acting, "view", "patients:detail", patient)
    answer = fresh.post("/journal/export/", {"action": "view"})
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert rows[0][:3] == ["Ligne", "Quand", "Qui"]
    assert [row[0] for row in rows[1:]] == [str(seq) for seq in range(7, 0, -1)]
    assert rows[1][2:4] + rows[1][6:9] == [
        "Alice Test",
        "titulaire",
        "Dossier du patient",
        f"patient {patient.pk}",
        str(patient),
    ]
    last = events(practice)[0]
    assert (last.action, last.what, last.outcome) == ("export", "journal.export", "done")


def test_the_export_asks_for_a_recent_proof(practice, alice):
    client = enter(Client(), alice)
    assert client.get("/journal/export/")["Location"].startswith("/account/confirm/")
    asked = client.post("/journal/export/", {"action": "view"})
    assert (asked.status_code, 'name="action" value="view"' in asked.text) == (422, True)
    assert not events(practice).filter(action="export").exists()
    done = client.post("/journal/export/", {"action": "view", "password": "correct horse battery"})
    assert done.streaming
    assert client.post("/journal/export/", {"first": "soon"}).status_code == 422


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx"])
def test_no_cell_is_a_formula(cell):
    assert pages._plain(cell) == f"'{cell}"
    assert pages._plain("Alice") == "Alice"


def test_a_page_is_read_in_few_queries(practice, acting, patient, fresh, django_assert_max_num_queries):
    for _ in range(50):
        record(acting, "view", "patients:detail", patient)
    with django_assert_max_num_queries(16):
        fresh.get("/journal/")
    assert AuditEvent.objects.filter(chain=practice.pk).count() == 51

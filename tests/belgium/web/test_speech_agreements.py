"""What an agreement says of who prescribes, of prolonging, and of a treatment begun elsewhere."""

from __future__ import annotations

import re
from datetime import date

import pytest

from quittance.belgium.file import file_of
from quittance.belgium.services.speech import rule_of
from quittance.billing.services.errors import RefusedError
from quittance.kernel.dated import day_number
from quittance.patients.models import Prescriber
from tests.belgium import making
from tests.belgium.web.speech_making import TYPED, page, rows, warned
from tests.signed import enter

pytestmark = pytest.mark.django_db
GENERALIST, SPECIALIST = "10765119003", "10765119690"


@pytest.fixture
def acting(belgian_practice):
    return making.at_work(belgian_practice)


@pytest.fixture
def client(acting, client):
    return enter(client, acting.user)


@pytest.fixture
def patient(acting):
    return making.patient_of(acting, born="2016-05-04")


def prescriber(acting, number):
    return Prescriber.objects.for_(acting).create(
        last_name="Exemple", first_name="Léon", number=number, folded="exemple leon"
    )


def test_the_number_tells_who_prescribes_where_nobody_said(client, patient, acting):
    typed = TYPED | {"prescriber_kind": "", "prescriber": prescriber(acting, GENERALIST).pk}
    part = client.get(f"/be/speech/{patient.pk}/agreements/check/", typed, headers={"HX-Request": "true"})
    warned(part, "Le traitement est prescrit par un médecin généraliste.")
    assert "mais «" not in part.content.decode()
    answer = client.post(f"/be/speech/{patient.pk}/agreements/new/", typed, follow=True)
    warned(answer, "Le traitement est prescrit par un médecin généraliste.", "Léon EXEMPLE, médecin généraliste")
    assert rows(patient).get().prescriber_kind == ""
    warned(client.get(f"/be/speech/agreements/{rows(patient).get().pk}/"), "prescrit par un médecin généraliste")


@pytest.mark.parametrize(
    ("number", "kind", "told"),
    [
        (GENERALIST, "specialist", "est celui d’un médecin généraliste, mais « spécialiste » est coché"),
        (SPECIALIST, "general_practitioner", "est celui d’un spécialiste, mais « médecin généraliste » est coché"),
        (SPECIALIST, "specialist", ""),
        (GENERALIST, "", ""),
        ("10765119", "specialist", ""),
        ("10765119009", "specialist", ""),
    ],
)
def test_a_kind_that_is_not_that_of_the_number_is_told(client, patient, acting, number, kind, told):
    typed = TYPED | {"prescriber_kind": kind, "prescriber": prescriber(acting, number).pk}
    part = client.get(f"/be/speech/{patient.pk}/agreements/check/", typed).content.decode()
    kept = client.post(f"/be/speech/{patient.pk}/agreements/new/", typed, follow=True).content.decode()
    later = page(client, patient)
    for shown in (part, kept, later):
        assert (told or "coché") in shown if told else "coché" not in shown


def test_the_bill_reads_the_number_too(acting):
    """A prolongation of dysphasia that a general practitioner prescribed: nobody ticked it, his number tells."""
    child = making.patient_of(acting, born="2018-05-04")
    making.agreement_of(child, "f", "2024-03-16", begun_elsewhere=date(2024, 3, 20))
    more = making.agreement_of(child, "f", "2026-03-16", prolongs=True, status="notified", prescriber_kind="")
    making.bill_of(acting, child, "733316", day="2026-05-04")
    more.prescriber = prescriber(acting, GENERALIST)
    more.save()
    with pytest.raises(RefusedError) as refused:
        making.bill_of(acting, child, "733316", day="2026-05-05")
    assert [one["code"] for one in refused.value.problems] == ["speech.prescription.general_practitioner"]
    more.prescriber = None
    more.save()
    making.bill_of(acting, child, "733316", day="2026-05-05")


def test_the_file_and_the_services_read_an_agreement_alike(patient, acting):
    row = making.agreement_of(
        *(patient, "f"),
        prescriber=prescriber(acting, GENERALIST),
        prescriber_kind="",
        begun_elsewhere=date(2026, 4, 2),
        used_elsewhere=12,
        sessions=60,
        decided=date(2026, 4, 1),
    )
    (known,) = file_of(patient).agreements
    assert known == rule_of(row)
    told = (known.prescriber, known.used_elsewhere, known.begun_elsewhere)
    assert told == ("general_practitioner", 12, day_number(date(2026, 4, 2)))


def test_what_the_law_never_prolongs_is_refused_as_a_prolongation(client, patient):
    typed = TYPED | {"disorder": "b4", "prolongs": "1", "end": "2027-03-15"}
    part = client.get(f"/be/speech/{patient.pk}/agreements/check/", typed)
    warned(part, "Une prolongation est demandée pour le trouble b4.", "jusqu’au 15/03/2027")
    answer = client.post(f"/be/speech/{patient.pk}/agreements/new/", typed)
    assert answer.status_code == 422
    warned(answer, "chaque accord est un nouvel accord", "Choisissez « premier accord ».")
    assert not rows(patient).exists()
    assert client.post(f"/be/speech/{patient.pk}/agreements/new/", typed | {"prolongs": ""}).status_code == 302


ELSEWHERE = {"begun_elsewhere": "2026-03-20", "used_elsewhere": "12"}


def fold_is_open(answer):
    found = re.search(r"<details ([^>]*)><summary><span>Traitement commencé ailleurs</span>", answer.content.decode())
    assert found
    return "open" in found[1]


def test_a_treatment_begun_elsewhere_is_written_and_stays_through_every_state(client, patient):
    assert not fold_is_open(client.get(f"/be/speech/{patient.pk}/agreements/new/"))
    client.post(f"/be/speech/{patient.pk}/agreements/new/", TYPED | ELSEWHERE)
    row = rows(patient).get()
    url = f"/be/speech/agreements/{row.pk}/"
    for state in ({"state": "sent"}, {"state": "waiting"}, {"state": "agreed", "decided": "2026-04-02"}):
        assert client.post(f"{url}state/", state).status_code == 302
    row.refresh_from_db()
    assert (row.begun_elsewhere, row.used_elsewhere) == (date(2026, 3, 20), 12)
    shown = page(client, patient)
    for text in (
        "il reste 128 séances de 30 min",
        "12 utilisées sur 140, dont 12 ailleurs",
        "20/03/2026<br>12 séances",
    ):
        assert text in shown, text
    assert "Première séance du traitement" not in shown
    opened = client.get(url)
    assert fold_is_open(opened)
    warned(opened, 'value="2026-03-20"')
    few = client.post(f"{url}state/", {"state": "partially_agreed", "decided": "2026-04-02", "sessions": "11"})
    assert few.status_code == 422
    warned(few, "La demande dit que 12 séances ont été utilisées ailleurs")


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"begin": "2024-03-16", "end": "2026-03-15"}, "L’accord finit le 15/03/2026"),
        ({"begun_elsewhere": "2199-01-01"}, "encore à venir"),
        ({"used_elsewhere": "141"}, "L’accord porte sur 140 séances de 30 minutes"),
        ({"used_elsewhere": "193", "disorder": "f", "prolongs": "1"}, "L’accord porte sur 192 séances de 30 minutes"),
        ({"used_elsewhere": "-1"}, "supérieure ou égale à 0"),
    ],
)
def test_what_makes_no_sense_of_a_treatment_begun_elsewhere_is_refused(client, patient, typed, text):
    answer = client.post(f"/be/speech/{patient.pk}/agreements/new/", TYPED | ELSEWHERE | typed)
    assert answer.status_code == 422
    warned(answer, text)
    assert fold_is_open(answer)
    assert not rows(patient).exists()


def test_the_most_that_was_used_elsewhere_is_all_of_it(client, patient):
    client.post(f"/be/speech/{patient.pk}/agreements/new/", TYPED | {"used_elsewhere": "140"})
    assert rows(patient).get().used_elsewhere == 140

"""The working copy of a Katz notification: its facts, in the patient's language, marked as no official form."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from quittance.belgium.documents.katz import page_of
from quittance.belgium.services.katz_paper import notice_of
from quittance.belgium.services.nursing_choices import Choice, keep_choice
from quittance.people.models import Identifier, Membership, Organisation, User
from tests.belgium import making
from tests.belgium.papers_making import address, texts
from tests.belgium.web.nursing_making import katz, nurse
from tests.signed import enter

pytestmark = pytest.mark.django_db
DORA = "6-12345-16-802"


@pytest.fixture
def acting():
    found = nurse(number="94000126001")
    Organisation.objects.for_(found).update(company_number="0899000156")
    address(found.practice)
    return found


@pytest.fixture
def patient(acting):
    return making.patient_of(acting)


def printed(client, row):
    answer = client.get(reverse("belgium:katz_print", args=[row.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "no-store"
    [page] = texts(answer.content)
    return page


def test_it_says_who_what_and_from_when_to_when(signed_in, acting, patient):
    text = printed(signed_in, katz(patient, "444431", sent_on=date(2018, 2, 3)))
    for wanted in (
        "COPIE DE TRAVAIL",
        "Nina EXEMPLE",
        "85.07.30-033.28",
        "135 · Mutualité Saint-Michel",
        "Dora Test",
        DORA,
        "Cabinet de la Meuse",
        "0899.000.156",
        "Se laver 4 dépendance totale",
        "Continence 3 dépendant",
        "Manger 1 non dépendant",
        "Niveau Forfait B",
        "Premier jour 01/02/2018",
        "Dernier jour 30/04/2018",
        "Notifiée le 03/02/2018",
        "n'a été trouvée dans aucune source",
        "MyCareNet (message 410000)",
    ):
        assert wanted in text, f"{wanted} not in {text}"


def test_without_flat_rate_the_profile_and_the_situation_are_told(signed_in, patient):
    row = katz(patient, "222111", toilets="T2", disoriented=True, sent_on=None, stopped=date(2018, 3, 1))
    text = printed(signed_in, row)
    for wanted in (
        "pas de forfait",
        "Profil de toilettes T2",
        "désorientation modérée ou grave",
        "Notifiée le pas encore notifiée",
        "Fin des soins 01/03/2018",
    ):
        assert wanted in text, f"{wanted} not in {text}"
    assert "Médecin-conseil" not in text


def test_the_decision_of_the_medical_adviser_stands_over_the_scores(signed_in, patient):
    text = printed(signed_in, katz(patient, "444444", granted="B", was_granted=True))
    assert "Forfait B" in text
    assert "niveau décidé par le médecin-conseil" in text
    refused = katz(patient, "444444", first="2018-06-01", refused=True)
    assert "évaluation refusée" in printed(signed_in, refused)


def test_the_level_is_that_of_the_pages_by_the_choice_of_the_practice(acting, patient):
    row = katz(patient, "444431")
    assert notice_of(acting, row).level == "B"
    keep_choice(acting, Choice("katz_c_strict", 0, date(2018, 1, 1)))
    assert notice_of(acting, row).level == "C"


@pytest.mark.parametrize(
    ("language", "wanted"),
    [("nl", ("WERKKOPIE", "Zich wassen 3 afhankelijk")), ("de", ("ARBEITSKOPIE", "Pauschale A"))],
)
def test_it_is_in_the_language_of_the_patient(signed_in, patient, language, wanted):
    patient.belgian.language = language
    patient.belgian.save()
    text = printed(signed_in, katz(patient))
    for one in wanted:
        assert one in text, f"{one} not in {text}"


def test_the_number_is_that_of_the_first_day(acting, patient):
    numbers = Identifier.objects.for_(acting).filter(system="be.inami")
    numbers.update(to_day=date(2018, 5, 31))
    known = {"professional": acting.professional, "from_day": date(2018, 6, 1)}
    Identifier.objects.for_(acting).create(system="be.inami", value="61234516801", **known)
    before, after = katz(patient), katz(patient, first="2018-06-01")
    assert [notice_of(acting, one).provider.inami for one in (before, after)] == ["61234516802", "61234516801"]


def test_six_items_are_said_in_every_language(acting, patient):
    page = page_of(notice_of(acting, katz(patient)))
    assert [row[1] for row in page["rows"]] == list("333111")
    assert len({row[0] for row in page["rows"]}) == 6


def test_the_pages_of_the_evaluation_offer_it(signed_in, patient):
    row = katz(patient)
    link = f'href="{reverse("belgium:katz_print", args=[row.pk])}"'
    for name, key in (("katz", patient.pk), ("katz_follow", row.pk)):
        page = signed_in.get(reverse(f"belgium:{name}", args=[key])).text
        assert link in page, name
        assert "Imprimer une copie de travail" in page


def test_another_practice_has_none_of_it(client, patient):
    row = katz(patient)
    other = making.belgian_practice()
    user = User.objects.create_user("oscar@example.org", "correct horse battery", first_name="Oscar", last_name="Test")
    Membership.objects.for_(other).create(user=user, role="owner")
    assert enter(client, user).get(reverse("belgium:katz_print", args=[row.pk])).status_code == 404

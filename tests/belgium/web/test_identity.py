"""The identity check of a visit on the page of a day: wrong combinations told at once, refused, kept once."""

from __future__ import annotations

import pytest
from django.urls import reverse

from quittance.belgium.models import IdentityReading
from quittance.billing.models import Draft
from tests.belgium import making
from tests.belgium.web.nursing_making import READ, day_form, katz, nurse

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def acting():
    return nurse()


@pytest.fixture
def patient(acting):
    found = making.patient_of(acting)
    katz(found)
    return found


def sent(acting, **reading):
    return day_form({"nurse": str(acting.professional.pk), "acts": "toilet", **READ, **reading})


def judged(signed_in, patient, form):
    return signed_in.post(reverse("belgium:nursing", args=[patient.pk]), form, **HTMX).text


def bill(signed_in, patient, form):
    return signed_in.post(reverse("belgium:nursing_bill", args=[patient.pk]), form)


def readings(acting):
    return IdentityReading.objects.for_(acting)


@pytest.mark.parametrize(
    ("reading", "text"),
    [
        ({"reading": ""}, "L&#x27;identité n&#x27;est pas vérifiée à la visite 1."),
        ({"document": ""}, "n&#x27;existe pas le 05/03/2018"),
        ({"document": "8", "serial": ""}, "n&#x27;a pas de puce"),
        ({"document": "A"}, "itsme est indiqué pour la lecture ou pour le support seul"),
        ({"serial": ""}, "Le numéro de série du support manque."),
        ({"hour": ""}, "La date ou l&#x27;heure de lecture manque."),
        ({"reading": "4"}, "Le motif d&#x27;encodage manuel est « sans objet »."),
        ({"manual": "2"}, "Le motif d&#x27;encodage manuel est « lecteur indisponible »."),
        ({"reading": "2", "document": "7", "serial": ""}, "Le motif de la vignette est « sans objet »."),
        (
            {"reading": "2", "document": "7", "serial": "", "vignette": "1"},
            "La vignette dit le patient absent à la visite 1.",
        ),
        ({"reading": "2", "document": "9", "serial": ""}, "ne s&#x27;encode qu&#x27;à la main"),
    ],
)
def test_what_does_not_go_together_is_told_and_not_billed(signed_in, acting, patient, reading, text):
    form = sent(acting, **reading)
    assert text in judged(signed_in, patient, form)
    page = bill(signed_in, patient, form)
    assert page.status_code == 422
    assert text in page.text
    assert "n’est pas encore facturée" in page.text
    assert not readings(acting).exists()
    assert not Draft.objects.for_(acting).exists()


@pytest.mark.parametrize(
    ("reading", "kept"),
    [
        ({}, ("1", "1", 495, "0", "0")),
        ({"reading": "A", "document": "A", "serial": ""}, ("A", "A", 495, "0", "0")),
        ({"reading": "4", "manual": "2"}, ("4", "1", 495, "2", "0")),
        ({"reading": "4", "manual": "3", "hour": ""}, ("4", "1", None, "3", "0")),
        ({"reading": "2", "document": "7", "serial": "", "vignette": "2"}, ("2", "7", 495, "0", "2")),
    ],
)
def test_a_check_that_holds_is_kept(signed_in, acting, patient, reading, kept):
    assert bill(signed_in, patient, sent(acting, **reading)).status_code == 302
    row = readings(acting).get()
    assert (row.reading, row.media, row.minute, row.manual, row.vignette) == kept
    assert (row.visit, row.professional) == (1, acting.professional)
    assert (row.read_on is None) == (row.minute is None)


def test_a_media_of_the_past_is_not_offered(signed_in, acting, patient):
    page = signed_in.get(reverse("belgium:nursing", args=[patient.pk]), {"day": "2018-03-05"}).text
    assert "carte ISI+" in page
    assert "carte SIS" not in page


def test_a_corrected_check_replaces_the_first_and_one_taken_away_goes(signed_in, acting, patient):
    pk = str(acting.professional.pk)
    two = day_form(
        {"nurse": pk, "acts": "toilet", **READ}, {"nurse": pk, "acts": "injection+rx", **READ, "hour": "18:00"}
    )
    assert bill(signed_in, patient, two).status_code == 302
    assert [row.minute for row in readings(acting).order_by("visit")] == [495, 1080]
    assert bill(signed_in, patient, sent(acting, serial="1")).status_code == 302
    assert [(row.visit, row.serial) for row in readings(acting)] == [(1, "1")]


def test_without_third_party_payment_none_is_needed(signed_in, acting, patient):
    form = sent(acting, reading="")
    del form["third_party"]
    assert "identité n&#x27;est pas vérifiée" not in judged(signed_in, patient, form)
    assert bill(signed_in, patient, form).status_code == 302
    assert Draft.objects.for_(acting).get().input["cover"] == {"third_party": False}
    assert not readings(acting).exists()


def test_too_few_direct_checks_of_the_month_are_told(signed_in, acting, patient):
    for number, (day, reading) in enumerate([("2018-02-28", "4"), *[("2018-03-01", "1")] * 8, ("2018-03-02", "4")]):
        told = {"patient": patient, "professional": acting.professional, "day": day, "visit": number + 1}
        readings(acting).create(**told, reading=reading, media="1", manual="2" if reading == "4" else "0")
    text = "88 % des lectures du mois sont directes (8 sur 9)."
    assert text in judged(signed_in, patient, sent(acting))
    assert text not in judged(signed_in, patient, sent(acting) | {"third_party": ""})
    readings(acting).filter(day="2018-03-02").update(visit=90)
    for visit in (20, 21):
        told = {"patient": patient, "professional": acting.professional, "day": "2018-03-02", "visit": visit}
        readings(acting).create(**told, reading="A", media="A")
    assert "sont directes" not in judged(signed_in, patient, sent(acting))

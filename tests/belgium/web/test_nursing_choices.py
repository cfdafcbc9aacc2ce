"""The choices of a practice where the law of home nursing is uncertain: shown with their doubt, kept from a day on."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from quittance.audit import events
from quittance.belgium.law import nursing_care as law
from quittance.belgium.services import nursing_choices as services
from quittance.people.models import Membership, Professional, User
from tests.belgium import making
from tests.belgium.web.nursing_making import READ, colleague, day_form, katz, nurse
from tests.signed import enter

pytestmark = pytest.mark.django_db
PAGE = "belgium:nursing_choices"


@pytest.fixture
def acting():
    return nurse()


def keep(signed_in, name, value, first="2026-01-01"):
    sent = {f"{name}-value": value, f"{name}-first": first}
    return signed_in.post(reverse("belgium:nursing_choice", args=[name]), sent)


def drop(signed_in, name, first):
    return signed_in.post(reverse("belgium:nursing_choice_drop", args=[name]), {"first": first})


def values(acting, day):
    return services.chosen_on(services.preferences_of(acting), date.fromisoformat(day)).values


def test_every_choice_is_shown_with_its_doubt_and_its_source(signed_in):
    page = signed_in.get(reverse(PAGE)).text
    assert page.count("Sans choix :") == len(law.choosable())
    assert "Forfait C, dernière condition" in page
    assert "Une union professionnelle imprime" in page
    assert "son montant n&#x27;est imprimé dans aucune source lue" in page
    assert "(lu nulle part)" in page
    assert "Sans choix : non connu" in page


def test_a_choice_holds_from_its_day_until_another_one(signed_in, acting):
    assert keep(signed_in, "daily_ceiling", "17,55", "2026-01-01").status_code == 302
    keep(signed_in, "daily_ceiling", "18,20", "2026-03-01")
    keep(signed_in, "daily_ceiling", "", "2026-05-01")
    found = [values(acting, day) for day in ("2025-12-31", "2026-01-01", "2026-02-28", "2026-03-01", "2026-05-01")]
    assert found == [{}, {"daily_ceiling": 1755}, {"daily_ceiling": 1755}, {"daily_ceiling": 1820}, {}]
    page = signed_in.get(reverse(PAGE)).text
    assert "17,55" in page
    assert "18,20" in page
    drop(signed_in, "daily_ceiling", "2026-03-01")
    assert values(acting, "2026-03-01") == {"daily_ceiling": 1755}
    assert [event.what for event in events(acting)].count("nursing.choices") == 4


def test_a_choice_of_the_same_day_gives_way(signed_in, acting):
    keep(signed_in, "katz_c_strict", "0")
    keep(signed_in, "katz_c_strict", "1")
    keep(signed_in, "katz_c_strict", "law", "2026-02-01")
    assert values(acting, "2026-01-15") == {"katz_c_strict": 1}
    assert values(acting, "2026-02-01") == {}


@pytest.mark.parametrize(
    ("name", "value", "first", "text"),
    [
        ("daily_ceiling", "dix", "2026-01-01", "montant"),
        ("daily_ceiling", "0", "2026-01-01", "entre 0,01"),
        ("daily_ceiling", "1755,00", "2026-01-01", "entre 0,01"),
        ("katz_c_strict", "2", "2026-01-01", "choix valide"),
        ("katz_c_strict", "", "2026-01-01", "obligatoire"),
        ("katz_c_strict", "0", "2017-12-31", "connues depuis"),
        ("katz_c_strict", "0", "", "obligatoire"),
    ],
)
def test_what_cannot_be_chosen_is_refused_and_keeps_nothing(signed_in, acting, name, value, first, text):
    page = keep(signed_in, name, value, first)
    assert page.status_code == 422
    assert text in page.text
    assert values(acting, "2026-06-01") == {}


@pytest.mark.parametrize("name", ["evaluation_months", "moon"])
def test_a_figure_that_is_settled_is_no_choice(signed_in, acting, name):
    assert keep(signed_in, name, "1").status_code == 404
    assert drop(signed_in, name, "2026-01-01").status_code == 404
    assert values(acting, "2026-06-01") == {}


def test_every_nurse_has_the_choice_and_one_who_leaves_takes_nothing_away(signed_in, acting):
    emma = colleague(acting)
    keep(signed_in, "merge_wounds", "0")
    assert [bool(one) for one in services.preferences_of(acting)] == [True, True]
    Professional.objects.for_(acting).filter(pk=acting.professional.pk).update(preferences={})
    assert values(acting, "2026-06-01") == {"merge_wounds": 0}
    Professional.objects.for_(acting).filter(pk=emma.pk).update(preferences={})
    assert values(acting, "2026-06-01") == {}


def test_the_day_of_care_is_judged_by_the_choice(signed_in, acting):
    """The flat rate C read as the union prints it; two simple wounds that stay two."""
    patient = making.patient_of(acting)
    katz(patient, "444413", "2018-02-01")
    me = {"nurse": str(acting.professional.pk), **READ}
    two = [me | {"acts": "toilet"}, me | {"acts": "wound_simple+rx", "hour": "18:00"}]
    form = day_form(*two, **{"v2-wound_simple-count": "2"})
    url = reverse("belgium:nursing", args=[patient.pk])
    page = signed_in.post(url, form, HTTP_HX_REQUEST="true").text
    assert "425294" in page
    assert "424351" in page
    keep(signed_in, "katz_c_strict", "0", "2018-01-01")
    keep(signed_in, "merge_wounds", "0", "2018-01-01")
    page = signed_in.post(url, form, HTTP_HX_REQUEST="true").text
    assert "425316" in page
    assert page.count("424336") == 2
    assert "424351" not in page


@pytest.mark.parametrize("role", ["colleague", "secretary", "reader"])
def test_only_an_owner_chooses(client, acting, role):
    user = User.objects.create_user(f"{role}@example.org", first_name="Sam", last_name="Test")
    Membership.objects.for_(acting).create(user=user, role=role)
    enter(client, user)
    assert client.get(reverse(PAGE)).status_code == 403
    assert keep(client, "katz_c_strict", "0").status_code == 403
    assert drop(client, "katz_c_strict", "2026-01-01").status_code == 403
    assert values(acting, "2026-06-01") == {}


def test_another_practice_keeps_its_own(signed_in, charlie_client, acting):
    keep(signed_in, "katz_c_strict", "0")
    assert "À partir du 01/01/2026" not in charlie_client.get(reverse(PAGE)).text

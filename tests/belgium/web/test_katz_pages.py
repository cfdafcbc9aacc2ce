"""The pages of the Katz scale: explained as it is scored, kept once, never changed once notified, never of others."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse

from quittance.belgium.file import file_of
from quittance.belgium.law import nursing_care as law
from quittance.belgium.models import KatzEvaluation, WoundCareNotice
from quittance.belgium.nursing import evaluations as in_time
from quittance.belgium.services import care
from quittance.kernel.dated import day_number
from tests.belgium import making
from tests.belgium.web.nursing_making import MONDAY, day_form, flat_rate_of, katz, nurse, scored
from tests.signed import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def acting():
    return nurse()


@pytest.fixture
def patient(acting):
    return making.patient_of(acting)


@pytest.fixture
def today(acting):
    return acting.today()


def url(name, row):
    return reverse(f"belgium:{name}", args=[row.pk])


def evaluations(acting):
    return KatzEvaluation.objects.for_(acting)


def test_an_empty_list_says_what_an_evaluation_is_for(signed_in, patient):
    page = signed_in.get(url("katz", patient)).text
    assert "Pas encore d’évaluation" in page
    assert url("katz_new", patient) in page


def test_it_is_explained_at_once_and_nothing_is_kept(signed_in, acting, patient):
    page = signed_in.post(url("katz_level", patient), scored("444431")).text
    assert "Niveau B. Il manque pour C" in page
    assert "« continence » (3) ou « manger » (1) doit être à 4 : manqué" in page
    assert "À vérifier :" in page
    assert page.count("Une union professionnelle imprime") == 1
    assert "jusqu’au 31/03/2026" in page
    assert not evaluations(acting).exists()


def test_what_lacks_is_named_until_all_is_scored(signed_in, patient):
    sent = scored()
    del sent["eat"], sent["first"]
    page = signed_in.post(url("katz_level", patient), sent).text
    assert "manger" in page
    assert "premier jour" in page
    assert "se laver" not in page
    assert "Niveau" in page
    assert "Forfait" not in page


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("2026-01-15", "14/04/2026"),
        ("2026-01-31", "30/04/2026"),
        ("2025-11-30", "28/02/2026"),
        ("2026-12-01", "28/02/2027"),
    ],
)
def test_three_months_run_to_the_eve_of_the_same_day(signed_in, patient, first, last):
    assert f"jusqu’au {last}" in signed_in.post(url("katz_level", patient), scored(first=first)).text


def test_it_is_compared_with_the_one_before(signed_in, patient):
    katz(patient, "444444", "2026-01-01")
    katz(patient, "222222", "2026-01-05", refused=True)
    page = signed_in.post(url("katz_level", patient), scored("444344", "2026-02-01")).text
    assert "Depuis l’évaluation du 01/01/2026 :" in page
    assert "« aller à la toilette » passe de 4 à 3. Le niveau passe de C à B." in page


def test_a_level_lowered_after_it_was_billed_asks_for_a_correction(signed_in, acting, patient):
    katz(patient, "333331", "2018-02-01")
    making.bill_of(acting, patient, *flat_rate_of("B"), day=MONDAY, place="home")
    page = signed_in.post(url("katz_level", patient), scored("333111", "2018-03-01")).text
    assert "Le niveau passe de B à A" in page
    assert "facture de correction (type 5)" in page


def test_two_submits_keep_one_evaluation(signed_in, acting, patient):
    for _ in range(2):
        assert signed_in.post(url("katz_new", patient), scored()).status_code == 302
    row = evaluations(acting).get()
    assert (row.scores, row.first, row.last, row.sent_on) == ((3, 3, 3, 1, 1, 1), date(2026, 1, 1), None, None)
    assert row.professional == acting.professional


def test_another_one_of_the_same_day_is_refused_while_it_is_not_notified(signed_in, acting, patient):
    signed_in.post(url("katz_new", patient), scored())
    page = signed_in.post(url("katz_new", patient), scored("333331"))
    assert page.status_code == 422
    assert "commence ce jour-là" in page.text
    evaluations(acting).update(sent_on=date(2026, 1, 1))
    assert signed_in.post(url("katz_new", patient), scored("333331")).status_code == 302
    assert evaluations(acting).count() == 2


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"wash": ""}, "Choisissez un score de 1 à 4."),
        ({"wash": "5"}, "Choisissez un score de 1 à 4."),
        ({"first": "2017-12-31"}, "connues depuis le 01/01/2018"),
        ({"first": ""}, "obligatoire"),
        ({"first": "2099-01-01"}, "plus d’un an"),
        ({"last": "2026-04-01"}, "Ramenez sa fin au 31/03/2026"),
        ({"last": "2025-12-31"}, "précède le premier"),
        ({"wash": "1"}, "Choisissez T2 ou T7"),
    ],
)
def test_what_cannot_be_is_refused_and_stays_typed(signed_in, acting, patient, typed, text):
    page = signed_in.post(url("katz_new", patient), scored(**{"continence": "4", **typed}))
    assert page.status_code == 422
    assert text in page.text
    assert 'name="continence" value="4" id="id_continence_3" checked' in page.text
    assert not evaluations(acting).exists()


def test_a_toilet_profile_is_kept_where_there_is_no_flat_rate(signed_in, acting, patient):
    assert signed_in.post(url("katz_new", patient), scored("211111", toilets="T2", disoriented="on")).status_code == 302
    page = signed_in.get(url("katz", patient)).text
    assert "Toilettes T2" in page
    assert "désorienté" in page
    assert evaluations(acting).get().disoriented


def test_the_list_tells_what_is_to_be_done(signed_in, patient, today):
    soon = today - timedelta(days=80)
    katz(patient, "333111", soon.isoformat(), sent_on=None, address=False)
    page = signed_in.get(url("katz", patient)).text
    assert "Forfait A" in page
    assert "en cours" in page
    assert "Pas encore notifiée" in page
    assert "L&#x27;adresse du lieu des soins manque" in page
    assert "L&#x27;évaluation finit le" in page


def test_one_that_is_over_or_replaced_says_so(signed_in, patient, today):
    katz(patient, "333331", "2018-02-01")
    katz(patient, "333111", "2018-03-01")
    page = signed_in.get(url("katz", patient)).text
    assert "remplacée" in page
    assert "terminée" in page
    assert page.count("L&#x27;évaluation a fini le") == 1


def test_an_evaluation_ends_on_the_eve_of_the_next_one_and_never_comes_back(signed_in, acting, patient):
    katz(patient, "333331", "2018-01-05", toilets="T7")
    katz(patient, "211111", "2018-02-02", toilets="T2", last=date(2018, 3, 1))
    page = signed_in.get(url("katz", patient)).text
    assert "Du 05/01/2018 au 01/02/2018 inclus" in page
    held = [care._covering({one.pk: one.evaluation() for one in evaluations(acting)}, day_number(date(2018, *day)))
            for day in ((2, 1), (2, 2), (3, 1), (3, 2))]  # fmt: skip
    first, second = (one.pk for one in evaluations(acting).order_by("first"))
    assert held == [first, second, second, None]


def test_one_that_is_planned_leaves_the_one_before_in_force_until_its_eve(signed_in, patient, today):
    begin, after = today - timedelta(days=80), today + timedelta(days=3)
    katz(patient, "333111", begin.isoformat())
    katz(patient, "333331", after.isoformat(), sent_on=None)
    page = signed_in.get(url("katz", patient)).text
    assert f"Du {begin:%d/%m/%Y} au {after - timedelta(days=1):%d/%m/%Y} inclus" in page
    assert "en cours" in page
    assert "remplacée" not in page
    assert "L&#x27;évaluation finit le" not in page


def test_of_two_of_the_same_day_the_newer_one_stands_for_display_and_billing(signed_in, acting, patient):
    katz(patient, "333331", "2018-02-01")
    newer = katz(patient, "333111", "2018-02-01")
    told = {one.pk: one.evaluation() for one in evaluations(acting).order_by("pk")}
    assert care._covering(told, day_number(date(2018, 3, 5))) == newer.pk
    held = in_time.covering(file_of(patient).katz, day_number(date(2018, 3, 5)), law.Book(day_number(date(2018, 3, 5))))
    assert held is not None
    assert held.number == newer.pk


def test_the_scale_reads_the_choice_of_the_practice(signed_in, patient):
    kept = {"katz_c_strict-value": "0", "katz_c_strict-first": "2026-01-01"}
    signed_in.post(reverse("belgium:nursing_choice", args=["katz_c_strict"]), kept)
    before = signed_in.post(url("katz_level", patient), scored("444431", "2025-12-31")).text
    assert "Niveau B." in before
    assert "Niveau C." in signed_in.post(url("katz_level", patient), scored("444431", "2026-01-01")).text


def test_a_renewal_begins_with_the_scores_of_the_last(signed_in, patient):
    row = katz(patient, "333331", "2018-02-01")
    page = signed_in.get(url("katz_new", patient), {"from": row.pk}).text
    assert 'name="continence" value="3" id="id_continence_2" checked' in page
    assert "Niveau B." in page


def test_one_not_notified_is_changed_and_one_notified_is_not(signed_in, acting, patient):
    row = katz(patient, "333331", "2026-01-01", sent_on=None)
    assert signed_in.post(url("katz_change", row), scored("333111")).status_code == 302
    row.refresh_from_db()
    assert row.scores == (3, 3, 3, 1, 1, 1)
    evaluations(acting).update(sent_on=date(2026, 1, 2))
    assert signed_in.post(url("katz_change", row), scored("444444")).url == url("katz_follow", row)
    row.refresh_from_db()
    assert row.scores == (3, 3, 3, 1, 1, 1)


def test_a_decision_lowers_the_level_and_an_end_is_told(signed_in, patient):
    row = katz(patient, "444444", "2026-01-01")
    sent = {"sent_on": "2026-01-02", "decision": "B", "stopped": "2026-02-01"}
    assert signed_in.post(url("katz_follow", row), sent).status_code == 302
    row.refresh_from_db()
    assert (row.granted, row.was_granted, row.refused, row.stopped) == ("B", True, False, date(2026, 2, 1))
    page = signed_in.get(url("katz", patient)).text
    assert "Le niveau passe de C à B." in page
    assert "La fin des soins, le 01/02/2026, n&#x27;est pas notifiée." in page
    assert "soins terminés" in page
    page = signed_in.post(url("katz_follow", row), sent | {"decision": "none", "stop_told": "on"})
    assert page.status_code == 422
    assert "le profil que le médecin-conseil a accordé" in page.text
    signed_in.post(url("katz_follow", row), sent | {"decision": "none", "toilets": "T2", "stop_told": "on"})
    row.refresh_from_db()
    assert (row.granted, row.was_granted, row.toilets, row.stop_told) == ("", True, "T2", True)
    assert "Toilettes T2" in signed_in.get(url("katz", patient)).text
    signed_in.post(url("katz_follow", row), sent | {"decision": "refused"})
    row.refresh_from_db()
    assert (row.was_granted, row.refused) == (False, True)
    assert "refusée" in signed_in.get(url("katz", patient)).text


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"sent_on": "2099-01-01"}, "encore à venir"),
        ({"sent_on": "", "decision": "A"}, "Une décision répond à une notification"),
        ({"stopped": "2026-04-01"}, "va du 01/01/2026 au 31/03/2026"),
        ({"stop_told": "on"}, "Indiquez le dernier jour de soins"),
    ],
)
def test_what_became_of_it_is_refused_where_it_cannot_be(signed_in, patient, typed, text):
    row = katz(patient, "444444", "2026-01-01")
    page = signed_in.post(url("katz_follow", row), {"sent_on": "2026-01-01"} | typed)
    assert page.status_code == 422
    assert text in page.text
    row.refresh_from_db()
    assert (row.stopped, row.stop_told, row.was_granted) == (None, False, False)


def test_it_is_deleted_while_nothing_was_billed_with_it(signed_in, acting, patient):
    row = katz(patient)
    assert signed_in.get(url("katz_delete", row)).status_code == 405
    making.bill_of(acting, patient, *flat_rate_of(), day=MONDAY, place="home")
    evaluations(acting).update(sent_on=None)
    page = signed_in.post(url("katz_delete", row), follow=True)
    assert "facturés avec elle depuis le 05/03/2018" in page.text
    assert evaluations(acting).exists()
    other = katz(patient, first="2018-06-01", sent_on=None)
    assert signed_in.post(url("katz_delete", other)).url == url("katz", patient)
    assert evaluations(acting).get() == row


def test_a_notified_one_is_not_deleted_and_keeps_its_day_once_billed(signed_in, acting, patient):
    row = katz(patient)
    assert "elle ne se supprime pas" in signed_in.post(url("katz_delete", row), follow=True).text
    making.bill_of(acting, patient, *flat_rate_of(), day=MONDAY, place="home")
    page = signed_in.post(url("katz_follow", row), {"sent_on": ""})
    assert page.status_code == 422
    assert "le jour de sa notification reste" in page.text
    row.refresh_from_db()
    assert row.sent_on == date(2018, 2, 1)


def test_wound_care_is_notified_for_three_months_at_most(signed_in, acting, patient):
    sent = {"wound-type": "4", "wound-first": "2026-01-15", "wound-last": ""}
    for _ in range(2):
        assert signed_in.post(url("wound_add", patient), sent).status_code == 302
    row = WoundCareNotice.objects.for_(acting).get()
    assert (row.type, row.last) == (4, date(2026, 4, 14))
    assert "Type 4, du 15/01/2026 au 14/04/2026" in signed_in.get(url("katz", patient)).text
    page = signed_in.post(url("wound_add", patient), sent | {"wound-last": "2026-04-15"})
    assert page.status_code == 422
    assert "Ramenez sa fin au 14/04/2026" in page.text
    assert 'value="2026-04-15"' in page.text
    assert signed_in.post(url("wound_add", patient), sent | {"wound-type": "9"}).status_code == 422
    assert signed_in.post(url("wound_delete", row)).status_code == 302
    assert not WoundCareNotice.objects.for_(acting).exists()


def test_the_palliative_day_is_shown(signed_in, patient):
    patient.belgian.palliative_from = date(2026, 1, 5)
    patient.belgian.save()
    page = signed_in.get(url("katz", patient)).text
    assert "Premier jour : 05/01/2026" in page


def test_another_practice_meets_no_row(charlie_client, acting, patient):
    row, notice = (
        katz(patient),
        WoundCareNotice.objects.for_(acting).create(
            patient=patient, type=3, first=date(2026, 1, 1), last=date(2026, 3, 31)
        ),
    )
    rows = dict.fromkeys(("katz", "katz_new", "katz_level", "wound_add", "nursing", "nursing_bill"), patient)
    rows |= dict.fromkeys(("katz_change", "katz_follow", "katz_delete"), row) | {"wound_delete": notice}
    for name, one in rows.items():
        sent = day_form({}) if name.startswith("nursing") else scored()
        answers = {
            charlie_client.get(url(name, one)).status_code,
            charlie_client.post(url(name, one), sent).status_code,
        }
        assert answers <= {404, 405}, name
    assert evaluations(acting).get() == row


@pytest.mark.parametrize("role", ["secretary", "reader"])
def test_who_may_not_see_documents_is_kept_out(client, acting, patient, role):
    from quittance.people.models import Membership, User

    user = User.objects.create_user(f"{role}@example.org", first_name="Sam", last_name="Test")
    Membership.objects.for_(acting).create(user=user, role=role)
    row = katz(patient)
    enter(client, user)
    for name, one in (("katz", patient), ("katz_new", patient), ("katz_follow", row)):
        assert client.get(url(name, one)).status_code == 403
    assert client.post(url("katz_delete", row)).status_code == 403
    assert client.post(url("wound_add", patient)).status_code == 403

"""A session judged at once and billed; a series judged in order, its reimbursed sessions billed in one go."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from quittance.belgium.law import figures
from quittance.belgium.models import SpeechStay
from quittance.belgium.services import speech_sessions as services
from quittance.billing.models import Draft
from quittance.billing.services.cancel import cancel_bill
from quittance.billing.services.issue import issue_bill
from quittance.people.models import StatusPeriod
from tests.belgium import making
from tests.signed import enter

pytestmark = pytest.mark.django_db
READING_30 = "714313"
SESSION = {"disorder": "b3", "kind": "individual_30", "place": "practice", "code": "", "day": "2026-05-04"}
SERIES = {
    "disorder": "b3",
    "kind": "individual_30",
    "place": "practice",
    "first": "2026-05-04",
    "weekdays": ["0", "3"],
    "count": "6",
    "holidays": "on",
}
PARTS = {"HX-Request": "true"}


@pytest.fixture
def practice(db):
    return making.belgian_practice()


@pytest.fixture
def acting(practice):
    return making.at_work(practice, convention="conventioned")


@pytest.fixture
def client(acting, client):
    return enter(client, acting.user)


@pytest.fixture
def patient(acting):
    found = making.patient_of(acting, born="2016-05-04")
    making.agreement_of(found, "b3", "2026-04-20")
    return found


@pytest.fixture
def young(acting):
    """A patient whose agreement has just begun."""
    found = making.patient_of(acting, born="2016-05-04")
    making.agreement_of(found, "b3", (acting.today() - timedelta(days=10)).isoformat())
    return found


def judged(client, patient, **typed):
    answer = client.get(f"/be/speech/{patient.pk}/session/", SESSION | typed, headers={**PARTS, "HX-Target": "verdict"})
    assert answer.status_code == 200
    return answer.content.decode()


def listed(client, patient, **typed):
    headers = {**PARTS, "HX-Target": "series-list"}
    answer = client.get(f"/be/speech/{patient.pk}/series/", SERIES | typed, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


def acts_of(acting):
    found = Draft.objects.for_(acting).filter(input__acts__0__isnull=False).get()
    return [(act["date"], act["code"]) for act in found.input["acts"]]


def test_a_session_is_reimbursed_with_what_is_left_and_its_price(client, patient):
    shown = judged(client, patient)
    assert "Remboursable" in shown
    assert "139 séances" in shown
    assert "message--error" not in shown
    for amount in ("38,37", "32,87", "5,50"):
        assert amount in shown, amount
    assert "Facturer cette séance" in shown


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"disorder": "b2"}, "Aucun accord n&#x27;existe pour le trouble b2."),
        ({"day": "2026-04-19"}, "L&#x27;accord ne commence que le 20/04/2026."),
        ({"kind": "individual_60", "day": "2026-05-03"}, "Le patient n&#x27;a pas 10 ans le 03/05/2026."),
        ({"kind": "guidance_individual", "place": "home"}, "ne vaut pas pour le lieu « domicile »"),
        ({"code": "712316"}, "Aucun accord n&#x27;existe pour le trouble b1."),
        ({"code": "123456"}, "n&#x27;est pas une prestation de logopédie"),
        ({"kind": "guidance_collective", "persons": "2"}, "Le groupe compte 2 participants."),
        ({"kind": "individual_60", "minutes": "45"}, "La séance a duré 45 minutes."),
        ({"kind": "assessment", "prescribed": "2026-05-05"}, "précède sa prescription"),
    ],
)
def test_a_session_is_refused_with_what_why_and_what_to_do(client, patient, typed, text):
    shown = judged(client, patient, **typed)
    assert text in shown
    assert "Non remboursable" in shown
    assert "Facturer cette séance" not in shown


def test_a_refusal_names_its_source_and_how_sure_it_is(client, patient):
    SpeechStay.objects.for_(patient).create(patient=patient, kind="special_education", first=date(2026, 1, 1))
    shown = judged(client, patient)
    assert "Le patient suit l&#x27;enseignement spécialisé" in shown
    assert 'href="https://mc.be/fr/professionnels/exclusions-ao-logopedes"' in shown
    assert "passer outre" not in shown
    SpeechStay.objects.for_(patient).all().delete()
    patient.speech_agreements.update(assessed=date(2026, 1, 5))
    doubtful = judged(client, patient)
    assert "Le traitement commence le 04/05/2026, 119 jours après le bilan du 05/01/2026." in doubtful
    assert "règle à vérifier" in doubtful
    assert "passer outre" in doubtful


def test_the_quota_used_up_refuses_and_a_cancelled_bill_gives_it_back(client, patient, acting):
    patient.speech_agreements.update(sessions=1)
    bill = making.bill_of(acting, patient, READING_30, day="2026-05-04")
    shown = judged(client, patient, day="2026-05-05")
    assert "La séance compte pour 1 et il en reste 0." in shown
    cancel_bill(acting, bill, "erreur")
    assert "Remboursable" in judged(client, patient, day="2026-05-05")


def test_the_kinds_are_those_of_the_disorder(client, patient):
    assert 'id="id_kind_0"' not in judged(client, patient)
    shown = judged(client, patient, redraw="1")
    assert 'value="collective"' not in shown
    assert 'value="guidance_collective"' in shown
    other = judged(client, patient, redraw="1", disorder="a", kind="individual_60")
    assert 'value="individual_60"' not in other
    assert 'value="individual_30" id="id_kind_0" checked' in other


def test_an_incomplete_session_says_what_is_missing(client, patient):
    assert "Jour" in judged(client, patient, day="")
    assert "six chiffres" in judged(client, patient, code="7123")


def test_a_session_goes_into_the_bill_once(client, patient, acting):
    for _turn in range(2):
        answer = client.post(f"/be/speech/{patient.pk}/bill/", SESSION)
        draft = Draft.objects.for_(acting).get()
        assert (answer.status_code, answer["Location"]) == (302, f"/bill/{draft.pk}/")
    assert draft.input["date"] == "2026-05-04"
    assert acts_of(acting) == [("2026-05-04", READING_30)]
    bill = issue_bill(acting, draft.pk, str(draft.key), draft.version)
    assert bill.snapshot["draft"]["acts"][0]["disorder"] == "b3"
    assert "1 utilisée sur 140" in client.get(f"/be/speech/{patient.pk}/").content.decode()


def test_a_second_session_of_the_day_is_refused_before_the_first_is_issued(client, patient):
    client.post(f"/be/speech/{patient.pk}/bill/", SESSION)
    assert "déjà dans la facture commencée" in judged(client, patient)
    second = judged(client, patient, place="home")
    assert "Une séance de traitement est déjà attestée le 04/05/2026 (714313)." in second
    assert "1 séance de la facture commencée est comptée." in second
    answer = client.post(f"/be/speech/{patient.pk}/bill/", SESSION | {"place": "home"})
    assert answer.status_code == 422
    assert "déjà attestée" in answer.content.decode()
    assert 'value="home" id="id_place_1" checked' in answer.content.decode()


def test_a_day_to_come_is_planned_and_not_billed(client, young, acting):
    day = (acting.today() + timedelta(days=3)).isoformat()
    shown = judged(client, young, day=day)
    assert "Sera remboursable" in shown
    assert "Facturer cette séance" not in shown
    answer = client.post(f"/be/speech/{young.pk}/bill/", SESSION | {"day": day})
    assert answer.status_code == 422
    assert not Draft.objects.for_(acting).filter(input__acts__0__isnull=False).exists()


def test_days_of_other_terms_do_not_go_into_the_bill_begun(client, patient, acting):
    rows = StatusPeriod.objects.for_(acting).filter(kind="convention")
    rows.update(to_day="2026-05-10")
    rows.create(professional=acting.professional, kind="convention", value="none", from_day="2026-05-11")
    client.post(f"/be/speech/{patient.pk}/bill/", SESSION)
    answer = client.post(f"/be/speech/{patient.pk}/bill/", SESSION | {"day": "2026-05-11"})
    assert answer.status_code == 422
    assert "à d’autres conditions" in answer.content.decode()
    assert acts_of(acting) == [("2026-05-04", READING_30)]


def test_a_series_leaves_out_public_holidays(client, patient):
    shown = listed(client, patient, first="2026-05-11", count="3")
    assert "14/05/2026" in shown.split("Jour férié passé")[1]
    assert 'value="2026-05-14"' not in shown
    assert 'value="2026-05-21"' in shown
    assert 'value="2026-05-14"' in listed(client, patient, first="2026-05-11", count="3", holidays="")


def test_a_series_is_judged_in_order_and_the_eleventh_refused_when_the_quota_ends(client, patient, acting):
    patient.speech_agreements.update(sessions=10)
    shown = listed(client, patient, count="11")
    assert shown.count("remboursable, reste") == 10
    assert "remboursable, reste 0" in shown
    assert shown.count("chip--bad") == 1
    assert "il en reste 0" in shown.split('value="2026-06-11"')[1]
    assert "Facturer les 10 séances remboursables" in shown
    answer = client.post(f"/be/speech/{patient.pk}/series/bill/", SERIES | {"count": "11"}, follow=True)
    assert "10 séances sont dans la facture." in answer.content.decode()
    assert "1 séance n’est pas remboursable" in answer.content.decode()
    assert len(acts_of(acting)) == 10


def test_what_is_unticked_is_left_out_and_gives_its_session_to_the_next(client, patient, acting):
    patient.speech_agreements.update(sessions=2)
    ticked = {"listed": "1", "ticked": ["2026-05-07", "2026-05-11", "2026-05-18"]}
    shown = listed(client, patient, **ticked)
    assert "Facturer les 2 séances remboursables" in shown
    answer = client.post(f"/be/speech/{patient.pk}/series/bill/", SERIES | ticked)
    assert answer.status_code == 302
    assert [day for day, _code in acts_of(acting)] == ["2026-05-07", "2026-05-11"]


def test_the_series_is_issued_in_one_go_and_sent_twice_is_one(client, patient, acting):
    for _turn in range(2):
        answer = client.post(f"/be/speech/{patient.pk}/series/bill/", SERIES)
        assert answer.status_code == 302
    draft = Draft.objects.for_(acting).get()
    assert answer["Location"] == f"/bill/{draft.pk}/"
    assert len(draft.input["acts"]) == 6
    assert draft.input["date"] == "2026-05-28"  # the 14th is Ascension Day, the 25th Whit Monday
    bill = issue_bill(acting, draft.pk, str(draft.key), draft.version)
    assert bill.lines.count() == 6
    again = client.post(f"/be/speech/{patient.pk}/series/bill/", SERIES)
    assert again.status_code == 422
    assert "déjà attestée" in again.content.decode()


def test_a_series_is_billed_up_to_the_change_and_says_what_remains(client, patient, acting):
    rows = StatusPeriod.objects.for_(acting).filter(kind="convention")
    rows.update(to_day="2026-05-10")
    rows.create(professional=acting.professional, kind="convention", value="none", from_day="2026-05-11")
    shown = listed(client, patient)
    assert "À partir du 11/05/2026" in shown
    assert "Facturer les 2 séances remboursables" in shown
    answer = client.post(f"/be/speech/{patient.pk}/series/bill/", SERIES, follow=True)
    assert "À partir du 11/05/2026 il faut une autre facture" in answer.content.decode()
    draft = Draft.objects.for_(acting).get()
    assert acts_of(acting) == [("2026-05-04", READING_30), ("2026-05-07", READING_30)]
    issue_bill(acting, draft.pk, str(draft.key), draft.version)
    assert client.post(f"/be/speech/{patient.pk}/series/bill/", SERIES).status_code == 302
    assert acts_of(acting)[0][0] == "2026-05-11"


def test_days_to_come_are_planned(client, young, acting):
    first = acting.today() + timedelta(days=1)
    typed = {"first": first.isoformat(), "weekdays": [str(first.weekday())], "count": "2", "holidays": ""}
    shown = listed(client, young, **typed)
    assert shown.count("prévue, reste") == 2
    assert "Rien à facturer maintenant." in shown
    answer = client.post(f"/be/speech/{young.pk}/series/bill/", SERIES | typed)
    assert answer.status_code == 422
    assert "encore à venir" in answer.content.decode()
    assert f'value="{first.isoformat()}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"count": ""}, "Écrivez combien de séances"),
        ({"weekdays": []}, "Choisissez au moins un jour"),
        ({"last": "2026-05-03"}, "Ce jour précède le premier"),
        ({"count": "61"}, "60"),
        ({"first": ""}, "Premier jour"),
    ],
)
def test_a_series_that_is_not_complete_says_why(client, patient, typed, text):
    assert text in listed(client, patient, **typed)
    answer = client.post(f"/be/speech/{patient.pk}/series/bill/", SERIES | typed)
    assert answer.status_code == 422
    assert "ce qui manque est indiqué" in answer.content.decode()


def test_a_secretary_who_has_not_said_for_whom_judges_without_a_price(client, patient, practice):
    from quittance.people.models import Membership, Professional, User

    Professional.objects.for_(practice).create(first_name="Léo", last_name="Test", profession="Logopède")
    sara = User.objects.create_user("sara@example.org", "correct horse battery")
    Membership.objects.for_(practice).create(user=sara, role="secretary")
    enter(client, sara)
    shown = judged(client, patient)
    assert "139 séances" in shown
    assert "38,37" not in shown
    assert client.post(f"/be/speech/{patient.pk}/bill/", SESSION)["Location"].startswith("/choose/")


def test_the_days_of_a_series():
    free = frozenset(figures.holidays())
    days, left_out = services.days_of(date(2026, 12, 21), {4}, None, date(2027, 1, 8), free)
    assert [day.isoformat() for day in days] == ["2027-01-08"]
    assert [day.isoformat() for day in left_out] == ["2026-12-25", "2027-01-01"]
    many, _none = services.days_of(date(2026, 1, 5), {0, 1, 2, 3, 4}, None, None, frozenset())
    assert len(many) == services.MOST

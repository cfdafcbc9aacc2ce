"""The page of insurability: periods that never overlap, codes in words, exceptions; strangers and readers kept out."""

from __future__ import annotations

import uuid
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from quittance.belgium import insured
from quittance.belgium.models import BelgianPatient
from quittance.belgium.services import insurability as services
from quittance.belgium.services.insurability import OverlapError, Period
from quittance.belgium.web import BelgianWeb
from quittance.patients.models import Cover, Patient
from quittance.patients.services import LockedError
from quittance.people.models import Membership, Practice, User
from tests.signed import enter

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
JULY = date(2026, 7, 1)
PLAIN = {"ct1": "110", "ct2": "110", "preferential": None, "gmd": False, "chronic": False, "maf": False}
BIM = {**PLAIN, "ct1": "111", "ct2": "111"}


@pytest.fixture
def nina(dora):
    """A patient insured by 135 since ever, without the preferential rate."""
    patient = Patient.objects.for_(dora).create(birth_name="Exemple", first_names="Nina", birth_date=date(1985, 7, 30))
    BelgianPatient.objects.for_(patient).create(patient=patient, niss="85073003328", mutuality="135")
    services.add_period(patient, Period("135", None, None, PLAIN))
    return _again(patient)


def _again(patient):
    return Patient.objects.for_(patient).select_related("belgian").get(pk=patient.pk)


def _held(patient, day):
    found = insured.cover_on(_again(patient), day)
    assert found is not None
    return found


def _periods(patient):
    rows = insured.covers_of(_again(patient))
    return [(one.payer.number, one.from_day, one.to_day, one.belgian.ct1) for one in reversed(rows)]


def _url(name, row):
    return reverse(f"belgium:{name}", args=[row.pk])


def _typed(**more):
    base = {"mutuality": "319", "from_day": "2026-07-01", "ct1": "111", "ct2": "111", "key": str(uuid.uuid4())}
    return base | more


def test_a_new_period_ends_the_one_before_on_the_day_before(nina):
    services.add_period(nina, Period("319", JULY, None, BIM))
    assert _periods(nina) == [("135", None, JULY - DAY, "110"), ("319", JULY, None, "111")]
    told = [insured.rights_on(_again(nina), day)["ct1"] for day in (JULY - DAY, JULY, JULY + DAY)]
    assert told == ["110", "111", "111"]


def test_an_open_period_stops_before_the_next_one(nina):
    services.add_period(nina, Period("319", JULY, None, BIM))
    services.add_period(nina, Period("135", date(2026, 1, 1), None, {**PLAIN, "gmd": True}))
    assert _periods(nina) == [
        ("135", None, date(2025, 12, 31), "110"),
        ("135", date(2026, 1, 1), JULY - DAY, "110"),
        ("319", JULY, None, "111"),
    ]


@pytest.mark.parametrize(
    ("first", "last"),
    [(JULY, None), (JULY, JULY), (None, None), (date(2026, 6, 1), JULY), (None, date(2026, 1, 1))],
)
def test_two_periods_never_hold_on_one_day(nina, first, last):
    services.add_period(nina, Period("319", JULY, None, BIM))
    before = _periods(nina)
    with pytest.raises(OverlapError):
        services.add_period(nina, Period("200", first, last, PLAIN))
    assert _periods(nina) == before


def test_a_period_that_a_card_gave_is_neither_ended_nor_changed(nina):
    Cover.objects.for_(nina).update(locked=True)
    with pytest.raises(OverlapError):
        services.add_period(nina, Period("319", JULY, None, BIM))
    with pytest.raises(LockedError):
        services.change_period(_held(nina, JULY), Period("319", None, None, BIM))
    assert _periods(nina) == [("135", None, None, "110")]


def test_a_change_that_meets_another_period_is_refused(nina):
    cover = services.add_period(nina, Period("319", JULY, None, BIM))
    with pytest.raises(OverlapError) as refused:
        services.change_period(cover, Period("319", JULY - DAY, None, BIM))
    assert refused.value.cover.payer.number == "135"
    services.change_period(cover, Period("319", JULY + DAY, None, PLAIN))
    assert _periods(nina)[-1] == ("319", JULY + DAY, None, "110")


def test_the_mutuality_of_the_file_is_that_of_today(nina):
    today = nina.practice.today()
    services.add_period(nina, Period("319", today + DAY, None, BIM))
    assert _again(nina).belgian.mutuality == "135"
    current = services.add_period(nina, Period("200", today, today, BIM))
    assert _again(nina).belgian.mutuality == "200"
    before = services.delete_period(current)
    assert before is not None
    assert before.payer.number == "135"
    assert _again(nina).belgian.mutuality == ""


def test_the_page_tells_the_periods_in_words(dora_client, nina):
    services.add_period(nina, Period("319", JULY, None, {**BIM, "maf": True, "chronic": True}))
    page = dora_client.get(_url("insurability", nina)).content.decode()
    for text in ("depuis le 01/07/2026", "jusqu’au 30/06/2026", "intervention majorée (BIM)", "(à vérifier)", "MAF"):
        assert text in page, text
    assert "Alliance nationale des mutualités chrétiennes" in page
    assert "Statut affection chronique" in page
    assert page.count("aujourd'hui") == 1


def test_insurability_is_asked_each_month(dora_client, nina):
    hint, today = "Demandez l’assurabilité chaque mois", nina.practice.today()
    assert hint in dora_client.get(_url("insurability", nina)).content.decode()
    first = today.replace(day=1)
    for day, asked_again in ((first - DAY, True), (first, False), (today, False)):
        services.change_period(_held(nina, today), Period("135", None, None, {**PLAIN, "asked_on": day}))
        page = dora_client.get(_url("insurability", nina)).content.decode()
        assert (hint in page) is asked_again
        assert f"Demandée le {day:%d/%m/%Y}" in page


def test_no_period_is_no_dead_end(dora_client, nina):
    Cover.objects.for_(nina).delete()
    page = dora_client.get(_url("insurability", nina)).content.decode()
    assert "Aucune période connue" in page
    assert _url("insurability_add", nina) in page
    form = dora_client.get(_url("insurability_add", nina)).content.decode()
    assert "se terminera la veille" not in form
    assert dora_client.post(_url("insurability_add", nina), _typed(from_day="")).status_code == 302
    assert _periods(nina) == [("319", None, None, "111")]


def test_a_period_is_added_once_by_a_double_click(dora_client, nina):
    form = dora_client.get(_url("insurability_add", nina)).content.decode()
    assert 'value="135"' in form
    assert "se terminera la veille" in form
    typed = _typed(preferential="no", asked_on="2024-06-15", gmd="on")
    for _click in range(2):
        assert dora_client.post(_url("insurability_add", nina), typed).status_code == 302
    assert _periods(nina) == [("135", None, JULY - DAY, "110"), ("319", JULY, None, "111")]
    kept = _held(nina, JULY).belgian
    assert (kept.preferential, kept.gmd, kept.asked_on) == (False, True, date(2024, 6, 15))
    assert _held(nina, JULY).member_number == "85073003328"


def test_an_open_period_that_is_bounded_says_so(dora_client, nina):
    services.add_period(nina, Period("319", JULY, None, BIM))
    made = dora_client.post(_url("insurability_add", nina), _typed(from_day="2026-01-01"), follow=True)
    assert "Elle se termine le 30/06/2026" in made.content.decode()


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"from_day": ""}, "écrivez le premier jour"),
        ({"to_day": "2026-06-30"}, "précède le premier"),
        ({"ct1": "999"}, "n’est pas un code"),
        ({"ct2": "901"}, "ne vaut plus"),
        ({"mutuality": "799"}, "ni une union nationale"),
        ({"mutuality": ""}, "obligatoire"),
        ({"asked_on": "2999-01-01"}, "encore à venir"),
    ],
)
def test_a_wrong_period_is_refused_and_stays_typed(dora_client, nina, typed, text):
    page = dora_client.post(_url("insurability_add", nina), _typed(**typed))
    assert page.status_code == 422
    assert text in page.content.decode()
    assert all(f'value="{value}"' in page.content.decode() for value in typed.values() if value)
    assert _periods(nina) == [("135", None, None, "110")]


def test_an_ended_code_is_taken_for_the_days_when_it_held(dora_client, nina):
    typed = _typed(from_day="2007-01-01", to_day="2007-12-31", ct2="900")
    assert dora_client.post(_url("insurability_add", nina), typed).status_code == 302
    assert _periods(nina)[-1] == ("319", date(2007, 1, 1), date(2007, 12, 31), "111")


@pytest.mark.parametrize(
    ("last", "locked", "text"),
    [
        (None, False, "n’a pas de fin"),
        (date(2026, 12, 31), False, "01/07/2026 – 31/12/2026"),
        (None, True, "lue sur la carte"),
    ],
)
def test_an_overlap_names_the_other_period(dora_client, nina, last, locked, text):
    cover = services.add_period(nina, Period("319", JULY, last, BIM))
    Cover.objects.for_(nina).filter(pk=cover.pk).update(locked=locked)
    page = dora_client.post(_url("insurability_add", nina), _typed(mutuality="200"))
    assert page.status_code == 422
    assert text in page.content.decode()
    assert 'value="200"' in page.content.decode()


def test_a_period_is_changed_and_deleted(dora_client, nina):
    cover = services.add_period(nina, Period("319", JULY, None, BIM))
    assert 'value="2026-07-01"' in dora_client.get(_url("insurability_period", cover)).content.decode()
    met = dora_client.post(_url("insurability_period", cover), _typed(from_day="2026-06-30"))
    assert met.status_code == 422
    assert "30/06/2026" in met.content.decode()
    assert dora_client.post(_url("insurability_period", cover), _typed(ct1="421")).status_code == 302
    assert _periods(nina)[-1] == ("319", JULY, None, "421")
    told = dora_client.post(_url("insurability_delete", cover), follow=True).content.decode()
    assert "se termine toujours le 30/06/2026" in told
    assert _periods(nina) == [("135", None, JULY - DAY, "110")]


def test_a_period_of_the_card_is_shown_and_not_changed(dora_client, nina):
    cover = _held(nina, JULY)
    Cover.objects.for_(nina).update(locked=True)
    for page in (
        dora_client.get(_url("insurability_period", cover)),
        dora_client.post(_url("insurability_period", cover), _typed()),
    ):
        assert "vient de la carte" in page.content.decode()
        assert "disabled" in page.content.decode()
    assert _periods(nina) == [("135", None, None, "110")]


EXCEPTIONS = {
    "force_official": "on",
    "force_from": "2026-07-01",
    "force_to": "2026-07-31",
    "copay": "custom",
    "percent": "12,5 %",
    "language": "de",
    "rural": "on",
    "palliative_from": "2026-07-15",
    "paragraph_4_6": "on",
}


def _chips(patient, day):
    return {chip.text for chip in BelgianWeb().chips(_again(patient), day)}


def test_the_exceptions_hold_on_their_days(dora_client, nina):
    assert dora_client.post(_url("insurability_exceptions", nina), EXCEPTIONS).status_code == 302
    kept = _again(nina).belgian
    assert (kept.copay_bp, kept.language, kept.rural, kept.paragraph_4_6) == (1250, "de", True, True)
    assert kept.niss == "85073003328"
    assert "Tarif officiel" not in _chips(nina, JULY - DAY)
    assert "Tarif officiel" in _chips(nina, JULY) & _chips(nina, date(2026, 7, 31))
    assert "Tarif officiel" not in _chips(nina, date(2026, 8, 1))
    assert "Palliatif" not in _chips(nina, date(2026, 7, 14))
    assert "Palliatif" in _chips(nina, date(2026, 7, 15))
    facts = dict(BelgianWeb().patient_facts(_again(nina), JULY))
    assert facts["Ticket modérateur demandé"] == "12,50 %"
    assert 'value="12,50"' in dora_client.get(_url("insurability", nina)).content.decode()


@pytest.mark.parametrize(("copay", "kept"), [("policy", None), ("all", 10_000), ("none", 0), ("custom", 5_000)])
def test_the_share_asked_of_this_patient(dora_client, nina, copay, kept):
    typed = {"copay": copay, "percent": "50", "language": "fr"}
    assert dora_client.post(_url("insurability_exceptions", nina), typed).status_code == 302
    assert _again(nina).belgian.copay_bp == kept
    page = dora_client.get(_url("insurability", nina)).content.decode()
    assert f'<option value="{copay}" selected>' in page


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ({"percent": "101"}, "n’est pas un pourcentage"),
        ({"percent": "-1"}, "n’est pas un pourcentage"),
        ({"percent": "moitié"}, "n’est pas un pourcentage"),
        ({"percent": ""}, "Écrivez la part demandée"),
        ({"force_to": "2026-06-30"}, "précède le premier"),
        ({"force_official": ""}, "cochez, ou videz-les"),
    ],
)
def test_a_wrong_exception_is_refused_and_stays_typed(dora_client, nina, typed, text):
    page = dora_client.post(_url("insurability_exceptions", nina), EXCEPTIONS | typed)
    assert page.status_code == 422
    assert text in page.content.decode()
    assert "2026-07-15" in page.content.decode()
    assert _again(nina).belgian.language == "fr"


def test_a_patient_without_a_belgian_half_gets_one(dora_client, dora):
    bare = Patient.objects.for_(dora).create(birth_name="Nu")
    assert dora_client.get(_url("insurability", bare)).status_code == 200
    assert dora_client.post(_url("insurability_exceptions", bare), EXCEPTIONS).status_code == 302
    assert _again(bare).belgian.language == "de"
    assert dora_client.post(_url("insurability_add", bare), _typed()).status_code == 302
    assert (_again(bare).belgian.mutuality, _again(bare).belgian.language) == ("319", "de")


def _somebody(practice, name, role):
    user = User.objects.create_user(f"{name}@example.org", "correct horse battery", first_name=name, last_name="Test")
    Membership.objects.for_(practice).create(user=user, role=role)
    return enter(Client(), user)


def test_a_stranger_meets_no_row(nina):
    elsewhere = Practice.objects.create(name="Cabinet du Port", country="BE")
    client, cover = _somebody(elsewhere, "charlie", "owner"), _held(nina, JULY)
    for name, row in {
        "insurability": nina,
        "insurability_add": nina,
        "insurability_exceptions": nina,
        "insurability_period": cover,
        "insurability_delete": cover,
    }.items():
        met = {client.get(_url(name, row)).status_code, client.post(_url(name, row), _typed()).status_code}
        assert met <= {404, 405}, name
    assert _periods(nina) == [("135", None, None, "110")]
    assert _again(nina).belgian.language == "fr"


def test_a_reader_reads_and_changes_nothing(nina):
    services.set_exceptions(nina, {"force_official": True, "force_from": JULY, "copay_bp": 0})
    client, cover = _somebody(nina.practice, "rita", "reader"), _held(nina, JULY)
    page = client.get(_url("insurability", nina)).content.decode()
    assert "Mutualité Saint-Michel" in page
    assert "01/07/2026 – …" in page
    assert _url("insurability_add", nina) not in page
    assert _url("insurability_exceptions", nina) not in page
    for name, row in (("insurability_add", nina), ("insurability_exceptions", nina), ("insurability_period", cover)):
        assert client.post(_url(name, row), _typed()).status_code == 403
    assert client.post(_url("insurability_delete", cover)).status_code == 403
    assert _periods(nina) == [("135", None, None, "110")]


def test_a_complementary_cover_is_no_period(dora_client, nina):
    Cover.objects.for_(nina).update(kind="complementary")
    cover = Cover.objects.for_(nina).get()
    assert dora_client.get(_url("insurability_period", cover)).status_code == 404
    assert dora_client.post(_url("insurability_delete", cover)).status_code == 404


def test_the_page_asks_few_queries_however_many_periods(dora_client, nina, django_assert_max_num_queries):
    for month in range(1, 7):
        services.add_period(nina, Period("319", date(2026, month, 1), None, BIM))
    with django_assert_max_num_queries(12):
        assert dora_client.get(_url("insurability", nina)).status_code == 200


def test_each_verb_is_told_to_the_journal(dora_client, nina, dora):
    from quittance.audit.reading import events

    dora_client.post(_url("insurability_add", nina), _typed())
    cover = _held(nina, JULY)
    dora_client.post(_url("insurability_period", cover), _typed(ct1="110"))
    dora_client.post(_url("insurability_delete", cover))
    dora_client.post(_url("insurability_exceptions", nina), EXCEPTIONS)
    told = [event.what for event in events(dora.practice)][:4]
    assert sorted(told) == [f"insurability.{verb}" for verb in ("add", "change", "delete", "exceptions")]

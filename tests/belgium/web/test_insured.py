"""Which insurability holds on a day, and what prices are told of it: the day before, the day of, the day after."""

from __future__ import annotations

from datetime import date

import pytest

from quittance.belgium import insured
from quittance.belgium.models import BelgianCover, BelgianPatient
from quittance.patients.models import Cover, Patient, Payer, PayerKind

pytestmark = pytest.mark.django_db
NEW = date(2026, 7, 1)


def _cover(patient, number, first, last, **rights):
    payer, _made = Payer.objects.for_(patient).get_or_create(
        system="be.mutuality", number=number, defaults={"name": number, "kind": PayerKind.COMPULSORY}
    )
    cover = Cover.objects.for_(patient).create(
        patient=patient, payer=payer, kind=PayerKind.COMPULSORY, from_day=first, to_day=last
    )
    if rights:
        BelgianCover.objects.for_(patient).create(cover=cover, **rights)
    return cover


def _held(patient, day):
    found = insured.cover_on(patient, day)
    assert found is not None
    return found


@pytest.fixture
def nina(belgian_practice):
    """A patient whose mutuality and right change in the middle of a year."""
    patient = Patient.objects.for_(belgian_practice).create(birth_name="Exemple", birth_date=date(1985, 7, 30))
    BelgianPatient.objects.for_(patient).create(patient=patient, niss="85073003328", mutuality="135")
    _cover(patient, "135", None, date(2026, 6, 30), ct1="110", ct2="110", gmd=True)
    _cover(patient, "319", NEW, date(2026, 12, 31), ct1="111", ct2="111", chronic=True)
    return Patient.objects.for_(patient).select_related("belgian").get(pk=patient.pk)


@pytest.mark.parametrize(
    ("day", "number", "rights"),
    [
        (date(1990, 1, 1), "135", {"ct1": "110", "ct2": "110", "gmd": True}),
        (date(2026, 6, 30), "135", {"ct1": "110", "ct2": "110", "gmd": True}),
        (NEW, "319", {"ct1": "111", "ct2": "111", "chronic": True}),
        (date(2026, 12, 31), "319", {"ct1": "111", "ct2": "111", "chronic": True}),
        (date(2027, 1, 1), None, {}),
    ],
)
def test_the_cover_and_the_rights_of_a_day(nina, day, number, rights):
    cover = insured.cover_on(nina, day)
    assert (cover.payer.number if cover else None) == number
    assert insured.rights_on(nina, day) == {"birth_date": "1985-07-30", **rights}


def test_a_year_of_days_asks_for_one_query(nina, django_assert_num_queries):
    with django_assert_num_queries(1):
        for month in range(1, 13):
            insured.rights_on(nina, date(2026, month, 1))
            cover = _held(nina, date(2026, month, 1))
            assert cover.payer.number in {"135", "319"}
            assert cover.belgian.ct2 in {"110", "111"}


def test_what_was_typed_over_the_code_is_told_and_only_then(nina):
    rights = _held(nina, NEW).belgian
    assert "preferential" not in insured.rights_on(nina, NEW)
    rights.preferential = False
    assert insured.rights_on(nina, NEW)["preferential"] is False


def test_the_exceptions_hold_from_their_day_to_their_day(nina):
    nina.belgian.force_official, nina.belgian.force_from, nina.belgian.force_to = True, NEW, date(2026, 7, 31)
    nina.belgian.palliative_from = NEW
    before, first = insured.rights_on(nina, date(2026, 6, 30)), insured.rights_on(nina, NEW)
    assert not {"force_official", "palliative"} & set(before)
    assert (first["force_official"], first["palliative"]) == (True, True)
    after = insured.rights_on(nina, date(2026, 8, 1))
    assert "force_official" not in after
    assert after["palliative"] is True


def test_what_is_unknown_is_left_out(belgian_practice, django_assert_num_queries):
    lunar = Patient.objects.for_(belgian_practice).create(birth_name="Lunaire", birth_raw="31021950")
    _cover(lunar, "135", None, None)
    assert insured.rights_on(lunar, NEW) == {}
    assert _held(lunar, NEW).payer.number == "135"
    with django_assert_num_queries(0):
        assert insured.rights_on(Patient(practice=belgian_practice), NEW) == {}


def test_covers_of_another_kind_do_not_insure(nina):
    Cover.objects.for_(nina).update(kind=PayerKind.COMPLEMENTARY)
    assert insured.cover_on(nina, NEW) is None


def test_covers_are_read_anew_once_forgotten(nina):
    assert _held(nina, NEW).payer.number == "319"
    Cover.objects.for_(nina).filter(from_day=NEW).delete()
    assert _held(nina, NEW).payer.number == "319"
    insured.forget(nina)
    assert insured.cover_on(nina, NEW) is None

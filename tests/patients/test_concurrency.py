"""Eight threads at once: what is made once by its key, and the one cover that is the default."""

from __future__ import annotations

from uuid import uuid4

import pytest

from quittance.patients import services
from quittance.patients.models import Cover, Patient, Prescriber
from tests.threads import THREADS, at_once


@pytest.fixture
def patient(transactional_db, acting):
    return services.create_patient(acting, {"birth_name": "Adrun"})


@pytest.fixture
def payer(patient, acting):
    return services.record_payer(acting, "amc", "1", "Mutuelle", "complementary")


def test_a_patient_made_by_eight_threads_is_one(transactional_db, acting):
    key = uuid4()
    made = at_once(lambda _place: services.create_patient(acting, {"birth_name": "Adrun"}, key=key))
    assert len({one.pk for one in made}) == Patient.objects.for_(acting).count() == 1


def test_a_prescriber_made_by_eight_threads_is_one(transactional_db, acting):
    key, fields = uuid4(), {"last_name": "Adrun", "number": "1"}
    made = at_once(lambda _place: services.create_prescriber(acting, fields, key=key))
    assert len({one.pk for one in made}) == Prescriber.objects.for_(acting).count() == 1


def test_a_payer_named_by_eight_threads_is_one(transactional_db, acting):
    made = at_once(lambda _place: services.record_payer(acting, "amc", "1", "Mutuelle", "complementary"))
    assert len({one.pk for one in made}) == 1


def test_of_eight_covers_added_at_once_one_is_the_default(patient, payer):
    at_once(lambda _place: services.add_cover(patient, payer, {}))
    assert sorted(one.is_default for one in patient.covers.all()) == [False] * (THREADS - 1) + [True]


def test_of_eight_covers_made_the_default_at_once_one_is(acting, patient, payer):
    covers = [services.add_cover(patient, payer, {}) for _ in range(THREADS)]
    at_once(lambda place: services.set_default_cover(covers[place]))
    assert Cover.objects.for_(acting).filter(is_default=True).count() == 1

"""Verbs on patients, covers and prescribers: whole or not at all, and once however often they are sent."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError

from quittance.patients import search, services
from quittance.patients.models import Cover, Patient, PatientWord, Payer, Prescriber
from quittance.people.scoping import CrossPracticeError


@pytest.fixture
def patient(acting):
    return services.create_patient(acting, {"birth_name": "Le Bihan", "first_names": "Éloïse"})


@pytest.fixture
def payer(acting):
    return services.record_payer(acting, "test", "123", "Mutuelle du Port", "complementary")


def test_a_form_sent_twice_makes_one_patient(acting):
    key = uuid4()
    first = services.create_patient(acting, {"birth_name": "Adrun"}, key=key)
    assert services.create_patient(acting, {"birth_name": "Adrun"}, key=key) == first
    assert Patient.objects.for_(acting).count() == 1


def test_a_failing_country_half_leaves_nothing(acting):
    def broken(_patient):
        raise RuntimeError("country")

    with pytest.raises(RuntimeError):
        services.create_patient(acting, {"birth_name": "Adrun"}, then=broken)
    assert not Patient.objects.for_(acting).exists()
    assert not PatientWord.objects.for_(acting).exists()


def test_a_new_name_is_found_and_the_old_one_no_more(acting, patient):
    services.change_patient(patient, {"used_name": "Kermarec"})
    assert search.patients(acting, "kerm") == [patient]
    services.change_patient(patient, {"used_name": ""})
    assert search.patients(acting, "kerm") == []
    assert search.patients(acting, "lebih") == [patient]


def test_the_identity_of_a_card_stays(patient):
    patient.locked = True
    patient.save()
    services.change_patient(patient, {"birth_name": "Autre", "phone": "0100000000"})
    patient.refresh_from_db()
    assert (patient.birth_name, patient.phone) == ("Le Bihan", "0100000000")


def test_a_patient_never_billed_is_deleted_with_covers_and_words(acting, patient, payer):
    services.add_cover(patient, payer, {})
    assert services.lost_with(patient)["covers"] == 1
    assert services.delete_patient(patient)
    assert not Cover.objects.for_(acting).exists()
    assert not PatientWord.objects.for_(acting).exists()
    assert Payer.objects.for_(acting).get() == payer


def test_a_billed_patient_is_archived(acting, patient, payer):
    from quittance.billing.models import Bill

    issuer = acting.professional.issuers.get()
    day = {"day": date(2026, 11, 22), "snapshot": {}, "law_digest": "x", "release": "0", "fee_cents": 3000}
    names = {field.name for field in Bill._meta.concrete_fields}
    known = {"issuer": issuer, "series": "", "number": 1, "idempotency_key": uuid4(), "patient": patient, **day}
    cents = {name: 0 for name in names if name.endswith("_cents")}
    extra = {"country": "FR", "professional": acting.professional}
    values = cents | known | extra
    Bill.objects.for_(acting).create(**{name: value for name, value in values.items() if name in names})
    assert services.lost_with(patient)["bills"] == 1
    assert not services.delete_patient(patient)
    assert search.patients(acting, "bihan") == []
    assert search.patients(acting) == []
    patient.refresh_from_db()
    assert patient.archived_at is not None


def test_the_first_cover_is_the_default_and_its_heir_follows(acting, patient, payer):
    first = services.add_cover(patient, payer, {"from_day": date(2025, 1, 1)})
    second = services.add_cover(patient, payer, {"from_day": date(2026, 1, 1)})
    third = services.add_cover(patient, payer, {"from_day": date(2024, 1, 1)})
    assert [one.is_default for one in (first, second, third)] == [True, False, False]
    services.set_default_cover(third)
    assert [one.pk for one in patient.covers.filter(is_default=True)] == [third.pk]
    third.refresh_from_db()
    services.delete_cover(third)
    assert [one.pk for one in patient.covers.filter(is_default=True)] == [second.pk]


def test_the_database_refuses_two_defaults(patient, payer):
    services.add_cover(patient, payer, {})
    second = services.add_cover(patient, payer, {})
    second.is_default = True
    with pytest.raises(IntegrityError):
        second.save()


def test_a_cover_of_the_card_changes_by_its_duplicate(patient, payer):
    cover = services.add_cover(patient, payer, {"member_number": "42"})
    cover.locked = True
    cover.save()
    with pytest.raises(services.LockedError):
        services.change_cover(cover, payer, {"member_number": "43"})
    key = uuid4()
    copy = services.duplicate_cover(cover, key=key, then=lambda old, new: None)
    assert services.duplicate_cover(cover, key=key, then=lambda old, new: None) == copy
    assert (copy.member_number, copy.locked, copy.is_default) == ("42", False, False)
    services.change_cover(copy, payer, {"member_number": "43"})


def test_a_payer_is_known_by_its_number(acting, payer):
    again = services.record_payer(acting, "test", "123", "Mutuelle du Grand Port", "complementary")
    assert again == payer
    assert [one.name for one in search.payers(acting, "complementary", "grand")] == ["Mutuelle du Grand Port"]
    assert search.payers(acting, "complementary", "12") == [payer]
    assert search.payers(acting, "compulsory", "mut") == []


def test_a_payer_of_another_practice_is_refused(patient, charlie_acting):
    theirs = services.record_payer(charlie_acting, "test", "1", "Ailleurs", "complementary")
    with pytest.raises(CrossPracticeError):
        services.add_cover(patient, theirs, {})


def test_prescribers_are_made_once_found_and_deleted(acting):
    key = uuid4()
    fields = {"last_name": "Tanguy", "first_name": "Ève", "number": "10100000049", "city": "Port-Exemple"}
    made = services.create_prescriber(acting, fields, key=key)
    assert services.create_prescriber(acting, fields, key=key) == made
    for typed in ("tan", "eve", "101000", "port", "exem tang"):
        assert search.prescribers(acting, typed) == [made], typed
    services.change_prescriber(made, {"last_name": "Zanetti"})
    services.create_prescriber(acting, {"last_name": "Abel", "first_name": "", "number": "2"})
    assert [one.last_name for one in search.prescribers(acting, order="-name")] == ["Zanetti", "Abel"]
    assert services.delete_prescriber(made)
    assert Prescriber.objects.for_(acting).count() == 1


def test_a_professional_who_never_billed_is_deleted_and_the_patients_stay(acting, bob):
    from quittance.people.acting import acting_for
    from quittance.people.professionals.leaving import remove_professional

    his = acting_for(bob)
    assert his is not None
    assert his.professional is not None
    made = services.create_patient(his, {"birth_name": "Diallo"})
    assert made.registered_for == his.professional
    assert remove_professional(acting, his.professional)
    made.refresh_from_db()
    assert made.registered_for is None

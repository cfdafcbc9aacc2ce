"""What is done to patients, covers and prescribers: each verb is one transaction.

A verb that makes a row takes a `key` of the page's form: sent twice, it gives the same row. `then` writes the
country's half in the same transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone

from quittance.audit import changed
from quittance.patients.folding import fold, words_of
from quittance.patients.models import LATEST, Cover, Patient, PatientWord, Payer, PayerKind, Prescriber, Source
from quittance.people.models import Practice
from quittance.people.scoping import HasPractice
from quittance.people.turns import take_turn

Then = Callable[[Any], object]
IDENTITY = ("birth_name", "used_name", "first_names", "birth_raw", "birth_date", "birth_place", "sex")


class LockedError(ValueError):
    """What a card gave was to be changed by hand."""


def _nothing(_row: Any) -> None:
    """Write nothing more."""


def _index(patient: Patient) -> None:
    """Bring the words to search by in step with the names."""
    wanted = words_of(patient.birth_name, patient.used_name, patient.first_names)
    kept = set(PatientWord.objects.for_(patient).filter(patient=patient).values_list("word", flat=True))
    if kept - wanted:
        PatientWord.objects.for_(patient).filter(patient=patient, word__in=kept - wanted).delete()
    missing = [PatientWord(practice=patient.practice, patient=patient, word=word) for word in sorted(wanted - kept)]
    PatientWord.objects.bulk_create(missing)


def _write(patient: Patient, fields: Mapping[str, Any], then: Then) -> Patient:
    for name, value in fields.items():
        setattr(patient, name, value)
    patient.folded = fold(f"{patient.last_name} {patient.first_names}")
    patient.save()
    _index(patient)
    then(patient)
    return patient


@transaction.atomic
def create_patient(
    scope: HasPractice, fields: Mapping[str, Any], *, key: UUID | None = None, then: Then = _nothing
) -> Patient:
    """Make a patient of the professional one works for; the same `key` again gives the patient already made."""
    take_turn(Practice, scope.practice.pk)
    known = Patient.objects.for_(scope).filter(creation_key=key).first() if key else None
    if known:
        return known
    whose = getattr(scope, "professional", None)  # of an `Acting`: a mandatary sees the patients of his grantor alone
    patient = _write(Patient(practice=scope.practice, creation_key=key, registered_for=whose), fields, then)
    changed(patient, "patient.create")
    return patient


@transaction.atomic
def change_patient(patient: Patient, fields: Mapping[str, Any], *, then: Then = _nothing) -> Patient:
    """Change a patient; the identity that a card gave stays as it is."""
    kept = {name: value for name, value in fields.items() if not (patient.locked and name in IDENTITY)}
    patient.seen_at = timezone.now()
    _write(patient, kept, then)
    changed(patient, "patient.change")
    return patient


def touch_patient(patient: Patient) -> None:
    """Put a patient in front of those seen lately: called when a bill is made."""
    Patient.objects.for_(patient).filter(pk=patient.pk).update(seen_at=timezone.now())


def lost_with(patient: Patient, scope: HasPractice | None = None) -> dict[str, int]:
    """Count what deleting a patient would take along: covers, drafts; with `bills`, it is archived instead.

    Only rows that `scope` may see are counted: a mandatary is not told how many bills a colleague of his grantor made.
    """
    found = {"covers": Cover.objects.for_(patient).filter(patient=patient, kind=PayerKind.COMPLEMENTARY).count()}
    for name in ("drafts", "bills"):  # of the room of bills, which this one does not know
        rows = getattr(patient, name, None)
        found[name] = rows.for_(scope or patient).count() if rows is not None else 0
    return found


@transaction.atomic
def _removed(row: Patient | Prescriber, what: str) -> bool:
    """Delete a row, or archive the one that bills name; gives whether it is gone."""
    key, gone = row.pk, True
    try:
        with transaction.atomic():
            row.delete()
    except ProtectedError:
        type(row).objects.for_(row).filter(pk=key, archived_at=None).update(archived_at=timezone.now())
        gone = False
    row.pk = key
    changed(row, f"{what}.delete" if gone else f"{what}.archive")
    return gone


def delete_patient(patient: Patient) -> bool:
    """Delete a patient; one that was billed is archived instead. Gives whether the row is gone."""
    return _removed(patient, "patient")


@transaction.atomic
def record_payer(scope: HasPractice, system: str, number: str, name: str, kind: str) -> Payer:
    """Find a payer by its number, or make it; a name typed later corrects the name."""
    payer, made = Payer.objects.for_(scope).get_or_create(
        system=system, number=number, defaults={"name": name, "kind": kind, "folded": fold(f"{name} {number}")}
    )
    if not made and name and payer.name != name:
        payer.name, payer.folded = name, fold(f"{name} {number}")
        payer.save(update_fields=["name", "folded"])
    return payer


def _others(cover: Cover) -> Any:
    return Cover.objects.for_(cover).filter(patient_id=cover.patient_id, kind=cover.kind).exclude(pk=cover.pk)


@transaction.atomic
def add_cover(
    patient: Patient,
    payer: Payer,
    fields: Mapping[str, Any],
    *,
    kind: str = PayerKind.COMPLEMENTARY,
    key: UUID | None = None,
    then: Then = _nothing,
) -> Cover:
    """Cover a patient by a payer; the first cover of a kind is the default."""
    take_turn(Patient, patient.pk)
    known = Cover.objects.for_(patient).filter(creation_key=key).first() if key else None
    if known:
        return known
    cover = Cover(practice=patient.practice, patient=patient, payer=payer, kind=kind, creation_key=key, **fields)
    cover.is_default = not _others(cover).filter(is_default=True).exists()
    cover.save()
    then(cover)
    changed(cover, "cover.add")
    return cover


@transaction.atomic
def change_cover(cover: Cover, payer: Payer, fields: Mapping[str, Any], *, then: Then = _nothing) -> Cover:
    """Change a cover typed by hand; one that a card gave is duplicated instead."""
    if cover.locked:
        raise LockedError("cover")
    cover.payer = payer
    for name, value in fields.items():
        setattr(cover, name, value)
    cover.save()
    then(cover)
    changed(cover, "cover.change")
    return cover


@transaction.atomic
def duplicate_cover(cover: Cover, *, key: UUID | None = None, then: Callable[[Cover, Cover], object]) -> Cover:
    """Copy a cover into one that can be changed; `then(old, new)` copies the country's half."""
    take_turn(Patient, cover.patient_id)
    known = Cover.objects.for_(cover).filter(creation_key=key).first() if key else None
    if known:
        return known
    copy = Cover(
        practice=cover.practice,
        patient_id=cover.patient_id,
        payer_id=cover.payer_id,
        kind=cover.kind,
        member_number=cover.member_number,
        from_day=cover.from_day,
        to_day=cover.to_day,
        source=Source.HAND,
        creation_key=key,
    )
    copy.save()
    then(cover, copy)
    changed(copy, "cover.duplicate")
    return copy


@transaction.atomic
def set_default_cover(cover: Cover) -> None:
    """Make a cover the one that bills take."""
    take_turn(Patient, cover.patient_id)
    _make_default(cover)
    changed(cover, "cover.default")


def _make_default(cover: Cover) -> None:
    _others(cover).filter(is_default=True).update(is_default=False)
    Cover.objects.for_(cover).filter(pk=cover.pk).update(is_default=True)


@transaction.atomic
def delete_cover(cover: Cover) -> None:
    """Delete a cover; the newest of the others becomes the default when it was the one. Bills keep their own copy."""
    take_turn(Patient, cover.patient_id)
    heir = _others(cover).order_by(LATEST, "-pk").first() if cover.is_default else None
    key = cover.pk
    cover.delete()
    if heir is not None:
        _make_default(heir)
    cover.pk = key
    changed(cover, "cover.delete")


def _write_prescriber(prescriber: Prescriber, fields: Mapping[str, Any]) -> Prescriber:
    for name, value in fields.items():
        setattr(prescriber, name, value)
    told = (prescriber.last_name, prescriber.first_name, prescriber.number, prescriber.specialty, prescriber.city)
    prescriber.folded = fold(" ".join(told))[:240]
    prescriber.save()
    return prescriber


@transaction.atomic
def create_prescriber(scope: HasPractice, fields: Mapping[str, Any], *, key: UUID | None = None) -> Prescriber:
    """Make a prescriber; the same `key` again gives the one already made."""
    take_turn(Practice, scope.practice.pk)
    known = Prescriber.objects.for_(scope).filter(creation_key=key).first() if key else None
    if known:
        return known
    prescriber = _write_prescriber(Prescriber(practice=scope.practice, creation_key=key), fields)
    changed(prescriber, "prescriber.create")
    return prescriber


@transaction.atomic
def change_prescriber(prescriber: Prescriber, fields: Mapping[str, Any]) -> Prescriber:
    """Change a prescriber."""
    _write_prescriber(prescriber, fields)
    changed(prescriber, "prescriber.change")
    return prescriber


def delete_prescriber(prescriber: Prescriber) -> bool:
    """Delete a prescriber; one that a bill names is archived instead. Gives whether the row is gone."""
    return _removed(prescriber, "prescriber")

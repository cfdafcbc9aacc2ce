"""What is done to the insurability of a patient: its periods by mutuality, the exceptions. Each verb is a transaction.

Two periods never hold on the same day, and one that a card gave is not changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from quittance.audit import changed
from quittance.belgium import insured
from quittance.belgium.models import BelgianCover, BelgianPatient
from quittance.belgium.numbers import mutuality
from quittance.patients.models import Cover, Patient, Payer, PayerKind
from quittance.patients.services import LockedError, record_payer
from quittance.people.turns import take_turn

SYSTEM = "be.mutuality"
_DAY = timedelta(days=1)


class OverlapError(ValueError):
    """A period would hold on the same day as `cover`."""

    def __init__(self, cover: Cover) -> None:
        super().__init__(str(cover))
        self.cover = cover


@dataclass(frozen=True, slots=True)
class Period:
    """A mutuality from a day to a day (both included, None = open), with the fields of `BelgianCover`."""

    number: str
    first: date | None
    last: date | None
    rights: Mapping[str, Any]


@transaction.atomic
def add_period(patient: Patient, period: Period, *, key: UUID | None = None) -> Cover:
    """Insure a patient from a day: the period that held then ends the day before, an open one stops before the next.

    The same `key` again gives the period already made. Raises OverlapError where two would hold.
    """
    take_turn(Patient, patient.pk)
    known = Cover.objects.for_(patient).filter(patient=patient, creation_key=key).first() if key else None
    if known:
        return known
    rows = _rows(patient)
    before = _before(rows, period.first)
    others = [one for one in rows if one is not before]
    period = _bounded(period, others)
    _refuse_overlap(period, [*others, *([before] if before and before.locked else [])])
    if before is not None and period.first is not None:
        before.to_day = period.first - _DAY
        before.save(update_fields=["to_day"])
    cover = Cover(practice=patient.practice, patient=patient, kind=PayerKind.COMPULSORY, creation_key=key)
    cover.is_default = not any(one.is_default for one in rows)
    _write(cover, period)
    changed(cover, "insurability.add")
    return cover


@transaction.atomic
def change_period(cover: Cover, period: Period) -> Cover:
    """Change a period; LockedError for one that a card gave, OverlapError where two would hold."""
    take_turn(Patient, cover.patient_id)
    if cover.locked:
        raise LockedError("cover")
    _refuse_overlap(period, [one for one in _rows(cover.patient) if one.pk != cover.pk])
    return _change(cover, period)


def _change(cover: Cover, period: Period) -> Cover:
    _write(cover, period)
    changed(cover, "insurability.change")
    return cover


@transaction.atomic
def delete_period(cover: Cover) -> Cover | None:
    """Delete a period, and give the one that ends the day before: it is not opened again."""
    take_turn(Patient, cover.patient_id)
    rows = [one for one in _rows(cover.patient) if one.pk != cover.pk]
    before = next((one for one in rows if one.to_day and one.to_day + _DAY == cover.from_day), None)
    key = cover.pk
    cover.delete()
    _follow(cover.patient)
    cover.pk = key
    changed(cover, "insurability.delete")
    return before


@transaction.atomic
def keep_today(patient: Patient, number: str, rights: Mapping[str, Any]) -> Cover | None:
    """Write the insurability of today: the period that holds is changed, else one is made that leaves the others."""
    take_turn(Patient, patient.pk)
    rows, today = _rows(patient), patient.practice.today()
    _renumber(patient, rows)
    cover = insured.cover_on(patient, today)
    if not number or (cover is not None and cover.locked):
        return cover
    if cover is None:
        return add_period(patient, Period(number, _after(rows, today), None, rights))
    if cover.payer.number == number and _has(cover, rights):
        return cover
    return _change(cover, Period(number, cover.from_day, cover.to_day, rights))


@transaction.atomic
def set_exceptions(patient: Patient, values: Mapping[str, Any]) -> BelgianPatient:
    """Write the exceptions of a patient (exceptions, A04): fields of `BelgianPatient`."""
    belgian = _half(patient)
    for name, value in values.items():
        setattr(belgian, name, value)
    belgian.save()
    changed(patient, "insurability.exceptions")
    return belgian


def _half(patient: Patient) -> BelgianPatient:
    found = BelgianPatient.objects.for_(patient).filter(pk=patient.pk).first()
    return found or BelgianPatient(patient=patient, practice=patient.practice)


def _rows(patient: Patient) -> list[Cover]:
    insured.forget(patient)
    return insured.covers_of(patient)


def _before(rows: Iterable[Cover], first: date | None) -> Cover | None:
    """Give the period that holds already on the first day of a new one, begun earlier."""
    if first is None:
        return None
    earlier = (one for one in rows if one.from_day is None or one.from_day < first)
    return next((one for one in earlier if one.holds_on(first)), None)


def _after(rows: Iterable[Cover], day: date) -> date | None:
    """Give the day after the last period that ended before a day; None where none did."""
    ends = [one.to_day for one in rows if one.to_day is not None and one.to_day < day]
    return max(ends) + _DAY if ends else None


def _bounded(period: Period, others: Iterable[Cover]) -> Period:
    """End an open period the day before the next one begins."""
    starts = [one.from_day for one in others if one.from_day and (period.first is None or one.from_day > period.first)]
    return replace(period, last=min(starts) - _DAY) if period.last is None and starts else period


def _refuse_overlap(period: Period, others: Iterable[Cover]) -> None:
    first, last = period.first or date.min, period.last or date.max
    for one in others:
        if (one.from_day or date.min) <= last and first <= (one.to_day or date.max):
            raise OverlapError(one)


def _has(cover: Cover, rights: Mapping[str, Any]) -> bool:
    kept = insured.insurability_of(cover)
    return kept is not None and all(getattr(kept, name) == value for name, value in rights.items())


def _payer(patient: Patient, number: str) -> Payer:
    name = mutuality.name(number) or f"Mutualité {number}"
    return record_payer(patient, SYSTEM, number, name, PayerKind.COMPULSORY)


def _write(cover: Cover, period: Period) -> None:
    """Write a period with its insurability, and follow with the mutuality of today."""
    cover.payer = _payer(cover.patient, period.number)
    cover.from_day, cover.to_day = period.first, period.last
    cover.member_number = _member(_half(cover.patient))
    cover.save()
    half = insured.insurability_of(cover) or BelgianCover(cover=cover, practice=cover.practice)
    for name, value in period.rights.items():
        setattr(half, name, value)
    half.save()
    _follow(cover.patient)


def _member(belgian: BelgianPatient) -> str:
    return belgian.niss or belgian.registration


def _renumber(patient: Patient, rows: Iterable[Cover]) -> None:
    """Write a number that was corrected on every period typed by hand."""
    number = _member(_half(patient))
    wrong = [one for one in rows if not one.locked and one.member_number != number]
    if wrong:
        Cover.objects.for_(patient).filter(pk__in=[one.pk for one in wrong]).update(member_number=number)
        insured.forget(patient)


def _follow(patient: Patient) -> None:
    """Write the mutuality of today with the patient."""
    insured.forget(patient)
    cover = insured.cover_on(patient, patient.practice.today())
    belgian, number = _half(patient), cover.payer.number if cover else ""
    if belgian.mutuality != number:
        belgian.mutuality = number
        belgian.save()

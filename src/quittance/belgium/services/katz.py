"""What is done to Katz evaluations and to notifications of wound care: each verb is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quittance.audit import changed
from quittance.belgium.file import forget
from quittance.belgium.models import KatzEvaluation, WoundCareNotice
from quittance.belgium.nursing.model import ITEMS
from quittance.belgium.services import care
from quittance.belgium.speech.days import shown
from quittance.patients.models import Patient
from quittance.people.acting import Acting
from quittance.people.turns import take_turn

MEASURED = (*ITEMS, "first", "last", "toilets", "disoriented", "incontinent", "address")
"""What an evaluation says; it stays as it was notified."""
FOLLOWED = ("granted", "was_granted", "refused", "toilets", "stopped", "stop_told", "sent_on")
"""What became of it; with the decision "toilets only" the profile is that of the decision."""


class RefusedError(ValueError):
    """What is asked is not done: the text says why, and what to do."""


def _turn(patient: Patient) -> list[KatzEvaluation]:
    """Take the turn on a patient, and give his evaluations as they stand then."""
    take_turn(Patient, patient.pk)
    forget(patient)
    return care.katz_rows(patient)


@transaction.atomic
def keep_evaluation(acting: Acting, patient: Patient, measured: Mapping[str, Any]) -> KatzEvaluation:
    """Keep a new evaluation; the same one sent twice is one row.

    RefusedError where another one of the same first day is not notified yet: that one is changed.
    """
    for row in _turn(patient):
        if all(getattr(row, name) == measured[name] for name in MEASURED):
            return row
        if row.first == measured["first"] and row.sent_on is None and not row.refused:
            raise RefusedError(_("Another evaluation begins that day and is not notified yet: change that one."))
    who = acting.substitute or acting.professional
    assert who is not None
    row = KatzEvaluation.objects.for_(acting).create(
        patient=patient, professional=who, **{name: measured[name] for name in MEASURED}
    )
    changed(row, "katz.keep")
    return row


@transaction.atomic
def change_evaluation(row: KatzEvaluation, measured: Mapping[str, Any]) -> None:
    """Change what an evaluation says; RefusedError once it is notified: a new one replaces it."""
    _turn(row.patient)
    row.refresh_from_db()
    if row.sent_on is not None:
        raise RefusedError(
            _("This evaluation is notified: it stays as it was sent. Make a new one, which replaces it.")
        )
    for name in MEASURED:
        setattr(row, name, measured[name])
    row.save()
    changed(row, "katz.change")


@transaction.atomic
def follow_evaluation(row: KatzEvaluation, followed: Mapping[str, Any]) -> None:
    """Write what became of an evaluation: notified, decided, ended.

    RefusedError where the notification is taken back of an evaluation with which care was billed.
    """
    rows = _turn(row.patient)
    row.refresh_from_db()
    if row.sent_on is not None and followed["sent_on"] is None:
        _require_unbilled(row, rows, _("the day of its notification stays"))
    for name in FOLLOWED:
        setattr(row, name, followed[name])
    row.save()
    changed(row, "katz.follow")


@transaction.atomic
def delete_evaluation(row: KatzEvaluation) -> None:
    """Delete an evaluation; RefusedError once it is notified, or care was billed with it."""
    rows = _turn(row.patient)
    row.refresh_from_db()
    if row.sent_on is not None:
        raise RefusedError(
            _("This evaluation is notified: it is not deleted. Write the end of care, or make a new one.")
        )
    _require_unbilled(row, rows, _("the evaluation is not deleted"))
    key = row.pk
    row.delete()
    row.pk = key
    changed(row, "katz.delete")


def _require_unbilled(row: KatzEvaluation, rows: list[KatzEvaluation], kept: str) -> None:
    days = care.billed_with(row, rows, row.patient)
    if days:
        first = shown(days[0])
        text = _("Toilets or flat rates are billed with it since %(day)s: %(kept)s. Cancel those bills first.")
        raise RefusedError(text % {"day": first, "kept": kept})


@transaction.atomic
def keep_wound(acting: Acting, patient: Patient, told: Mapping[str, Any]) -> WoundCareNotice:
    """Keep a notification of wound care; the same one sent twice is one row."""
    take_turn(Patient, patient.pk)
    rows = WoundCareNotice.objects.for_(acting).filter(patient=patient, **told)
    known = rows.first()
    if known is not None:
        return known
    row = WoundCareNotice.objects.for_(acting).create(patient=patient, **told)
    changed(row, "wound.keep")
    return row


@transaction.atomic
def delete_wound(row: WoundCareNotice) -> None:
    """Delete a notification of wound care."""
    key = row.pk
    row.delete()
    row.pk = key
    changed(row, "wound.delete")

"""Agreements and situations of a patient in speech therapy: kept, moved on, deleted. Each verb is one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.audit import changed
from quittance.belgium import file, speech
from quittance.belgium.models import SpeechAgreement, SpeechStay
from quittance.belgium.numbers import inami
from quittance.belgium.speech import acts, quota
from quittance.belgium.speech.prescriber import kind_of
from quittance.kernel.dated import day_number
from quittance.patients.models import Patient
from quittance.people.acting import Acting
from quittance.people.turns import take_turn

DECISIONS = (speech.Status.AGREED, speech.Status.PARTIALLY_AGREED, speech.Status.REFUSED)
IMPOSSIBLE = frozenset({"agreement.first_notified", "agreement.no_notification"})
NEXT: Mapping[speech.Status, tuple[speech.Status, ...]] = {
    speech.Status.DRAFT: (speech.Status.SENT,),
    speech.Status.SENT: (speech.Status.WAITING, *DECISIONS),
    speech.Status.WAITING: DECISIONS,
}
"""What follows a status in the ordinary course; whoever made a mistake may say any other."""


class RefusedError(ValueError):
    """What was asked cannot be done; the text says why and what to do."""


def rule_of(row: SpeechAgreement) -> speech.Agreement:
    """Give a row, kept or not, as the rules of article 36 read it; read its prescriber with it, to spare a query."""
    days: dict[str, date | None] = {name: getattr(row, name) for name in file.DAYS}
    return speech.Agreement(
        disorder=row.disorder,
        begin=day_number(row.begin),
        end=day_number(row.end),
        status=speech.Status(row.status),
        prolongs=row.prolongs,
        sessions=row.sessions,
        prescriber=row.prescriber_kind or told_by_number(row),
        used_elsewhere=row.used_elsewhere or 0,
        **{name: None if day is None else day_number(day) for name, day in days.items()},
    )


def told_by_number(row: SpeechAgreement) -> str:
    """Give the kind of prescriber that the number of the chosen one tells, or empty."""
    return "" if row.prescriber is None else kind_of(row.prescriber.number)


def prescriber_doubt(row: SpeechAgreement) -> str:
    """Say that the kind of prescriber that is ticked is not the one that his number tells; empty where they agree."""
    told = told_by_number(row)
    if row.prescriber is None or not told or row.prescriber_kind in ("", told):
        return ""
    text = _("The number of %(who)s (%(number)s) is that of a %(told)s, but “%(typed)s” is ticked: correct one.")
    kinds = SpeechAgreement.PrescriberKind
    return text % {
        "who": row.prescriber,
        "number": inami.check(row.prescriber.number).shown,
        "told": kinds(told).label,
        "typed": kinds(row.prescriber_kind).label,
    }


def agreements_of(patient: Patient) -> list[SpeechAgreement]:
    """List the agreements of a patient, the newest first, each with who prescribed."""
    return list(SpeechAgreement.objects.for_(patient).filter(patient=patient).select_related("prescriber"))


def next_states(row: SpeechAgreement) -> list[speech.Status]:
    """List what may follow the present state of a request; a prolongation that is only notified skips the answer."""
    found = list(NEXT.get(speech.Status(row.status), ()))
    if row.status == speech.Status.DRAFT and not _why_not_notified(row, []):
        found.insert(0, speech.Status.NOTIFIED)
    return found


@transaction.atomic
def keep_agreement(acting: Acting, row: SpeechAgreement, typed: Mapping[str, Any]) -> SpeechAgreement:
    """Write what was typed of a request; the same request sent twice is one.

    RefusedError when sessions lose cover, and for a prolongation of what the law never prolongs.
    """
    take_turn(Patient, row.patient_id)
    new = row._state.adding
    if new and (known := _same(row, typed)):
        return known
    before = None if new else _kept(row)
    for name, value in typed.items():
        setattr(row, name, value)
    row.practice = acting.practice
    _require_prolonged(row)
    if before is not None:
        _require_covered(row.patient, before, row)
    row.save()
    file.forget(row.patient)
    changed(row, "speech_agreement.create" if new else "speech_agreement.change")
    return row


def _require_prolonged(row: SpeechAgreement) -> None:
    asked = replace(rule_of(row), status=speech.Status.DRAFT)
    never = [one for one in speech.check_request(asked, []) if one.code == "agreement.never_prolonged"]
    if never:
        raise RefusedError(never[0].text)


def _same(row: SpeechAgreement, typed: Mapping[str, Any]) -> SpeechAgreement | None:
    rows = SpeechAgreement.objects.for_(row.patient).filter(patient=row.patient, status=SpeechAgreement.Status.DRAFT)
    return rows.filter(**typed).first()


@transaction.atomic
def set_state(
    row: SpeechAgreement, state: speech.Status, *, decided: date | None = None, sessions: int | None = None
) -> None:
    """Move a request on; a decision has its day. RefusedError for what the law has not, or what sessions hang on."""
    take_turn(Patient, row.patient_id)
    before = _kept(row)
    row.status = state
    row.decided = decided if state in DECISIONS else None
    row.sessions = sessions if state in DECISIONS and state is not speech.Status.REFUSED else None
    if state is speech.Status.NOTIFIED and (why := _why_not_notified(row, _rules(row.patient))):
        raise RefusedError(why[0].text)
    _require_covered(row.patient, before, row)
    row.save()
    file.forget(row.patient)
    changed(row, "speech_agreement.state", detail={"state": state.value})


def _why_not_notified(row: SpeechAgreement, others: Sequence[speech.Agreement]) -> list[speech.Reason]:
    wanted = replace(rule_of(row), status=speech.Status.NOTIFIED)
    return [one for one in speech.check_request(wanted, others) if one.code in IMPOSSIBLE]


@transaction.atomic
def delete_agreement(row: SpeechAgreement) -> None:
    """Delete a request under which nothing was attested; RefusedError else."""
    take_turn(Patient, row.patient_id)
    _require_covered(row.patient, _kept(row), None)
    key = row.pk
    row.delete()
    row.pk = key
    file.forget(row.patient)
    changed(row, "speech_agreement.delete")


def _kept(row: SpeechAgreement) -> SpeechAgreement:
    return SpeechAgreement.objects.for_(row.patient).select_related("prescriber").get(pk=row.pk)


def _rules(patient: Patient) -> list[speech.Agreement]:
    return [rule_of(one) for one in agreements_of(patient)]


def attested_under(row: SpeechAgreement) -> list[speech.Session]:
    """List the attested sessions that hang on an agreement: without it they would lose their cover."""
    return _losing(row.patient, row, None)


def _losing(patient: Patient, before: SpeechAgreement, after: SpeechAgreement | None) -> list[speech.Session]:
    """List the attested sessions that a change of an agreement would leave without any."""
    known = _rules(patient)
    then = list(known)
    then.remove(rule_of(before))
    if after is not None:
        then.append(rule_of(after))
    file.forget(patient)
    attested = file.file_of(patient).sessions
    return [one for one in attested if _covered(one, known) and not _covered(one, then)]


def _require_covered(patient: Patient, before: SpeechAgreement, after: SpeechAgreement | None) -> None:
    lost = len(_losing(patient, before, after))
    if lost:
        text = ngettext(
            "%(n)s session attested hangs on this agreement and would lose it: cancel its bill first.",
            "%(n)s sessions attested hang on this agreement and would lose it: cancel their bills first.",
            lost,
        )
        raise RefusedError(text % {"n": lost})


def _covered(session: speech.Session, agreements: Sequence[speech.Agreement]) -> bool:
    found = quota.courses(agreements, acts.disorder_of(session))
    if acts.family_of(session) == "assessment":
        return quota.course_of(session, found) is not None
    return any(course.on(session.day) for course in found)


@transaction.atomic
def keep_stay(acting: Acting, row: SpeechStay, typed: Mapping[str, Any]) -> SpeechStay:
    """Write a situation; RefusedError where one of the same kind holds at the same time."""
    take_turn(Patient, row.patient_id)
    new = row._state.adding
    rows = SpeechStay.objects.for_(row.patient).filter(patient=row.patient)
    if new and (known := rows.filter(**typed).first()):
        return known
    for name, value in typed.items():
        setattr(row, name, value)
    row.practice = acting.practice
    others = rows.filter(kind=row.kind).exclude(pk=row.pk)
    if any(_meet(row, one) for one in others):
        raise RefusedError(
            _("Such a situation holds at the same time already: end that one first, or correct the days.")
        )
    row.save()
    file.forget(row.patient)
    changed(row, "speech_stay.create" if new else "speech_stay.change")
    return row


def _meet(one: SpeechStay, other: SpeechStay) -> bool:
    return (one.last is None or other.first <= one.last) and (other.last is None or one.first <= other.last)


@transaction.atomic
def end_stay(row: SpeechStay, last: date) -> None:
    """End a situation on a day, which it includes; RefusedError before its first day."""
    if last < row.first:
        raise RefusedError(_("This day is before the first one: exchange them, or correct one."))
    row.last = last
    row.save()
    file.forget(row.patient)
    changed(row, "speech_stay.end")


@transaction.atomic
def delete_stay(row: SpeechStay) -> None:
    """Delete a situation that was written by mistake."""
    key = row.pk
    row.delete()
    row.pk = key
    file.forget(row.patient)
    changed(row, "speech_stay.delete")

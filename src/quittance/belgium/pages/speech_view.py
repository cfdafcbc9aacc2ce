"""What the page of speech therapy shows of a patient: a card for each disorder, with its quota, its dates, its past."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quittance.belgium import speech, verdicts
from quittance.belgium.law import speech as law
from quittance.belgium.models import SpeechAgreement
from quittance.belgium.services.speech import next_states, prescriber_doubt, told_by_number
from quittance.belgium.services.speech_sessions import Known, code_for
from quittance.belgium.speech import acts, quota, requests, setting
from quittance.kernel.dated import day_number, day_of
from quittance.web.country import Chip, Kind

TONES: dict[str, Kind] = {
    speech.Status.DRAFT: "neutral",
    speech.Status.SENT: "info",
    speech.Status.WAITING: "warn",
    speech.Status.AGREED: "good",
    speech.Status.PARTIALLY_AGREED: "good",
    speech.Status.REFUSED: "bad",
    speech.Status.NOTIFIED: "good",
}
BAR = 1000


@dataclass(frozen=True, slots=True)
class Gauge:
    """The quota in sessions of 30 minutes; `elsewhere` is part of `used`, `width` what is used on a bar of 1000."""

    used: int
    elsewhere: int
    granted: int
    left: int
    limit: law.Value

    @property
    def width(self) -> int:
        """What is used, on the bar."""
        return min(BAR * self.used // self.granted, BAR) if self.granted else BAR


@dataclass(frozen=True, slots=True)
class Request:
    """An agreement as the card shows it: its row, its state, who prescribed, what may be done next."""

    row: SpeechAgreement
    chip: Chip
    by: str
    doubt: str
    buttons: Sequence[tuple[str, str]]
    decides: bool


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day of the sixty-day rule."""

    label: str
    day: date
    late: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A session attested."""

    day: date
    code: str
    label: str
    place: str
    units: int


@dataclass(frozen=True, slots=True)
class Card:
    """A disorder under treatment."""

    code: str
    title: str
    requests: Sequence[Request]
    gauge: Gauge | None
    reasons: Sequence[speech.Reason]
    alerts: Sequence[speech.Alert]
    deadlines: Sequence[Deadline]
    doubts: Sequence[law.Value]
    past: Sequence[Past]


def mark(value: law.Value) -> str:
    """Say how far a figure of the law is to be trusted."""
    return law.MARKS[value.source.mark]


def known_disorders(rows: Sequence[SpeechAgreement], known: Known) -> list[str]:
    """List the disorders under treatment, in the order of the law: those asked for, and those attested."""
    found = {row.disorder for row in rows} | {acts.disorder_of(one) for one in known.file.sessions}
    return [code for code in law.disorders() if code in found]


def cards(rows: Sequence[SpeechAgreement], known: Known, today: date) -> list[Card]:
    """Draw a card for each disorder under treatment, that of the newest request first."""
    newest = {row.disorder: row.begin for row in reversed(rows)}
    codes = sorted(known_disorders(rows, known), key=lambda code: newest.get(code, date.min), reverse=True)
    return [_card(code, [row for row in rows if row.disorder == code], known, today) for code in codes]


def _card(code: str, rows: Sequence[SpeechAgreement], known: Known, today: date) -> Card:
    verdict = standing(code, known, today)
    doubts = tuple(one for one in verdict.doubts if not one.name.startswith("units."))
    return Card(
        code=code,
        title=setting.label(code),
        requests=[_request(row) for row in rows],
        gauge=_gauge(code, known, today),
        reasons=verdict.reasons,
        alerts=verdict.alerts,
        deadlines=list(_deadlines(code, known, day_number(today))),
        doubts=doubts,
        past=_past(code, known),
    )


def standing(code: str, known: Known, today: date) -> speech.Verdict:
    """Tell how a disorder stands today: the answer for an evaluation, which takes nothing from the quota.

    What is said of evaluations alone is left out, and what waits in a bill begun does not count.
    """
    session = speech.Session(code_for(code, "evaluation", "practice", today), day_number(today), disorder=code)
    found = speech.judge(session, known.person, known.file.agreements, known.file.sessions)
    reasons = tuple(one for one in found.reasons if not one.code.startswith(("evaluation.", "place.", "code.")))
    return replace(found, reasons=reasons, alerts=tuple(one for one in found.alerts if one.code != "law.stale"))


def _request(row: SpeechAgreement) -> Request:
    following = next_states(row)
    words = {
        speech.Status.SENT: _("Mark as sent"),
        speech.Status.WAITING: _("Waiting for the answer"),
        speech.Status.NOTIFIED: _("Mark as notified"),
    }
    buttons = [(state.value, words[state]) for state in following if state in words]
    chip = Chip(str(row.get_status_display()), TONES[row.status])
    return Request(row, chip, _by(row), prescriber_doubt(row), buttons, speech.Status.AGREED in following)


def _by(row: SpeechAgreement) -> str:
    """Who prescribed: the name, and the kind that is ticked or that the number tells."""
    kind = SpeechAgreement.PrescriberKind(row.prescriber_kind or told_by_number(row))
    told = (str(row.prescriber) if row.prescriber else "", str(kind.label) if kind else "")
    return ", ".join(one for one in told if one)


def _gauge(code: str, known: Known, today: date) -> Gauge | None:
    found, day = quota.courses(known.file.agreements, code), day_number(today)
    if not found:
        return None
    course = next((one for one in reversed(found) if one.on(day)), found[-1])
    agreement = course.on(day) or course.agreements[-1]
    told = quota.balance(course, found, agreement, known.file.sessions, known.person, max(day, law.first_day()))
    return Gauge(told.used, told.elsewhere, told.granted, told.left, told.limit)


def _deadlines(code: str, known: Known, today: int) -> Sequence[Deadline]:
    """The last day of reception for what is attested and not agreed yet, the last day to begin the treatment."""
    found = quota.courses(known.file.agreements, code)
    mine = [one for one in known.file.sessions if acts.disorder_of(one) == code and one.day >= law.first_day()]
    loose = [one for one in mine if acts.family_of(one) == "assessment" and quota.course_of(one, found) is None]
    asked = [one.received for one in known.file.agreements if one.disorder == code and one.received is not None]
    told = []
    last = requests.deadline([one for one in loose if not any(one.day <= day for day in asked)])
    if last is not None:
        told.append(_deadline(_("Form and prescription received by the mutuality"), last, today))
    begin = _last_start(code, known, mine, found)
    if begin is not None:
        told.append(_deadline(_("First session of the treatment"), begin, today))
    return told


def _last_start(code: str, known: Known, mine: Sequence[speech.Session], found: Sequence[quota.Course]) -> int | None:
    """The last day to begin after the assessment; None without one, or once the treatment has begun."""
    tests = [one.day for one in mine if acts.family_of(one) == "assessment"]
    tests += [one.assessed for one in known.file.agreements if one.disorder == code and one.assessed is not None]
    if not tests:
        return None
    last = max(tests)
    begun = any(acts.family_of(one) == "therapy" and one.day >= last for one in mine)
    begun = begun or (bool(found) and found[-1].begun_elsewhere is not None)
    prolongs = bool(found) and len(found[-1].agreements) > 1
    if begun or prolongs or last < law.first_day():
        return None
    return last + law.value("start_days", last, code).value


def _deadline(label: str, day: int, today: int) -> Deadline:
    return Deadline(label, day_of(day), day < today)


def _past(code: str, known: Known) -> list[Past]:
    found = []
    for one in sorted(known.file.sessions, key=lambda one: one.day, reverse=True):
        act = law.act(one.code)
        if act is not None and acts.disorder_of(one) == code:
            units = acts.units_of(one, max(one.day, law.first_day()))
            place = setting.PLACES.get(one.place or act.place, "")
            found.append(Past(day_of(one.day), one.code, act.kind.label, place, units))
    return found


def answer(known: Known, wanted: Any, today: date) -> dict[str, Any]:
    """Judge a session for the page: the verdict, whether it is to come, whether a bill begun holds it already."""
    begun = known.has_begun(wanted)
    found = known.judge(wanted)
    act = law.act(wanted.code)
    return {
        "wanted": wanted,
        "verdict": found,
        "alerts": found.alerts,
        "label": act.kind.label if act else "",
        "future": wanted.day > today,
        "begun": begun,
        "may_pass": verdicts.may_pass(found),
        "billable": found.reimbursable and wanted.day <= today and not begun,
    }

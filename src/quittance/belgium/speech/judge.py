"""Whether a session of speech therapy is reimbursable, and every reason why not.

>>> from quittance.belgium.speech.model import Agreement, Patient, Session, Status
>>> agreement = Agreement("b1", 20454, 21183, Status.AGREED, form=20440, prescription=20450, assessed=20430)
>>> verdict = judge(Session("712316", 20460), Patient(birth=0), [agreement], [])
>>> verdict.reimbursable, verdict.left
(True, 287)
>>> late = judge(Session("712316", 20460), Patient(birth=0), [], [])
>>> [reason.code for reason in late.reasons], late.left
(['agreement.missing'], 0)
>>> print(late.reasons[0].what)
Aucun accord n'existe pour le trouble b1.
"""

from __future__ import annotations

from collections.abc import Sequence

from quittance.belgium.law import speech as law
from quittance.belgium.speech import assess, counts, cover, person, quota, setting
from quittance.belgium.speech.acts import disorder_of, units_of
from quittance.belgium.speech.case import Case, reason_of
from quittance.belgium.speech.days import shown
from quittance.belgium.speech.model import Agreement, Patient, Reason, Session, Verdict


def judge(session: Session, patient: Patient, agreements: Sequence[Agreement], history: Sequence[Session]) -> Verdict:
    """Judge one session by the law of its day (article 36 of the nomenclature, `law/speech.yaml`).

    `history` is what is attested already, without this session; its order does not matter. A series is judged by
    adding each reimbursable session to the history before the next one.
    """
    fault = _unjudged(session)
    if fault is not None:
        return Verdict(reimbursable=False, reasons=(fault,), left=0)
    act = law.act(session.code)
    assert act is not None
    case = Case(session, act, disorder_of(session), patient, agreements, history)
    if act.doubtful:
        case.tell("code.doubtful", code=act.code)
    person.check(case)
    setting.check(case)
    counts.check(case)
    left = _assessed(case) if case.family == "assessment" else _treated(case)
    doubts = tuple(value for value in case.used.values() if value.doubtful)
    _stale(case, doubts)
    return Verdict(not case.reasons, tuple(case.reasons), left, tuple(case.alerts), doubts)


def _unjudged(session: Session) -> Reason | None:
    """A fault before which no rule can be read."""
    act, told = law.act(session.code), {"day": shown(session.day), "code": session.code}
    if act is None:
        return reason_of("code.unknown", dict(told))
    if session.day < law.first_day():
        return reason_of("law.unknown", {**told, "first_day": shown(law.first_day())})
    if not act.first <= session.day <= act.last:
        return reason_of("code.not_in_force", {**told, "label": act.kind.label, "to": shown(act.last)})
    if disorder_of(session) not in law.disorders():
        return reason_of("disorder.missing", dict(told))
    return None


def _treated(case: Case) -> int:
    """Check the agreement and its quota; gives the sessions left."""
    cover.check(case)
    if case.covering is None or case.course is None:
        return 0
    cover.ending(case)
    return _quota(case, case.course, case.covering)


def _assessed(case: Case) -> int:
    """Check the request of an assessment; gives the sessions left of the quota that it is taken from.

    One whose request came too late is taken from none: that quota is told, and does not speak against it.
    """
    request = assess.check(case)
    course = quota.course_of(case.session, case.courses)
    if course is not None:
        return _quota(case, course, course.root)
    asked = next((one for one in case.courses if request in one.agreements), None)
    if asked is not None:
        return _quota(case, asked, asked.root, taken=False)
    limit = case.note(law.value("quota", case.day, case.disorder)).value
    spent = [one for one in case.attested("assessment") if quota.course_of(one, case.courses) is None]
    taken = sum(units_of(one, case.day) for one in spent) + _units(case)
    return 0 if case.reasons else limit - taken


def _units(case: Case) -> int:
    return case.note(law.units(case.act.kind, case.day)).value


def _quota(case: Case, course: quota.Course, agreement: Agreement, *, taken: bool = True) -> int:
    found = quota.balance(course, case.courses, agreement, case.history, case.patient, case.day)
    for value in found.laws:
        case.note(value)
    if found.asked is not None and found.asked > found.limit.value:
        case.tell("quota.above_law", sessions=found.asked, limit=found.limit.value)
    units, remedies = _units(case), law.texts("remedies")
    if taken and units > found.left:
        remedy = remedies["shorter" if found.left else "used_up"]
        told = {"units": units, "left": found.left, "granted": found.granted, "remedy": remedy}
        case.refuse("quota.exceeded", found.limit.name, **told)
    left = found.left if case.reasons else found.left - units
    if left <= case.law("alert_units"):
        more = "notify" if case.law("notification") else "renew"
        case.tell("quota.low", left=left, remedy=remedies["last" if case.law("carry_over") else more])
    return left


def _stale(case: Case, doubts: tuple[law.Value, ...]) -> None:
    verified = min((value.source.verified_until for value in doubts), default=case.day)
    if case.day > verified:
        case.tell("law.stale", verified=shown(verified))

"""The agreement that covers a session: is there one, does it hold, and did the request come in time."""

from __future__ import annotations

from collections.abc import Sequence

from quittance.belgium.law import speech as law
from quittance.belgium.speech import quota
from quittance.belgium.speech.case import Case
from quittance.belgium.speech.days import birthday, last_day, same_day, shown
from quittance.belgium.speech.model import Agreement, Status

Fault = tuple[str, str, dict[str, str | int]]
"""A reason that is not told yet: its code, the figure of law behind it, the values of its text."""

PENDING = {
    Status.SENT: "agreement.waiting",
    Status.WAITING: "agreement.waiting",
    Status.DRAFT: "agreement.draft",
    Status.REFUSED: "agreement.refused",
}
"""What a status that covers nothing tells, the most hopeful first."""


def check(case: Case) -> None:
    """A treatment, guidance or evaluation: the agreement of its day."""
    if case.covering is None or case.course is None:
        _uncovered(case)
        return
    if case.covering.prescribed is not None and case.day < case.covering.prescribed:
        case.refuse("prescription.later", "silent_agreement", prescribed=shown(case.covering.prescribed))
    received(case, case.covering)
    if case.covering.status is Status.NOTIFIED:
        for code, rule, told in notified(case.covering, case.agreements, case.day):
            case.refuse(code, rule, **told)
    _together(case)
    _number(case, case.covering)
    if not quota.renews(case.course.root):
        _opened(case, case.course)


def _uncovered(case: Case) -> None:
    """Say which agreement comes nearest, and why it does not cover the day."""
    if case.family == "evaluation" and not case.law("evaluation_covered"):
        return
    case.law("silent_agreement")
    mine = [one for one in case.agreements if one.disorder == case.disorder]
    deadline = shown(case.day + case.law("reception_days"))
    open_then = [one for one in mine if one.begin <= case.day <= one.end]
    for status, code in PENDING.items():
        one = next((one for one in open_then if one.status is status), None)
        if one is not None:
            decided = "" if one.decided is None else f" le {shown(one.decided)}"
            case.refuse(code, "silent_agreement", deadline=deadline, decided=decided)
            return
    covering = [one for course in case.courses for one in course.agreements]
    if ended := [quota.end_of(one) for one in covering if quota.end_of(one) < case.day]:
        case.refuse("agreement.ended", "silent_agreement", end=shown(max(ended)), remedy=_renewal(case))
    elif later := [one.begin for one in covering if one.begin > case.day]:
        case.refuse("agreement.not_begun", "silent_agreement", begin=shown(min(later)))
    else:
        case.refuse("agreement.missing", "silent_agreement", deadline=deadline)


def _renewal(case: Case) -> str:
    return str(law.texts("remedies")["notify" if case.law("notification") else "renew"])


def received(case: Case, agreement: Agreement) -> None:
    """No session more than sixty days older than the request; the sixtieth day is still in time."""
    limit, day = case.law("reception_days"), agreement.received
    if day is None:
        if agreement.decided is None or case.day < agreement.decided:
            case.tell("reception.unknown", limit=limit)
    elif case.day < day - limit:
        case.refuse("reception.late", "reception_days", received=shown(day), count=day - case.day, limit=limit)


def notified(agreement: Agreement, agreements: Sequence[Agreement], day: int) -> list[Fault]:
    """Why a notification does not hold: no one decided on it, so its conditions are checked here."""
    found: list[Fault] = []
    disorder = agreement.disorder
    if not agreement.prolongs:
        found.append(("agreement.first_notified", "notification", {}))
    elif not law.value("notification", day, disorder).value:
        found.append(("agreement.no_notification", "notification", {}))
    found += prescriber(agreement, day)
    after = law.value_or_none("renewal_after", day, disorder)
    if after is not None and not after.value and agreement.prolongs:
        apart = law.disorders()[disorder].apart_from
        others = [one for one in agreements if one.disorder in apart and one.status.covers and one.begin <= day]
        if others:
            found.append(("agreement.renewal_excluded", "renewal_after", {"other": others[0].disorder}))
    return found


def prescriber(agreement: Agreement, day: int) -> list[Fault]:
    """Whether a general practitioner prescribed what he may not."""
    prolongs = quota.renews(agreement)
    rule = "renewal_by_gp" if prolongs else "first_by_gp"
    if agreement.prescriber != "general_practitioner" or law.value(rule, day, agreement.disorder).value:
        return []
    first = "Le premier traitement est toujours prescrit par un spécialiste."
    why = f"Le trouble {agreement.disorder} ne peut pas être prolongé par lui." if prolongs else first
    return [("prescription.general_practitioner", rule, {"why": why})]


def _together(case: Case) -> None:
    apart = law.disorders()[case.disorder].apart_from
    if not apart or case.law("together"):
        return
    for other in sorted(apart):
        if any(course.on(case.day) for course in quota.courses(case.agreements, other)):
            case.refuse("disorder.together", "together", other=other)


def _number(case: Case, agreement: Agreement) -> None:
    """The most agreements of a disorder (b4), those of the youngest apart."""
    young = quota.is_young(agreement, case.patient)
    limit = case.law_or_none("young_agreements_max" if young else "agreements_max")
    if limit is None:
        return
    earlier = [one for course in case.courses for one in course.agreements if one.begin <= agreement.begin]
    count = sum(quota.is_young(one, case.patient) == young for one in earlier)
    if count > limit:
        case.refuse("agreement.count", "young_agreements_max" if young else "agreements_max", count=count, limit=limit)


def _opened(case: Case, course: quota.Course) -> None:
    """What a course that opens with a first agreement asks for: the disorder found, the treatment begun in time."""
    tests = tests_of(case, course)
    if tests:
        begun = course.begun_elsewhere
        found(case, min(tests) if begun is None else min(*tests, begun))
    if case.family == "therapy":
        _start(case, course, tests)


def tests_of(case: Case, course: quota.Course | None) -> list[int]:
    """The days before the session of the assessments of a course; of those of none where there is none."""
    tests = [one.day for one in case.attested("assessment") if quota.course_of(one, case.courses) == course]
    if course is not None and course.root.assessed is not None:
        tests.append(course.root.assessed)
    return [one for one in tests if one < case.day]


def _start(case: Case, course: quota.Course, tests: list[int]) -> None:
    """The assessment before the treatment, and the days within which it starts, here or at a colleague's."""
    begun = course.begun_elsewhere
    start = case.day if begun is None or begun > case.day else begun
    if not tests and start == case.day and not _goes_on(case, course) and not _evaluated(case):
        case.refuse("assessment.missing", "start_days")
    if any(course.on(one.day) and one.day < case.day for one in case.attested("therapy")):
        return
    limit, last = case.law("start_days"), max((one for one in tests if one < start), default=None)
    if last is not None and start > last + limit and not _goes_on(case, course):
        told = {"day": shown(start), "assessed": shown(last)}
        case.refuse("start.late", "start_days", count=start - last, limit=limit, **told)
    _onset(case, course.root, start)


def _goes_on(case: Case, course: quota.Course) -> bool:
    """Whether an earlier agreement stands for the assessment: a treatment that needs a new one each year (b4)."""
    return course != case.courses[0] and not case.law("assessment_anew")


def _evaluated(case: Case) -> bool:
    """Whether an evaluation stands for the assessment, for the same disorder."""
    return any(one.day < case.day for one in case.attested("evaluation")) and not case.law("assessment_anew")


def found(case: Case, day: int) -> None:
    """A disorder that must be established before an age (b3), and was on a day."""
    below, birth = case.law_or_none("found_below"), case.patient.birth
    if below is None or birth is None or day < birthday(birth, below):
        return
    case.refuse("age.found", "found_below", found=shown(day), limit=below, birthday=shown(birthday(birth, below)))


def _onset(case: Case, root: Agreement, start: int) -> None:
    months = case.law_or_none("start_months")
    if months is None:
        return
    if root.onset is None:
        case.tell("onset.unknown", limit=months)
    elif start > same_day(root.onset, months):
        last = shown(same_day(root.onset, months))
        told = {"day": shown(start), "onset": shown(root.onset), "last": last}
        case.refuse("start.onset", "start_months", limit=months, **told)


def ending(case: Case) -> None:
    """Tell the end of the agreement when it is near and nothing follows it."""
    if case.covering is None:
        return
    last = quota.end_of(case.covering)
    if case.covering.end > last:
        case.note(quota.period(case.covering))
        limit = last_day(case.covering.begin, quota.period(case.covering).value)
        case.tell("period.above_law", end=shown(case.covering.end), last=shown(limit))
    if last - case.day <= case.law("alert_days") and not any(course.on(last + 1) for course in case.courses):
        case.tell("agreement.ending", end=shown(last), count=last - case.day, remedy=_renewal(case))

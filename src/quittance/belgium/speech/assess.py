"""An assessment (bilan): its prescription, and the request that must follow it in time."""

from __future__ import annotations

from quittance.belgium.speech import cover, quota
from quittance.belgium.speech.case import Case
from quittance.belgium.speech.days import shown
from quittance.belgium.speech.model import Agreement, Status
from quittance.kernel.dated import OPEN


def check(case: Case) -> Agreement | None:
    """The prescription, then the request; gives the request that the assessment is for."""
    prescribed = case.session.prescribed
    if prescribed is None:
        case.tell("assessment.unprescribed")
    elif prescribed > case.day:
        case.refuse("assessment.prescription", "assessment_max", prescribed=shown(prescribed))
    case.law("silent_agreement")
    request = request_of(case)
    _found(case, request)
    if _asked_later(case, request):
        case.tell("request.deadline", deadline=shown(case.day + case.law("reception_days")))
    if request is not None and (request.received is not None or request.status.covers):
        cover.received(case, request)
    if request is not None and request.status is Status.REFUSED:
        decided = "" if request.decided is None else f" le {shown(request.decided)}"
        case.refuse("agreement.refused", "silent_agreement", decided=decided)
    elif request is None or not request.status.covers:
        case.tell("assessment.conditional")
    return request


def _found(case: Case, request: Agreement | None) -> None:
    """The age at which the disorder is established: by this assessment, or by an earlier one of its course."""
    course = quota.course_of(case.session, case.courses)
    if course is not None and quota.renews(course.root):
        return
    known = () if request is None else (request.assessed, request.begun_elsewhere)
    earlier = [one for one in known if one is not None and one < case.day]
    cover.found(case, min([case.day, *earlier, *cover.tests_of(case, course)]))


def _asked_later(case: Case, request: Agreement | None) -> bool:
    """Whether a request must still reach the adviser for this assessment."""
    if request is None or not request.status.covers:
        return request is None or request.received is None
    return case.day > _until(request) and not case.law("notification")


def request_of(case: Case) -> Agreement | None:
    """The request that an assessment is for.

    That of its course; within a course, one that waits for an answer; without any, the first to come after it, a
    refused one after the others.
    """
    course = quota.course_of(case.session, case.courses)
    after = [one for one in case.agreements if _follows(one, case)]
    waiting = [one for one in after if not one.status.covers and one.status is not Status.REFUSED]
    if course is not None and (case.day <= _until(course.root) or not waiting):
        return course.root
    return min(waiting or after, key=lambda one: (one.status is Status.REFUSED, _until(one), one.begin), default=None)


def _follows(agreement: Agreement, case: Case) -> bool:
    return agreement.disorder == case.disorder and not agreement.prolongs and case.day <= _until(agreement)


def _until(agreement: Agreement) -> int:
    """The last day of an assessment for a request: that of its reception, else of its decision, else open."""
    if agreement.received is not None:
        return agreement.received
    if agreement.status.covers:
        return agreement.begin
    return OPEN if agreement.decided is None else agreement.decided

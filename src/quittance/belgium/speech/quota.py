"""Courses of treatment and what is left of their quota, in sessions of 30 minutes.

A course is a first agreement and the prolongations that follow it. Where sessions carry over, the quota of the first
agreement serves the whole course; where they do not (b4, b6.3, d, f, g), each agreement has its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from quittance.belgium.law import speech as law
from quittance.belgium.speech.acts import disorder_of, family_of, units_of
from quittance.belgium.speech.days import birthday, last_day
from quittance.belgium.speech.model import Agreement, Patient, Session


@dataclass(frozen=True, slots=True)
class Course:
    """A first agreement (or the oldest one known) and its prolongations, by day of begin."""

    agreements: tuple[Agreement, ...]

    @property
    def root(self) -> Agreement:
        """The agreement that opened the course."""
        return self.agreements[0]

    @property
    def begun_elsewhere(self) -> int | None:
        """The day on which a colleague began the treatment; None where nobody told one."""
        return min((one.begun_elsewhere for one in self.agreements if one.begun_elsewhere is not None), default=None)

    def on(self, day: int) -> Agreement | None:
        """The agreement that covers a day: the last to begin where several do."""
        return next((one for one in reversed(self.agreements) if one.begin <= day <= end_of(one)), None)


@dataclass(frozen=True, slots=True)
class Balance:
    """Sessions of an agreement: granted (at most `limit`, the figure of law), asked for by the adviser, used.

    `elsewhere` is what of `used` a colleague took.
    """

    granted: int
    asked: int | None
    used: int
    elsewhere: int
    limit: law.Value
    laws: tuple[law.Value, ...]

    @property
    def left(self) -> int:
        """The sessions left, never below zero."""
        return max(self.granted - self.used, 0)


def courses(agreements: Sequence[Agreement], disorder: str) -> list[Course]:
    """The courses of a disorder, oldest first; only what covers sessions.

    >>> from quittance.belgium.speech.model import Status
    >>> first = Agreement("b1", 0, 729, Status.AGREED)
    >>> more = Agreement("b1", 730, 1459, Status.NOTIFIED, prolongs=True)
    >>> [len(course.agreements) for course in courses([more, first], "b1")]
    [2]
    """
    found: list[list[Agreement]] = []
    for one in sorted(agreements, key=lambda one: (one.begin, one.end)):
        if one.disorder == disorder and one.status.covers:
            if renews(one) and found:
                found[-1].append(one)
            else:
                found.append([one])
    return [Course(tuple(one)) for one in found]


def period(agreement: Agreement) -> law.Value:
    """The most months an agreement lasts, by the law of its first day."""
    name = "renewal_months" if renews(agreement) else "months"
    return law.value(name, _known(agreement.begin), agreement.disorder)


@lru_cache(maxsize=4096)
def end_of(agreement: Agreement) -> int:
    """The last day an agreement covers: its own, or that of the law where it is earlier."""
    return min(agreement.end, last_day(agreement.begin, period(agreement).value))


def _known(day: int) -> int:
    """The day by whose law an agreement is read: older ones by the first law known."""
    return max(day, law.first_day())


def renews(agreement: Agreement) -> bool:
    """Whether an agreement is a prolongation by the law: b4 has none, each of its agreements is a new one.

    >>> from quittance.belgium.speech.model import Status
    >>> [renews(Agreement(one, 20454, 20454, Status.DRAFT, prolongs=True)) for one in ("b3", "b4")]
    [True, False]
    """
    notified = law.value("notification", _known(agreement.begin), agreement.disorder)
    return agreement.prolongs and bool(notified.value)


def is_young(agreement: Agreement, patient: Patient) -> bool:
    """Whether an agreement falls under the regime of the youngest (b4, before the third birthday)."""
    below = law.value_or_none("young_below", _known(agreement.begin), agreement.disorder)
    return below is not None and patient.birth is not None and agreement.begin < birthday(patient.birth, below.value)


def limit_of(agreement: Agreement, patient: Patient, *, alone: bool) -> law.Value:
    """The most sessions that the law lets an agreement have; `alone` where sessions do not carry over."""
    day = _known(agreement.begin)
    if is_young(agreement, patient):
        return law.value("young_quota", day, agreement.disorder)
    return law.value("renewal" if alone and renews(agreement) else "quota", day, agreement.disorder)


def granted_by(agreement: Agreement, patient: Patient) -> int:
    """The sessions of 30 minutes that an agreement grants where it is the first one known of its course."""
    alone = not law.value("carry_over", _known(agreement.begin), agreement.disorder).value
    return _granted(agreement, limit_of(agreement, patient, alone=alone))


def _granted(agreement: Agreement, limit: law.Value) -> int:
    return limit.value if agreement.sessions is None else min(agreement.sessions, limit.value)


def balance(
    course: Course,
    found: Sequence[Course],
    agreement: Agreement,
    history: Sequence[Session],
    patient: Patient,
    day: int,
) -> Balance:
    """What an agreement of a course granted, and what the history and a colleague took from it, by the law of a day.

    `found` are all the courses of the disorder: an assessment is taken from one of them only.
    """
    carry = law.value("carry_over", day, agreement.disorder)
    shared = course.agreements if carry.value else (agreement,)
    limit = limit_of(shared[0], patient, alone=not carry.value)
    elsewhere = sum(one.used_elsewhere for one in shared)
    taken = (one for one in history if disorder_of(one) == agreement.disorder)
    used = sum(units_of(one, day) for one in taken if _under(one, shared, course, found))
    granted, asked = _granted(shared[0], limit), shared[0].sessions
    return Balance(granted, asked, used + elsewhere, elsewhere, limit, (carry, limit))


def _under(session: Session, shared: Sequence[Agreement], course: Course, found: Sequence[Course]) -> bool:
    """Whether a session is taken from the quota of these agreements."""
    if family_of(session) == "assessment":
        return course.root in shared and course_of(session, found) == course
    return course.on(session.day) in shared


def course_of(session: Session, found: Sequence[Course]) -> Course | None:
    """The course that an assessment opened: the last one of which it stands in the 60 days before, or within."""
    return next((one for one in reversed(found) if _assessed_for(session, one)), None)


def _assessed_for(session: Session, course: Course) -> bool:
    """Whether an assessment can be that of a course; one for which the request came too late is not."""
    received = course.root.begin if course.root.received is None else course.root.received
    first = received - law.value("reception_days", _known(session.day)).value
    return first <= session.day <= max(received, end_of(course.agreements[-1]))

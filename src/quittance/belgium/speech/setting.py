"""Where, how long and with how many: the code against the place, the school, the duration, the group."""

from __future__ import annotations

from quittance.belgium.law import speech as law
from quittance.belgium.speech import quota
from quittance.belgium.speech.acts import at_school, disorder_of
from quittance.belgium.speech.case import Case
from quittance.belgium.speech.days import last_day, month_of, month_shown, shown

PLACES = {
    "practice": "cabinet",
    "home": "domicile",
    "school": "école",
    "rehabilitation": "centre de rééducation",
    "hospital": "hôpital",
}
"""The places that have codes of their own, in French; others (day care …) are not compared with the code."""

SCHOOL = {"assessment": "assessment_school", "evaluation": "evaluation_school"}


def check(case: Case) -> None:
    """The code, its place, the school and the group."""
    _code(case)
    _place(case)
    if at_school(case.session):
        _school(case)
    _duration(case)
    _group(case)


def _code(case: Case) -> None:
    of_code = case.act.disorder
    if of_code and case.session.disorder not in ("", of_code):
        case.refuse("disorder.code", disorder=case.session.disorder, of_code=of_code)


def _place(case: Case) -> None:
    place = case.session.place
    allowed = [case.act.place] if case.act.place in PLACES else [one for one in PLACES if one != "hospital"]
    if place in PLACES and place not in allowed:
        case.refuse("place.code", place=PLACES[place], of_code=", ".join(PLACES[one] for one in allowed))


def _school(case: Case) -> None:
    rule = SCHOOL.get(case.family, "school")
    if not case.law(rule):
        subject = f"une {case.act.kind.label}" if rule != "school" else f"le trouble {case.disorder}"
        case.refuse("place.school", rule, label=subject)
        return
    limit, months = case.law_or_none("school_month_max"), case.law_or_none("school_months")
    if limit is not None:
        _month(case, limit)
    if months is not None and case.course is not None:
        _period(case, case.course, months)


def _period(case: Case, course: quota.Course, months: int) -> None:
    """The months since the treatment began: not known where the first agreement known is a prolongation (f)."""
    begun = course.begun_elsewhere
    if begun is None and quota.renews(course.root):
        case.refuse("school.unknown", "school_months", months=months)
        return
    last = last_day(course.root.begin if begun is None else min(course.root.begin, begun), months)
    if case.day > last:
        case.refuse("school.period", "school_months", last=shown(last), months=months)


def _month(case: Case, limit: int) -> None:
    same = (one for one in case.history if at_school(one) and disorder_of(one) == case.disorder)
    count = sum(month_of(one.day) == month_of(case.day) for one in same)
    if count >= limit:
        case.refuse("school.month", "school_month_max", count=count, month=month_shown(case.day), limit=limit)


def _duration(case: Case) -> None:
    minutes, least = case.session.minutes, case.act.kind.least
    if minutes is not None and minutes < least:
        case.refuse("duration.short", minutes=minutes, least=least)


def _group(case: Case) -> None:
    persons, kind = case.session.persons, case.act.kind.code
    if persons is None or kind not in ("collective", "guidance_collective"):
        return
    most = case.law("collective_max" if kind == "collective" else "guidance_most")
    if persons > most:
        rule = "collective_max" if kind == "collective" else "guidance_most"
        case.refuse("group.too_many", rule, persons=persons, most=most)
    if kind == "guidance_collective" and persons < case.law("guidance_least"):
        case.refuse("group.too_few", "guidance_least", persons=persons, least=case.law("guidance_least"))


def label(disorder: str) -> str:
    """A disorder as a page names it.

    >>> label("b3")
    'b3 – Dyslexie, dysorthographie, dyscalculie'
    """
    return f"{disorder} – {law.disorders()[disorder].label}"

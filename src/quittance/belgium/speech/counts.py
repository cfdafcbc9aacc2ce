"""How often: one treatment a day, assessments on other days, and the maxima by disorder."""

from __future__ import annotations

from quittance.belgium.speech.acts import family_of
from quittance.belgium.speech.case import Case

MAXIMA = {"assessment": "assessment_max", "evaluation": "evaluation_max", "guidance": "guidance_max"}


def check(case: Case) -> None:
    """The day, then the maximum of the family."""
    today = [one for one in case.history if one.day == case.day]
    treated = [one for one in today if family_of(one) == "therapy"]
    if case.family == "therapy" and len(treated) >= case.law("therapy_per_day"):
        case.refuse("day.therapy", "therapy_per_day", other=treated[0].code)
    other = {"therapy": "assessment", "assessment": "therapy"}.get(case.family)
    if other and any(family_of(one) == other for one in today) and not case.law("assessment_with_therapy"):
        case.refuse("day.assessment", "assessment_with_therapy")
    if case.family in MAXIMA:
        _maximum(case, MAXIMA[case.family])


def _maximum(case: Case, rule: str) -> None:
    count, limit = len(case.attested(case.family)), case.law(rule)
    if count >= limit:
        case.refuse(f"{case.family}.max", rule, count=count, limit=limit)

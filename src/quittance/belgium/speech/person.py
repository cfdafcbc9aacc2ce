"""What is asked of the patient on the day: his age, and where he lives, learns or is treated (article 36, § 3)."""

from __future__ import annotations

from quittance.belgium.law import speech as law
from quittance.belgium.speech.case import Case
from quittance.belgium.speech.days import age, birthday, shown
from quittance.belgium.speech.model import StayKind


def check(case: Case) -> None:
    """Age and situations on the day of the session."""
    _ages(case)
    _education(case)
    _hospital(case)
    _homes(case)
    _rehabilitation(case)


def _ages(case: Case) -> None:
    birth, below = case.patient.birth, case.law_or_none("below")
    least = case.law("sixty_minutes_age") if case.act.kind.code == "individual_60" else None
    if birth is None:
        if below is not None or least is not None:
            case.tell("birth.unknown")
        return
    if case.day < birth:
        case.refuse("patient.unborn", birth=shown(birth))
        return
    if below is not None and case.day >= birthday(birth, below):
        years, day = f"{age(birth, case.day)} ans", shown(birthday(birth, below))
        case.refuse("age.over", "below", age=years, limit=below, birthday=day)
    if least is not None and case.day < birthday(birth, least):
        case.refuse("age.sixty_minutes", "sixty_minutes_age", limit=least, birthday=shown(birthday(birth, least)))


def _education(case: Case) -> None:
    if case.patient.stay(StayKind.SPECIAL_EDUCATION, case.day) and not case.law("special_education"):
        case.refuse("excluded.special_education", "special_education")


def _hospital(case: Case) -> None:
    stay = case.patient.stay(StayKind.HOSPITAL, case.day)
    if stay is None:
        return
    if stay.service in law.excluded_services() and not case.law("hospital_services"):
        services = ", ".join(sorted(law.excluded_services()))
        case.refuse("excluded.hospital", "hospital_services", service=stay.service, services=services)
    elif case.act.place != "hospital":
        case.refuse("place.hospital_code")


def _homes(case: Case) -> None:
    home = case.session.place == "rest_home" or case.patient.stay(StayKind.REST_HOME, case.day)
    if home and not case.law("rest_home"):
        case.refuse("excluded.rest_home", "rest_home")
    if case.patient.stay(StayKind.INSTITUTION, case.day) and not case.law("institution"):
        case.refuse("excluded.institution", "institution")


def _rehabilitation(case: Case) -> None:
    if case.patient.stay(StayKind.REHABILITATION, case.day) and not case.law("while_rehabilitated"):
        case.refuse("excluded.rehabilitation", "while_rehabilitated")

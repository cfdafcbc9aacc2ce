"""Each act by itself: is it known, has it a code, a prescription, a place, what it goes with?"""

from __future__ import annotations

from collections.abc import Iterable

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import evaluations
from quittance.belgium.nursing.case import Case
from quittance.belgium.nursing.model import Act, Level, Place
from quittance.belgium.nursing.texts import shown

RESERVED = ("basic_", "flat_", "wound_extra_", "preparation_flat", "rural")
"""Lines that follow from the care and the visits, never typed."""


def admitted(case: Case, acts: Iterable[Act]) -> list[Act]:
    """The acts that may be billed; the others are refused with their reason."""
    found: list[Act] = []
    for act in acts:
        if _known(case, act) and _placed(case, act, found) and _prescribed(case, act) and _once(case, act, found):
            found.append(act)
    return [act for act in found if _accompanied(case, act, found)]


def _known(case: Case, act: Act) -> bool:
    if act.kind not in law.kinds():
        case.refuse(act, "kind.unknown", kind=act.kind)
    elif act.kind.startswith(RESERVED):
        case.refuse(act, "kind.reserved")
    elif act.place is Place.REST_HOME and not case.book.number("rest_home"):
        case.refuse(act, "place.rest_home", "rest_home")
    else:
        return _coded(case, act)
    return False


def _coded(case: Case, act: Act) -> bool:
    """A typed code has its check digit, and is that of the list where the list has one."""
    known = case.code(act.kind, act.place)
    if not act.code:
        return True
    if not (len(act.code) == 6 and act.code.isdecimal() and int(act.code[:5]) % 7 == int(act.code[5])):
        case.refuse(act, "code.check", code=act.code, base=act.code[:5])
    elif known and act.code != known:
        case.refuse(act, "code.other", code=act.code, known=known, column=column_label(case, act.place))
    else:
        return True
    return False


def column_label(case: Case, place: Place) -> str:
    """The column of a place in French."""
    found: str = law.labels("columns").get(case.column(place), "en maison de repos")
    return found


def _placed(case: Case, act: Act, found: list[Act]) -> bool:
    """A visit has one place and one nurse, and an office says its kind."""
    visit = next((one for one in found if one.visit == act.visit), act)
    if (visit.place, visit.provider) != (act.place, act.provider):
        case.refuse(act, "place.one", visit=act.visit)
        return False
    if case.column(act.place) == "office" and case.book.number("office_relative") and not relative(act):
        case.refuse(act, "office.relative", "office_relative")
        return False
    return True


def relative(act: Act) -> str:
    """The relative code of the office of an act; empty where it is not known or does not fit the place."""
    office = "convalescent" if act.place is Place.CONVALESCENT else act.office
    if act.place is Place.OFFICE and office == "convalescent":
        return ""
    found = law.labels("offices").get(office)
    return "" if found is None else str(found["code"])


def _prescribed(case: Case, act: Act) -> bool:
    rule = f"prescription_{law.kinds()[act.kind].prescription}"
    needed = case.book.number(rule) or (act.surgical and act.kind.startswith("wound"))
    if needed and act.prescribed is None:
        case.refuse(act, "prescription.missing", rule)
    elif act.prescribed is not None and act.prescribed > case.day:
        case.refuse(act, "prescription.late", rule, prescribed=shown(act.prescribed))
    else:
        return True
    return False


def _once(case: Case, act: Act, found: list[Act]) -> bool:
    """A specific technical act is a fee of the day, whatever bill holds it."""
    done = act.kind in case.done or any(one.kind == act.kind for one in found)
    if law.kinds()[act.kind].group == "specific" and done:
        case.refuse(act, "once.day")
        return False
    return True


def _accompanied(case: Case, act: Act, found: list[Act]) -> bool:
    """What an act goes with: an advice before a preparation, a specific act, a palliative patient."""
    kind = law.kinds()[act.kind]
    advised = any(one.kind == "advice" and one.day <= case.day for one in case.history)
    if act.kind == "preparation" and case.book.number("preparation_advice") and not advised:
        case.refuse(act, "preparation.advice", "preparation_advice")
    elif kind.related and not any(law.kinds()[one.kind].group == "specific" for one in found):
        case.refuse(act, "pseudo.related")
    elif kind.palliative and not case.palliative:
        case.refuse(act, "pseudo.palliative", "palliative_start")
    else:
        return True
    return False


def toilets(case: Case, acts: list[Act], level: Level) -> list[Act]:
    """The acts without the toilets that the notified profile does not cover (outside a flat rate)."""
    kept: list[Act] = []
    for act in acts:
        if act.kind != "toilet" or _toilet(case, act, level, kept):
            kept.append(act)
    return kept


def _toilet(case: Case, act: Act, level: Level, kept: list[Act]) -> bool:
    held = evaluations.covering(case.evaluations, case.day, case.book)
    done = case.done.count("toilet") + sum(1 for one in kept if one.kind == "toilet")
    if held is None and case.book.number("evaluation_needed"):
        case.refuse(act, "evaluation.missing", "evaluation_needed")
        return False
    if done >= case.book.number("toilets_per_day"):
        case.refuse(act, "toilet.day", "toilets_per_day")
        return False
    if held is None or level is not Level.NONE or held.toilets == "T7":
        return True
    if held.toilets != "T2":
        case.refuse(act, "evaluation.profile", "t2_per_week", first=shown(held.first))
        return False
    if (held.disoriented or held.incontinent) and case.book.number("t2_daily"):
        return True
    count, most = 1 + _toilets_of_week(case), case.book.number("t2_per_week")
    if count > most:
        case.refuse(act, "toilet.t2", "t2_per_week", count=count, limit=most)
    return count <= most


def _toilets_of_week(case: Case) -> int:
    """The toilets of the same week, Monday to Sunday, on other days."""
    days = {one.day for one in case.history if one.kind == "toilet" and one.day != case.day}
    return sum(1 for day in days if (day + 3) // 7 == (case.day + 3) // 7)

"""Which flat rate a day has, if any: level, toilet, visits, palliative situation."""

from __future__ import annotations

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import evaluations, katz
from quittance.belgium.nursing.case import Case, label
from quittance.belgium.nursing.model import Act, Level, Place
from quittance.belgium.nursing.texts import shown


def level_of_day(case: Case) -> Level:
    """The level of the evaluation that covers the day."""
    held = evaluations.covering(case.evaluations, case.day, case.book)
    if held is None:
        return Level.NONE
    if not katz.complete(held.scores):
        case.tell("evaluation.scores", "evaluation_needed", scores=" ".join(map(str, held.scores)))
        return Level.NONE
    found = evaluations.level(held, case.book)
    scored = katz.level_by(case.book, held.scores)
    if found is not scored:
        names = {"granted": found.value or "toilette", "level": scored.value or "toilette"}
        case.tell("level.granted", "evaluation_needed", **names)
    return found


def choose(case: Case, acts: list[Act], level: Level) -> str:
    """The kind of the flat rate of the day, empty where the acts are billed one by one."""
    wanted = _wanted(case, level)
    if not wanted or not any(_session(act) for act in acts):
        return ""
    if level is not Level.NONE:
        toilets = [act for act in acts if act.kind == "toilet"]
        if len(toilets) < case.book.number("flat_toilet"):
            case.tell("flat.no_toilet", "flat_toilet", label=label(wanted))
            return ""
    if case.column(place(acts)) == "office":
        case.tell("flat.office", "office_paid", label=label(wanted))
        return ""
    return _palliative_place(case, _visits(case, acts, wanted), place(acts))


def _wanted(case: Case, level: Level) -> str:
    """The flat rate of the level on the day, palliative or not."""
    start = case.patient.palliative
    if start is not None and not case.palliative:
        case.tell("palliative.early", "palliative_start", start=shown(start))
    if level is not Level.NONE:
        return f"flat_{'P' if case.palliative else ''}{level}"
    named = case.patient.paragraph_4_6 and case.book.number("pp")
    return "flat_PP" if case.palliative and named else ""


def _session(act: Act) -> bool:
    return law.kinds()[act.kind].group == "session"


def place(acts: list[Act]) -> Place:
    """Where the flat rate is: at the first toilet, else at the first act by session."""
    toilets = [act for act in acts if act.kind == "toilet"] or [act for act in acts if _session(act)]
    return toilets[0].place


def _visits(case: Case, acts: list[Act], wanted: str) -> str:
    """C and PC need two visits: else B and PB, but for a death or an admission in between."""
    visits = len({act.visit for act in acts if _session(act) and act.place is place(acts)})
    if not wanted.endswith("C") or visits >= case.book.number("c_visits"):
        return wanted
    if case.patient.left == case.day and case.book.number("c_single_visit"):
        case.tell("flat.exception", "c_single_visit", label=label(wanted))
        return wanted
    paid = f"{wanted[:-1]}B"
    case.tell("flat.one_visit", "c_visits", wanted=label(wanted), label=label(paid), visits=visits)
    return paid


def _palliative_place(case: Case, wanted: str, where: Place) -> str:
    """Palliative codes are known at home only: elsewhere the ordinary flat rate, with a warning."""
    ordinary = wanted.replace("flat_P", "flat_")
    other = ordinary != wanted and ordinary in law.kinds()
    if not other or case.code(wanted, where) or not case.code(ordinary, where):
        return wanted
    case.tell("flat.palliative_place", "palliative_start", label=label(ordinary))
    return ordinary

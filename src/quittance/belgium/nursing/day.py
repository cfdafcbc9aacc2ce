"""What was done on a day of care, turned into the lines to bill, with every change explained.

>>> from quittance.belgium.nursing.model import Act, Evaluation, Patient
>>> evaluation = Evaluation((3, 3, 3, 1, 1, 1), first=20454)
>>> acts = [Act("toilet", provider="n1"), Act("injection", provider="n1", prescribed=20450)]
>>> day = lines_of_day(acts, [evaluation], Patient("p", "135"), 20455)
>>> [(line.code, line.role.value) for line in day.lines]
[('425014', 'statistic'), ('425110', 'statistic'), ('423076', 'statistic'), ('425272', 'flat')]
>>> [one.what for one in day.messages if one.severity == "change"]
['3 actes par séance sont envoyés à zéro avant le forfait A.']
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import admit, ceiling, evaluations, flat, identity, merge, visits, wounds
from quittance.belgium.nursing.case import Case, label
from quittance.belgium.nursing.model import (
    Act,
    Choices,
    Day,
    Done,
    Evaluation,
    Identity,
    Level,
    Line,
    Patient,
    Place,
    Role,
)
from quittance.belgium.nursing.texts import message, shown

PREPARATION, AS_PART = "preparation", "preparation_flat"
ROLES = {"session": Role.ACT, "supplement": Role.SUPPLEMENT, "pseudo": Role.PSEUDO}


def lines_of_day(
    acts: Sequence[Act],
    katz: Sequence[Evaluation],
    patient: Patient,
    day: int,
    *,
    readings: Mapping[int, Identity] | None = None,
    history: Sequence[Done] = (),
    fees: Mapping[str, int] | None = None,
    group: str = "",
    choices: Choices | None = None,
) -> Day:
    """The lines of a day of one patient, what is refused and why, and what was changed.

    `katz` are the patient's evaluations, `readings` the identity check by visit (None = no third-party payment),
    `history` what was done and billed before, `fees` the official fee in cents by code.
    """
    if day < law.first_day():
        told = message("law.unknown", day=shown(day), first=shown(law.first_day()))
        return Day((), (), (told,))
    case = Case(day, patient, katz, readings, history, fees or {}, group, choices or Choices())
    if not acts:
        case.tell("nothing")
    level = flat.level_of_day(case)
    _bill(case, merge.merged(case, admit.admitted(case, acts)), level)
    _notified(case)
    _checked(case, acts)
    if case.refused and case.lines and case.book.number("same_day_refusal"):
        case.tell("day.at_risk", "same_day_refusal")
    doubts = tuple(one for one in case.book.used.values() if one.doubtful)
    return Day(tuple(case.lines), tuple(case.refused), tuple(case.messages), level, doubts)


def _bill(case: Case, acts: list[Act], level: Level) -> None:
    """The lines of the acts: under a flat rate where there is one, else one by one."""
    wanted = "" if case.had_flat else flat.choose(case, acts, level)
    if case.had_flat or (wanted and case.had_sessions):
        acts, wanted = _without_sessions(case, acts), ""
    rest = _under(case, acts, wanted) if wanted else visits.with_basic(case, admit.toilets(case, acts, level))
    for act in sorted(rest, key=lambda act: law.kinds()[act.kind].related):
        _single(case, act)
    if not wanted:
        ceiling.apply(case)
        _supplement_pn(case, level)
    _wound(case, acts, under=bool(wanted))
    _rural(case)


def _without_sessions(case: Case, acts: list[Act]) -> list[Act]:
    """What stands beside a flat rate; the rest is not billed apart from it, before it or after it."""
    code, kept = "flat.earlier" if case.had_flat else "flat.paid", []
    for act in acts:
        part = act.kind == PREPARATION and case.book.number("preparation_flat")
        if law.kinds()[act.kind].group == "session" or part:
            case.refuse(act, code, "flat_replaces")
        else:
            kept.append(act)
    return kept


def _under(case: Case, acts: list[Act], wanted: str) -> list[Act]:
    """The statistical lines, then the flat rate; gives the acts that stand beside it."""
    where, parts, rest, after = flat.place(acts), [], [], []
    for act in acts:
        if law.kinds()[act.kind].group == "session" and act.place is not where:
            case.refuse(act, "flat.place", "flat_replaces")
        elif law.kinds()[act.kind].group == "session":
            parts.append(act)
        elif act.kind == PREPARATION and case.book.number("preparation_flat"):
            case.tell("preparation.flat", "preparation_flat")
            after.append(replace(act, kind=AS_PART, code="", place=where))
        else:
            rest.append(act)
    parts = [*visits.with_basic(case, parts), *after]
    if _complete(case, parts, wanted, where):
        _flat(case, parts, wanted, where)
    return rest


def _complete(case: Case, parts: list[Act], wanted: str, where: Place) -> bool:
    """Every statistical line has a code, else the flat rate and all its lines are held back."""
    nameless = [act for act in [*parts, Act(wanted, place=where)] if not (act.code or case.code(act.kind, act.place))]
    for act in nameless:
        case.refuse(act, "code.unknown", column=admit.column_label(case, act.place))
    if nameless:
        missing = label(nameless[0].kind)
        for act in parts:
            if act not in nameless:
                case.refuse(act, "flat.incomplete", "flat_replaces", label=label(wanted), missing=missing)
    return not nameless


def _flat(case: Case, parts: list[Act], wanted: str, where: Place) -> None:
    """The lines: the first basic visit first, the flat rate right after the last, by the nurse of the first visit."""
    statistics = [case.line(act, Role.STATISTIC, cents=0) for act in parts]
    case.lines.extend(statistics)
    first, nurses = parts[0], {act.provider for act in parts}
    line = case.line(Act(wanted, first.visit, where, first.provider), Role.FLAT)
    case.lines.append(replace(line, norm="9" if len(nurses) > 1 else "1"))
    sessions = sum(1 for act in parts if law.kinds()[act.kind].group == "session")
    case.tell("flat.replaces", "flat_replaces", count=sessions, label=label(wanted))
    if line.prescriber and not any(act.prescribed is not None for act in parts):
        case.tell("prescription.flat", "prescription_flat", label=label(wanted))


def _single(case: Case, act: Act) -> None:
    """The line of an act that is billed by itself."""
    kind = law.kinds()[act.kind]
    counted = any(line.statistical for line in case.lines) or not case.book.number("supplement_statistics")
    if kind.group == "supplement" and not counted:
        case.refuse(act, "supplement.statistics", "supplement_statistics")
    elif not (act.code or case.code(act.kind, act.place)):
        case.refuse(act, "code.unknown", column=admit.column_label(case, act.place))
    elif kind.related and not _specific(case):
        case.refuse(act, "pseudo.related")
    elif case.column(act.place) == "office":
        _office(case, act)
    else:
        cents = 0 if kind.group == "pseudo" else None
        related = _specific(case) if kind.related else ""
        case.lines.append(case.line(act, ROLES.get(kind.group, Role.ACT), cents=cents, related=related))


def _office(case: Case, act: Act) -> None:
    """An act at an office: its relative code, and zero but in a convalescent home."""
    rule = "office_toilet" if act.kind == "toilet" else "office_paid"
    paid = act.place is Place.CONVALESCENT or case.book.number(rule)
    if not paid:
        case.tell("office.zero", rule, label=label(act.kind))
    role = ROLES.get(law.kinds()[act.kind].group, Role.ACT)
    case.lines.append(case.line(act, role, cents=None if paid else 0, related=admit.relative(act)))


def _specific(case: Case) -> str:
    """The code of the day's specific act, which a pseudo-code goes with; empty where none is billed."""
    return next((line.code for line in case.lines if law.kinds()[line.kind].group == "specific"), "")


def _supplement_pn(case: Case, level: Level) -> None:
    """The supplement PN of a palliative patient without a flat rate, at home, on a day with care."""
    cared = next((line for line in case.lines if line.role is Role.ACT and line.place is Place.HOME), None)
    had = any(kind.startswith("flat_") for kind in case.done)
    if level is Level.NONE and not had and case.palliative and cared is not None and case.book.number("pn"):
        act = Act("flat_PN", cared.visit, cared.place, cared.provider)
        case.lines.append(case.line(act, Role.SUPPLEMENT))
        case.tell("palliative.pn", "pn")


def _wound(case: Case, acts: list[Act], *, under: bool) -> None:
    """The additional fee for the duration of complex wound care, where it is notified."""
    timed = [act for act in acts if act.kind in wounds.TIMED]
    minutes = sum(act.minutes for act in timed)
    reached = wounds.step(minutes, case.book)
    if not reached:
        return
    if under:
        case.tell("wound.flat", "wound_minutes_1")
        return
    extra = replace(timed[0], kind=f"wound_extra_{reached}", code="")
    if any(kind.startswith("wound_extra_") for kind in case.done):
        case.refuse(extra, "once.day")
    elif not wounds.notified(case.patient.wounds, reached, case.book):
        said = " ou ".join(map(str, wounds.types(reached)))
        case.refuse(extra, "wound.notice", "wound_minutes_1", minutes=minutes, types=said)
    else:
        _single(case, extra)


def _rural(case: Case) -> None:
    """The travel supplement, once for each visit at home that has a line."""
    if not case.patient.rural or not case.book.number("rural_supplement"):
        return
    there: dict[int, Line] = {}
    for line in case.lines:
        if line.place is Place.HOME:
            there.setdefault(line.visit, line)
    for visit, line in sorted(there.items()):
        case.lines.append(case.line(Act("rural", visit, line.place, line.provider), Role.SUPPLEMENT))
    if there:
        case.tell("rural.added", "rural_supplement", count=len(there))


def _notified(case: Case) -> None:
    """A toilet and a flat rate that turns on the scale want their evaluation notified before they are billed."""
    held = evaluations.covering(case.evaluations, case.day, case.book)
    if held is None or held.sent or not case.book.number("evaluation_needed"):
        return
    if any(line.kind == "toilet" or (line.role is Role.FLAT and line.kind != "flat_PP") for line in case.lines):
        case.tell("evaluation.unsent", "evaluation_needed", first=shown(held.first))


def _checked(case: Case, acts: Sequence[Act]) -> None:
    """The identity check of each visit, in third-party payment."""
    if case.readings is None or not case.book.number("identity_needed"):
        return
    for visit in sorted({act.visit for act in acts}):
        one = case.readings.get(visit)
        if one is None:
            case.tell("identity.missing", "identity_needed", visit=visit)
            continue
        case.messages.extend(identity.check(one, case.day, case.choices.values))
        present = next((act for act in acts if act.visit == visit and _present(act)), None)
        if identity.absent(one) and present is not None:
            case.tell("identity.presence", "identity_codes", visit=visit, label=label(present.kind))


def _present(act: Act) -> bool:
    """Whether an act needs the presence of the patient."""
    found = law.kinds().get(act.kind)
    return found is not None and not found.absent

"""A day of home nursing: judged as it is typed, then put into the draft of a bill with its identity checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

import quittance
from quittance.audit import record
from quittance.belgium import nursing as rules
from quittance.belgium.file import file_of, forget
from quittance.belgium.law import nursing_care as law
from quittance.belgium.models import IdentityReading, KatzEvaluation
from quittance.belgium.nursing import evaluations
from quittance.belgium.nursing.model import Identity, Place
from quittance.belgium.services import care as on_file
from quittance.billing.models import Draft
from quittance.billing.services.drafts import draft_for, keep_draft
from quittance.kernel.dated import day_number, day_of
from quittance.patients.models import Patient
from quittance.people.acting import Acting
from quittance.people.models import Organisation, Professional
from quittance.people.turns import take_turn
from quittance.web.country import country_web

QUOTED = {
    Place.HOME: "home",
    Place.OFFICE: "practice",
    Place.CONVALESCENT: "practice",
    Place.COMMUNITY: "community",
    Place.DAY_CARE: "day_care",
    Place.REST_HOME: "rest_home",
}
"""Places of care in the words of the contract."""


class RefusedError(ValueError):
    """The day is not billed: the text says why, and what to do."""


@dataclass(frozen=True)
class Visit:
    """A visit as it is typed: its number on the page, its nurse, its acts, its identity check."""

    number: int
    nurse: Professional
    acts: tuple[rules.Act, ...]
    identity: rules.Identity | None = None


@dataclass(frozen=True)
class Care:
    """A day of care as it is typed; `codes` are codes that the list lacks, by kind and column."""

    day: date
    visits: tuple[Visit, ...]
    third_party: bool = True
    left: bool = False
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @property
    def acts(self) -> list[rules.Act]:
        """Every act of the day, in the order of the visits."""
        return [act for visit in self.visits for act in visit.acts]


@dataclass(frozen=True)
class Judged:
    """What becomes of a day: its lines, the acts of the draft, what the bill will say of their prices."""

    day: rules.Day
    acts: list[dict[str, Any]]
    fees: Mapping[str, int]
    quote: Mapping[str, Any]
    nurses: Mapping[str, Professional]
    group: Organisation | None
    billed: int
    unsent: KatzEvaluation | None

    @property
    def unpriced(self) -> list[rules.Line]:
        """The lines without a price on the day, but for those that are sent at zero."""
        return [line for line in self.day.lines if line.cents is None]


def billed_on(patient: Patient, day: date) -> list[Mapping[str, Any]]:
    """List the nursing acts of a day that bills hold already."""
    found = [{"code": one.code, **one.typed} for one in file_of(patient).acts if one.day == day]
    return [one for one in found if on_file.kind_of(one)]


def visits_billed(patient: Patient, day: date) -> int:
    """Count the visits of a day that bills hold already: the numbers of new ones follow."""
    return max((whole(one.get("visit")) for one in billed_on(patient, day)), default=0)


def whole(value: Any) -> int:
    """Read a small whole number as a draft holds it; 0 for anything else."""
    text = str(value or "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def judge(acting: Acting, patient: Patient, told: Care) -> Judged:
    """Turn a day into its lines, with the history and the prices of that day."""
    day, rows, draft = day_number(told.day), on_file.katz_rows(patient), on_file.draft_of(acting, patient)
    group = on_file.group_of(acting)
    known = set(on_file.kinds_by_code()) | {act.code for act in told.acts} | set(told.codes.values())
    fees = on_file.fees_on(known, day)
    found = rules.lines_of_day(
        told.acts,
        [row.evaluation() for row in rows],
        on_file.patient_of(patient, told.day, left=told.left),
        day,
        readings={one.number: one.identity for one in told.visits if one.identity} if told.third_party else None,
        history=[*on_file.billed(patient), *_begun(draft, told.day)],
        fees=fees,
        group=on_file.group_number(group),
        choices=rules.Choices(codes=told.codes),
    )
    acts = _acts(told, found)
    return Judged(
        day=found,
        acts=acts,
        fees=fees,
        quote=_quote(patient, acting, told, acts, draft) if acts else {},
        nurses={act.provider: visit.nurse for visit in told.visits for act in visit.acts},
        group=group,
        billed=len(billed_on(patient, told.day)),
        unsent=_unsent(rows, day),
    )


def _begun(draft: Draft | None, day: date) -> list[rules.Done]:
    """List what the draft holds of other days: they are billed with this one."""
    found = []
    for act in draft.input.get("acts", []) if draft else []:
        kind, when = on_file.kind_of(act), iso_day(str(act.get("date", "")))
        if kind and when is not None and when != day:
            found.append(rules.Done(kind, day_number(when)))
    return found


def iso_day(typed: str) -> date | None:
    """Read an ISO day; None where it is none."""
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None


def _unsent(rows: list[KatzEvaluation], day: int) -> KatzEvaluation | None:
    """Find the evaluation that covers a day and is not notified yet."""
    if day < law.first_day():
        return None
    told = [row.evaluation() for row in rows]
    held = evaluations.covering(told, day, law.Book(day))
    row = next((row for row, one in zip(rows, told, strict=True) if one is held), None)
    return row if row is not None and row.sent_on is None else None


def _acts(told: Care, found: rules.Day) -> list[dict[str, Any]]:
    """Write the lines as acts of a draft, in their order, each with what was typed of it."""
    done = {(act.kind, act.visit): act for act in reversed(told.acts)}
    rows = []
    for line in found.lines:
        act = done.get((line.kind, line.visit))
        row: dict[str, Any] = {
            "code": line.code,
            "date": told.day.isoformat(),
            "quantity": "1",
            "kind": line.kind,
            "role": line.role.value,
            "visit": line.visit,
            "provider": line.provider,
            "norm": line.norm,
            "place": line.place.value,
            "related": line.related,
            "prescribed": day_of(act.prescribed).isoformat() if act and act.prescribed is not None else "",
            "minutes": str(act.minutes) if act and act.minutes else "",
        }
        rows.append({name: value for name, value in row.items() if value != ""})
    return rows


def put(given: Mapping[str, Any], told: Care, acts: list[dict[str, Any]]) -> dict[str, Any]:
    """Put the acts of a day into the input of a draft: those of nursing of that day give way, others stay."""
    day = told.day.isoformat()
    kept = [act for act in given.get("acts", []) if act.get("date") != day or not on_file.kind_of(act)]
    every = sorted([*kept, *acts], key=lambda act: str(act.get("date", day)))
    places = {QUOTED[Place(act["place"])] for act in every if act.get("place") in set(Place)}
    return {
        **given,
        "date": max((str(act.get("date") or day) for act in every), default=day),
        "acts": every,
        "cover": {**given.get("cover", {}), "third_party": told.third_party},
        "extras": {**given.get("extras", {}), "place": places.pop() if len(places) == 1 else ""},
    }


def _quote(
    patient: Patient, acting: Acting, told: Care, acts: list[dict[str, Any]], draft: Draft | None
) -> Mapping[str, Any]:
    """Price the day as the page of the bill will."""
    biller = draft.biller if draft else acting.professional
    if biller is None:
        return {}
    session = country_web("BE").session_input(put({}, told, acts), patient, biller, told.day)
    priced: Mapping[str, Any] = quittance.quote(session, trace=False)
    return priced


@transaction.atomic
def bill_day(acting: Acting, patient: Patient, told: Care, seen: int) -> Draft:
    """Write the identity checks of a day, and put its lines into the draft of the patient's bill.

    Done again before the bill is issued, the day replaces itself. `seen` is how many acts of the day the person saw
    billed already. RefusedError where that is no longer so, or the day cannot be sent as it is.
    """
    take_turn(Patient, patient.pk)
    forget(patient)
    judged = judge(acting, patient, told)
    if judged.billed != seen:
        raise RefusedError(_("This day was billed in another window: check what is left to bill, then bill again."))
    if not judged.day.ready or not judged.acts:
        raise RefusedError(_("This day is not billed yet: put right what is marked, or take the act away."))
    offset = visits_billed(patient, told.day)
    readings = [_keep_reading(acting, patient, told.day, offset, one) for one in told.visits if one.identity]
    rows = IdentityReading.objects.for_(acting).filter(patient=patient, day=told.day, visit__gt=offset)
    rows.exclude(pk__in=[one.pk for one in readings]).delete()
    draft = draft_for(acting, patient)
    numbered = [{**act, "visit": act["visit"] + offset} for act in judged.acts]
    if not keep_draft(acting, draft, put(draft.input, told, numbered)):
        raise RefusedError(_("The draft was changed in another window: bill the day again."))
    if told.codes and on_file.keep_codes(draft.professional, told.codes):
        record(acting, "change", "nursing.codes", draft.professional)
    for one in readings:
        record(acting, "change", "identity.keep", one)
    return draft


def _keep_reading(acting: Acting, patient: Patient, day: date, offset: int, visit: Visit) -> IdentityReading:
    one = visit.identity
    assert one is not None
    told = {
        "professional": visit.nurse,
        "read_on": None if one.day is None else day_of(one.day),
        "minute": one.minute,
        **{name: getattr(one, name) for name in ("reading", "media", "serial", "manual", "vignette")},
    }
    rows = IdentityReading.objects.for_(acting)
    kept, _made = rows.update_or_create(patient=patient, day=day, visit=offset + visit.number, defaults=told)
    return kept


def readings_of_month(acting: Acting, day: date) -> list[tuple[Identity, int]]:
    """Count the identity checks from the first of the month to a day, alike ones together."""
    rows = IdentityReading.objects.for_(acting).filter(day__gte=day.replace(day=1), day__lte=day)
    counted = rows.order_by().values_list("reading", "media").annotate(many=Count("pk"))
    return [(Identity(reading, media), many) for reading, media, many in counted]

"""A day of home nursing: judged as it is typed, then put into the draft of a bill with its identity checks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

import quittance
from quittance.audit import record
from quittance.belgium import executing
from quittance.belgium import nursing as rules
from quittance.belgium.file import file_of, forget
from quittance.belgium.law import nursing_care as law
from quittance.belgium.models import IdentityReading
from quittance.belgium.nursing import identity as checks
from quittance.belgium.nursing.case import label
from quittance.belgium.nursing.model import Identity, Place
from quittance.belgium.services import care as on_file
from quittance.belgium.services import nursing_choices
from quittance.billing.models import Draft
from quittance.billing.services.drafts import draft_for, keep_draft
from quittance.kernel.dated import day_number, day_of
from quittance.kernel.money import parse_cents
from quittance.patients.models import Patient
from quittance.people.acting import Acting
from quittance.people.models import Organisation, Professional
from quittance.people.turns import take_turn
from quittance.web.country import country_web
from quittance.web.templatetags.quittance import euros

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
class Guard:
    """A line that the price would charge beyond the rules of its day: what is wrong, and what to do."""

    line: rules.Line
    code: str
    what: str
    remedy: str


def guards(priced: Iterable[tuple[rules.Line, int]], ceiling: int | None) -> Iterator[Guard]:
    """Hold the price of a day, in cents by line, to what its rules say: they know roles and choices, a price does not.

    A line that is sent at zero is never charged; `ceiling` is that which the practice chose, None where it did not.
    """
    pairs = list(priced)
    for line, cents in pairs:
        if line.zero and cents:
            yield _charged(line, cents)
    counted = [one for one in pairs if one[0].role is rules.Role.ACT and of_session(one[0].kind)]
    total = sum(cents for _line, cents in counted)
    if ceiling is not None and total > ceiling:
        what = _("The acts by session come to %(sum)s, above the daily ceiling of %(ceiling)s that the practice chose.")
        remedy = _("The price of the bill does not know this choice: take acts away, or correct the choice.")
        yield Guard(counted[0][0], "ceiling", what % {"sum": euros(total), "ceiling": euros(ceiling)}, remedy)


def of_session(kind: str) -> bool:
    """Whether acts of a kind are counted by session: under the daily ceiling, replaced by a flat rate."""
    return law.kinds()[kind].group == "session"


def _charged(line: rules.Line, cents: int) -> Guard:
    told = {"label": label(line.kind), "code": line.code, "fee": euros(cents)}
    what = _("“%(label)s” (%(code)s) is sent at zero, but the price of the bill is %(fee)s.") % told
    if line.role is rules.Role.ACT:
        remedy = _(
            "Take the act away; or, where acts at your office are paid, write so in the choices of the practice, and "
            "bill the day again."
        )
    else:
        remedy = _(
            "This version of Quittance does not count the code among those of this act. Check it in NomenSoft; if it "
            "is right, keep the day in its draft and tell whoever looks after the installation."
        )
    return Guard(line, "zero", what, remedy)


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
    ceiling: int | None = None

    @property
    def guards(self) -> list[Guard]:
        """What the price of the bill would charge beyond the rules of the day."""
        acts = self.quote.get("acts", [])
        fees = [parse_cents(act["fee"]) for act in acts]
        return list(guards(zip(self.day.lines, fees, strict=True), self.ceiling)) if acts else []

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
    group, preferences = on_file.group_of(acting), nursing_choices.preferences_of(acting)
    choices = nursing_choices.chosen_on(preferences, told.day, told.codes)
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
        choices=choices,
    )
    acts, values = _acts(told, found), choices.values
    return Judged(
        day=found,
        acts=acts,
        fees=fees,
        quote=_quote(patient, acting, told, acts, draft) if acts else {},
        nurses={act.provider: visit.nurse for visit in told.visits for act in visit.acts},
        group=group,
        billed=len(billed_on(patient, told.day)),
        ceiling=values.get("daily_ceiling"),
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


def _acts(told: Care, found: rules.Day) -> list[dict[str, Any]]:
    """Write the lines as acts of a draft, in their order, each with what was typed of it."""
    nurses = {act.provider: visit.nurse for visit in told.visits for act in visit.acts}
    checked = {one.number for one in told.visits if one.identity and _fits(one, day_number(told.day))}
    rows = []
    for line in found.lines:
        row: dict[str, Any] = {
            "code": line.code,
            "date": told.day.isoformat(),
            "quantity": "1",
            "kind": line.kind,
            "role": line.role.value,
            "visit": line.visit,
            "provider": line.provider,
            "provider_name": nurses[line.provider].full_name,
            "provider_number": on_file.number_of(nurses[line.provider], line.provider),
            "norm": line.norm,
            "place": line.place.value,
            "related": line.related,
            "prescribed": day_of(line.prescribed).isoformat() if line.prescribed is not None else "",
            "minutes": str(line.minutes) if line.minutes else "",
            "read": "1" if line.visit in checked else "",
            "surgical": "1" if line.surgical else "",
            "left": "1" if told.left and line.role is rules.Role.FLAT else "",
        }
        rows.append({name: value for name, value in row.items() if value != ""})
    return rows


def _fits(visit: Visit, day: int) -> bool:
    """Whether the identity check of a visit could be sent with its acts."""
    one = visit.identity
    assert one is not None
    absent = checks.absent(one) and any(not law.kinds()[act.kind].absent for act in visit.acts)
    return not absent and all(told.severity != "error" for told in checks.check(one, day))


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
    if not judged.day.ready or not judged.acts or judged.guards:
        raise RefusedError(_("This day is not billed yet: put right what is marked, or take the act away."))
    if told.third_party:
        _require_numbers(judged.acts, told.day)
    offset = visits_billed(patient, told.day)
    readings = [_keep_reading(acting, patient, told.day, offset, one) for one in told.visits if one.identity]
    rows = IdentityReading.objects.for_(acting).filter(patient=patient, day=told.day, visit__gt=offset)
    rows.exclude(pk__in=[one.pk for one in readings]).delete()
    draft = draft_for(acting, patient)
    numbered = [{**act, "visit": act["visit"] + offset} for act in judged.acts]
    if not keep_draft(acting, draft, put(draft.input, told, numbered)):
        raise RefusedError(_("The draft was changed in another window: bill the day again."))
    nursing_choices.carry(draft.professional, nursing_choices.preferences_of(acting))
    if told.codes and on_file.keep_codes(draft.professional, told.codes):
        record(acting, "change", "nursing.codes", draft.professional)
    for one in readings:
        record(acting, "change", "identity.keep", one)
    return draft


def _require_numbers(acts: list[dict[str, Any]], day: date) -> None:
    """Refuse an act whose nurse has no INAMI number on the day: the insurers pay none without."""
    nameless = next((one for one in acts if not one.get("provider_number")), None)
    if nameless is not None:
        raise RefusedError(executing.number_lacks(nameless["provider_name"], day))


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

"""Sessions of speech therapy before they are billed: judged, planned in a series, put together into one draft."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import quittance
from quittance.belgium import speech
from quittance.belgium.file import File, file_of, session_of
from quittance.belgium.law import speech as law
from quittance.belgium.pricing.encode import own_tariffs_count
from quittance.belgium.speech.acts import disorder_of
from quittance.billing import reach
from quittance.billing.models import Draft
from quittance.billing.services.drafts import draft_for, keep_draft
from quittance.kernel.dated import day_number
from quittance.patients.models import Patient
from quittance.people.acting import Acting
from quittance.people.models import Professional
from quittance.people.turns import take_turn
from quittance.web.country import country_web

MOST = 60
HORIZON = timedelta(days=366)
TERMS = ("professional", "patient", "third_party", "custom_tariffs")
"""What of a session holds for the whole bill: a day on which it differs needs a bill of its own."""


class RefusedError(ValueError):
    """Nothing could be put into a bill; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session that is asked about. `kind` names what has no code, for the answer; days are dates here."""

    code: str
    day: date
    disorder: str = ""
    place: str = ""
    minutes: int | None = None
    persons: int | None = None
    prescribed: date | None = None
    kind: str = ""

    def act(self) -> dict[str, str]:
        """Write it as an act of a draft, texts for numbers."""
        told = {
            "code": self.code,
            "date": self.day.isoformat(),
            "quantity": "1",
            "disorder": self.disorder,
            "place": self.place,
            "minutes": "" if self.minutes is None else str(self.minutes),
            "persons": "" if self.persons is None else str(self.persons),
            "prescribed": "" if self.prescribed is None else self.prescribed.isoformat(),
        }
        return {name: value for name, value in told.items() if value}

    def session(self) -> speech.Session:
        """Give it as the rules read it."""
        return speech.Session(
            code=self.code,
            day=day_number(self.day),
            disorder=self.disorder,
            place=self.place,
            minutes=self.minutes,
            persons=self.persons,
            prescribed=None if self.prescribed is None else day_number(self.prescribed),
        )


def key_of(session: speech.Session) -> tuple[str, int, str]:
    """Give what makes two acts of a draft the same session."""
    return session.code, session.day, disorder_of(session)


def code_for(disorder: str, kind: str, place: str, day: date) -> str:
    """Give the code of a kind of session for a disorder at a place, by the list of a day; empty where there is none.

    A kind that is not paid at the place gives its code of the practice, so that the judgement says so.

    >>> day = date(2026, 2, 2)
    >>> code_for("b3", "individual_30", "home", day), code_for("b3", "assessment", "home", day)
    ('714335', '701013')
    >>> code_for("b3", "guidance_individual", "home", day), code_for("b3", "collective", "practice", day)
    ('711115', '')
    """
    number = day_number(day)
    found = {
        one.place: one.code
        for one in law.acts().values()
        if one.kind.code == kind and one.disorder in ("", disorder) and one.first <= number <= one.last
    }
    wanted = ("hospital",) if place == "hospital" else (place, law.AMBULATORY, "practice")
    return next((found[one] for one in wanted if one in found), "")


def kinds_for(disorder: str, day: date) -> list[law.Kind]:
    """List the kinds of session that have a code for a disorder on a day, in the order of the law."""
    number = day_number(day)
    acts = [one for one in law.acts().values() if one.disorder in ("", disorder) and one.first <= number <= one.last]
    codes = {one.kind.code for one in acts}
    return [one for one in law.kinds().values() if one.code in codes]


@dataclass(frozen=True)
class Known:
    """What a session is judged against: the file of the patient, and what waits in the bill begun."""

    file: File
    person: speech.Patient
    draft: Draft | None = None
    begun: tuple[speech.Session, ...] = ()

    @property
    def history(self) -> tuple[speech.Session, ...]:
        """The sessions attested, then those of the bill begun."""
        return self.file.sessions + self.begun

    def has_begun(self, wanted: Wanted) -> bool:
        """Whether the bill begun holds the session already."""
        return key_of(wanted.session()) in {key_of(one) for one in self.begun}

    def judge(self, wanted: Wanted, more: Sequence[speech.Session] = ()) -> speech.Verdict:
        """Judge a session, after others that come before it."""
        if not wanted.code:
            return speech.Verdict(reimbursable=False, reasons=(_no_code(wanted),), left=0)
        return speech.judge(wanted.session(), self.person, self.file.agreements, (*self.history, *more))


def _no_code(wanted: Wanted) -> speech.Reason:
    kind = law.kinds().get(wanted.kind)
    told = {"kind": kind.label if kind else "", "disorder": wanted.disorder}
    return speech.Reason(
        "code.none",
        _("No code exists for a « %(kind)s » of disorder %(disorder)s.") % told,
        _("The nomenclature pays this kind of session for other disorders only."),
        _("Choose another kind of session."),
        None,
    )


def known_of(acting: Acting, patient: Patient) -> Known:
    """Gather what a session of a patient is judged against."""
    found = file_of(patient)
    rows = reach.drafts(acting).filter(patient=patient)
    if acting.professional is not None:
        rows = rows.filter(professional=acting.professional, substitute=acting.substitute)
    draft = rows.order_by("-updated_at").first()
    sessions = [session_of(code, day, act) for code, day, act in _acts(draft)]
    begun = tuple(one for one in sessions if one is not None)
    return Known(found, found.person(patient.birth_date), draft if begun else None, begun)


def _acts(draft: Draft | None) -> list[tuple[str, date, Mapping[str, Any]]]:
    """List the acts of a draft, each with its day: its own, else that of the bill."""
    if draft is None:
        return []
    found = []
    for act in draft.input.get("acts", []):
        day = _date(act.get("date")) or _date(draft.input.get("date"))
        if day is not None:
            found.append((str(act.get("code", "")), day, act))
    return found


def _date(typed: Any) -> date | None:
    try:
        return date.fromisoformat(str(typed or ""))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Planned:
    """A day of a series: its session, the answer, and whether it goes into the bill."""

    wanted: Wanted
    verdict: speech.Verdict
    chosen: bool
    future: bool
    begun: bool
    apart: bool = False

    @property
    def billable(self) -> bool:
        """Whether it goes into the bill now."""
        return self.chosen and self.verdict.reimbursable and not (self.future or self.begun or self.apart)


def days_of(
    first: date, weekdays: Iterable[int], count: int | None, last: date | None, holidays: frozenset[date]
) -> tuple[list[date], list[date]]:
    """List the days of a series, and the public holidays that it leaves out; at most `MOST`, within a year.

    >>> found, left_out = days_of(date(2026, 11, 9), {0, 2}, 3, None, frozenset({date(2026, 11, 11)}))
    >>> [f"{day:%d/%m}" for day in found], len(left_out)
    (['09/11', '16/11', '18/11'], 1)
    """
    wanted = set(weekdays)
    found: list[date] = []
    left_out: list[date] = []
    most, end = min(count or MOST, MOST), min(last or first + HORIZON, first + HORIZON)
    day = first
    while wanted and day <= end and len(found) < most:
        if day.weekday() in wanted:
            (left_out if day in holidays else found).append(day)
        day += timedelta(days=1)
    return found, left_out


def plan(known: Known, wanted: Wanted, days: Sequence[date], today: date, ticked: set[date] | None) -> list[Planned]:
    """Judge each day of a series with the earlier ones that are kept; `ticked` None keeps all."""
    found: list[Planned] = []
    earlier: list[speech.Session] = []
    for day in days:
        one = replace(wanted, day=day)
        begun = known.has_begun(one)
        verdict = known.judge(one, earlier)
        chosen = not begun and (ticked is None or day in ticked)
        if chosen and verdict.reimbursable:
            earlier.append(one.session())
        found.append(Planned(one, verdict, chosen, day > today, begun))
    return found


def apart(patient: Patient, professional: Professional | None, planned: list[Planned]) -> list[Planned]:
    """Mark the sessions whose day has other terms than the first one billed: they need a bill of their own."""
    if professional is None:
        return planned
    terms: Any = None
    found = []
    for one in planned:
        if not one.billable:
            found.append(one)
            continue
        mine = terms_on(patient, professional, [one.wanted.code], one.wanted.day)
        terms = mine if terms is None else terms
        found.append(replace(one, apart=mine != terms))
    return found


def terms_on(patient: Patient, professional: Professional, codes: Iterable[str], day: date) -> dict[str, Any]:
    """Give what holds for a whole bill with these codes on a day: convention, rights of the patient, own fees asked.

    The patient's exception stands in the own fees: where it changes none of them, it is no other term.
    """
    acts = [{"code": code, "date": day.isoformat()} for code in sorted(set(codes))]
    session = country_web("BE").session_input({"acts": acts, "cover": {}, "extras": {}}, patient, professional, day)
    if not own_tariffs_count(session):
        session["custom_tariffs"] = []
    session["patient"].pop("force_official", None)
    return {name: session.get(name) for name in TERMS}


def price(patient: Patient, professional: Professional, wanted: Wanted) -> dict[str, Any]:
    """Price one session for a patient: the answer of the quote, or its errors."""
    draft = {"acts": [wanted.act()], "cover": {}, "extras": {}, "date": wanted.day.isoformat()}
    session = country_web("BE").session_input(draft, patient, professional, wanted.day)
    return quittance.quote(session, trace=False)


@dataclass(frozen=True, slots=True)
class Billed:
    """What became of a series: the draft, how many sessions went in, those that were left out."""

    draft: Draft
    count: int
    left: list[Planned] = field(default_factory=list)


@transaction.atomic
def bill(acting: Acting, patient: Patient, wanted: Wanted, days: Sequence[date], ticked: set[date] | None) -> Billed:
    """Put the sessions of some days that are reimbursable into one draft; RefusedError where none is.

    What the draft holds already is not put in twice: the same form sent again opens the same bill.
    """
    assert acting.professional is not None
    take_turn(Patient, patient.pk)
    known, today = known_of(acting, patient), acting.today()
    planned = apart(patient, acting.professional, plan(known, wanted, days, today, ticked))
    going = [one for one in planned if one.billable]
    if not going:
        if known.draft is not None and any(one.begun for one in planned):
            return Billed(known.draft, 0)
        raise RefusedError(_nothing(planned))
    draft = draft_for(acting, patient)
    _require_same_terms(patient, acting.professional, draft, going)
    _put(acting, draft, going)
    return Billed(draft, len(going), [one for one in planned if one.chosen and not one.billable])


def _nothing(planned: Sequence[Planned]) -> str:
    chosen = [one for one in planned if one.chosen]
    if not chosen:
        return _("No session is ticked: tick those to be billed.")
    if all(one.future for one in chosen):
        return _("These days are still to come: a session is billed once it was held.")
    refused = next((one for one in chosen if not one.verdict.reimbursable), None)
    return refused.verdict.reasons[0].text if refused else _("These days are still to come.")


def _require_same_terms(patient: Patient, professional: Professional, draft: Draft, going: Sequence[Planned]) -> None:
    """Refuse to mix days of other terms into the bill begun."""
    acts = _acts(draft)
    if not acts:
        return
    codes = [code for code, _day, _act in acts] + [going[0].wanted.code]
    begun, added = min(day for _code, day, _act in acts), going[0].wanted.day
    if terms_on(patient, professional, codes, begun) != terms_on(patient, professional, codes, added):
        raise RefusedError(
            _(
                "The bill begun holds sessions of %(day)s, on other terms (convention status, insurability or fees): "
                "issue it or throw it away first, then come back."
            )
            % {"day": begun.strftime("%d/%m/%Y")}
        )


def _put(acting: Acting, draft: Draft, going: Sequence[Planned]) -> None:
    typed = {**draft.input}
    before = list(typed.get("acts", []))
    if not before:
        typed["date"] = max(one.wanted.day for one in going).isoformat()
    typed["acts"] = [*before, *(one.wanted.act() for one in going)]
    if not keep_draft(acting, draft, typed):
        raise RefusedError(_("The bill begun was changed in another window meanwhile: try again."))

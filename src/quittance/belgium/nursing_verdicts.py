"""The verdict on each day of home nursing of a draft: judged again by the rules of a day of care before it is issued.

The lines that a day of care put into the draft (they have a `role`) give back what was typed; what its rules refuse,
and lines that are no longer those of the day, keep the bill from being issued. Acts typed on the page of the bill
alone say neither visit nor identity nor prescription: they are billed as typed, with a warning, but for flat rates.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

import quittance
from quittance.belgium import nursing as rules
from quittance.belgium.file import file_of
from quittance.belgium.law import figures
from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import evaluations
from quittance.belgium.nursing.admit import RESERVED
from quittance.belgium.nursing.model import Done, Place, Role
from quittance.belgium.nursing.texts import message
from quittance.belgium.pages import line_act
from quittance.belgium.pages.line_session import day_or
from quittance.belgium.services import care as on_file
from quittance.belgium.services import nursing_choices
from quittance.belgium.services.nursing import guards, whole
from quittance.billing.models import Draft
from quittance.kernel.dated import day_number
from quittance.kernel.money import parse_cents
from quittance.web.country import Missing
from quittance.web.templatetags.quittance import day as written

PREPARED, PREPARATION = "preparation_flat", "preparation"
LINE = ("code", "kind", "visit", "role")


class Held(NamedTuple):
    """A nursing act of a draft: its position, its kind, what the draft holds of it."""

    at: int
    kind: str
    act: Mapping[str, Any]

    @property
    def path(self) -> str:
        """The place of the act in the draft."""
        return f"acts[{self.at}].code"


@dataclass(frozen=True)
class _Known:
    """What is on file for every day of a draft, read once."""

    draft: Draft
    third_party: bool
    days: Mapping[date, Sequence[Held]]
    preferences: Sequence[Mapping[str, Any]]

    def history(self, day: date) -> list[Done]:
        """What was done on other days of the draft, and billed on any day."""
        own = [Done(one.kind, day_number(on)) for on, held in self.days.items() if on != day for one in held]
        return [*on_file.billed(self.patient), *own]

    @property
    def patient(self) -> Any:
        """Whom the draft is for."""
        return self.draft.patient

    @cached_property
    def person(self) -> rules.Patient:
        """The patient as the rules see him, but for the day on which he left."""
        return on_file.patient_of(self.patient, next(iter(self.days)))


def messages(draft: Draft, session: Mapping[str, Any]) -> Iterator[Missing]:
    """Say what the rules of a day of care make of each day of nursing of a draft."""
    days = _days(draft, date.fromisoformat(str(session["date"])))
    if not days:
        return
    preferences = [one.preferences or {} for one in (draft.professional, draft.biller)]
    known = _Known(draft, bool(session.get("third_party")), days, preferences)
    fees = _Fees(session)
    if "katz" not in session.get("patient", {}):
        yield from _granted(known)
    for day, held in sorted(days.items()):
        if day_number(day) < law.first_day():
            continue
        if any(one.act.get("role") for one in held):
            yield from _day_of_care(known, day, held, fees)
        else:
            yield from _plain(known, day, held)


def _granted(known: _Known) -> Iterator[Missing]:
    """The price asks for scores that the decision of the medical adviser stands over: say why none are given."""
    for day, held in sorted(known.days.items()):
        number = day_number(day)
        flat = next((one for one in held if line_act.needs_katz(str(one.act.get("code", "")))), None)
        covers = flat and evaluations.covering(file_of(known.patient).katz, number, law.Book(number))
        if flat and covers and covers.granted is not None:
            text = _(
                "The flat rate of %(day)s rests on the decision of the medical adviser (level %(level)s), which stands "
                "over the scores: the price does not receive them, and its word on the missing scale can be left aside."
            )
            told = {"day": written(day), "level": covers.granted.value or "–"}
            yield Missing("nursing.granted", flat.path, text % told, "info")
            return


def _days(draft: Draft, billed_on: date) -> dict[date, list[Held]]:
    found: dict[date, list[Held]] = {}
    for at, act in enumerate(draft.input.get("acts", [])):
        if kind := on_file.kind_of(act):
            found.setdefault(day_or(str(act.get("date", "")), billed_on), []).append(Held(at, kind, act))
    return found


class _Fees:
    """The fees that the price gives the acts of a draft, in cents; asked only where a line must come out at zero."""

    def __init__(self, session: Mapping[str, Any]) -> None:
        self.session = session
        self._cents: list[int] | None = None

    def of(self, at: int) -> int:
        """The fee of the act at a position; 0 where the price refuses the bill, which then is not issued anyway."""
        if self._cents is None:
            quote = quittance.quote(dict(self.session), trace=False)
            self._cents = [parse_cents(act["fee"]) for act in quote.get("acts", [])]
        return self._cents[at] if at < len(self._cents) else 0


def _day_of_care(known: _Known, day: date, held: Sequence[Held], fees: _Fees) -> Iterator[Missing]:
    plain = next((one for one in held if not one.act.get("role")), None)
    if plain is not None:
        yield _changed(day, plain)
        return
    found = _judge(known, day, held, _acts(held))
    wrong = [*_wrong(found, held), *_unread(known, day, held)]
    yield from wrong
    if not wrong and _drafted(held) != _counted(found.lines):
        yield _changed(day, held[0])
        return
    ceiling = nursing_choices.chosen_on(known.preferences, day).values.get("daily_ceiling")
    yield from () if wrong else _guarded(found, held, fees, ceiling)


def _changed(day: date, one: Held) -> Missing:
    text = _(
        "The lines of %(day)s are no longer those of its day of care: statistical lines, visits and flat rate go "
        "together. Open “Home nursing” in the patient’s file and bill the day again: it replaces itself here."
    )
    return Missing("nursing.changed", one.path, text % {"day": written(day)})


def _judge(known: _Known, day: date, held: Sequence[Held], acts: list[rules.Act]) -> rules.Day:
    number, left = day_number(day), any(one.act.get("left") for one in held)
    return rules.lines_of_day(
        acts,
        file_of(known.patient).katz,
        replace(known.person, left=number if left else None),
        number,
        history=known.history(day),
        choices=nursing_choices.chosen_on(known.preferences, day, _codes(held, day)),
    )


def _codes(held: Sequence[Held], day: date) -> dict[tuple[str, str], str]:
    """Give the codes of the draft that the list lacks: they were typed on the day of care."""
    found = {}
    for one in held:
        place = str(one.act.get("place", ""))
        column = on_file.column_of(day, Place(place)) if one.act.get("role") and place in set(Place) else ""
        if column and not law.kinds()[one.kind].code(column):
            found[one.kind, column] = str(one.act.get("code", ""))
    return found


def _acts(held: Sequence[Held], prescribed: str = "") -> list[rules.Act]:
    """Read back what was typed from the lines of a day; those that follow from it are left out."""
    offices = {str(one["code"]): name for name, one in law.labels("offices").items()}
    found = []
    for one in held:
        kind, act = PREPARATION if one.kind == PREPARED else one.kind, one.act
        if kind.startswith(RESERVED):
            continue
        place, on = str(act.get("place", "")), day_or(str(act.get("prescribed", "") or prescribed), date.min)
        read = rules.Act(
            kind,
            visit=whole(act.get("visit")) or 1,
            place=Place(place) if place in set(Place) else Place.HOME,
            provider=str(act.get("provider", "")),
            code="" if one.kind == PREPARED else str(act.get("code", "")),
            prescribed=None if on == date.min else day_number(on),
            office=offices.get(str(act.get("related", "")), ""),
            minutes=whole(act.get("minutes")),
            surgical=bool(act.get("surgical")),
        )
        found += [read] * _quantity(act)
    return found


def _quantity(act: Mapping[str, Any]) -> int:
    return whole(act.get("quantity", "1")) or 1


def _wrong(found: rules.Day, held: Sequence[Held]) -> Iterator[Missing]:
    for refused in found.refused:
        same = (one for one in held if one.kind == refused.kind and whole(one.act.get("visit")) == refused.visit)
        path = next(same, held[0]).path
        yield Missing(f"nursing.{refused.message.code}", path, refused.message.text)
    for told in found.messages:
        if told.severity == "error":
            yield Missing(f"nursing.{told.code}", held[0].path, told.text)


def _unread(known: _Known, day: date, held: Sequence[Held]) -> Iterator[Missing]:
    """The identity is checked at every visit in third-party payment; the day of care has judged each check."""
    needed = law.value("identity_needed", day_number(day))
    if not known.third_party or not needed.value:
        return
    for visit in sorted({whole(one.act.get("visit")) or 1 for one in held}):
        lines = [one for one in held if (whole(one.act.get("visit")) or 1) == visit]
        if not any(one.act.get("read") for one in lines):
            yield Missing(
                "nursing.identity.missing", lines[0].path, message("identity.missing", needed, visit=visit).text
            )


def _drafted(held: Sequence[Held]) -> Counter[tuple[str, ...]]:
    counted: Counter[tuple[str, ...]] = Counter()
    for one in held:
        told = {**one.act, "kind": one.kind, "visit": whole(one.act.get("visit")) or 1}
        counted[tuple(str(told.get(name, "")) for name in LINE)] += _quantity(one.act)
    return counted


def _counted(lines: Sequence[rules.Line]) -> Counter[tuple[str, ...]]:
    return Counter((line.code, line.kind, str(line.visit), line.role.value) for line in lines)


def _guarded(found: rules.Day, held: Sequence[Held], fees: _Fees, ceiling: int | None) -> Iterator[Missing]:
    """Hold the price of the bill to the roles of the lines and the choices of the practice."""
    flat = any(line.role is Role.FLAT for line in found.lines)
    known = figures.session_acts() if flat else frozenset[str]()
    if ceiling is None and all(line.code in known for line in found.lines if line.zero):
        return
    lines = {(line.code, line.kind, line.visit): line for line in found.lines}
    pairs = [(lines[str(one.act["code"]), one.kind, whole(one.act.get("visit")) or 1], one) for one in held]
    paths = {id(line): one.path for line, one in pairs}
    for guard in guards(((line, fees.of(one.at)) for line, one in pairs), ceiling):
        yield Missing(f"nursing.{guard.code}", paths[id(guard.line)], f"{guard.what} {guard.remedy}")


def _plain(known: _Known, day: date, held: Sequence[Held]) -> Iterator[Missing]:
    """Acts typed on the page of the bill: a flat rate is refused there, the rest is told."""
    flats = [one for one in held if one.kind.startswith("flat_")]
    if flats:
        text = _(
            "A flat rate follows from the day of care: its visits, their statistical lines and the Katz scale go with "
            "it. Bill %(day)s by “Home nursing” in the patient’s file, and take this line away."
        )
        yield Missing("nursing.flat_alone", flats[0].path, text % {"day": written(day)})
        return
    text = _(
        "The care of %(day)s did not go through the day of care: prescription, identity and visits are not checked. "
        "Bill it by “Home nursing” in the patient’s file so that they are."
    )
    yield Missing("nursing.plain", held[0].path, text % {"day": written(day)}, "warning")
    acts = _acts(held, str(known.draft.input.get("extras", {}).get("prescription_date", "")))
    found = _judge(known, day, held, acts)
    for refused in found.refused:
        if refused.kind == "toilet":
            path = next(one for one in held if one.kind == "toilet").path
            yield Missing(f"nursing.{refused.message.code}", path, refused.message.text, "warning")

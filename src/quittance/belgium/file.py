"""What a patient's earlier bills and agreements say: the history that limits and quotas count, read in one query.

A bill keeps of each act what was typed (`snapshot["draft"]["acts"]`): disorder, place, minutes. What was cancelled was
never attested.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Value
from django.db.models.functions import JSONObject

from quittance.belgium import nursing, speech, terms
from quittance.belgium.law import speech as speech_law
from quittance.belgium.models import KatzEvaluation, SpeechAgreement, SpeechStay, WoundCareNotice
from quittance.belgium.nursing.model import ITEMS
from quittance.belgium.speech.prescriber import kind_of
from quittance.billing.models import Bill, BillEvent
from quittance.kernel.dated import OPEN, day_number
from quittance.patients.models import Patient
from quittance.people.models import Professional

KEPT = "_belgian_file"
DAYS = ("decided", "prescribed", "form", "prescription", "assessed", "onset", "begun_elsewhere")
FLAGS = ("was_granted", "refused", "disoriented", "incontinent", "address", "stop_told")
KATZ = ("id", "last", "granted", "toilets", "stopped", "sent_on", *FLAGS)
COLUMNS = terms.COLUMNS
Row = tuple[str, str, date, Any]


class Earlier(NamedTuple):
    """An act of an earlier bill: its code, its day, its quantity, and what was typed with it."""

    code: str
    day: date
    quantity: int
    typed: Mapping[str, Any]


@dataclass(frozen=True)
class File:
    """Agreements, situations, Katz evaluations and earlier acts of a patient."""

    agreements: tuple[speech.Agreement, ...] = ()
    stays: tuple[speech.Stay, ...] = ()
    katz: tuple[nursing.Evaluation, ...] = ()
    wounds: tuple[nursing.WoundNotice, ...] = ()
    acts: tuple[Earlier, ...] = ()

    def person(self, birth: date | None) -> speech.Patient:
        """Give the patient as the rules of speech therapy see him."""
        return speech.Patient(None if birth is None else day_number(birth), self.stays)

    @cached_property
    def sessions(self) -> tuple[speech.Session, ...]:
        """The sessions of speech therapy attested so far."""
        found = (session_of(one.code, one.day, one.typed) for one in self.acts if speech_law.act(one.code))
        return tuple(one for one in found if one is not None)


def session_of(code: str, day: date, typed: Mapping[str, Any]) -> speech.Session | None:
    """Read an act as a session of speech therapy; None for a code that is none of it."""
    if speech_law.act(code) is None:
        return None
    return speech.Session(
        code=code,
        day=day_number(day),
        disorder=str(typed.get("disorder", "")),
        place=str(typed.get("place", "")),
        minutes=_whole(typed.get("minutes")),
        persons=_whole(typed.get("persons")),
        prescribed=_day(typed.get("prescribed")),
    )


def file_of(patient: Patient) -> File:
    """Give what is on file of a patient; read once for a patient in memory (`forget` reads it again)."""
    if KEPT not in patient.__dict__:
        first, *others = queries(patient)
        keep(patient, first.union(*others, all=True))
    kept: File = patient.__dict__[KEPT]
    return kept


def read_with_terms(patient: Patient, professional: Professional) -> None:
    """Read the file of a patient and the terms of a professional in one query, where neither is in memory yet."""
    if KEPT in patient.__dict__ or terms.KEPT in professional.__dict__:
        return
    first, *others = queries(patient)
    of_file: list[Row] = []
    of_terms: list[Row] = []
    for row in first.union(*others, *terms.queries(professional), all=True):
        (of_file if row[0] in READERS else of_terms).append(row)
    keep(patient, of_file)
    terms.keep(professional, of_terms)


def forget(patient: Patient) -> None:
    """Read the file anew next time: other requests may have billed in between."""
    patient.__dict__.pop(KEPT, None)


def queries(patient: Patient) -> tuple[Any, ...]:
    """Query agreements, situations, evaluations, notices of wound care and bills as rows of `terms.COLUMNS`."""
    return _agreements(patient), _stays(patient), _katz(patient), _wounds(patient), _bills(patient)


def keep(patient: Patient, rows: Iterable[Row]) -> None:
    """Keep the file that such rows tell, for a patient in memory."""
    held: dict[str, list[Any]] = {what: [] for what in READERS}
    for what, name, first, told in rows:
        held[what].extend(READERS[what](name, first, told))
    acts = sorted(held["bill"], key=lambda one: one.day)
    agreements, stays, katz, wounds = (tuple(held[what]) for what in ("agreement", "stay", "katz", "wound"))
    patient.__dict__[KEPT] = File(agreements, stays, katz, wounds, tuple(acts))


def _agreements(patient: Patient) -> Any:
    names = ("end", "status", "prolongs", "sessions", "prescriber_kind", "used_elsewhere", *DAYS)
    rows = SpeechAgreement.objects.for_(patient).filter(patient=patient).order_by()
    told = JSONObject(number=F("prescriber__number"), **{name: F(name) for name in names})
    return rows.annotate(what=Value("agreement"), name=F("disorder"), first=F("begin"), told=told).values_list(*COLUMNS)


def _stays(patient: Patient) -> Any:
    rows = SpeechStay.objects.for_(patient).filter(patient=patient).order_by()
    told = JSONObject(last=F("last"), service=F("service"))
    first = rows.annotate(what=Value("stay"), name=F("kind"), told=told)
    return first.values_list("what", "name", "first", "told")


def _katz(patient: Patient) -> Any:
    rows = KatzEvaluation.objects.for_(patient).filter(patient=patient).order_by()
    told = JSONObject(**{name: F(name) for name in (*ITEMS, *KATZ)})
    return rows.annotate(what=Value("katz"), name=Value(""), told=told).values_list(*COLUMNS)


def _wounds(patient: Patient) -> Any:
    rows = WoundCareNotice.objects.for_(patient).filter(patient=patient).order_by()
    told = JSONObject(type=F("type"), last=F("last"))
    return rows.annotate(what=Value("wound"), name=Value(""), told=told).values_list(*COLUMNS)


def _bills(patient: Patient) -> Any:
    gone = BillEvent.objects.for_(patient).filter(bill=OuterRef("pk"), kind=BillEvent.What.CANCELLED)
    rows = Bill.objects.for_(patient).filter(~Exists(gone), patient=patient).order_by()
    told = F("snapshot__draft__acts")
    return rows.annotate(what=Value("bill"), name=Value(""), first=F("day"), told=told).values_list(*COLUMNS)


def _agreement(disorder: str, begin: date, told: Mapping[str, Any]) -> Iterator[speech.Agreement]:
    yield speech.Agreement(
        disorder=disorder,
        begin=day_number(begin),
        end=day_number(date.fromisoformat(told["end"])),
        status=speech.Status(told["status"]),
        prolongs=bool(told["prolongs"]),
        sessions=told["sessions"],
        prescriber=told["prescriber_kind"] or kind_of(told["number"] or ""),
        used_elsewhere=told["used_elsewhere"] or 0,
        **{name: _day(told[name]) for name in DAYS},
    )


def _stay(kind: str, first: date, told: Mapping[str, Any]) -> Iterator[speech.Stay]:
    last = _day(told["last"])
    yield speech.Stay(speech.StayKind(kind), day_number(first), OPEN if last is None else last, told["service"])


def _evaluation(_name: str, first: date, told: Mapping[str, Any]) -> Iterator[nursing.Evaluation]:
    row = {name: told[name] for name in (*ITEMS, *KATZ)}
    days = {name: _date(row[name]) for name in ("last", "stopped", "sent_on")}
    flags = {name: bool(row[name]) for name in FLAGS}
    yield KatzEvaluation(**{**row, **days, **flags, "first": first}).evaluation()


def _wound(_name: str, first: date, told: Mapping[str, Any]) -> Iterator[nursing.WoundNotice]:
    last = date.fromisoformat(told["last"])
    yield nursing.WoundNotice(told["type"], day_number(first), day_number(last))


def _acts(_name: str, billed: date, acts: Iterable[Mapping[str, Any]] | None) -> Iterator[Earlier]:
    for act in acts or ():
        day = _date(act.get("date")) or billed
        yield Earlier(str(act.get("code", "")), day, _whole(act.get("quantity")) or 1, act)


READERS: dict[str, Callable[..., Iterator[Any]]] = {
    "agreement": _agreement,
    "stay": _stay,
    "katz": _evaluation,
    "wound": _wound,
    "bill": _acts,
}


def _date(typed: Any) -> date | None:
    try:
        return date.fromisoformat(str(typed or ""))
    except ValueError:
        return None


def _day(typed: Any) -> int | None:
    found = _date(typed)
    return None if found is None else day_number(found)


def _whole(typed: Any) -> int | None:
    text = str(typed or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None

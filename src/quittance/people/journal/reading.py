"""The journal, filtered and put in words: fifty rows at a time, each held against its seal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from quittance.audit.canonical import COLUMNS, link, payload
from quittance.audit.models import AuditEvent
from quittance.audit.request import COMMAND, PATIENT
from quittance.people.journal import names, words
from quittance.people.models import Practice

PAGE, CHUNK = 50, 1_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(microseconds=1)
KINDS = {"done": "", "refused": "bad", "missing": "warn", "failed": "bad"}


@dataclass(frozen=True, slots=True)
class Row:
    """An event in words: a verb says itself what was done, a page has its action. `sound`: it is what was written."""

    event: AuditEvent
    at: str
    who: str
    capacity: str
    whom: str
    action: str
    what: str
    thing: str
    patient: names.Named | None
    origin: str
    outcome: str
    kind: str
    sound: bool


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of the journal, newest first, and where the next ones begin."""

    rows: list[Row]
    older: int | None
    sound: bool


def narrowed(events: QuerySet[AuditEvent], wanted: dict[str, Any], zone: str) -> QuerySet[AuditEvent]:
    """Keep the events of a person, an action, an outcome, from a day to a day in the practice's time."""
    exact = {name: wanted[name] for name in ("user", "action", "outcome") if wanted.get(name)}
    found = events.filter(**exact)
    if wanted.get("first"):
        found = found.filter(at_us__gte=_start(wanted["first"], zone))
    if wanted.get("last"):
        found = found.filter(at_us__lt=_start(wanted["last"] + timedelta(days=1), zone))
    return found


def _start(day: date, zone: str) -> int:
    """Give the instant at which a day begins, in microseconds."""
    return (datetime.combine(day, time(), ZoneInfo(zone)) - EPOCH) // SECOND


def page(practice: Practice, events: QuerySet[AuditEvent], before: int | None) -> Page:
    """Read fifty events older than `before`."""
    found = list((events.filter(seq__lt=before) if before else events)[: PAGE + 1])
    shown = found[:PAGE]
    rows = in_words(practice, shown)
    older = shown[-1].seq if len(found) > PAGE else None
    return Page(rows, older, all(row.sound for row in rows))


def in_words(practice: Practice, events: Sequence[AuditEvent]) -> list[Row]:
    """Put events in words, their ids in names."""
    known, zone, sound = names.of(practice, events), ZoneInfo(practice.time_zone), _sound(events)
    return [_row(one, known, zone, sound=fits) for one, fits in zip(events, sound, strict=True)]


def _row(event: AuditEvent, known: names.Names, zone: ZoneInfo, *, sound: bool) -> Row:
    patient = event.patient
    whom = event.for_professional
    return Row(
        event=event,
        at=(EPOCH + event.at_us * SECOND).astimezone(zone).strftime("%d/%m/%Y %H:%M:%S"),
        who=known.user(event),
        capacity=known.capacities.get(event.capacity, event.capacity),
        whom=known.professionals.get(whom, str(whom)) if whom is not None else "",
        action=str(words.ACTIONS.get(event.action, event.action)) if ":" in event.what else "",
        what=words.called(event.what),
        thing="" if patient is not None and event.object.startswith(PATIENT) else words.thing(event.object),
        patient=known.patients.get(patient, names.Named(str(patient))) if patient is not None else None,
        origin=_("server") if event.origin == COMMAND else event.origin,
        outcome=str(words.OUTCOMES.get(event.outcome, event.outcome)),
        kind=KINDS.get(event.outcome, "bad"),
        sound=sound,
    )


def _sound(events: Sequence[AuditEvent]) -> list[bool]:
    """Tell of each row whether it fits its seal, and is followed by the one it should be."""
    own = [link(one.previous, one.seq, payload([getattr(one, name) for name in COLUMNS])) == one.hash for one in events]
    by_place = {one.seq: one for one in events}
    follows = [one.seq - 1 not in by_place or by_place[one.seq - 1].hash == one.previous for one in events]
    return [fits and after for fits, after in zip(own, follows, strict=True)]


def everything(practice: Practice, events: QuerySet[AuditEvent]) -> Iterator[Row]:
    """Give every event in words, a thousand at a time, so that a journal of any length takes little memory."""
    before: int | None = None
    while True:
        found = list((events.filter(seq__lt=before) if before else events)[:CHUNK])
        yield from in_words(practice, found)
        if len(found) < CHUNK:
            return
        before = found[-1].seq

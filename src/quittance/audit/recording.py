"""Write one event, by one statement, at the end of its practice's chain."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model

from quittance.audit import request, sql

INSTALLATION = UUID(int=0)
ACTIONS = frozenset({"view", "search", "print", "export", "change", "sign-in", "sign-out", "refusal"})
OUTCOMES = frozenset({"done", "refused", "missing", "failed"})
CODE = re.compile(r"[A-Za-z0-9_.:/,-]*", re.ASCII)
IDENTITY = re.compile(r"\d{11,}", re.ASCII)
LENGTHS = {"capacity": 60, "what": 80, "object": 80, "detail": 80}
Detail = Mapping[str, str | int | None]


class Actor(Protocol):
    """Who acts: an `Acting` of people, or `Someone`."""

    @property
    def chain(self) -> UUID: ...
    @property
    def user_id(self) -> UUID | None: ...
    @property
    def capacity(self) -> str: ...
    @property
    def for_professional(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class Someone:
    """A user who works in no practice at that moment: signing in, refused at the door."""

    user_id: UUID | None = None
    chain: UUID = INSTALLATION
    capacity: str = ""
    for_professional: int | None = None


def _code(name: str, text: str) -> str:
    """Refuse what is no code: a name, a typed text, the number of a person."""
    if len(text) > LENGTHS[name] or not CODE.fullmatch(text) or IDENTITY.fullmatch(text):
        raise ValueError(f"the journal holds ids and codes, not this {name}")
    return text


def _detail(detail: Detail) -> str:
    """Write the detail as canonical JSON."""
    if not detail:
        return "{}"
    for name, value in detail.items():
        _code("detail", name)
        if isinstance(value, str):
            _code("detail", value)
        elif value is not None and not isinstance(value, int):
            raise ValueError("the journal holds ids and codes, not this detail")
    return json.dumps(dict(detail), sort_keys=True, separators=(",", ":"))


def _one_of(allowed: frozenset[str], value: str) -> str:
    if value not in allowed:
        raise ValueError(f"{value} is none of {', '.join(sorted(allowed))}")
    return value


def named(obj: Model | None) -> str:
    """Name a row by its model and its key: `billing.Bill:31`."""
    return "" if obj is None else f"{obj._meta.label}:{obj.pk}"


def record(
    actor: Actor | None,
    action: str,
    what: str,
    obj: Model | None = None,
    *,
    patient: int | None = None,
    outcome: str = "done",
    detail: Detail | None = None,
    using: str = DEFAULT_DB_ALIAS,
) -> None:
    """Append an event to the actor's chain, in the transaction at hand: it stands or falls with it.

    It holds the chain until the transaction ends, so a service calls it last. The request is then told: its page
    writes no other event.
    """
    who = actor or Someone()
    values = (
        who.chain,
        time.time_ns() // 1000,
        who.user_id,
        _code("capacity", who.capacity),
        who.for_professional,
        _one_of(ACTIONS, action),
        _code("what", what),
        _code("object", named(obj)),
        request.patient_of(obj) if patient is None else patient,
        request.origin(),
        _one_of(OUTCOMES, outcome),
        _detail(detail or {}),
    )
    sql.append(values, using)
    request.told(using)


def changed(row: Model, what: str, *, detail: Detail | None = None) -> None:
    """Append that a row of a practice was changed, by whoever acts in the request at hand, or by a command."""
    who = request.actor() or Someone(chain=row.serializable_value("practice_id"))
    record(who, "change", what, row, detail=detail)

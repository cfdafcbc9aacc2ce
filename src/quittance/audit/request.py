"""What the journal knows of the request at hand: where it comes from, what it opened, whether it is told already."""

from __future__ import annotations

from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model
from django.http import HttpRequest

if TYPE_CHECKING:
    from quittance.audit.recording import Actor

COMMAND, UNKNOWN = "command", "unknown"
PATIENT = "patients.Patient"
REFUSED = {401, 403, 429}
LONGEST = 80


@dataclass(slots=True)
class State:
    """One request: `told` once an event of it is in the journal for good."""

    origin: str
    actor: Actor | None = None
    told: bool = False
    opened: list[Model] = field(default_factory=list)

    def tell(self) -> None:
        self.told = True


_state: ContextVar[State | None] = ContextVar("the request of the journal", default=None)


def origin_of(request: HttpRequest) -> str:
    """Give the address a request comes from; behind a proxy (`QUITTANCE_HTTPS`), the one that the proxy saw."""
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.HTTPS:
        seen = request.META.get("HTTP_X_FORWARDED_FOR", seen).rpartition(",")[2].strip()
    try:
        return str(ip_address(seen.partition("%")[0]))
    except ValueError:
        return UNKNOWN


def begin(request: HttpRequest) -> Token[State | None]:
    """Start the account of a request."""
    return _state.set(State(origin_of(request)))


def end(token: Token[State | None]) -> None:
    """Forget the request."""
    _state.reset(token)


def acts(actor: Actor | None) -> None:
    """Remember who acts in the request at hand: services that are not told write it for them."""
    if state := _state.get():
        state.actor = actor


def actor() -> Actor | None:
    """Give who acts in the request at hand; None in a command, and for a visitor."""
    state = _state.get()
    return state.actor if state else None


def origin() -> str:
    """Give the address of the request at hand; without one, it is a command."""
    state = _state.get()
    return state.origin if state else COMMAND


def patient_of(obj: Model | None) -> int | None:
    """Give the patient that a row is, or speaks of."""
    if obj is None:
        return None
    found: int | None = obj.pk if obj._meta.label == PATIENT else getattr(obj, "patient_id", None)
    return found


def note(obj: Model) -> None:
    """Remember a row that the request opens: it and its patient go into the event of the page."""
    if state := _state.get():
        state.opened.append(obj)


def told(using: str = DEFAULT_DB_ALIAS) -> None:
    """Remember that an event of the request is written, once its transaction is."""
    if state := _state.get():
        transaction.on_commit(state.tell, using=using)


def is_told(using: str = DEFAULT_DB_ALIAS) -> bool:
    """Tell whether the request has its event, in the journal or in a transaction still open around it."""
    state = _state.get()
    if state is None or state.told:
        return state is not None
    return any(entry[1] == state.tell for entry in connections[using].run_on_commit)


def outcome_of(status: int) -> str:
    """Say how a request ended from the status of its answer."""
    if status >= 500:
        return "failed"
    if status == 404:
        return "missing"
    return "refused" if status >= 400 else "done"


def _also(names: list[str]) -> str:
    """Name the other rows that the request opened, as many as the detail holds."""
    while len(text := ",".join(names)) > LONGEST:
        names = names[:-1]
    return text


def finish(actor: Actor | None, route: str, action: str, status: int) -> None:
    """Write the event of a page, in a transaction of its own, unless the request has its event already."""
    from quittance.audit.recording import named, record

    if is_told():
        return
    state = _state.get()
    rows = list({named(row): row for row in state.opened}.items()) if state else []
    patients = [found for _name, row in rows if (found := patient_of(row)) is not None]
    more = _also([name for name, _row in rows[1:]])
    record(
        actor,
        "refusal" if status in REFUSED else action,
        route,
        rows[0][1] if rows else None,
        patient=patients[0] if patients else None,
        outcome=outcome_of(status),
        detail={"also": more} if more else {},
    )

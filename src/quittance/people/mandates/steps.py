"""What may be done to a mandate in each state, and what is said when it may not. No database."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from quittance.people.models import Mandate, MandateEvent, Side

Kind = MandateEvent.Kind
State = Mandate.State
REMINDER_DAYS = 30
STANDING = (State.ACTIVE, State.COMING)
OPEN = (State.PROPOSED, State.SIGNED_ONCE)


def signed_at(mandate: Mandate, side: str) -> datetime | None:
    """Tell when a side signed."""
    return mandate.grantor_signed_at if side == Side.GRANTOR else mandate.grantee_signed_at


def steps(mandate: Mandate, side: str, day: date) -> frozenset[str]:
    """Give the steps that a side may take on a day.

    Before both have signed: who has not signed signs or refuses, who started or has signed may still withdraw.
    """
    state = mandate.state_on(day)
    if state in STANDING:
        return frozenset({Kind.ENDED.value})
    if state not in OPEN:
        return frozenset()
    signed = signed_at(mandate, side) is not None
    found = set() if signed else {Kind.SIGNED.value, Kind.REFUSED.value}
    if signed or side == mandate.started_by:
        found.add(Kind.WITHDRAWN.value)
    return frozenset(found)


def days_left(mandate: Mandate, day: date) -> int | None:
    """Count the days that remain, today not counted; None without end, or when it does not stand."""
    if mandate.to_day is None or mandate.state_on(day) not in STANDING:
        return None
    return (mandate.to_day - day).days


def ends_soon(mandate: Mandate, day: date) -> bool:
    """Whether the end is at most thirty days away."""
    left = days_left(mandate, day)
    return left is not None and left <= REMINDER_DAYS


def what_is_so(mandate: Mandate, day: date) -> str:
    """Say why a step is not possible now, and what to do."""
    state = mandate.state_on(day)
    closed = timezone.localtime(mandate.closed_at).strftime("%d/%m/%Y") if mandate.closed_at else ""
    texts = {
        State.REFUSED: _("This mandate was refused on %(day)s: nothing more is done with it. Start another one."),
        State.WITHDRAWN: _("This mandate was withdrawn on %(day)s: nothing more is done with it. Start another one."),
        State.ENDED: _("This mandate was ended on %(day)s: it opens nothing any more. Start another one if needed."),
        State.EXPIRED: _("The last day of this mandate, %(last)s, has passed. Start another one if needed."),
        State.ACTIVE: _("This mandate is active: both have signed. Either side may end it."),
        State.COMING: _("Both have signed this mandate: it begins on %(first)s. Either side may end it."),
        State.PROPOSED: _("Nobody has signed this mandate yet. Sign it, refuse it or withdraw it."),
        State.SIGNED_ONCE: _("This mandate waits for the other side. Withdraw it if you no longer want it."),
    }
    last = mandate.to_day.strftime("%d/%m/%Y") if mandate.to_day else ""
    return texts[state] % {"day": closed, "last": last, "first": mandate.from_day.strftime("%d/%m/%Y")}

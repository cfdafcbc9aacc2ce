"""What the pages show of a mandate: its state in a word, who is on the other side, what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from quittance.people.country import Scope, scopes_of
from quittance.people.mandates.parties import By, of_user, sides
from quittance.people.mandates.steps import OPEN, Kind, State, days_left, ends_soon, signed_at, steps
from quittance.people.mandates.wording import shown_number
from quittance.people.models import Mandate, Side, User

CHIPS = {
    State.PROPOSED: ("info", "pencil-square"),
    State.SIGNED_ONCE: ("info", "pencil-square"),
    State.ACTIVE: ("good", "check-badge"),
    State.COMING: ("info", "clock"),
    State.EXPIRED: ("neutral", "calendar"),
    State.REFUSED: ("bad", "hand-raised"),
    State.WITHDRAWN: ("neutral", "arrow-uturn-left"),
    State.ENDED: ("neutral", "stop-circle"),
}


@dataclass(frozen=True, slots=True)
class Signature:
    """Whether and when a side signed."""

    side: str
    name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Action:
    """A step that the user may take, on one of his sides."""

    verb: str
    by: By


@dataclass(frozen=True, slots=True)
class Shown:
    """A mandate as a user sees it on a day."""

    mandate: Mandate
    sides: tuple[By, ...]
    day: date

    @property
    def scope(self) -> Scope | None:
        """What it opens; None when the country no longer has the type."""
        return scopes_of(self.mandate.practice.country).get(self.mandate.type)

    @property
    def label(self) -> str:
        """Its type in words."""
        return self.scope.label if self.scope else self.mandate.type

    @property
    def state(self) -> Mandate.State:
        """How it stands today."""
        return self.mandate.state_on(self.day)

    @property
    def chip(self) -> tuple[str, str]:
        """Colour and icon of the state."""
        return CHIPS[self.state]

    @property
    def is_active(self) -> bool:
        """Whether it opens something today."""
        return self.state == State.ACTIVE

    @property
    def number(self) -> str:
        """The mandatary's number as printed."""
        return shown_number(self.mandate.practice.country, self.mandate.party, self.mandate.grantee_number)

    @property
    def is_given(self) -> bool:
        """Whether the user is its grantor."""
        return any(one.side == Side.GRANTOR for one in self.sides)

    @property
    def for_organisation(self) -> bool:
        """Whether an organisation of the user received it."""
        return any(one.organisation for one in self.sides)

    @property
    def other(self) -> str:
        """Who is on the other side."""
        return self.mandate.grantee_name if self.is_given else self.mandate.grantor.full_name

    @property
    def left(self) -> str:
        """How many days remain, in words; empty without end."""
        days = days_left(self.mandate, self.day)
        if days is None:
            return ""
        if days == 0:
            return _("last day today")
        return ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days}

    @property
    def soon(self) -> bool:
        """Whether to remind of the end."""
        return ends_soon(self.mandate, self.day)

    @property
    def signatures(self) -> list[Signature]:
        """Both signatures, given or not."""
        names = {Side.GRANTOR: self.mandate.grantor.full_name, Side.GRANTEE: self.mandate.grantee_name}
        return [Signature(str(side.label), names[side], signed_at(self.mandate, side)) for side in Side]

    @property
    def actions(self) -> list[Action]:
        """What the user may do; who started withdraws rather than refuses."""
        found = []
        for one in self.sides:
            known = steps(self.mandate, one.side, self.day)
            if Kind.WITHDRAWN in known:
                known = known - {Kind.REFUSED}
            found += [Action(verb, one) for verb in ORDER if verb in known]
        return found

    @property
    def invites(self) -> bool:
        """Whether the grantor may still open an account for the person who is to sign."""
        waits = self.state in OPEN and self.mandate.grantee_signed_at is None
        return self.is_given and waits and self.mandate.party == Mandate.Party.PERSON

    @property
    def to_sign(self) -> bool:
        """Whether it waits for the user's signature."""
        return any(one.verb == Kind.SIGNED for one in self.actions)


ORDER = (Kind.SIGNED.value, Kind.ENDED.value, Kind.REFUSED.value, Kind.WITHDRAWN.value)
VERBS = {
    Kind.REFUSED.value: gettext_lazy("Refuse"),
    Kind.WITHDRAWN.value: gettext_lazy("Withdraw"),
    Kind.ENDED.value: gettext_lazy("End the mandate"),
}


def shown(user: User, mandate: Mandate, capacity: str = "") -> Shown:
    """Give a mandate as a user sees it today."""
    return Shown(mandate, tuple(sides(user, mandate, capacity)), mandate.practice.today())


def all_of(user: User) -> list[Shown]:
    """List the mandates of a user on either side, newest first."""
    return [shown(user, one) for one in of_user(user)]


def ending(user: User) -> list[Shown]:
    """List those whose end is near: both sides are reminded."""
    near = of_user(user).filter(closed_as="", to_day__isnull=False)
    return [one for one in (shown(user, mandate) for mandate in near) if one.soon]

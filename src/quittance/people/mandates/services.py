"""The life of a mandate: each verb is one transaction, appends an event that both sides read, and is in the journal.

A verb asked twice by the same side does nothing the second time. The row is held while a verb runs, so that two
people signing at the same moment both count.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quittance.audit import Someone, record
from quittance.people.country import NumberRefusedError, Scope
from quittance.people.mandates import offers
from quittance.people.mandates.errors import MandateError
from quittance.people.mandates.parties import BOTH_SIDES, By, sides
from quittance.people.mandates.steps import signed_at, steps, what_is_so
from quittance.people.mandates.wording import KINDS, text_of
from quittance.people.models import Mandate, MandateEvent, Professional, Side
from quittance.people.turns import take_turn

Kind = MandateEvent.Kind
TYPED = ("party", "number", "name", "from_day", "to_day")


class Proof(Protocol):
    """That a person has just proved who he is (`accounts.credentials.Proof`)."""

    @property
    def kind(self) -> str: ...
    @property
    def user_id(self) -> object: ...
    @property
    def at(self) -> datetime: ...


@dataclass(frozen=True, slots=True)
class Terms:
    """What is proposed: who entrusts what to whom, from when to when."""

    grantor: Professional
    type: str
    party: str
    number: str
    name: str
    from_day: date
    to_day: date | None = None


def _tell(by: By, mandate: Mandate, verb: str) -> None:
    """Write it in the journal of the grantor's practice, whoever does it and from wherever."""
    who = Someone(by.user.pk, mandate.practice_id, by.capacity)
    record(who, "change", f"mandate.{verb}", mandate, detail={"side": by.side.value})


def _append(mandate: Mandate, by: By, kind: Kind, *, text: str = "", credential: str = "") -> MandateEvent:
    events = MandateEvent.objects.for_(mandate)
    return events.create(mandate=mandate, kind=kind, side=by.side, by=by.user, text=text, credential=credential)


def _scope_of(terms: Terms, day: date) -> Scope:
    """Give the scope, or say why this provider cannot give it to such a party."""
    known = offers.types_of(terms.grantor.practice.country)
    scope = known.get(terms.type)
    if scope is None:
        raise MandateError(_("There is no such mandate. Choose one of the list."), "type")
    if scope.code not in offers.given_by(terms.grantor, day):
        raise MandateError(
            _(
                "“%(label)s” is only for providers with a provider's number. Add the number to the record, or choose "
                "a mandate for which a visa is enough."
            )
            % {"label": scope.label},
            "type",
        )
    if terms.party not in scope.parties:
        raise MandateError(_("This mandate cannot be given to such a party. Choose one of the list."), "party")
    return scope


def _days(terms: Terms, day: date) -> None:
    if terms.from_day < day:
        raise MandateError(_("A mandate does not begin in the past: choose today or a later day."), "from_day")
    if terms.to_day is not None and terms.to_day < terms.from_day:
        raise MandateError(_("The last day is before the first: correct one of the two."), "to_day")


def checked_number(terms: Terms) -> str:
    """Give the mandatary's number as kept; MandateError says what is wrong with it."""
    country = offers.people(terms.grantor.practice.country)
    try:
        return country.check_number(KINDS[Mandate.Party(terms.party)], terms.number).value
    except NumberRefusedError as refused:
        raise MandateError(str(refused), "number") from None


def _not_oneself(terms: Terms, number: str) -> None:
    own = terms.grantor.user.national_number if terms.grantor.user else None
    if terms.party == Mandate.Party.PERSON and own == number:
        raise MandateError(_("Nobody needs a mandate for himself: type the number of the other person."), "number")


@transaction.atomic
def start(by: By, terms: Terms) -> Mandate:
    """Propose a mandate; the same one still open is given instead of a second."""
    day = terms.grantor.practice.today()
    scope, number = _scope_of(terms, day), checked_number(terms)
    _days(terms, day)
    _not_oneself(terms, number)
    if by.side == Side.GRANTOR and terms.grantor.user_id != by.user.pk:
        raise MandateError(_("Only the provider himself gives a mandate: he logs in and starts it."))
    # Of two at once, the second finds the first one.
    take_turn(Professional, terms.grantor.pk)
    rows = Mandate.objects.for_(terms.grantor)
    same = {"grantor": terms.grantor, "type": terms.type, "party": terms.party, "grantee_number": number}
    dates = {"from_day": terms.from_day, "to_day": terms.to_day}
    for known in rows.filter(**same, **dates, started_by=by.side, closed_as=""):
        if by in sides(by.user, known, by.capacity):
            return known
    made = rows.create(**same, **dates, grantee_name=terms.name, started_by=by.side)
    if by not in sides(by.user, made, by.capacity):
        raise MandateError(_("This number is not yours, nor that of an organisation whose access you manage."))
    _append(made, by, Kind.STARTED, text=text_of(made, scope))
    _tell(by, made, "start")
    return made


def agreed_text(mandate: Mandate) -> str:
    """Give the text that both sides sign: written when it was started."""
    started = MandateEvent.objects.for_(mandate.practice).filter(mandate=mandate, kind=Kind.STARTED).first()
    return started.text if started else ""


def _held(mandate: Mandate) -> Mandate:
    """Read the row again, and hold it until the transaction ends."""
    take_turn(Mandate, mandate.pk)
    rows = Mandate.objects.unscoped(BOTH_SIDES)
    return rows.select_related("practice", "grantor").get(pk=mandate.pk)


def _require_side(by: By, mandate: Mandate) -> None:
    if not any(by.side == one.side and by.organisation == one.organisation for one in sides(by.user, mandate)):
        raise MandateError(_("You are no longer a side of this mandate. Load the page again."))


@transaction.atomic
def sign(by: By, mandate: Mandate, proof: Proof) -> Mandate:
    """Sign the text, once per side; with the second signature the mandate is active between its dates."""
    if proof.user_id != by.user.pk:
        raise MandateError(_("The proof is another person's: whoever signs proves who he is himself."))
    held = _held(mandate)
    _require_side(by, held)
    day = held.practice.today()
    if signed_at(held, by.side) is not None and not held.closed_as:
        return held
    if Kind.SIGNED not in steps(held, by.side, day):
        raise MandateError(what_is_so(held, day))
    if by.side == Side.GRANTOR:
        held.grantor_signed_at = proof.at
    else:
        _sign_as_mandatary(by, held, proof.at)
    held.save()
    _append(held, by, Kind.SIGNED, text=agreed_text(held), credential=proof.kind)
    _tell(by, held, "sign")
    return held


def _sign_as_mandatary(by: By, mandate: Mandate, at: datetime) -> None:
    """Sign as the mandatary, who is known from now on."""
    if mandate.party == Mandate.Party.PERSON:
        if mandate.grantor.user_id == by.user.pk:
            raise MandateError(_("Nobody needs a mandate for himself: this one has your own number. Withdraw it."))
        mandate.grantee_user = by.user
    else:
        mandate.grantee_practice = by.organisation
    mandate.grantee_signed_at = at


@transaction.atomic
def _close(by: By, mandate: Mandate, kind: Kind, verb: str) -> Mandate:
    held = _held(mandate)
    _require_side(by, held)
    day = held.practice.today()
    if held.closed_as == kind:
        last = MandateEvent.objects.for_(held.practice).filter(mandate=held).order_by("-pk").first()
        if last is not None and (last.side, last.by_id) == (by.side, by.user.pk):
            return held
    if kind not in steps(held, by.side, day):
        raise MandateError(what_is_so(held, day))
    held.closed_as, held.closed_at = kind.value, timezone.now()
    held.save()
    _append(held, by, kind)
    _tell(by, held, verb)
    return held


def refuse(by: By, mandate: Mandate) -> Mandate:
    """Refuse to sign."""
    return _close(by, mandate, Kind.REFUSED, "refuse")


def withdraw(by: By, mandate: Mandate) -> Mandate:
    """Take back one's proposal, or one's signature, before both have signed."""
    return _close(by, mandate, Kind.WITHDRAWN, "withdraw")


def end(by: By, mandate: Mandate) -> Mandate:
    """End a mandate that both have signed: it counts from the very next request."""
    return _close(by, mandate, Kind.ENDED, "end")


CLOSING = {Kind.REFUSED.value: refuse, Kind.WITHDRAWN.value: withdraw, Kind.ENDED.value: end}

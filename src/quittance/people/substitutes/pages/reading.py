"""What the pages show of substitutes: their account, their holders, their days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from quittance.people.accounts import credentials
from quittance.people.acting import Acting, PageRequest
from quittance.people.country import Fact, people_of
from quittance.people.models import Professional, Substitution, SubstitutionDay
from quittance.people.substitutes import reach, services


@dataclass(frozen=True, slots=True)
class Held:
    """A holder beside a substitute: ticked or not, the days to come, and those that wait for the holder."""

    holder: Professional
    pair: Substitution | None = None
    coming: Sequence[date] = ()
    waiting: Sequence[date] = ()
    mine: bool = True

    @property
    def on(self) -> bool:
        """Whether the holder is ticked."""
        return self.pair is not None and self.pair.deactivated_at is None


@dataclass(frozen=True, slots=True)
class Row:
    """A substitute in the list."""

    substitute: Professional
    held: list[Held] = field(default_factory=list)

    @property
    def coming(self) -> date | None:
        """The next day that counts."""
        return min((day for one in self.held for day in one.coming), default=None)

    @property
    def waiting(self) -> int:
        """How many days wait for a holder."""
        return sum(len(one.waiting) for one in self.held)


def _pairs(acting: Acting, **only: Any) -> list[tuple[Substitution, list[SubstitutionDay]]]:
    """Read the ticked pairs of the practice with their days from today on, in two queries."""
    pairs = list(Substitution.objects.for_(acting).filter(**only).select_related("holder").order_by("pk"))
    rows = SubstitutionDay.objects.for_(acting).filter(substitution__in=pairs, day__gte=acting.today())
    found: dict[int, list[SubstitutionDay]] = {}
    for row in rows:
        found.setdefault(row.substitution_id, []).append(row)
    return [(pair, found.get(pair.pk, [])) for pair in pairs]


def _held(pair: Substitution, rows: list[SubstitutionDay], mine: bool = True) -> Held:
    on = pair.deactivated_at is None
    return Held(
        pair.holder,
        pair,
        [row.day for row in rows if row.confirmed_at and on],
        [row.day for row in rows if not row.confirmed_at and on],
        mine,
    )


def everyone(acting: Acting) -> list[Row]:
    """List the substitutes by name, each with the holders who ticked them."""
    rows = {one.pk: Row(one) for one in reach.substitutes(acting).order_by("last_name", "first_name")}
    for pair, days in _pairs(acting, deactivated_at=None):
        if pair.substitute_id in rows:
            rows[pair.substitute_id].held.append(_held(pair, days))
    return list(rows.values())


def record_of(acting: Acting, substitute: Professional) -> dict[str, Any]:
    """Give what the record of a substitute shows."""
    mine = {one.pk: one for one in reach.holders(acting).order_by("last_name", "first_name")}
    held = [_held(pair, days, pair.holder_id in mine) for pair, days in _pairs(acting, substitute=substitute)]
    known = {one.holder.pk for one in held}
    held += [Held(holder) for pk, holder in mine.items() if pk not in known and holder.user_id != substitute.user_id]
    return {
        "substitute": substitute,
        "held": [one for one in held if one.on or one.mine],
        "changeable": reach.changeable(acting).filter(pk=substitute.pk).exists(),
        "facts": _facts(acting, substitute),
        "account": services.account_of(substitute),
    }


def _facts(acting: Acting, substitute: Professional) -> Sequence[Fact]:
    """Give what the country tells of the substitute's numbers, else the numbers as they are kept."""
    country = people_of(acting.practice.country)
    if country is not None:
        return country.facts(substitute, acting.today())
    return [Fact(one.system, one.value) for one in substitute.identifiers.order_by("pk")]


def ways(request: PageRequest, substitute: Professional) -> dict[str, object] | None:
    """Say how the substitute may prove who they are; None when it is done, or while the account is not open."""
    user = services.account_of(substitute)
    if substitute.user_id is not None or user is None or not user.has_usable_password():
        return None
    return credentials.ways(request, user)

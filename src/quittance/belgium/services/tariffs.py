"""Own tariffs of a professional (tarifs personnalisés, A03): for a code one fee a day, rows that never overlap.

A tariff that begins ends the one before it the day before, and ends itself the day before a later one begins.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db import transaction
from django.db.models import Q

from quittance.audit import record
from quittance.belgium.models import CustomTariff
from quittance.people.acting import Acting
from quittance.people.models import Professional, valid_on
from quittance.people.scoping import ScopedQuerySet
from quittance.people.turns import take_turn

_DAY = timedelta(days=1)
State = Literal["new", "follows", "replaces", "same"]


class TakenError(ValueError):
    """Another tariff of the code, `row`, begins on that very day."""

    def __init__(self, row: CustomTariff) -> None:
        super().__init__(str(row))
        self.row = row


class OverlapError(TakenError):
    """Another tariff of the code, `row`, would hold at the same time."""


class GoneError(LookupError):
    """The tariff was deleted meanwhile."""


class StaleError(ValueError):
    """Tariffs changed since the preview: `steps` is what would be done now."""

    def __init__(self, steps: list[Step]) -> None:
        super().__init__("the preview is no longer true")
        self.steps = steps


@dataclass(frozen=True, slots=True)
class Step:
    """What a new tariff does for one code: it holds from `day` until `until`; `before` holds on that day now."""

    code: str
    cents: int
    day: date
    until: date | None
    before: CustomTariff | None

    @property
    def state(self) -> State:
        """Say whether it is new, follows a tariff, takes the place of one of that day, or changes nothing."""
        if self.before is None:
            return "new"
        if (self.before.cents, self.before.to_day) == (self.cents, self.until):
            return "same"
        return "replaces" if self.before.from_day == self.day else "follows"

    @property
    def ends_before(self) -> date:
        """Give the last day of the tariff that this one follows."""
        return self.day - _DAY


def rows_of(professional: Professional) -> ScopedQuerySet[CustomTariff]:
    """Query the tariffs of a professional."""
    return CustomTariff.objects.for_(professional).filter(professional=professional)


def fees_on(professional: Professional, day: date) -> dict[str, int]:
    """Give his own fee of each code on a day, in cents, whatever his convention status; one query."""
    return dict(rows_of(professional).filter(valid_on(day)).values_list("code", "cents"))


def plan(professional: Professional, codes: Sequence[str], cents: int, day: date) -> list[Step]:
    """Say what a tariff from a day on would do for each code."""
    rows: dict[str, list[CustomTariff]] = {code: [] for code in codes}
    for row in rows_of(professional).filter(Q(to_day=None) | Q(to_day__gte=day), code__in=codes).order_by("from_day"):
        rows[row.code].append(row)
    return [_step(code, cents, day, rows[code]) for code in sorted(rows)]


def _step(code: str, cents: int, day: date, rows: list[CustomTariff]) -> Step:
    before = next((row for row in rows if row.from_day <= day), None)
    later = next((row.from_day for row in rows if row.from_day > day), None)
    return Step(code, cents, day, later and later - _DAY, before)


def digest(steps: Sequence[Step]) -> str:
    """Sign a preview: the same for the same rows and the same wish."""
    told = [
        (one.code, one.cents, one.day, one.until, one.before and (one.before.pk, one.before.cents, one.before.to_day))
        for one in steps
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:24]


def _apply(professional: Professional, steps: Sequence[Step]) -> list[Step]:
    """Write what changes something; an earlier row is ended before the next one begins."""
    done = [one for one in steps if one.state != "same"]
    made, changed = [], []
    for one in done:
        if one.state == "replaces" and one.before is not None:
            one.before.cents, one.before.to_day = one.cents, one.until
            changed.append(one.before)
            continue
        if one.before is not None:
            one.before.to_day = one.ends_before
            changed.append(one.before)
        made.append(
            CustomTariff(
                practice=professional.practice,
                professional=professional,
                code=one.code,
                cents=one.cents,
                from_day=one.day,
                to_day=one.until,
            )
        )
    rows = rows_of(professional)
    rows.bulk_update(changed, ["cents", "to_day"])
    rows.bulk_create(made)
    return done


@transaction.atomic
def add(acting: Acting, professional: Professional, code: str, cents: int, day: date) -> Step:
    """Ask an own fee for a code from a day on; twice the same is once. TakenError when one begins on that day."""
    take_turn(Professional, professional.pk)
    (step,) = plan(professional, [code], cents, day)
    if step.state == "replaces" and step.before is not None:
        raise TakenError(step.before)
    if _apply(professional, [step]):
        record(acting, "change", "tariff.add", rows_of(professional).get(code=code, from_day=day))
    return step


@transaction.atomic
def add_batch(
    acting: Acting, professional: Professional, codes: Sequence[str], cents: int, day: date, seen: str
) -> list[Step]:
    """Ask one fee for several codes from a day on, as it was seen in the preview (`digest`), else StaleError.

    Gives what was written: nothing, the second time.
    """
    take_turn(Professional, professional.pk)
    steps = plan(professional, codes, cents, day)
    if all(one.state == "same" for one in steps):
        return []
    if digest(steps) != seen:
        raise StaleError(steps)
    done = _apply(professional, steps)
    detail: dict[str, int | str | None] = {"codes": len(done), "cents": cents, "from": day.isoformat()}
    record(acting, "change", "tariff.batch", professional, detail=detail)
    return done


def _again(row: CustomTariff) -> CustomTariff:
    """Take the turn of the tariffs of a professional, and read one of them anew."""
    take_turn(Professional, row.professional_id)
    found = rows_of(row.professional).filter(pk=row.pk).first()
    if found is None:
        raise GoneError(row.pk)
    return found


@transaction.atomic
def change(acting: Acting, row: CustomTariff, cents: int, from_day: date, to_day: date | None) -> None:
    """Correct fee and days of a tariff; OverlapError when another of the code would hold at the same time."""
    found = _again(row)
    others = rows_of(row.professional).filter(Q(to_day=None) | Q(to_day__gte=from_day), code=found.code)
    if to_day is not None:
        others = others.filter(from_day__lte=to_day)
    other = others.exclude(pk=found.pk).order_by("from_day").first()
    if other is not None:
        raise OverlapError(other)
    found.cents, found.from_day, found.to_day = cents, from_day, to_day
    found.save(update_fields=["cents", "from_day", "to_day"])
    record(acting, "change", "tariff.change", found)


@transaction.atomic
def delete(acting: Acting, row: CustomTariff) -> None:
    """Delete a tariff: on its days the official fee is asked; issued bills keep their own copy."""
    found = _again(row)
    key = found.pk
    found.delete()
    found.pk = key
    record(acting, "change", "tariff.delete", found)

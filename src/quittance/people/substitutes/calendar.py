"""A month of replaced days, laid out in weeks for the page."""

from __future__ import annotations

from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from quittance.people.models import Professional, Substitution
from quittance.people.substitutes import days as known

State = Literal["", "waiting", "late", "confirmed"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A day: what it is, who else has it, and whether it may be ticked or unticked."""

    day: date
    state: State = ""
    today: bool = False
    past: bool = False
    billed: bool = False
    other: Professional | None = None

    @property
    def on(self) -> bool:
        """Whether it is chosen."""
        return bool(self.state)

    @property
    def fixed(self) -> bool:
        """Whether it can no longer be changed: billed, or nobody's and past, or somebody else's."""
        return self.billed or (not self.on and (self.past or self.other is not None))


@dataclass(frozen=True, slots=True)
class Month:
    """A month on the page: weeks from Monday, empty places before the first day and after the last."""

    first: date
    weeks: Sequence[Sequence[Cell | None]]

    @property
    def before(self) -> date:
        """The month before, by its first day."""
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        """The month after, by its first day."""
        return (self.first + timedelta(days=31)).replace(day=1)


def days_of(first: date) -> list[date]:
    """List the days of a month.

    >>> len(days_of(date(2028, 2, 1)))
    29
    """
    return [day for day in Calendar().itermonthdates(first.year, first.month) if day.month == first.month]


def month_of(pair: Substitution, first: date, today: date, ticked: set[date] | None = None) -> Month:
    """Lay out a month of a substitution; `ticked` are the days of a form that was refused, shown as they were typed."""
    whole = days_of(first)
    rows = {row.day: row for row in pair.days.filter(day__range=(whole[0], whole[-1]))}
    others, billed = known.taken(pair, whole[0], whole[-1]), known.billed_days(pair)

    def state(day: date) -> State:
        row = rows.get(day)
        if ticked is not None and (day in ticked) != (row is not None):
            return "waiting" if day in ticked else ""
        if row is None:
            return ""
        return "confirmed" if row.confirmed_at else "late" if day < today else "waiting"

    def cell(day: date) -> Cell:
        return Cell(day, state(day), day == today, day < today, day in billed and day in rows, others.get(day))

    weeks = Calendar().monthdatescalendar(first.year, first.month)
    return Month(first, [[cell(day) if day.month == first.month else None for day in week] for week in weeks])

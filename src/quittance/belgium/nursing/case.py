"""One day of care under way: its figures, and the acts, lines, refusals and messages gathered so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quittance.belgium.law import figures
from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing.model import (
    Act,
    Choices,
    Done,
    Evaluation,
    Identity,
    Line,
    Message,
    Patient,
    Place,
    Refused,
    Role,
)
from quittance.belgium.nursing.texts import message, shown
from quittance.kernel.dated import day_of

SATURDAY = 5


@dataclass
class Case:
    """A day of one patient; it lives for one call of `lines_of_day`."""

    day: int
    patient: Patient
    evaluations: Sequence[Evaluation]
    readings: Mapping[int, Identity] | None
    history: Sequence[Done]
    fees: Mapping[str, int]
    group: str
    choices: Choices
    book: law.Book = field(init=False)
    lines: list[Line] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the book of the day."""
        self.book = law.Book(self.day, self.choices.values)

    def tell(self, code: str, rule: str = "", /, **values: str | int) -> None:
        """Add a message, with the figure of law behind it."""
        self.messages.append(self._message(code, rule, values))

    def refuse(self, act: Act, code: str, rule: str = "", /, **values: str | int) -> None:
        """Set an act aside, with the reason."""
        told = {"label": label(act.kind), **values}
        self.refused.append(Refused(act.kind, act.visit, self._message(code, rule, told)))

    def _message(self, code: str, rule: str, values: Mapping[str, str | int]) -> Message:
        found = self.book.read(rule) if rule else None
        return message(code, found, **{"day": shown(self.day), **values})

    @property
    def palliative(self) -> bool:
        """Whether the palliative notification covers the day."""
        start = self.patient.palliative
        return start is not None and (start <= self.day or not self.book.number("palliative_start"))

    @property
    def weekend(self) -> bool:
        """Whether the day is a Saturday, a Sunday or a public holiday."""
        return day_of(self.day).weekday() >= SATURDAY or day_of(self.day) in figures.holidays()

    @property
    def done(self) -> list[str]:
        """The kinds of the acts of the day that earlier bills hold."""
        return [one.kind for one in self.history if one.day == self.day]

    @property
    def had_flat(self) -> bool:
        """Whether a flat rate of the day is billed already; PN is a supplement, it replaces nothing."""
        return any(kind.startswith("flat_") and kind != "flat_PN" for kind in self.done)

    @property
    def had_sessions(self) -> bool:
        """Whether acts by session of the day are billed already."""
        return any(law.kinds()[kind].group == "session" for kind in self.done)

    def column(self, place: Place) -> str:
        """The column of the price list for a place on the day."""
        if place is Place.HOME:
            return "home_weekend" if self.weekend else "home"
        return "office" if place in (Place.OFFICE, Place.CONVALESCENT) else place.value

    def code(self, kind: str, place: Place) -> str:
        """The code of a kind at a place: that of the practice, else that of the list; empty = unknown."""
        column = self.column(place)
        return self.choices.codes.get((kind, column)) or law.kinds()[kind].code(column)

    def line(self, act: Act, role: Role, *, cents: int | None = None, related: str = "") -> Line:
        """The line of an act whose code is known."""
        code = act.code or self.code(act.kind, act.place)
        rule = self.book.number(f"prescription_{law.kinds()[act.kind].prescription}")
        return Line(
            code=code,
            kind=act.kind,
            role=role,
            day=self.day,
            fund=self.patient.fund,
            patient=self.patient.number,
            place=act.place,
            provider=act.provider,
            visit=act.visit,
            group=self.group,
            related=related,
            prescriber=bool(rule),
            cents=self.fees.get(code) if cents is None else cents,
            prescribed=act.prescribed,
            minutes=act.minutes,
            surgical=act.surgical,
        )


def label(kind: str) -> str:
    """The French name of a kind, or the kind itself where it is unknown."""
    found = law.kinds().get(kind)
    return kind if found is None else found.label

"""The sheet of a day of care: its forms as they were sent or proposed, and the day that they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict

from quittance.belgium import nursing as rules
from quittance.belgium.forms.nursing import MOST_VISITS, ActForm, DayForm, VisitForm, typed_kinds
from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing.identity import MANUAL, VIGNETTE
from quittance.belgium.nursing.model import Place
from quittance.belgium.services import care as on_file
from quittance.belgium.services.nursing import Care, Visit
from quittance.belgium.tariffs.rows import is_code
from quittance.kernel.dated import day_number
from quittance.people.models import Professional

CODE = "code/"


@dataclass
class Row:
    """A visit on the sheet: its form, and one small form for each act that is chosen."""

    form: VisitForm
    acts: list[ActForm]
    usual: list[tuple[str, str, bool]]
    rare: list[tuple[str, str, bool]]

    @property
    def number(self) -> int:
        """Its number on the page."""
        return self.form.number

    @property
    def at_office(self) -> bool:
        """Whether the kind of office is asked."""
        return str(self.form["place"].value()) == Place.OFFICE.value

    @property
    def by_hand(self) -> bool:
        """Whether the reason of typing by hand is asked."""
        return str(self.form["reading"].value()) == MANUAL

    @property
    def by_sticker(self) -> bool:
        """Whether the reason of the sticker is asked."""
        return str(self.form["document"].value()) == VIGNETTE

    @property
    def rare_open(self) -> bool:
        """Whether an act of the fold is chosen."""
        return any(chosen for _kind, _label, chosen in self.rare)

    def is_valid(self) -> bool:
        """Whether all of it can be read."""
        return all([self.form.is_valid(), *(one.is_valid() for one in self.acts)])


class Sheet:
    """The whole page as data: `data` is what the form sends, `codes` what the practice has typed before."""

    def __init__(
        self, data: MultiValueDict[str, str], nurses: list[Professional], codes: Mapping[tuple[str, str], str]
    ) -> None:
        self.data, self.nurses = data, nurses
        self.form = DayForm(data)
        self.form.is_valid()
        self.day: date | None = self.form.cleaned_data.get("day")
        self.codes = {**codes, **typed_codes(data)}
        self.rows = [self._row(number) for number in range(1, count_of(data) + 1)]

    @property
    def count(self) -> int:
        """How many visits it has."""
        return len(self.rows)

    @property
    def may_add(self) -> bool:
        """Whether there is room for another visit."""
        return self.count < MOST_VISITS

    def _row(self, number: int) -> Row:
        form = VisitForm(self.data, number, self.nurses, self.day)
        chosen = [kind for kind in self.data.getlist(f"v{number}-acts") if kind in typed_kinds()]
        place = str(form["place"].value() or "")
        acts = [ActForm(self.data, number, kind, asks_code=self._asks_code(kind, place)) for kind in chosen]
        offered = [(name, kind.label, name in chosen, kind.basic) for name, kind in typed_kinds().items()]
        usual = [(name, label, on) for name, label, on, basic in offered if basic]
        rare = [(name, label, on) for name, label, on, basic in offered if not basic]
        return Row(form, acts, usual, rare)

    def _asks_code(self, kind: str, place: str) -> bool:
        if self.day is None or place not in set(Place) or place == Place.REST_HOME:
            return False
        column = on_file.column_of(self.day, Place(place))
        return not (law.kinds()[kind].code(column) or self.codes.get((kind, column)))

    @cached_property
    def care(self) -> Care | None:
        """Give the day that it says; None while something cannot be read."""
        if not all([self.form.is_valid(), *(row.is_valid() for row in self.rows)]):
            return None
        told = self.form.cleaned_data
        visits = tuple(self._visit(row, told["day"]) for row in self.rows)
        return Care(told["day"], visits, told["third_party"], told["left"], self.codes)

    def _visit(self, row: Row, day: date) -> Visit:
        told = row.form.cleaned_data
        nurse = next(one for one in self.nurses if str(one.pk) == told["nurse"])
        shared = {"visit": row.number, "place": Place(told["place"]), "office": told["office"]}
        shared["provider"] = on_file.provider_of(nurse, day)
        acts = [act for form in row.acts for act in _acts(form, shared)]
        return Visit(row.number, nurse, tuple(acts), row.form.identity(day))


def _acts(form: ActForm, shared: Mapping[str, Any]) -> Iterable[rules.Act]:
    """Give an act as often as it was done; the minutes of all are told once."""
    told = form.cleaned_data
    prescribed = told.get("prescribed")
    for at in range(told.get("count") or 1):
        yield rules.Act(
            form.kind,
            code=told.get("code") or "",
            prescribed=day_number(prescribed) if prescribed else None,
            minutes=(told.get("minutes") or 0) if at == 0 else 0,
            surgical=told.get("surgical", False),
            **shared,
        )


def count_of(data: MultiValueDict[str, str]) -> int:
    """Give the number of visits that a form says, one at least."""
    typed = str(data.get("n", ""))
    count = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 1
    return min(max(count, 1), MOST_VISITS)


def typed_codes(data: MultiValueDict[str, str]) -> dict[tuple[str, str], str]:
    """Read the codes that the list lacks; what is no code is left out."""
    found = {}
    for name in data:
        if name.startswith(CODE):
            kind, _slash, column = name.removeprefix(CODE).partition("/")
            code = str(data[name]).strip()
            if kind in law.kinds() and column in law.labels("columns") and is_code(code):
                found[kind, column] = code
    return found

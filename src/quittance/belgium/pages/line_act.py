"""What is known of a code: its label, whose it is, its official fee on a day; read from the tables of the rules."""

# mypy: disable-error-code="no-untyped-call"
from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from quittance.belgium.country import country
from quittance.belgium.law import speech
from quittance.belgium.pricing import codes
from quittance.belgium.pricing.layout import Line
from quittance.belgium.pricing.tables import ADULT_MONTHS, best_row
from quittance.belgium.tariffs.rows import KINDS, PLACES, PROFESSIONS, names
from quittance.kernel.dated import day_number


@dataclass(frozen=True, slots=True)
class Facts:
    """An act on a day: official fee in cents (None = no price known on it), places, category, pathology."""

    code: str
    label: str = ""
    profession: str = ""
    kind: str = ""
    minutes: int = 0
    places: tuple[str, ...] = ()
    category: str = ""
    pathology: str = ""
    cents: int | None = None
    doubtful: bool = False

    @property
    def asks_disorder(self) -> bool:
        """Whether the code holds for several disorders, so that the bill must name one."""
        found = speech.act(self.code)
        return found is not None and not found.disorder

    @property
    def is_assessment(self) -> bool:
        """Whether it is an assessment (bilan), which has a prescription of its own."""
        found = speech.act(self.code)
        return found is not None and found.kind.family == "assessment"

    @property
    def is_collective(self) -> bool:
        """Whether several patients are treated together."""
        found = speech.act(self.code)
        return found is not None and found.kind.code in ("collective", "guidance_collective")


def facts(code: str, day: date) -> Facts:
    """Tell what is known of a code; one that no list has is empty but for itself.

    >>> facts("711314", date(2026, 5, 4)).cents, facts("711314", date(2026, 5, 4)).pathology
    (3837, 'a')
    """
    return _facts(country.law_digest(), code, day_number(day))


def label_of(code: str) -> str:
    """Give the French label of a code, empty for an unknown one."""
    number = country.words.act.get(code)
    return "" if number is None else str(country.flat.strings["labels"][number])


def needs_katz(code: str) -> bool:
    """Tell whether a code is a flat rate that turns on the Katz scale.

    >>> needs_katz("425272"), needs_katz("425110")
    (True, False)
    """
    number = country.words.act.get(code)
    return number is not None and bool(country.tables().act_katz_level[number] != codes.KATZ_LEVEL_NONE)


@lru_cache(maxsize=4096)
def _facts(_digest: str, code: str, day: int) -> Facts:
    number = country.words.act.get(code)
    if number is None:
        return Facts(code)
    tables, strings = country.tables(), country.flat.strings
    line = Line()
    line.act, line.day, line.age_months = number, day, ADULT_MONTHS
    row = best_row(tables, line, codes.ROW_KIND_FEE, 0)
    return Facts(
        code=code,
        label=str(strings["labels"][number]),
        profession=PROFESSIONS[tables.act_profession[number]],
        kind=KINDS[tables.act_kind[number]],
        minutes=int(tables.act_minutes[number]),
        places=tuple(names(tables.act_place[number], PLACES)),
        category=str(strings["categories"][tables.act_category[number]]),
        pathology=str(strings["pathologies"][tables.act_pathology[number]]),
        cents=int(tables.row_cents[row]) if row >= 0 else None,
        doubtful=bool(tables.row_doubtful[row]) if row >= 0 else False,
    )

"""Acts of the nomenclature and their dated amounts, as typed rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from quittance.kernel.dated import OPEN
from quittance.kernel.money import half_up

PROFESSIONS = ("", "speech_therapist", "nurse", "physiotherapist", "doctor", "dentist", "midwife")
KINDS = ("", "session", "assessment", "visit", "technical", "flat_rate", "consultation", "other")
PLACES = ("practice", "home", "school", "rehabilitation", "hospital", "rest_home", "community", "day_care")
WEEKENDS = ("any", "weekday", "weekend")
"""`weekday` is for weekdays only, `weekend` for week-ends and public holidays only."""
CONDITIONS = ("preferential", "non_conventioned", "gmd", "chronic", "palliative")
AMOUNTS = ("fee", "reimbursement")
FEE, REIMBURSEMENT = 0, 1
NO_AGE = 9999
"""Upper age, in months, of a row that has none."""
NO_SHARE = -1
"""The patient's share of a row whose source does not print one."""
EVERY_CONDITION = (1 << len(CONDITIONS)) - 1


@dataclass(frozen=True, slots=True)
class Act:
    """A code. `places` is a mask of PLACES (0: any), `pair` the code of the other patients (in hospital, or not)."""

    code: str
    profession: int
    kind: int
    minutes: int
    places: int
    weekend: int
    pair: str
    category: str
    pathology: str
    article: str
    label: str
    source: str

    @property
    def in_hospital(self) -> bool:
        """Whether the code is the one for patients who stay in hospital."""
        return self.places == 1 << PLACES.index("hospital")


@dataclass(frozen=True, slots=True)
class Row:
    """One amount of an act under one set of conditions, from a day to a day, both included.

    `requires` and `forbids` are masks of CONDITIONS; ages are months, `age_to` excluded. A fee may say its key
    letter, its coefficient (thousandths) and the letter's value (millionths of a euro).
    """

    code: str
    kind: int
    from_day: int
    to_day: int
    cents: int
    requires: int = 0
    forbids: int = 0
    age_from: int = 0
    age_to: int = NO_AGE
    share_cents: int = NO_SHARE
    letter: str = ""
    coefficient_milli: int = 0
    value_micro: int = 0
    source: str = ""
    verified_until: int = OPEN
    doubtful: bool = False
    note: str = ""

    def holds(self, day: int, conditions: int = 0, age: int | None = None) -> bool:
        """Whether the row answers on a day for a patient; without an age, rows for every age only."""
        if not self.from_day <= day <= self.to_day:
            return False
        if self.requires & ~conditions or self.forbids & conditions:
            return False
        return self.every_age if age is None else self.age_from <= age < self.age_to

    @property
    def every_age(self) -> bool:
        """Whether the row is for patients of every age."""
        return self.age_from == 0 and self.age_to == NO_AGE

    @property
    def rank(self) -> tuple[int, int]:
        """How specific: the number of conditions, then the narrowness of the ages. The greatest answers."""
        return self.requires.bit_count() + self.forbids.bit_count(), self.age_from - self.age_to

    def meets(self, other: Row) -> bool:
        """Whether some patient on some day is answered by both rows."""
        return (
            self.code == other.code
            and self.kind == other.kind
            and self.from_day <= other.to_day
            and other.from_day <= self.to_day
            and not (self.requires & other.forbids or other.requires & self.forbids)
            and self.age_from < other.age_to
            and other.age_from < self.age_to
        )


def best(rows: Iterable[Row], kind: int, day: int, conditions: int = 0, age: int | None = None) -> Row | None:
    """The most specific row that answers, or none."""
    held = [row for row in rows if row.kind == kind and row.holds(day, conditions, age)]
    return max(held, key=lambda row: row.rank) if held else None


def check_digit(base: str) -> str:
    """The sixth digit of a code: the remainder of the first five by 7.

    >>> check_digit("70101"), check_digit("71131")
    ('3', '4')
    """
    return str(int(base) % 7)


def is_code(text: str) -> bool:
    """Whether a text is six digits, the last of which checks the others.

    >>> is_code("701013"), is_code("701014"), is_code("70101")
    (True, False, False)
    """
    return len(text) == 6 and text.isascii() and text.isdigit() and text[5] == check_digit(text[:5])


def product_cents(coefficient_milli: int, value_micro: int) -> int:
    """Cents of a coefficient times the value of its letter, half up.

    >>> product_cents(17_500, 2_593_102)
    4538
    """
    return half_up(coefficient_milli * value_micro, 10_000_000)


def mask(names: Iterable[str], order: tuple[str, ...]) -> int:
    """The bits of some names in their order.

    >>> mask(["home", "practice"], PLACES)
    3
    """
    return sum({1 << order.index(name) for name in names})


def names(bits: int, order: tuple[str, ...]) -> list[str]:
    """The names of a mask's bits.

    >>> names(5, PLACES)
    ['practice', 'school']
    """
    return [name for at, name in enumerate(order) if bits >> at & 1]

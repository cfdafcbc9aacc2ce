"""The two lists a professional looks in: competence codes and mutualities, by number or by the start of any words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from quittance.belgium.info.words import searched
from quittance.belgium.numbers import NumberError, inami, mutuality
from quittance.belgium.numbers.mutuality import Insurer

DIGITS = 8
"""From as many digits on, what is typed is a whole INAMI number."""


@dataclass(frozen=True, slots=True)
class Competence:
    """A competence code: the last three digits of an INAMI number, of those whose number begins with `digit`."""

    digit: str
    code: str
    label: str
    profession: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A whole INAMI number read: as it is printed, what it says, and what is doubted or refused (French texts)."""

    shown: str = ""
    profession: str = ""
    competence: str = ""
    group: bool = False
    told: tuple[str, ...] = ()
    refused: str = ""


@cache
def competences() -> tuple[Competence, ...]:
    """Every competence code known, profession by profession."""
    return tuple(
        Competence(digit, code, label, inami.profession(digit)) for (digit, code), label in inami.competences().items()
    )


@cache
def professions() -> Mapping[str, str]:
    """The professions that have a list of competences, by the first digit of their numbers."""
    return {one.digit: one.profession for one in competences()}


def find_competences(typed: str, digit: str = "") -> list[Competence]:
    """The competence codes that begin as typed, or whose label has words that do; of one profession where told."""
    wanted = searched([typed]).split()
    rows = (one for one in competences() if not digit or one.digit == digit)
    return [one for one in rows if all(f" {word}" in searched([one.code, one.label]) for word in wanted)]


def explain(typed: str) -> Explained | None:
    """What a whole INAMI number says; None where fewer digits are typed than a number has."""
    if sum(one.isdecimal() for one in typed) < DIGITS:
        return None
    try:
        number = inami.check(typed)
    except NumberError as error:
        return Explained(refused=str(error))
    value = number.value
    competence = inami.competence(value) if len(value) > DIGITS else ""
    return Explained(number.shown, inami.profession(value), competence, inami.is_group(value), number.warnings)


@dataclass(frozen=True, slots=True)
class Union:
    """A national union and those of its funds that were found."""

    union: Insurer
    funds: tuple[Insurer, ...]


def find_unions(typed: str) -> list[Union]:
    """Mutualities by union: all of them, or those whose number, names or town begin as typed."""
    every = mutuality.insurers()
    found = mutuality.search(typed, len(every)) if typed.strip() else list(every.values())
    unions: dict[str, list[Insurer]] = {}
    for one in found:
        unions.setdefault(one.union, []).append(one)
    return [Union(every[number], tuple(rows)) for number, rows in sorted(unions.items())]

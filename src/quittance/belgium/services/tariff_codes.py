"""What the nomenclature says of a code, for own tariffs: whose it is, whether it is in force, what INAMI asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from django.utils.translation import gettext as _

from quittance.belgium.country import country
from quittance.belgium.law import speech
from quittance.belgium.professional_form import PROFESSIONS
from quittance.belgium.tariffs.rows import FEE, NO_AGE, check_digit
from quittance.belgium.tariffs.search import fold
from quittance.kernel.dated import OPEN, day_number, day_of
from quittance.web.templatetags.quittance import day as write_day

MOST_FOUND = 12


class CodeError(ValueError):
    """A code on which no own tariff can stand; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """A code found by search; `cents` is the official fee, None where it is not known on the day."""

    code: str
    label: str
    cents: int | None


@cache
def _numbers() -> dict[str, int]:
    return {code: at for at, code in enumerate(country.flat.strings["acts"])}


def label(code: str) -> str:
    """Give the French label of a code; empty for one that the lists do not know."""
    at = _numbers().get(code)
    return "" if at is None else str(country.flat.strings["labels"][at])


def profession_of(code: str) -> str:
    """Name the profession whose code it is, as `Professional.profile` does; empty where it is not known."""
    at = _numbers().get(code)
    return "" if at is None else str(country.flat.strings["families"][country.flat.arrays.act_profession[at]])


def official(code: str, on: date) -> int | None:
    """Give the cents of the official fee (honoraire INAMI) of a day, for any patient; None where it is not known."""
    at, day, tables = _numbers().get(code), day_number(on), country.flat.arrays
    if at is None:
        return None
    fees = [row for row in range(tables.row_first[at], tables.row_last[at]) if _is_fee_of_all(row)]
    held = [int(tables.row_cents[row]) for row in fees if tables.row_from[row] <= day <= tables.row_to[row]]
    return held[-1] if held else None


def _is_fee_of_all(row: int) -> bool:
    """Say whether a row is a fee that turns on nothing of the patient."""
    tables = country.flat.arrays
    conditions = tables.row_requires[row] | tables.row_forbids[row]
    every_age = tables.row_age_from_months[row] == 0 and tables.row_age_to_months[row] == NO_AGE
    return bool(tables.row_kind[row] == FEE and conditions == 0 and every_age)


def in_force(code: str, on: date) -> bool:
    """Say whether a code may be billed on a day: the law of speech therapy says so, the other lists do not."""
    act = speech.act(code)
    return act is None or act.first <= day_number(on) <= act.last


def checked(typed: str, profession: str, on: date) -> str:
    """Give the code that was typed; CodeError when it is none, unknown, of others, or not in force on the day.

    A code whose profession no list tells is taken, as a bill takes it.
    """
    code = "".join(typed.split()).replace("-", "")
    if not (code.isascii() and code.isdigit() and len(code) == 6):
        raise CodeError(_("Choose a code of the list, or write its six digits, as 711314."))
    if code[5] != check_digit(code[:5]):
        text = _("The last digit checks the others: after %(base)s comes %(digit)s. Check the code.")
        raise CodeError(text % {"base": code[:5], "digit": check_digit(code[:5])})
    if code not in _numbers():
        text = _("The lists of Quittance do not know the code %(code)s: search it by its words.")
        raise CodeError(text % {"code": code})
    theirs = profession_of(code)
    if theirs not in ("", profession):
        text = _("%(code)s is a code of another profession (%(theirs)s): choose one of yours.")
        raise CodeError(text % {"code": code, "theirs": dict(PROFESSIONS)[theirs]})
    if not in_force(code, on):
        raise CodeError(_not_in_force(code, on))
    return code


def _not_in_force(code: str, on: date) -> str:
    act = speech.acts()[code]
    if act.last < OPEN and day_number(on) > act.last:
        text = _("%(code)s was abolished after %(day)s: choose another code, or an earlier day.")
        return text % {"code": code, "day": write_day(day_of(act.last))}
    text = _("%(code)s exists since %(day)s: write that day, or a later one.")
    return text % {"code": code, "day": write_day(day_of(act.first))}


def find(words: str, profession: str, on: date) -> list[Found]:
    """Search the codes of a profession that are in force on a day, by code or by words, the best first.

    A code whose profession no list tells may be anybody's: it is found too.
    """
    typed = words.strip()[:80]
    bare = "".join(typed.split())
    hits = country.search(bare if bare.isdigit() else typed, limit=len(_numbers()))
    mine = [one for one in hits if one.kind in ("", profession) and in_force(one.code, on)]
    return [Found(one.code, one.label, official(one.code, on)) for one in mine[:MOST_FOUND]]


def answers(code: str, words: str) -> bool:
    """Say whether a code is among those that were sought: by its start, or by the start of any words of its label."""
    typed = words.strip()
    if not typed or code.startswith("".join(typed.split())):
        return True
    known = fold(label(code)).split()
    return all(any(one.startswith(word) for one in known) for word in fold(typed).split() or ["?"])

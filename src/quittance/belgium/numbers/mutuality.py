"""Number of an insurer (organisme assureur, mutualité): three digits, the first that of its national union.

The list is of 2018 and funds have merged since. Where only a fund of the list will do (the single point of contact
of a group), another number is refused; where the patient's card decides, it is kept with a warning.

>>> check("135").value, name("135"), name("100")
('135', 'Mutualité Saint-Michel', 'Alliance nationale des mutualités chrétiennes')
>>> check("199", listed=False).warnings[0][:52]
'La mutualité 199 n’est pas dans la liste de Quittanc'
>>> [one.number for one in search("saint mich")]
['135']
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import NamedTuple

from quittance.belgium.numbers._shared import Checked, FormError, UnknownError, cleaned, excerpt, is_digits, table

NAME = "Numéro de mutualité"
KNOWN_UNTIL = "2018"


class Insurer(NamedTuple):
    """A national union or one of its funds: number, union's number, whether it is the union, French or Dutch name."""

    number: str
    union: str
    is_union: bool
    name: str
    town: str


def check(text: str, *, listed: bool = True) -> Checked:
    """The number; `listed` refuses what the list has not. Raises FormError or UnknownError."""
    number = cleaned(text)
    if not is_digits(number, 3):
        raise FormError(f"{NAME} : {excerpt(text)} n’a pas trois chiffres, comme 135 ; reprenez-le sur la vignette.")
    if number in insurers():
        return Checked(number, number)
    union = insurers().get(f"{number[0]}00")
    if listed or union is None:
        raise UnknownError(
            f"{NAME} : {number} n’est ni une union nationale ni une mutualité de la liste ({KNOWN_UNTIL}). Cherchez-la "
            "par son nom ou sa ville, ou prenez la mutualité qui l’a reprise."
        )
    text = f"La mutualité {number} n’est pas dans la liste de Quittance ({KNOWN_UNTIL}) ; elle est de l’union "
    return Checked(number, number, (f"{text}{union.number} ({union.name}). Vérifiez-la sur la vignette.",))


def name(number: str) -> str:
    """The name of an insurer of the list, French where it has one; empty for another."""
    found = insurers().get(number)
    return found.name if found else ""


@cache
def insurers() -> dict[str, Insurer]:
    """Every insurer of the list by its number."""
    rows = table("mutualities.csv")
    return {
        row["code"]: Insurer(
            row["code"], row["union"], row["kind"] == "union", row["name_fr"] or row["name_nl"], row["town"]
        )
        for row in rows
    }


def search(typed: str, limit: int = 12) -> list[Insurer]:
    """Insurers whose number begins as typed, or whose names and town have words that do."""
    words = _plain(typed).split()
    if not words:
        return []
    found = [one for text, one in _searched() if all(f" {word}" in text for word in words)]
    return found[:limit]


@cache
def _searched() -> list[tuple[str, Insurer]]:
    rows = table("mutualities.csv")
    texts = (f" {row['code']} {_plain(row['name_fr'])} {_plain(row['name_nl'])} {_plain(row['town'])}" for row in rows)
    return [(text, insurers()[row["code"]]) for text, row in zip(texts, rows, strict=True)]


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    kept = (one if one.isalnum() else " " for one in split if not unicodedata.combining(one))
    return " ".join("".join(kept).split())

"""Organism of the compulsory insurance (organisme AMO): scheme (2), fund (3), payment centre (4).

>>> validate("01 349 9881")
'013499881'
>>> parts("013499881")
('01', '349', '9881')
>>> doubt("113499881")
'Le régime 11 n’est pas dans la liste des grands régimes ; vérifiez l’organisme sur la carte.'
"""

from __future__ import annotations

from quittance.france.law import regimes
from quittance.france.numbers._shared import NumberError, cleaned, digits


def compact(number: str) -> str:
    """The number without separators."""
    return cleaned(number)


def validate(number: str) -> str:
    """The compact number. Raises `NumberError` where it is not nine digits."""
    return digits(compact(number), "Organisme d'assurance maladie (régime, caisse, centre)", 9)


def is_valid(number: str) -> bool:
    """Whether the text has the form of an organism's number."""
    try:
        return bool(validate(number))
    except NumberError:
        return False


def parts(number: str) -> tuple[str, str, str]:
    """Scheme, fund and centre."""
    number = validate(number)
    return number[:2], number[2:5], number[5:]


def doubt(number: str) -> str | None:
    """What looks wrong with a number of valid form, in French, or None."""
    scheme = validate(number)[:2]
    if scheme in regimes():
        return None
    return f"Le régime {scheme} n’est pas dans la liste des grands régimes ; vérifiez l’organisme sur la carte."


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The number in its three parts."""
    return " ".join(parts(number))

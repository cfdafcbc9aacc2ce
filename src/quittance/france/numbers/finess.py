"""FINESS (fichier national des établissements): nine characters, department first, the last one a Luhn key.

>>> validate("75 000 0002")
'750000002'
>>> doubt("750000002") is None, doubt("750000003") is None
(True, False)
>>> is_valid("2A0000014")
True
"""

from __future__ import annotations

import re

from quittance.france.numbers._shared import NumberError, cleaned, luhn_fits

_FORM = re.compile("(?:[0-9]{2}|2[AB]|9[A-F])[0-9]{7}", re.ASCII)


def compact(number: str) -> str:
    """The number without separators, in capitals."""
    return cleaned(number)


def validate(number: str) -> str:
    """The compact number. Raises `NumberError` where it has not the nine characters of one."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise NumberError(f"Numéro FINESS : « {number[:40]} » n'a pas ses neuf chiffres ; vérifiez la saisie.")
    return number


def is_valid(number: str) -> bool:
    """Whether the text has the form of a FINESS number."""
    return bool(_FORM.fullmatch(compact(number)))


def doubt(number: str) -> str | None:
    """What looks wrong with a number of valid form, in French, or None; a number with a letter has no known key."""
    number = validate(number)
    if not number.isdigit() or luhn_fits(number):
        return None
    return "La clé du numéro FINESS ne correspond pas ; vérifiez-le sur le site finess.esante.gouv.fr."


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The number in groups of three."""
    number = validate(number)
    return f"{number[:3]} {number[3:6]} {number[6:]}"

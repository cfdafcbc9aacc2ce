"""ADELI (ancien répertoire des professions): nine characters, department (2), profession (1), order (5), key (1).

The number is being replaced by RPPS; no text gives its key, so that none is checked. The department may be 2A, 2B
or, overseas, 9A to 9F.

>>> validate("75 6 12345 7")
'756123457'
>>> format("2A1000017")
'2A 1 00001 7'
>>> is_valid("75612345")
False
"""

from __future__ import annotations

import re

from quittance.france.numbers._shared import NumberError, cleaned

_FORM = re.compile("(?:[0-9]{2}|2[AB]|9[A-F])[0-9]{7}", re.ASCII)


def compact(number: str) -> str:
    """The number without separators, in capitals."""
    return cleaned(number)


def validate(number: str) -> str:
    """The compact number. Raises `NumberError` where it has not the nine characters of one."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise NumberError(f"Numéro ADELI : « {number[:40]} » n'a pas ses neuf chiffres ; vérifiez la saisie.")
    return number


def is_valid(number: str) -> bool:
    """Whether the text has the form of an ADELI number."""
    return bool(_FORM.fullmatch(compact(number)))


def doubt(number: str) -> str | None:
    """What looks wrong with a number of valid form, in French, or None."""
    if validate(number)[:2] == "00":
        return "Le département du numéro ADELI est 00 ; vérifiez-le."
    return None


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The number in its parts."""
    number = validate(number)
    return f"{number[:2]} {number[2]} {number[3:8]} {number[8]}"

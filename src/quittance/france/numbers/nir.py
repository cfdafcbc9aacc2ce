"""NIR (numéro d'inscription au répertoire, "numéro de sécurité sociale").

Thirteen characters and a key of two digits: sex (1 or 2; 3, 4, 7, 8 for numbers given before the birth is
certified), year and month of birth, department (01 to 95, 2A and 2B for Corsica, 97 and 98 overseas, 99 abroad),
commune, order. The month is outside 01 to 12 (20, 30 to 42, 50 to 99) where the birth certificate gives none.
Key: 97 less the remainder of the thirteen digits by 97, 2A counting as 19 and 2B as 18.

>>> validate("1 69 03 66 000 409 52")
'169036600040952'
>>> key("2555555911042")
'74'
>>> doubt("169036600040953")
'La clé du numéro de sécurité sociale est 53 ; on attend 52. Vérifiez le numéro sur la carte ou l’attestation.'
>>> doubt("253072B07300470") is None
True
>>> format("2061275111005")
'2 06 12 75 111 005'
"""

from __future__ import annotations

import re
from itertools import pairwise

from stdnum.fr import nir as _nir

from quittance.france.numbers._shared import NumberError, cleaned

_FORM = re.compile("[0-9]{5}(?:[0-9]{2}|2A|2B)[0-9]{6}(?:[0-9]{2})?", re.ASCII)
_UNKNOWN_MONTHS = {20, *range(30, 43), *range(50, 100)}


def compact(number: str) -> str:
    """The number without separators, in capitals."""
    return cleaned(number)


def validate(number: str) -> str:
    """The compact number, of 13 characters or of 15 with its key. Raises `NumberError` for another form."""
    number = compact(number)
    if not _FORM.fullmatch(number):
        raise NumberError(
            f"Numéro de sécurité sociale : « {number[:40]} » n'a pas 13 caractères, ou 15 avec la clé "
            "(seul le département peut porter une lettre : 2A ou 2B) ; reprenez-le sur la carte ou l’attestation."
        )
    return number


def is_valid(number: str) -> bool:
    """Whether the text has the form of a NIR, whatever its key."""
    return bool(_FORM.fullmatch(compact(number)))


def key(number: str) -> str:
    """The key of a NIR, two digits, from its first thirteen characters."""
    return str(_nir.calc_check_digits(validate(number)[:13]))


def doubt(number: str) -> str | None:
    """What looks wrong with a NIR of valid form, in French, or None."""
    number = validate(number)
    if len(number) == 15 and number[13:] != key(number):
        return (
            f"La clé du numéro de sécurité sociale est {number[13:]} ; on attend {key(number)}. "
            "Vérifiez le numéro sur la carte ou l’attestation."
        )
    if number[0] not in "123478":
        return "Le numéro de sécurité sociale commence par 1 ou 2 (3, 4, 7 ou 8 en attente) ; vérifiez-le."
    month = int(number[3:5])
    if not 1 <= month <= 12 and month not in _UNKNOWN_MONTHS:
        return f"Le mois de naissance du numéro de sécurité sociale est {month:02} ; vérifiez-le."
    if number[5:7] == "00":
        return "Le département du numéro de sécurité sociale est 00 ; vérifiez-le."
    return None


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The number as it is printed on the card."""
    number = validate(number)
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    return " ".join(number[start:stop] for start, stop in pairwise(cuts) if number[start:stop])

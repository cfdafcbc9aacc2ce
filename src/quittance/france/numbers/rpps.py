"""RPPS (répertoire partagé des professionnels de santé): eleven digits, the last one a Luhn key.

>>> validate("9970055789 7")
'99700557897'
>>> doubt("99700557897") is None
True
>>> doubt("99700557898")
'La clé du numéro RPPS ne correspond pas ; vérifiez-le sur la carte professionnelle.'
"""

from __future__ import annotations

from quittance.france.numbers._shared import NumberError, cleaned, digits, luhn_fits


def compact(number: str) -> str:
    """The number without separators."""
    return cleaned(number)


def validate(number: str) -> str:
    """The compact number. Raises `NumberError` where it is not eleven digits."""
    return digits(compact(number), "Numéro RPPS", 11)


def is_valid(number: str) -> bool:
    """Whether the text has the form of an RPPS number."""
    try:
        return bool(validate(number))
    except NumberError:
        return False


def doubt(number: str) -> str | None:
    """What looks wrong with a number of valid form, in French, or None."""
    if luhn_fits(validate(number)):
        return None
    return "La clé du numéro RPPS ne correspond pas ; vérifiez-le sur la carte professionnelle."


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The number as it is printed."""
    return validate(number)

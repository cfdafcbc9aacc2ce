"""AM number (numéro d'assurance maladie, "numéro de facturation"): eight digits and a key.

The key is the Luhn digit of the eight others. A substitute without a number of his own bills under the first nine
digits of his RPPS: those carry no key, and are accepted.

>>> validate("99114560-8")
'991145608'
>>> doubt("991145608") is None
True
>>> doubt("99700557 8", rpps="99700557897") is None
True
>>> doubt("997005578")[:44]
'La clé du numéro de facturation est 8 ; on a'
>>> format("991145608")
'99114560-8'
"""

from __future__ import annotations

from stdnum import luhn

from quittance.france.numbers._shared import NumberError, cleaned, digits, luhn_fits


def compact(number: str) -> str:
    """The number without separators."""
    return cleaned(number)


def validate(number: str) -> str:
    """The compact number. Raises `NumberError` where it is not nine digits."""
    return digits(compact(number), "Numéro de facturation (AM)", 9)


def is_valid(number: str) -> bool:
    """Whether the text has the form of an AM number, whatever its key."""
    try:
        return bool(validate(number))
    except NumberError:
        return False


def key(number: str) -> str:
    """The key of a number, from its first eight digits.

    >>> key("00107316")
    '2'
    """
    return str(luhn.calc_check_digit(digits(compact(number)[:8], "Numéro de facturation (AM)", 8)))


def doubt(number: str, rpps: str = "") -> str | None:
    """What looks wrong with a number of valid form, in French, or None; `rpps` tells a substitute's number."""
    number = validate(number)
    if luhn_fits(number) or (rpps and cleaned(rpps).startswith(number)):
        return None
    return (
        f"La clé du numéro de facturation est {number[8]} ; on attend {key(number)}, sauf pour un remplaçant "
        "qui facture sous les neuf premiers chiffres de son RPPS. Vérifiez le numéro."
    )


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The number with its key apart."""
    number = validate(number)
    return f"{number[:8]}-{number[8]}"

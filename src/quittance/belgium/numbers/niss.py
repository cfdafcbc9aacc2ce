"""NISS (numéro de registre national, or numéro BIS): eleven digits.

Birth date YYMMDD, order of the day (odd for men, even for women), two check digits: 97 less the remainder by 97 of
the nine others, with a 2 put before them for those born from 2000 on. The BIS number of a person who is in no
register adds 20 to the month (40 where the sex was known). Month or day is 00 where the birth date was not known.

>>> check("85.07.30-033 28")
Checked(value='85073003328', shown='85.07.30-033.28', warnings=())
>>> birth_date("17073003384"), sex("17073003384")
(datetime.date(2017, 7, 30), 'M')
>>> is_bis("98472899765"), birth_date("98472899765"), sex("98472899765")
(True, datetime.date(1998, 7, 28), 'M')
>>> sex("01290700142")
''
>>> check("98.47.28-997.65", bis=False)
Traceback (most recent call last):
    ...
quittance.belgium.numbers._shared.BisError: Le numéro 98.47.28-997.65 est un numéro BIS (mois 47) ; ici il faut un \
numéro de registre national. Demandez à la personne le numéro qui figure sur sa carte d’identité.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from quittance.belgium.numbers._shared import (
    BisError,
    CheckDigitsError,
    Checked,
    FormError,
    check_digits,
    cleaned,
    excerpt,
    is_digits,
)

NAME = "Numéro de registre national (NISS)"
_BIS_SEX_UNKNOWN, _BIS_SEX_KNOWN, _BIS_END = 20, 40, 60


def check(text: str, *, bis: bool = True, on: date | None = None) -> Checked:
    """The number, where `bis` says whether a BIS number may stand and `on` is the day a birth may not be after.

    Raises FormError, CheckDigitsError or BisError.
    """
    number = cleaned(text)
    if not is_digits(number, 11):
        raise FormError(f"{NAME} : {excerpt(text)} n’a pas onze chiffres ; reprenez-le sur la carte d’identité.")
    if not _century(number):
        older, younger = check_digits(number[:9]), check_digits(f"2{number[:9]}")
        raise CheckDigitsError(
            f"{NAME} : les deux derniers chiffres de {format(number)} sont {number[9:]} ; on attend {older} pour une "
            f"naissance avant 2000, {younger} à partir de 2000. Reprenez le numéro sur la carte d’identité."
        )
    if is_bis(number) and not bis:
        raise BisError(
            f"Le numéro {format(number)} est un numéro BIS (mois {number[2:4]}) ; ici il faut un numéro de registre "
            "national. Demandez à la personne le numéro qui figure sur sa carte d’identité."
        )
    return Checked(number, format(number), tuple(_doubts(number, on)))


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The number as the identity card prints it."""
    return f"{number[:2]}.{number[2:4]}.{number[4:6]}-{number[6:9]}.{number[9:]}"


def is_bis(number: str) -> bool:
    """Whether a checked number is a BIS number."""
    return _BIS_SEX_UNKNOWN <= int(number[2:4]) < _BIS_END


def birth_date(number: str) -> date | None:
    """Birth date that a checked number tells, or None where it was not known."""
    month = int(number[2:4]) % _BIS_SEX_UNKNOWN if int(number[2:4]) < _BIS_END else 0
    try:
        return date(_century(number) + int(number[:2]), month, int(number[4:6]))
    except ValueError:
        return None


def sex(number: str) -> str:
    """Sex that a checked number tells: `F`, `M`, or empty for a BIS number given before it was known."""
    if _BIS_SEX_UNKNOWN <= int(number[2:4]) < _BIS_SEX_KNOWN:
        return ""
    return "M" if int(number[6:9]) % 2 else "F"


def _century(number: str) -> int:
    """1900 or 2000, as the check digits tell; 0 where they fit neither. They never fit both."""
    if check_digits(number[:9]) == number[9:]:
        return 1900
    return 2000 if check_digits(f"2{number[:9]}") == number[9:] else 0


def _doubts(number: str, on: date | None) -> Iterator[str]:
    born = birth_date(number)
    if born is None:
        yield (
            f"Le numéro {format(number)} ne donne pas de date de naissance complète ({number[4:6]}/{number[2:4]}/"
            f"{number[:2]}) ; vérifiez-le, et gardez la date que dit la carte."
        )
    elif on is not None and born > on:
        yield f"Le numéro {format(number)} donne une naissance le {born:%d/%m/%Y}, dans l’avenir ; vérifiez-le."

"""Company number (numéro d'entreprise, BCE, KBO): ten digits, first 0 or 1, last two a check by 97.

Until 2008 it had nine digits: the 0 before them is part of the number today. A VAT number is the same with BE
before it. Numbers that begin with 2 to 8 are those of a place of business (unité d'établissement).

>>> check("BE 0777.777.078").shown
'0777.777.078'
>>> check("777777078")
Traceback (most recent call last):
    ...
quittance.belgium.numbers._shared.OldFormError: Numéro d’entreprise : \
«\N{NO-BREAK SPACE}777777078\N{NO-BREAK SPACE}» a neuf chiffres, c’est l’ancienne \
forme. Mettez un 0 devant : 0777.777.078.
"""

from __future__ import annotations

from collections.abc import Iterator

from quittance.belgium.numbers._shared import (
    CheckDigitsError,
    Checked,
    FormError,
    OldFormError,
    check_digits,
    cleaned,
    excerpt,
    is_digits,
)

NAME = "Numéro d’entreprise"
FICTIONAL = "0999999922"


def check(text: str) -> Checked:
    """The number. Raises OldFormError (with the number of today proposed), FormError or CheckDigitsError."""
    number = cleaned(text).removeprefix("BE").removeprefix("TVA").removeprefix("BE").replace("(0)", "0", 1)
    if is_digits(number, 9):
        raise _old_form(number, text)
    if not is_digits(number, 10):
        raise FormError(
            f"{NAME} : {excerpt(text)} n’a pas dix chiffres ; reprenez-le sur la Banque-Carrefour des Entreprises."
        )
    if number[0] not in "01":
        raise FormError(
            f"{NAME} : {excerpt(text)} commence par {number[0]}, comme une unité d’établissement ; le numéro de "
            "l’entreprise commence par 0 ou 1. Prenez celui de l’entreprise."
        )
    if not _fits(number):
        raise CheckDigitsError(
            f"{NAME} : les deux derniers chiffres de {format(number)} sont {number[8:]} ; on attend "
            f"{check_digits(number[:8])}. Vérifiez le numéro, chiffre par chiffre."
        )
    return Checked(number, format(number), tuple(_doubts(number)))


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The number as it is printed."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"


def _fits(number: str) -> bool:
    return number[8:] == check_digits(number[:8]) and int(number) > 0


def _old_form(number: str, typed: str) -> OldFormError:
    proposed = f"0{number}"
    begin = f"{NAME} : {excerpt(typed)} a neuf chiffres, c’est l’ancienne forme."
    if _fits(proposed):
        return OldFormError(f"{begin} Mettez un 0 devant : {format(proposed)}.", format(proposed))
    return OldFormError(
        f"{begin} Même avec un 0 devant, ses chiffres de contrôle ne correspondent pas : vérifiez-le, puis tapez les "
        "dix chiffres."
    )


def _doubts(number: str) -> Iterator[str]:
    if number == FICTIONAL:
        yield (
            f"{format(number)} est le numéro fictif des groupements d’avant février 2021 : les organismes assureurs le "
            "refusent. Tapez le numéro de l’entreprise qui encaisse."
        )

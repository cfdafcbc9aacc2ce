"""INAMI number (numéro INAMI, RIZIV-nummer): six digits, two check digits, three digits of competence.

The first digits tell the profession (94: a group of nurses); check = 97 less the remainder of the six by 97. The
competence (code de compétence, qualification) changes with the diploma: two numbers are the same provider when
their first eight digits are. Both forms are accepted, of eight digits and of eleven.

>>> check("6-12345-16-801")
Checked(value='61234516801', shown='6-12345-16-801', warnings=())
>>> profession("61234516801"), competence("61234516801")
('auxiliaire paramédical (logopède, orthoptiste, bandagiste…)', 'gradué en logopédie')
>>> check("485944-26").shown, is_group("94000126")
('4-85944-26', True)
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from quittance.belgium.numbers._shared import (
    CheckDigitsError,
    Checked,
    FormError,
    check_digits,
    cleaned,
    excerpt,
    is_digits,
    table,
)

NAME = "Numéro INAMI"
GROUP = "94"
SPEECH = ("801", "802")
_PARAMEDIC = "6"


def check(text: str, *, speech: bool = False) -> Checked:
    """The number; `speech` says that it is a speech therapist's (logopède), who has only two competences.

    Raises FormError or CheckDigitsError.
    """
    number = cleaned(text)
    if not is_digits(number, 8, 11):
        raise FormError(
            f"{NAME} : {excerpt(text)} n’a ni onze chiffres, ni huit sans la compétence ; reprenez-le sur l’attes"
            "tation ou sur la lettre de l’INAMI."
        )
    expected = check_digits(number[:6])
    if number[6:8] != expected:
        raise CheckDigitsError(
            f"{NAME} : les chiffres de contrôle de {format(number)} sont {number[6:8]} ; on attend {expected}. "
            "Vérifiez le numéro, chiffre par chiffre."
        )
    return Checked(number, format(number), tuple(_doubts(number, speech)))


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The number as it is printed, with or without competence."""
    parts = (number[0], number[1:6], number[6:8], number[8:])
    return "-".join(part for part in parts if part)


def is_group(number: str) -> bool:
    """Whether a checked number is that of a group of nurses (groupement)."""
    return number.startswith(GROUP)


def profession(number: str) -> str:
    """French name of the profession that the first digits tell, or empty."""
    found = _professions()
    return found.get(number[:2]) or found.get(number[:1]) or ""


def competence(number: str) -> str:
    """French name of the competence of a number of eleven digits, or empty where no list at hand has it."""
    return _competences().get((number[0], number[8:]), "")


def competences() -> dict[tuple[str, str], str]:
    """Every competence known, by first digit of the number and code."""
    return dict(_competences())


def _doubts(number: str, speech: bool) -> Iterator[str]:
    if speech and (number[0] != _PARAMEDIC or (number[8:] and number[8:] not in SPEECH)):
        yield (
            f"Un logopède a un numéro INAMI en 6, de compétence 801 (gradué) ou 802 (licencié) ; {format(number)} n’en "
            "est pas un. Vérifiez le numéro."
        )
    elif not profession(number):
        yield f"Le numéro INAMI commence par {number[0]} : aucune profession connue ; vérifiez-le."
    elif number[8:] and not is_group(number) and not competence(number):
        yield (
            f"La compétence {number[8:]} n’est dans aucune liste de Quittance pour cette profession "
            f"({profession(number)}) : elle est gardée sans être expliquée. Vérifiez-la sur la lettre de l’INAMI."
        )


@cache
def _professions() -> dict[str, str]:
    return {row["first_digits"]: row["label"] for row in table("professions.csv")}


@cache
def _competences() -> dict[tuple[str, str], str]:
    return {(row["profession"], row["code"]): row["label"] for row in table("competence_codes.csv")}

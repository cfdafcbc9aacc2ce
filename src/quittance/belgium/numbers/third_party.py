"""Third-party number of a group (numéro de tiers payant, numéro de groupement): eleven digits, the last three 001.

The INAMI gives the first eight, of which the two last check the others; where only those are typed, 001 is added.

>>> check("94000126").value, check("9-40001-26-001").shown
('94000126001', '9-40001-26-001')
>>> check("940001")
Traceback (most recent call last):
    ...
quittance.belgium.numbers._shared.FormError: Numéro de groupement : \
«\N{NO-BREAK SPACE}940001\N{NO-BREAK SPACE}» a 6 chiffres ; on attend les huit \
chiffres donnés par l’INAMI (Quittance ajoute 001), ou les onze. Reprenez-le sur la lettre de l’INAMI.
"""

from __future__ import annotations

from collections.abc import Iterator

from quittance.belgium.numbers import inami
from quittance.belgium.numbers._shared import (
    CheckDigitsError,
    Checked,
    FormError,
    check_digits,
    cleaned,
    excerpt,
    is_digits,
)

NAME = "Numéro de groupement"
END = "001"


def check(text: str) -> Checked:
    """The number, completed where eight digits are typed. Raises FormError or CheckDigitsError."""
    typed = cleaned(text)
    if not is_digits(typed, 8, 11):
        size = f"a {len(typed)} chiffres" if is_digits(typed, len(typed)) else "n’est pas fait de chiffres"
        raise FormError(
            f"{NAME} : {excerpt(text)} {size} ; on attend les huit chiffres donnés par l’INAMI (Quittance ajoute "
            f"{END}), ou les onze. Reprenez-le sur la lettre de l’INAMI."
        )
    expected = check_digits(typed[:6])
    if typed[6:8] != expected:
        raise CheckDigitsError(
            f"{NAME} : les chiffres de contrôle de {inami.format(typed)} sont {typed[6:8]} ; on attend {expected}. "
            "Vérifiez le numéro, chiffre par chiffre."
        )
    number = typed if len(typed) == 11 else typed + END
    return Checked(number, inami.format(number), tuple(_doubts(number)))


def _doubts(number: str) -> Iterator[str]:
    if not inami.is_group(number):
        yield (
            f"Le numéro d’un groupement d’infirmiers commence par 94, celui-ci par {number[:2]} ; vérifiez que ce "
            "n’est pas le numéro d’une personne."
        )
    if number[8:] != END:
        yield f"Les trois derniers chiffres d’un groupement sont {END}, ici {number[8:]} ; vérifiez-les."

"""What the Belgian numbers share: the answer, the errors, the cleaning of what was typed, the tables."""

from __future__ import annotations

import csv
import re
from importlib import resources
from typing import NamedTuple

from stdnum.util import clean


class Checked(NamedTuple):
    """A number that is accepted: as it is kept, as it is printed, and what looks wrong with it (French texts)."""

    value: str
    shown: str
    warnings: tuple[str, ...] = ()


class NumberError(ValueError):
    """A text that cannot be the number asked for. The message (French) says what, why and what to do.

    `proposed` is the number that was probably meant, printed, or empty.
    """

    proposed: str = ""


class FormError(NumberError):
    """The length or the characters are not those of the number."""


class CheckDigitsError(NumberError):
    """The check digits do not fit the others."""


class BisError(NumberError):
    """A BIS number where only a national number may stand."""


class OldFormError(NumberError):
    """The form that the number had before; `proposed` is the one of today."""

    def __init__(self, text: str, proposed: str = "") -> None:
        super().__init__(text)
        self.proposed = proposed


class UnknownError(NumberError):
    """The number is not in the list that gives it its meaning."""


def cleaned(text: str) -> str:
    """The text without spaces, dots, dashes and slashes, in capitals."""
    return str(clean(text, " .-/")).strip().upper()


def excerpt(text: str) -> str:
    """What was typed, short enough to stand in a message."""
    return f"«\N{NO-BREAK SPACE}{text.strip()[:40]}\N{NO-BREAK SPACE}»"


def is_digits(text: str, *lengths: int) -> bool:
    """Whether the text is digits 0-9 only, as many as one of `lengths`."""
    return re.fullmatch("[0-9]+", text, re.ASCII) is not None and len(text) in lengths


def check_digits(digits: str) -> str:
    """The two check digits of a Belgian number: 97 less the remainder by 97, so 01 to 97.

    >>> check_digits("485944"), check_digits("107651")
    ('26', '19')
    """
    return f"{97 - int(digits) % 97:02}"


def table(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder; `SOURCES.md` says where each comes from."""
    text = resources.files("quittance.belgium.numbers").joinpath(name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))

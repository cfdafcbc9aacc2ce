"""Birth date as the card gives it (date de naissance), eight digits DDMMYYYY, possibly "lunar".

Where the civil status is unknown or in another calendar, the day or the month is outside the calendar (00, 31/02,
month 20 or 50). Such a date is kept as it is and never becomes a date.

>>> validate("03/12/1969")
'03121969'
>>> parse("03121969").isoformat()
'1969-12-03'
>>> parse("31021950") is None, is_lunar("31021950")
(True, True)
>>> format("31021950")
'31/02/1950'
"""

from __future__ import annotations

from datetime import date

from quittance.france.numbers._shared import NumberError, cleaned, digits


def compact(number: str) -> str:
    """The date without separators."""
    return cleaned(number)


def validate(number: str) -> str:
    """The compact date. Raises `NumberError` where it is not eight digits."""
    return digits(compact(number), "Date de naissance (JJMMAAAA)", 8)


def is_valid(number: str) -> bool:
    """Whether the text has the form of a birth date, lunar or not."""
    try:
        return bool(validate(number))
    except NumberError:
        return False


def parse(number: str) -> date | None:
    """The date, or None for a lunar one."""
    number = validate(number)
    try:
        return date(int(number[4:]), int(number[2:4]), int(number[:2]))
    except ValueError:
        return None


def is_lunar(number: str) -> bool:
    """Whether the day or the month is outside the calendar."""
    return parse(number) is None


def doubt(number: str) -> str | None:
    """What looks wrong with a date of valid form, in French, or None."""
    number = validate(number)
    if not 1850 <= int(number[4:]) <= 2200:
        return f"L’année de naissance {number[4:]} est hors de portée ; vérifiez la date."
    if is_lunar(number):
        return "Date hors du calendrier (« lunaire ») : elle est gardée telle quelle ; vérifiez qu’elle est voulue."
    return None


def format(number: str) -> str:  # noqa: A001 - the name every number has
    """The date as it is written."""
    number = validate(number)
    return f"{number[:2]}/{number[2:4]}/{number[4:]}"

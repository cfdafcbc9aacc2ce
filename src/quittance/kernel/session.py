"""The border of a quote: how outside values are read, and how a refusal is said: every fault, not the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Annotated, Any, TypedDict

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import PydanticCustomError

from quittance.kernel.money import AmountError, parse_cents

MOST_CENTS = 9_999_999
"""99,999.99 euro: no typed amount of one act goes beyond, so that no product of the rules overflows 64 bits."""


class Problem(TypedDict):
    """One fault of the input: stable code, path in the input, French text with what, why and what to do."""

    code: str
    path: str
    message: str


class Strict(BaseModel):
    """A part of the input that refuses unknown fields: a typo must not price silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=200)


def read_amount(value: object) -> int:
    """Cents of a typed amount; refuses more than two decimals and more than 99,999.99 euro."""
    try:
        cents = parse_cents(value)
    except AmountError:
        raise PydanticCustomError("amount.invalid", "amount") from None
    if abs(cents) > MOST_CENTS:
        raise PydanticCustomError("amount.invalid", "amount")
    return cents


def read_positive(value: object) -> int:
    """Cents of a typed amount that may not be negative."""
    cents = read_amount(value)
    if cents < 0:
        raise PydanticCustomError("amount.negative", "amount")
    return cents


def decimal_reader(decimals: int, most: int) -> Callable[[object], int]:
    """Reader of a decimal text (dot or comma) or number as an integer of `decimals` places, from 0 to `most`."""
    pattern = re.compile(rf"([0-9]{{1,6}})(?:[.,]([0-9]{{1,{decimals}}}))?")

    def read(value: object) -> int:
        text = value.strip() if isinstance(value, str) else str(value).removesuffix(".0")
        found = None if isinstance(value, bool) else pattern.fullmatch(text)
        if found is None:
            raise PydanticCustomError("number.invalid", "number")
        scaled: int = int(found[1]) * 10**decimals + int((found[2] or "0").ljust(decimals, "0"))
        if scaled > most:
            raise PydanticCustomError("number.invalid", "number")
        return scaled

    return read


def read_day(value: object) -> date:
    """A day written YYYY-MM-DD."""
    if isinstance(value, date):
        return value
    if isinstance(value, str) and len(value) == 10:
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    raise PydanticCustomError("date.invalid", "date")


_AMOUNT_SCHEMA = {"anyOf": [{"type": "string", "pattern": r"^-?\d{1,6}([.,]\d{1,2})?$"}, {"type": "number"}]}
_DECIMAL_SCHEMA = {
    "anyOf": [{"type": "string", "pattern": r"^\d{1,6}([.,]\d{1,3})?$"}, {"type": "number", "minimum": 0}]
}

PositiveAmount = Annotated[int, BeforeValidator(read_positive), WithJsonSchema(_AMOUNT_SCHEMA)]
Day = Annotated[date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
Milli = Annotated[int, BeforeValidator(decimal_reader(3, 9_999_999)), WithJsonSchema(_DECIMAL_SCHEMA)]
Percent = Annotated[int, BeforeValidator(decimal_reader(2, 99_999)), WithJsonSchema(_DECIMAL_SCHEMA)]

_TEXTS = {
    "missing": ("field.required", "Le champ « {field} » manque. Ajoutez-le."),
    "extra_forbidden": ("field.unknown", "Le champ « {field} » n'existe pas. Corrigez son nom ou retirez-le."),
    "literal_error": (
        "value.unknown",
        "« {value} » n'est pas une valeur de « {field} ». Choisissez parmi : {expected}.",
    ),
    "amount.invalid": (
        "amount.invalid",
        "« {value} » n'est pas un montant. Écrivez-le en euros, deux décimales au plus (16.10), jusqu'à 99999.99.",
    ),
    "amount.negative": (
        "amount.negative",
        "« {field} » ne peut pas être négatif ({value}). Saisissez un montant positif.",
    ),
    "number.invalid": (
        "number.invalid",
        "« {value} » n'est pas un nombre que « {field} » accepte. Écrivez un nombre décimal positif (par exemple 1.5).",
    ),
    "date.invalid": ("date.invalid", "« {value} » n'est pas une date. Écrivez-la AAAA-MM-JJ (par exemple 2026-01-31)."),
    "birth.invalid": (
        "birth.invalid",
        "« {value} » n'est pas une date de naissance. Écrivez AAAA-MM-JJ (lunaire : JJMMAAAA dans « raw »).",
    ),
    "too_short": ("acts.required", "La facture n'a pas d'acte. Ajoutez-en au moins un."),
    "too_long": (
        "acts.too_many",
        "La liste « {field} » est trop longue ({expected} au plus). Faites plusieurs factures.",
    ),
    "greater_than_equal": ("number.out_of_bounds", "« {field} » vaut au moins {expected} (reçu {value}). Corrigez-le."),
    "less_than_equal": ("number.out_of_bounds", "« {field} » vaut au plus {expected} (reçu {value}). Corrigez-le."),
    "bool_type": ("value.invalid", "« {field} » vaut true ou false (reçu {value}). Corrigez-le."),
    "int_type": ("number.invalid", "« {field} » est un nombre entier (reçu {value}). Corrigez-le."),
    "int_from_float": ("number.invalid", "« {field} » est un nombre entier (reçu {value}). Corrigez-le."),
    "modifier.too_many": ("modifier.too_many", "Quatre modificateurs au plus par acte. Retirez-en."),
    "modifier.invalid": (
        "modifier.invalid",
        "« {value} » n'est pas un modificateur : une lettre ou un chiffre. Corrigez-le.",
    ),
}
_OTHER = ("value.invalid", "« {field} » n'a pas la forme attendue (reçu {value}). Corrigez-le d'après le contrat.")


def path_of(location: Iterable[int | str]) -> str:
    """A path as the contract writes it.

    >>> path_of(("acts", 0, "code"))
    'acts[0].code'
    """
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def problems(error: ValidationError, texts: dict[str, tuple[str, str]] | None = None) -> list[Problem]:
    """Every fault of an input, in French."""
    known = {**_TEXTS, **(texts or {})}
    found = []
    for fault in error.errors(include_url=False):
        code, text = known.get(fault["type"], _OTHER)
        location = fault["loc"]
        context: dict[str, Any] = fault.get("ctx", {})
        expected = context.get("expected", context.get("ge", context.get("le", context.get("max_length", ""))))
        value = str(fault["input"])[:60]
        field = location[-1] if location else "session"
        message = text.format(field=field, value=value, expected=str(expected).replace(" or ", ", "))
        problem = Problem(code=code, path=path_of(location), message=message)
        if problem not in found:
            found.append(problem)
    return found

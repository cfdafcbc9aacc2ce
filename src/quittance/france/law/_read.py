"""Reading of the law files: YAML to typed rows, and the checks that keep a slip from becoming law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from importlib import resources
from typing import Any

import yaml

from quittance.france.law._types import DatedValue, Parameter

UNITS = frozenset({"cents", "bp", "milli", "years", "count", "km", "code"})


class LawError(Exception):
    """A law file that cannot be trusted. The text (French) says which file, what and what to do."""


def text_of(name: str) -> str:
    """The text of a law file of this folder."""
    return resources.files("quittance.france.law").joinpath(name).read_text(encoding="utf-8")


def load(name: str) -> dict[str, Any]:
    """The content of a YAML law file, as a mapping."""
    try:
        content = yaml.safe_load(text_of(name))
    except yaml.YAMLError as error:
        raise LawError(f"Le fichier de droit {name} n'est pas un YAML lisible : {error}") from error
    if not isinstance(content, dict):
        raise LawError(f"Le fichier de droit {name} doit contenir une table ; corrigez sa première ligne.")
    return content


def need(name: str, where: str, row: Mapping[str, Any], key: str) -> Any:
    """The value under `key`, or a refusal that names the file and the place."""
    if key not in row or row[key] is None:
        raise LawError(f"{name}, {where} : il manque « {key} » ; ajoutez-le avec sa source.")
    return row[key]


def a_day(name: str, where: str, value: Any) -> date:
    """A day of a law file."""
    if isinstance(value, date):
        return value
    raise LawError(f"{name}, {where} : « {value} » n'est pas une date AAAA-MM-JJ.")


def a_day_or_none(name: str, where: str, value: Any) -> date | None:
    """A day, or None where the file leaves it open."""
    return None if value is None else a_day(name, where, value)


def whole(name: str, where: str, value: Any) -> int:
    """A whole number: no fraction of a cent or of a basis point may enter the law."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise LawError(f"{name}, {where} : « {value} » doit être un nombre entier dans l'unité indiquée.")
    return value


def texts(name: str, where: str, value: Any) -> tuple[str, ...]:
    """A list of codes, kept as text (quote "01" in the file: a bare 01 would lose its zero)."""
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise LawError(f"{name}, {where} : attendu une liste de codes entre guillemets, lu « {value} ».")
    return tuple(value)


def ordered(name: str, where: str, from_day: date, to_day: date | None) -> None:
    """Refuses a period that ends before it starts."""
    if to_day is not None and to_day < from_day:
        raise LawError(f"{name}, {where} : la période finit le {to_day} avant de commencer le {from_day}.")


def dated(name: str, where: str, row: Mapping[str, Any]) -> DatedValue:
    """One dated value of a parameter."""
    from_day = a_day(name, where, need(name, where, row, "from"))
    to_day = a_day_or_none(name, where, row.get("to"))
    ordered(name, where, from_day, to_day)
    return DatedValue(
        value=whole(name, where, need(name, where, row, "value")),
        from_day=from_day,
        to_day=to_day,
        source=str(need(name, where, row, "source")),
        journal=a_day_or_none(name, where, row.get("journal")),
        verified_until=a_day_or_none(name, where, row.get("verified_until")),
        doubtful=bool(row.get("doubtful", False)),
        note=str(row.get("note", "")),
    )


def no_overlap(name: str, where: str, periods: Iterable[tuple[date, date | None]]) -> None:
    """Refuses periods that are out of order or that share a day."""
    previous: tuple[date, date | None] | None = None
    for from_day, to_day in periods:
        if previous is not None and (previous[1] is None or from_day <= previous[1]):
            raise LawError(f"{name}, {where} : deux valeurs pour le {from_day} ; fermez la première par « to ».")
        previous = (from_day, to_day)


def parameter(name: str, key: str, row: Mapping[str, Any]) -> Parameter:
    """One parameter with its values, in order of date."""
    unit = str(need(name, key, row, "unit"))
    if unit not in UNITS:
        raise LawError(f"{name}, {key} : unité « {unit} » inconnue ; unités connues : {', '.join(sorted(UNITS))}.")
    rows = need(name, key, row, "values")
    if not isinstance(rows, list) or not rows:
        raise LawError(f"{name}, {key} : « values » doit être une liste d'au moins une valeur datée.")
    values = tuple(dated(name, f"{key}, valeur {number}", one) for number, one in enumerate(rows, 1))
    no_overlap(name, key, ((value.from_day, value.to_day) for value in values))
    return Parameter(key, str(need(name, key, row, "label")), unit, values)


def rows(name: str, content: Mapping[str, Any], key: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a list of a law file, each with a word that says where it stands."""
    listed = need(name, "fichier", content, key)
    if not isinstance(listed, list):
        raise LawError(f"{name}, {key} : attendu une liste.")
    for number, row in enumerate(listed, 1):
        if not isinstance(row, dict):
            raise LawError(f"{name}, {key} ligne {number} : attendu une table clé: valeur, lu « {row} ».")
        yield f"{key} ligne {number}", row


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm).

    >>> easter(2026).isoformat()
    '2026-04-05'
    """
    century, within = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    week = (32 + 2 * (century % 4) + 2 * (within // 4) - moon - within % 4) % 7
    late = (year % 19 + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, 1) + timedelta(days=day)

"""Reading of the law files: YAML to typed rows, and the checks that keep a slip from becoming law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from importlib import resources
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class LawError(Exception):
    """A law file that cannot be trusted. The text (French) says which file, what and what to do."""


def parsed(text: str) -> Any:
    """Read YAML by the parser in C where there is one: eight times faster, at the first question of each process."""
    return yaml.load(text, Loader=LOADER)  # noqa: S506 (a safe loader either way)


def load(name: str) -> dict[str, Any]:
    """The content of a YAML law file of this folder, as a mapping."""
    text = resources.files("quittance.belgium.law").joinpath(name).read_text(encoding="utf-8")
    try:
        content = parsed(text)
    except yaml.YAMLError as error:
        raise LawError(f"Le fichier de droit {name} n'est pas un YAML lisible : {error}") from error
    if not isinstance(content, dict):
        raise LawError(f"Le fichier de droit {name} doit contenir une table ; corrigez sa première ligne.")
    return content


def need(where: str, row: Mapping[str, Any], key: str) -> Any:
    """The value under `key`, or a refusal that names the file and the place."""
    if row.get(key) is None:
        raise LawError(f"{where} : il manque « {key} » ; ajoutez-le avec sa source.")
    return row[key]


def period(where: str, row: Mapping[str, Any]) -> tuple[date, date | None]:
    """First and last day (None = in force) of a row, in their order."""
    from_day, to_day = need(where, row, "from"), row.get("to")
    for one in (from_day, to_day):
        if one is not None and not isinstance(one, date):
            raise LawError(f"{where} : « {one} » n'est pas une date AAAA-MM-JJ.")
    if to_day is not None and to_day < from_day:
        raise LawError(f"{where} : la période finit le {to_day} avant de commencer le {from_day}.")
    return from_day, to_day


def whole(where: str, value: Any) -> int:
    """A whole number: no fraction of a cent or of a basis point may enter the law."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise LawError(f"{where} : « {value} » doit être un nombre entier dans l'unité indiquée.")
    return value


def within(where: str, row: Mapping[str, Any], key: str, known: Iterable[Any]) -> tuple[Any, ...]:
    """A list of known words; where it is left out, all of them.

    >>> within("x", {}, "patients", ["ordinary", "preferential"])
    ('ordinary', 'preferential')
    """
    all_of_them = tuple(known)
    listed = row.get(key, all_of_them)
    if not isinstance(listed, list | tuple) or not set(all_of_them).issuperset(listed):
        raise LawError(f"{where} : « {key} » contient {listed} ; valeurs connues : {', '.join(map(str, all_of_them))}.")
    return tuple(listed)


def codes(where: str, row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of codes, kept as text (quote "000" in the file: a bare 000 would lose its zeros)."""
    listed = row.get(key, ())
    if not isinstance(listed, list | tuple) or not all(isinstance(one, str) and len(one) == 6 for one in listed):
        raise LawError(f"{where} : « {key} » attend des codes de six chiffres entre guillemets, lu « {listed} ».")
    return tuple(listed)


def no_overlap(where: str, periods: Iterable[tuple[date, date | None]]) -> None:
    """Refuses periods that are out of order or that share a day."""
    previous: tuple[date, date | None] | None = None
    for from_day, to_day in periods:
        if previous is not None and (previous[1] is None or from_day <= previous[1]):
            raise LawError(f"{where} : deux valeurs pour le {from_day} ; fermez la première par « to ».")
        previous = (from_day, to_day)


def rows(name: str, key: str = "rows") -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of a list of a law file, each with the words that say where it stands."""
    for number, row in enumerate(need(name, load(name), key), 1):
        if not isinstance(row, dict):
            raise LawError(f"{name}, {key} ligne {number} : attendu une table clé: valeur, lu « {row} ».")
        yield f"{name}, {key} ligne {number}", row

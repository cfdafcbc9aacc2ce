"""The price lists as arrays of integers, for the flat file that the rules read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from quittance.belgium.tariffs.rows import FEE, PROFESSIONS, Act, Row
from quittance.belgium.tariffs.store import order, shipped

Arrays = dict[str, tuple[str, list[int]]]

_ACT: dict[str, tuple[str, Callable[[Act], int]]] = {
    "act_profession": ("b", lambda act: act.profession),
    "act_kind": ("b", lambda act: act.kind),
    "act_minutes": ("h", lambda act: act.minutes),
    "act_place": ("h", lambda act: act.places),
    "act_weekend": ("b", lambda act: act.weekend),
}
_ROW: dict[str, tuple[str, Callable[[Row], int]]] = {
    "row_kind": ("b", lambda row: row.kind),
    "row_from": ("i", lambda row: row.from_day),
    "row_to": ("i", lambda row: row.to_day),
    "row_cents": ("i", lambda row: row.cents),
    "row_requires": ("h", lambda row: row.requires),
    "row_forbids": ("h", lambda row: row.forbids),
    "row_age_from_months": ("h", lambda row: row.age_from),
    "row_age_to_months": ("h", lambda row: row.age_to),
    "row_doubtful": ("b", lambda row: int(row.doubtful)),
    "row_verified_until": ("i", lambda row: row.verified_until),
}


def codes() -> list[str]:
    """Every code of the tables, sorted, with or without a price."""
    return sorted(shipped().acts)


def labels() -> dict[str, str]:
    """The French label of each code.

    >>> labels()["701013"]
    'Bilan logopédique initial, 30 minutes : patient ambulatoire'
    """
    return {code: act.label for code, act in shipped().acts.items()}


def fee_history() -> list[Row]:
    """The fees of logopedics of before, known without their reimbursement."""
    return [row for row in shipped().rows if row.source == "logopedie-histoire"]


def strings() -> dict[str, Any]:
    """What the arrays number, and what the search reads.

    `categories`, `pathologies`, `sources`, `notes` are indexed by the arrays; `source_names` are the same sources by
    their short names; `families` are the professions in the order of `act_profession`.
    """
    tables = shipped()
    return {
        "families": list(PROFESSIONS),
        "categories": _distinct(act.category for act in tables.acts.values()),
        "pathologies": _distinct(act.pathology for act in tables.acts.values()),
        "sources": [tables.sources[name].text for name in _sources()],
        "source_names": _sources(),
        "notes": _distinct(row.note for row in tables.rows),
        "search": {
            "periods": periods(tables.rows),
            "kinds": {code: PROFESSIONS[act.profession] for code, act in tables.acts.items()},
        },
    }


def periods(rows: Iterable[Row]) -> dict[str, list[int]]:
    """First and last days of the fees of each code that has some, one pair after another."""
    found: dict[str, list[int]] = {}
    for row in sorted((row for row in rows if row.kind == FEE), key=lambda row: (row.code, row.from_day)):
        spans = found.setdefault(row.code, [])
        if spans and row.from_day <= spans[-1] + 1:
            spans[-1] = max(spans[-1], row.to_day)
        else:
            spans += [row.from_day, row.to_day]
    return found


def _distinct(words: Iterable[str]) -> list[str]:
    return ["", *sorted(set(words) - {""})]


def _sources() -> list[str]:
    return sorted({row.source for row in shipped().rows})


def arrays(number: Mapping[str, int]) -> Arrays:
    """Every array, for acts numbered by `number`; rows of an act are `row_first..row_last`, the last one excluded.

    Days are day numbers, amounts cents, ages months, conditions masks; the order of the rows is that of the table.
    """
    tables, words = shipped(), strings()
    acts = [tables.acts[code] for code in sorted(number, key=number.__getitem__)]
    rows = sorted((row for row in tables.rows if row.code in number), key=lambda row: (number[row.code], order(row)))
    first, last = [0] * len(acts), [0] * len(acts)
    for at, row in enumerate(rows):
        act = number[row.code]
        first[act] = first[act] if last[act] else at
        last[act] = at + 1
    category = {word: at for at, word in enumerate(words["categories"])}
    pathology = {word: at for at, word in enumerate(words["pathologies"])}
    source = {name: at for at, name in enumerate(words["source_names"])}
    note = {text: at for at, text in enumerate(words["notes"])}
    return {
        **{name: (typecode, [read(act) for act in acts]) for name, (typecode, read) in _ACT.items()},
        "act_hospital_pair": ("i", [number.get(act.pair, -1) for act in acts]),
        "act_category": ("h", [category[act.category] for act in acts]),
        "act_pathology": ("h", [pathology[act.pathology] for act in acts]),
        "row_first": ("i", first),
        "row_last": ("i", last),
        **{name: (typecode, [read(row) for row in rows]) for name, (typecode, read) in _ROW.items()},
        "row_source": ("h", [source[row.source] for row in rows]),
        "row_note": ("i", [note[row.note] for row in rows]),
    }

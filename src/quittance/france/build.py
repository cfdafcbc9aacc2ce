"""The flat file of French law and tariffs: numbered codes, dated figures, groups, modifiers, formulas, price lists."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from quittance.france import law
from quittance.france.law import generate
from quittance.france.law._read import load
from quittance.france.tariffs.ccam import flat as ccam
from quittance.france.tariffs.ngap import flat as ngap
from quittance.kernel.dated import OPEN, day_number

SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SPECIALTIES = 100

Arrays = dict[str, tuple[str, list[int]]]


class _Columns:
    """Arrays under construction, one row at a time, with the range of rows of each owner."""

    def __init__(self, prefix: str, types: str) -> None:
        self.prefix = prefix
        self.columns: dict[str, tuple[str, list[int]]] = {}
        for word in types.split():
            name, _, typecode = word.partition(":")
            self.columns[name] = (typecode or "i", [])

    def add(self, **cells: int) -> None:
        for name, (_, values) in self.columns.items():
            values.append(int(cells[name]))

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()))[1])

    def arrays(self) -> Arrays:
        return {f"{self.prefix}_{name}": column for name, column in self.columns.items()}


def _until(day: date | None) -> int:
    return OPEN if day is None else day_number(day)


def _ranges(prefix: str, owners: int, rows: _Columns, fill: Callable[[int], Iterable[dict[str, int]]]) -> Arrays:
    """Rows of every owner one after another, and the first and last (exclusive) of each."""
    first, last = [], []
    for owner in range(owners):
        first.append(len(rows))
        for cells in fill(owner):
            rows.add(**cells)
        last.append(len(rows))
    return {f"{prefix}_first": ("i", first), f"{prefix}_last": ("i", last), **rows.arrays()}


def specialty_masks(specialties: Iterable[str]) -> tuple[int, int]:
    """Two masks of two-digit specialties: 1 to 60, 61 to 99.

    >>> specialty_masks(["01", "61"])
    (2, 2)
    """
    low = high = 0
    for code in map(int, specialties):
        if code > 60:
            high |= 1 << (code - 60)
        else:
            low |= 1 << code
    return low, high


def _mask(words: Iterable[str], order: list[str]) -> int:
    return sum(1 << order.index(word) for word in words)


def _parameters() -> Arrays:
    names = generate.parameter_names()
    figures = law.parameters()
    rates = law.rates()

    def rows(owner: int) -> Iterable[dict[str, int]]:
        name = names[owner]
        found = rates[name.removeprefix("rate_")] if name.startswith("rate_") else figures[name]
        for value in found.values:
            yield {"from": day_number(value.from_day), "to": _until(value.to_day), "value": value.value}

    return _ranges("parameter", len(names), _Columns("parameter", "from to value:q"), rows)


def _groups() -> list[str]:
    return ["none", *sorted({one.price_group for one in law.specialties().values()} - {"none"})]


def _specialties() -> Arrays:
    groups, names = _groups(), generate.parameter_names()
    arrays: Arrays = {
        f"specialty_{name}": ("h", [0] * SPECIALTIES) for name in ("price_group", "rate", "doctor", "dentist", "known")
    }
    for code, one in law.specialties().items():
        at = int(code)
        arrays["specialty_price_group"][1][at] = groups.index(one.price_group)
        arrays["specialty_rate"][1][at] = names.index(f"rate_{one.rate_class}")
        arrays["specialty_doctor"][1][at] = int(one.doctor)
        arrays["specialty_dentist"][1][at] = int(one.rate_class == "dentist")
        arrays["specialty_known"][1][at] = 1
    return arrays


def _grids() -> Arrays:
    groups, words = _groups(), generate.enumerations()

    def rows(owner: int) -> Iterable[dict[str, int]]:
        for row in law.grids():
            if row.group == groups[owner]:
                yield {
                    "sectors": _mask(row.sectors, words["sector"]),
                    "options": _mask(row.options, words["option"]),
                    "from": day_number(row.from_day),
                    "to": _until(row.to_day),
                    "number": row.grid,
                }

    return _ranges("grid", len(groups), _Columns("grid", "sectors options from to number"), rows)


def _modifier_values() -> Arrays:
    words = generate.enumerations()

    def rows(owner: int) -> Iterable[dict[str, int]]:
        for row in law.modifiers():
            if row.code == SYMBOLS[owner]:
                low, high = specialty_masks(row.specialties)
                percent = row.kind == "bp"
                if percent and row.value % 10:
                    raise law.LawError(f"modificateur {row.code} : {row.value} n'est pas un nombre entier de millièmes")
                yield {
                    "from": day_number(row.from_day),
                    "to": _until(row.to_day),
                    "sectors": _mask(row.sectors, words["sector"]),
                    "options": _mask(row.options, words["option"]),
                    "specialties_low": low,
                    "specialties_high": high,
                    "percent": percent,
                    "value": row.value // 10 if percent else row.value,
                }

    columns = _Columns("modifier", "from to sectors options specialties_low:q specialties_high:q percent value")
    return _ranges("modifier", len(SYMBOLS), columns, rows)


def _modifier_traits() -> Arrays:
    traits = law.modifier_traits()
    without, compatible, twice = [0] * 36, [0] * 36, [0] * 36
    once = urgency = 0
    for code, one in traits.items():
        at = SYMBOLS.index(code)
        without[at] = sum(1 << SYMBOLS.index(other) for other in one.without)
        twice[at] = int(code in "HQVW")
        once |= 0 if one.repeatable else 1 << at
        urgency |= 1 << at if one.once_a_session else 0
    pairs = [pair for pair in law.modifier_pairs() if pair.to_day is None]
    for pair in pairs:
        first, second = SYMBOLS.index(pair.first), SYMBOLS.index(pair.second)
        compatible[first] |= 1 << second
        compatible[second] |= 1 << first
    known = sum({1 << SYMBOLS.index(code) for pair in pairs for code in (pair.first, pair.second)})
    for at in range(36):
        # A letter that came after the table of 2014 cannot be judged by it.
        compatible[at] = compatible[at] | ~known if (known >> at) & 1 else -1
    return {
        "modifier_without": ("q", without),
        "modifier_compatible": ("q", compatible),
        "modifier_twice_an_act": ("b", twice),
        "modifier_once": ("q", [once]),
        "modifier_urgency": ("q", [urgency]),
    }


def _modifier_ages() -> Arrays:
    def rows(owner: int) -> Iterable[dict[str, int]]:
        for row in law.modifier_ages():
            if row.code == SYMBOLS[owner]:
                yield {
                    "from": day_number(row.from_day),
                    "to": _until(row.to_day),
                    "least_years": row.least_years,
                    "below_years": row.below_years,
                    "extra_days": row.extra_days,
                }

    return _ranges(
        "modifier_age", len(SYMBOLS), _Columns("modifier_age", "from to least_years below_years extra_days"), rows
    )


def _formulas() -> tuple[Arrays, list[dict[str, Any]]]:
    coefficients, parameters, lumps, capped, described = [], [], [], [], []
    for code, one in law.formulas().items():
        terms = [getattr(one, f"of_{term}", getattr(one, term, 0)) for term in law.TERMS]
        coefficients += [0 if term is None else term * 100 for term in terms]
        parameters += [int(term is None) for term in terms]
        lumps.append(int(one.lump))
        capped.append(int(one.capped))
        described.append({"code": code, "label": one.label, "needs": list(one.needs), "generic": terms.count(None) > 1})
    arrays: Arrays = {
        "formula_coefficient_bp": ("i", coefficients),
        "formula_parameter": ("b", parameters),
        "formula_lump": ("b", lumps),
        "formula_capped": ("b", capped),
    }
    return arrays, described


def _texts() -> dict[str, Any]:
    return {
        "messages": [{"code": code, **row} for code, row in load("messages.yaml").items()],
        "words": generate.enumerations(),
        "labels_of": load("labels.yaml"),
        "specialties": {code: one.label for code, one in law.specialties().items()},
    }


def _titles() -> dict[str, str]:
    """Title of each publication, as a trace names it."""
    with (Path(__file__).parent / "tariffs" / "sources.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["table"]: row["title"] if row["table"].startswith("ccam") else f"{row['title']}, {row['publisher']}"
            for row in csv.DictReader(file)
        }


def build() -> tuple[Arrays, dict[str, Any]]:
    """Every array and string of the French flat file."""
    acts = sorted({*ccam.codes(), *ngap.codes()})
    number = {code: at for at, code in enumerate(acts)}
    ngap_codes = set(ngap.codes())
    kinds = [1 if code in ngap_codes else 2 for code in acts]
    formulas, described = _formulas()
    ccam_strings: dict[str, Any] = ccam.strings()
    ngap_strings = ngap.strings()
    ccam_arrays, ngap_arrays = ccam.arrays(number), ngap.arrays(number)
    dental = {code for code, one in law.groupings().items() if one.flags["family"] == "dental"}
    arrays: Arrays = {
        "act_kind": ("b", kinds),
        "grouping_dental": ("b", [int(row["code"] in dental) for row in ccam_strings["groupings"]]),
        **_parameters(),
        **_specialties(),
        **_grids(),
        **_modifier_values(),
        **_modifier_traits(),
        **_modifier_ages(),
        **formulas,
        **ccam_arrays,
        **ngap_arrays,
    }
    titles = _titles()
    labels = {**ccam.labels(), **ngap.labels()}
    strings = {
        "acts": acts,
        "labels": [labels.get(code, code) for code in acts],
        "formulas": described,
        **{key: value for key, value in ccam_strings.items() if key not in {"sources", "labels"}},
        "ccam_sources": [titles[name] for name in ccam_strings["sources"]],
        "ngap_sources": [titles[name] for name in ngap_strings["sources"]],
        **_texts(),
    }
    return arrays, strings

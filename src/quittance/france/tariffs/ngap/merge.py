"""From a table, a history and the decisions on them to one list of prices without overlap.

Layers, each over the one below: the table (a row that starts later over one that starts earlier), the history, the
changes. A history row takes away the table's rows for the same code, zones and specialities from its first day on,
whatever the convention: it is the whole story from there, and a gap in it is a day without price.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from quittance.france.tariffs.ngap.decisions import COMPLEMENTS, Decision
from quittance.france.tariffs.ngap.rows import ALL_OPTIONS, ALL_SECTORS, Price, changed, common, joined, lay, without
from quittance.kernel.dated import OPEN, day_of


@dataclass
class Merged:
    """The prices, and the days for which the layers disagreed."""

    prices: list[Price] = field(default_factory=list)
    disagreements: list[str] = field(default_factory=list)


def merge(table: Iterable[Price], decisions: list[Decision], ends: dict[str, int]) -> Merged:
    """All layers as one list of prices, ordered and joined."""
    base: dict[str, list[Price]] = {}
    for row in sorted(table, key=lambda one: one.from_day):
        base[row.code] = lay(base.get(row.code, []), row)
    prices: dict[str, list[Price]] = {code: list(rows) for code, rows in base.items()}
    merged = Merged()
    layers = [(code, one) for one in decisions if one.kind == "price" for code in one.codes]
    for code, one in layers:
        prices[code] = [
            part
            for row in prices.get(code, [])
            for part in (without(row, _whole_story(code, one)) if row in base.get(code, []) else [row])
        ]
        base[code] = [part for row in base.get(code, []) for part in without(row, _whole_story(code, one))]
    table_rows = _by_code(table)
    for code, one in layers:
        for price in _attributed(code, one, table_rows):
            doubt = _disagreement(price, table_rows.get(code, []))
            merged.disagreements += doubt
            prices[code] = lay(prices.get(code, []), replace(price, doubtful=price.doubtful or bool(doubt)))
    ended = [_ended(row, ends) for rows in prices.values() for row in rows]
    merged.prices = joined(_complemented([row for row in ended if row], decisions))
    return merged


def _by_code(rows: Iterable[Price]) -> dict[str, list[Price]]:
    found: dict[str, list[Price]] = {}
    for row in rows:
        found.setdefault(row.code, []).append(row)
    return found


def _whole_story(code: str, one: Decision) -> Price:
    """What a decision takes from the table: every convention, from its first day on."""
    return replace(one.pattern, code=code, sectors=ALL_SECTORS, options=ALL_OPTIONS, to_day=OPEN)


def _attributed(code: str, one: Decision, table: dict[str, list[Price]]) -> Iterable[Price]:
    """The decision's price, in parts that take bounds, agreement and complements from the table's rows.

    The newest row that serves the same zones and specialities is the model; the newest of all where none does.
    """
    left = [replace(one.pattern, code=code)]
    models = sorted(table.get(code) or table.get(one.like) or [], key=lambda row: row.from_day, reverse=True)
    for model in models:
        everywhere = replace(model, code=code, from_day=0, to_day=OPEN)
        for part in left:
            shared = common(part, everywhere)
            if shared:
                yield _bounded(_dressed(shared, model), one)
        left = [rest for part in left for rest in without(part, everywhere)]
    yield from (_bounded(_dressed(part, models[0]) if models else part, one) for part in left)


def _dressed(price: Price, model: Price) -> Price:
    return replace(
        price,
        coefficient_min_milli=model.coefficient_min_milli,
        coefficient_max_milli=model.coefficient_max_milli,
        coefficient_required=model.coefficient_required,
        agreement=model.agreement,
        night_cents=model.night_cents,
        sunday_cents=model.sunday_cents,
    )


def _bounded(price: Price, one: Decision) -> Price:
    if one.coefficients is None:
        return price
    low, high = one.coefficients
    return replace(price, coefficient_min_milli=low, coefficient_max_milli=high, coefficient_required=True)


def _disagreement(price: Price, table: list[Price]) -> list[str]:
    """Where the table gives another price for a day it was verified on."""
    found = []
    for row in table:
        known = replace(row, to_day=min(row.to_day, row.verified_until))
        shared = common(price, known)
        if shared and row.cents != price.cents:
            found.append(
                f"{price.code} le {day_of(shared.from_day)} : {price.cents} centimes ({price.source}), "
                f"{row.cents} centimes ({row.source})"
            )
    return found


def _ended(row: Price, ends: dict[str, int]) -> Price | None:
    last = ends.get(row.code, OPEN)
    if row.from_day > last:
        return None
    return replace(row, to_day=min(row.to_day, last))


def _complemented(rows: list[Price], decisions: list[Decision]) -> list[Price]:
    """Night, deep night and Sunday of every open price, by profession and day."""
    for kind in COMPLEMENTS:
        for one in decisions:
            if one.kind == kind:
                rows = [part for row in rows for part in _with(row, one, kind)]
    return rows


def _with(row: Price, one: Decision, kind: str) -> Iterable[Price]:
    pattern = replace(one.pattern, code=row.code)
    opened = row.sunday_cents if kind == "sunday" else row.night_cents
    shared = common(row, pattern) if opened >= 0 and one.covers(row.code) else None
    if shared is None:
        yield row
        return
    yield from without(row, pattern)
    yield changed(shared, f"{kind}_cents", one.pattern.cents)

"""What every benchmark prints: a figure, its limit, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter


def said(name: str, figure: float, limit: float, unit: str, *, at_least: bool = False) -> bool:
    """Print one figure beside its limit."""
    holds = figure >= limit if at_least else figure <= limit
    sign = "≥" if at_least else "≤"
    print(f"{'ok  ' if holds else 'FAIL'} {name}: {figure:,.2f} {unit} (limit {sign} {limit:,g} {unit})")
    return holds


def times(work: Callable[[], object], rounds: int) -> list[float]:
    """Sorted seconds of `rounds` calls."""
    found = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return sorted(found)

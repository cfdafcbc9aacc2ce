"""One line of law is one small function over integers, traced when a person asks and compiled for millions.

A rule takes `(tables, bill, line)`, or `(tables, bill, lines, first, last)` when it looks at the acts of a
session together. It reads and writes integer fields and returns the figure that the trace shows.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True)
class Rule:
    """What is known of a rule outside its function: identifier, source in law, fields read, unit of its result."""

    id: str
    source: str
    reads: tuple[str, ...]
    unit: str
    raw: Callable[..., Any] = field(repr=False, compare=False)
    call: Callable[..., Any] = field(repr=False, compare=False)


class Step(NamedTuple):
    """One rule applied once: the lines it was applied to (`last` exclusive), what it read, what it gave."""

    rule: Rule
    first: int
    last: int
    inputs: tuple[int, ...]
    result: int


RULES: dict[str, Rule] = {}
HELPERS: list[Callable[..., Any]] = []


class _Tracing(threading.local):
    steps: list[Step] | None = None


_tracing = _Tracing()


@contextmanager
def tracing() -> Iterator[list[Step]]:
    """Collect the steps of every rule applied in this thread inside the block."""
    before, steps = _tracing.steps, list[Step]()
    _tracing.steps = steps
    try:
        yield steps
    finally:
        _tracing.steps = before


def helper(function: Function) -> Function:
    """Mark a function as one that rules call: compiled with them, never traced."""
    HELPERS.append(function)
    return function


def _reader(names: tuple[str, ...]) -> Callable[[Any, Any], tuple[int, ...]]:
    getters = [(attrgetter(name.removeprefix("bill.")), name.startswith("bill.")) for name in names]

    def read(bill: Any, line: Any) -> tuple[int, ...]:
        return tuple([get(bill) if of_bill else get(line) for get, of_bill in getters])

    return read


def rule(
    *, source: str, reads: tuple[str, ...] = (), unit: str = "cents"
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Make a rule of a function.

    `source` is the article or table; `reads` names the fields that the trace shows (`bill.nature` for one of
    the bill); `unit` is the result's: `cents`, `bp`, `milli`, `day`, `count`, `code`. The rule's identifier
    is its module and name without the outer rooms: `france.compulsory.amount`.

    >>> @rule(source="a table", reads=("base_cents",))
    ... def half(tables, bill, line):
    ...     return line.base_cents // 2
    >>> from types import SimpleNamespace
    >>> with tracing() as steps:
    ...     half(None, None, SimpleNamespace(position=0, base_cents=10))
    5
    >>> steps[0].inputs, steps[0].result, RULES.pop(steps[0].rule.id).reads
    ((10,), 5, ('base_cents',))
    """

    def decorate(raw: Callable[..., Any]) -> Callable[..., Any]:
        identifier = f"{raw.__module__}.{raw.__name__}".removeprefix("quittance.").replace(".pricing.", ".")
        read = _reader(reads)
        append = Step._make

        def apply_line(tables: Any, bill: Any, line: Any) -> Any:
            steps = _tracing.steps
            if steps is None:
                return raw(tables, bill, line)
            inputs = read(bill, line)
            result = raw(tables, bill, line)
            position = line.position
            steps.append(append((info, position, position + 1, inputs, result)))
            return result

        def apply_session(tables: Any, bill: Any, lines: Any, first: int, last: int) -> Any:
            steps = _tracing.steps
            if steps is None:
                return raw(tables, bill, lines, first, last)
            inputs = read(bill, None)
            result = raw(tables, bill, lines, first, last)
            steps.append(append((info, first - bill.first, last - bill.first, inputs, result)))
            return result

        apply = apply_session if raw.__code__.co_argcount == 5 else apply_line
        apply.__name__, apply.__doc__, apply.__module__ = raw.__name__, raw.__doc__, raw.__module__
        info = Rule(identifier, source, reads, unit, raw, apply)
        RULES[identifier] = info
        return apply

    return decorate

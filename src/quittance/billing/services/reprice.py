"""Price an issued bill again, to prove it: it changes nothing, whatever it finds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from quittance.billing.models import Bill
from quittance.billing.services.pricing import library, quoted
from quittance.billing.services.snapshot import canonical


@dataclass(frozen=True, slots=True)
class Difference:
    """One value of the answer that differs: where, what was issued, what would be now."""

    path: str
    issued: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Repricing:
    """What pricing again found."""

    same_law: bool
    same_bytes: bool
    differences: tuple[Difference, ...]


def reprice_snapshot(bill: Bill) -> Repricing:
    """Price the snapshot's input again: under the same law digest it gives the same bytes."""
    issued = bill.snapshot["output"]
    now = quoted(bill.snapshot["input"])
    same = canonical(now) == canonical(issued)
    found = () if same else tuple(differences(issued, now))
    return Repricing(library(bill.country).law_digest() == bill.law_digest, same, found)


def differences(issued: Any, now: Any, path: str = "") -> Iterator[Difference]:
    """Yield what differs between two answers, deepest first named.

    >>> [d.path for d in differences({"acts": [{"fee": "1.00"}]}, {"acts": [{"fee": "2.00"}], "x": 1})]
    ['acts[0].fee', 'x']
    """
    if isinstance(issued, dict) and isinstance(now, dict):
        for name in [*issued, *(name for name in now if name not in issued)]:
            yield from differences(issued.get(name), now.get(name), f"{path}.{name}".lstrip("."))
    elif isinstance(issued, list) and isinstance(now, list) and len(issued) == len(now):
        for place, (before, after) in enumerate(zip(issued, now, strict=True)):
            yield from differences(before, after, f"{path}[{place}]")
    elif issued != now:
        yield Difference(path, issued, now)

"""The product against the oracle on generated sessions: every amount, every rate, who is asked for what.

QUITTANCE_ORACLE_SESSIONS sets how many: unless told, 2,500 in `./test quick` and 20,000 in `./test`.
QUITTANCE_ORACLE_SEED sets where to begin.
"""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

import quittance
from tests import oracle
from tests.oracle.generate import session, sessions

SESSIONS = int(os.environ.get("QUITTANCE_ORACLE_SESSIONS", settings().max_examples * 100))
SEED = int(os.environ.get("QUITTANCE_ORACLE_SEED", "20260101"))
CHUNK = 500
#: A session is large and slow to draw: both are wanted here.
UNHURRIED = [
    HealthCheck.too_slow,
    HealthCheck.large_base_example,
    HealthCheck.data_too_large,
    HealthCheck.filter_too_much,
]

pytestmark = pytest.mark.property

Answer = dict[str, Any]


def difference(asked: dict[str, Any]) -> str | None:
    """None when both agree, else what each says."""
    product, second = quittance.quote(asked), oracle.quote(asked)
    if "error" in product or "error" in second:
        codes = [error["code"] for error in product.get("error", [])]
        return None if second.get("error") in codes else f"product {codes or 'prices'}, oracle {second.get('error')}"
    for number, (one, other) in enumerate(zip(product["acts"], second["acts"], strict=True)):
        for name, value in other.items():
            if one[name] != value:
                return f"acts[{number}].{name}: product {one[name]}, oracle {value}"
    for name in ("totals", "due"):
        if product[name] != second[name]:
            return f"{name}: product {product[name]}, oracle {second[name]}"
    return None


def _smaller(asked: Any) -> Iterator[Any]:
    """The same session with one act or one field less."""
    for number in range(len(asked["acts"]) if len(asked["acts"]) > 1 else 0):
        yield {**asked, "acts": asked["acts"][:number] + asked["acts"][number + 1 :]}
    for part in ("professional", "patient", "cover"):
        for name in asked.get(part, {}):
            if name != "specialty":
                yield {**asked, part: {key: value for key, value in asked[part].items() if key != name}}
    for number, act in enumerate(asked["acts"]):
        for name in act:
            if name != "code":
                changed = copy.deepcopy(asked)
                del changed["acts"][number][name]
                yield changed


def minimal(asked: dict[str, Any]) -> dict[str, Any]:
    """The smallest session, by taking parts away, on which both still disagree about amounts in the same way."""
    kind = _kind(difference(asked))
    for candidate in _smaller(asked):
        if _kind(difference(candidate)) == kind:
            return minimal(candidate)
    return asked


def _kind(found: str | None) -> str:
    """`acts.rate` for `acts[3].rate: ...`: what disagrees, whichever the act."""
    return "" if found is None else "".join(letter for letter in found.split(":")[0] if not letter.isdigit())


def report(seed: int, asked: dict[str, Any]) -> str:
    small = minimal(asked)
    return f"seed {seed}: {difference(small)}\n{json.dumps(small, ensure_ascii=False)}"


@pytest.mark.parametrize("first", range(0, SESSIONS, CHUNK))
def test_the_product_agrees_with_the_oracle(first: int):
    for seed in range(SEED + first, SEED + min(first + CHUNK, SESSIONS)):
        asked = session(Random(seed))
        assert difference(asked) is None, report(seed, asked)


@settings(deadline=None, suppress_health_check=UNHURRIED)
@given(sessions)
def test_the_product_agrees_with_the_oracle_on_sessions_that_shrink(asked: dict[str, Any]):
    assert difference(asked) is None


def test_the_generator_gives_the_same_session_for_the_same_seed():
    assert session(Random(7)) == session(Random(7))


def test_most_generated_sessions_are_priced():
    refused = [seed for seed in range(300) if "error" in oracle.quote(session(Random(seed)))]
    assert len(refused) < 15, refused

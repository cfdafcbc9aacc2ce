"""What holds for every Belgian session: shares sum to what is asked, the trace ends with the amounts."""

from __future__ import annotations

import copy
import json
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quittance
from bench.generated_belgium import session
from quittance.kernel.money import parse_cents as cents

pytestmark = pytest.mark.property

Made = dict[str, Any]


@st.composite
def priced(draw: st.DrawFn, *, most_acts: int = 4) -> Made:
    """A generated session that the rules accept."""
    random = Random(draw(st.integers(0, 2**32)))
    for _ in range(80):
        made = session(random, most_acts)
        if "error" not in quittance.quote(made, trace=False):
            return made
    return {
        "country": "BE",
        "date": "2026-05-04",
        "professional": {"profession": "speech_therapist"},
        "acts": [{"code": "711314"}],
    }


@settings(deadline=None)
@given(priced())
def test_shares_sum_to_what_is_asked(made: Made) -> None:
    answer = quittance.quote(made)
    for act, typed in zip(answer["acts"], made["acts"], strict=True):
        typed_cents = cents(typed.get("supplement", 0))
        assert cents(act["insurer"]) + cents(act["patient"]) == cents(act["fee"]) + typed_cents
        assert cents(act["personal_share"]) + cents(act["supplement"]) == cents(act["patient"])
        assert 0 <= cents(act["insurer"]) <= cents(act["fee"])
        assert min(cents(act[name]) for name in ("personal_share", "supplement", "patient")) >= 0
    for total in ("fee", "insurer", "personal_share", "supplement", "patient"):
        assert cents(answer["totals"][total]) == sum(cents(act[total]) for act in answer["acts"])
    asked = cents(answer["totals"]["insurer"]) + cents(answer["totals"]["patient"])
    assert sum(map(cents, answer["due"].values())) == asked
    assert cents(answer["due"]["insurer"]) == (cents(answer["totals"]["insurer"]) if made["third_party"] else 0)


@settings(deadline=None)
@given(priced(), st.randoms(use_true_random=False))
def test_the_order_of_lines_matters_only_under_a_ceiling(made: Made, random: Any) -> None:
    answer = quittance.quote(made)
    if any(one["code"] == "ceiling.applied" for one in answer["messages"]):
        return
    order = list(range(len(made["acts"])))
    random.shuffle(order)
    again = quittance.quote({**made, "acts": [made["acts"][at] for at in order]})
    if "error" in again:
        assert made["professional"]["profession"] == "nurse"
        return
    amounts = ("official_fee", "fee", "insurer", "personal_share", "supplement", "patient")
    for place, at in enumerate(order):
        assert [again["acts"][place][name] for name in amounts] == [answer["acts"][at][name] for name in amounts]


@settings(deadline=None, max_examples=50)
@given(priced())
def test_the_same_session_gives_the_same_bytes(made: Made) -> None:
    first = json.dumps(quittance.quote(made))
    assert json.dumps(quittance.quote(copy.deepcopy(made))) == first
    plain = quittance.quote(made, trace=False)
    assert plain["totals"] == json.loads(first)["totals"]
    assert "steps" not in plain["acts"][0]


@settings(deadline=None, max_examples=50)
@given(priced())
def test_the_trace_ends_with_the_amounts_it_explains(made: Made) -> None:
    for act in quittance.quote(made)["acts"]:
        results = {step["rule"].removeprefix("belgium."): step["result"] for step in act["steps"]}
        assert results["fee.amount"] == act["fee"]
        assert results["reimbursement.amount"] == act["insurer"]
        assert results["shares.patient"] == act["patient"]
        assert all(step["label"] and step["source"] for step in act["steps"])


@settings(deadline=None, max_examples=50)
@given(priced())
def test_a_preferential_patient_never_pays_more(made: Made) -> None:
    ordinary = {**made, "patient": {**made["patient"], "preferential": False}}
    better = {**made, "patient": {**made["patient"], "preferential": True}}
    first, second = quittance.quote(ordinary, trace=False), quittance.quote(better, trace=False)
    if "error" in first or "error" in second:
        return
    for one, other in zip(first["acts"], second["acts"], strict=True):
        if one["fee"] == other["fee"]:
            assert cents(other["insurer"]) >= cents(one["insurer"])

"""What holds for every French session: shares sum to the fee, order does not matter, no amount moves alone."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import quittance
from bench.generated import ccam_codes, session
from quittance.kernel.money import parse_cents

pytestmark = pytest.mark.property

Made = dict[str, Any]


@st.composite
def priced(draw: st.DrawFn, *, most_acts: int = 5) -> Made:
    """A generated session that the rules accept."""
    random = Random(draw(st.integers(0, 2**32)))
    ccam = ccam_codes()
    for _ in range(60):
        made = session(random, ccam, most_acts)
        if "error" not in quittance.quote(made, trace=False):
            return made
    return {"country": "FR", "date": "2026-01-05", "professional": {"specialty": "01"}, "acts": [{"code": "G"}]}


def cents(text: str) -> int:
    return parse_cents(text)


@settings(deadline=None)
@given(priced())
def test_shares_sum_to_the_fee_and_what_is_asked_sums_to_the_bill(made: Made) -> None:
    answer = quittance.quote(made)
    for act in answer["acts"]:
        assert cents(act["amo"]) + cents(act["amc"]) + cents(act["patient"]) == cents(act["fee"])
        assert cents(act["base"]) + cents(act["excess"]) == cents(act["fee"])
    for total in ("fee", "amo", "amc", "patient"):
        assert cents(answer["totals"][total]) == sum(cents(act[total]) for act in answer["acts"])
    assert sum(cents(amount) for amount in answer["due"].values()) == cents(answer["totals"]["fee"])


@settings(deadline=None)
@given(priced(), st.randoms(use_true_random=False))
def test_the_order_of_lines_does_not_matter_except_where_the_law_orders_them(made: Made, random: Any) -> None:
    """Free care is spent line after line, and the first of equals keeps the contribution: the law orders both."""
    answer = quittance.quote(made)
    if made["cover"]["nature"] == "free_care" or len({act["base"] for act in answer["acts"]}) < len(answer["acts"]):
        return
    order = list(range(len(made["acts"])))
    random.shuffle(order)
    shuffled = {**made, "acts": [made["acts"][at] for at in order]}
    again = quittance.quote(shuffled)
    assert "error" not in again
    for place, at in enumerate(order):
        for name in ("base", "fee", "rate", "amo", "amc", "patient", "pav"):
            assert again["acts"][place][name] == answer["acts"][at][name]


def test_the_first_of_equals_keeps_the_contribution() -> None:
    act = {"code": "NEKA020"}
    made = {"country": "FR", "date": "2026-01-05", "professional": {"specialty": "41"}, "acts": [act, act]}
    assert [one["pav"] for one in quittance.quote(made)["acts"]] == ["24.00", "0.00"]


UNRELATED: list[tuple[str, Callable[[Made], None]]] = [
    ("treating doctor", lambda made: made["cover"].update(treating_doctor="yes")),
    ("third-party payment", lambda made: made["cover"].update(third_party={"amo": True, "amc": True})),
    ("billing date, with dated acts", lambda made: made.update(date="2027-01-01")),
    ("free care amount outside free care", lambda made: made["cover"].update(free_care_amount="10.00")),
    ("an answered agreement", lambda made: made["acts"][0].update(prior_agreement="4")),
]


@pytest.mark.parametrize(("name", "change"), UNRELATED, ids=[name for name, _ in UNRELATED])
@settings(deadline=None, max_examples=40)
@given(made=priced())
def test_no_amount_moves_when_an_unrelated_field_does(name: str, change: Callable[[Made], None], made: Made) -> None:
    for act in made["acts"]:
        act.setdefault("date", made["date"])
    if made["cover"]["nature"] == "free_care" or made["acts"][0].get("prior_agreement"):
        return
    changed = copy.deepcopy(made)
    change(changed)
    first, second = quittance.quote(made, trace=False), quittance.quote(changed, trace=False)
    assert second["totals"] == first["totals"]
    for one, other in zip(first["acts"], second["acts"], strict=True):
        assert one == other


@settings(deadline=None, max_examples=50)
@given(priced())
def test_the_same_session_gives_the_same_bytes(made: Made) -> None:
    first = json.dumps(quittance.quote(made))
    assert json.dumps(quittance.quote(copy.deepcopy(made))) == first


@settings(deadline=None, max_examples=50)
@given(priced())
def test_the_trace_ends_with_the_amounts_it_explains(made: Made) -> None:
    answer = quittance.quote(made)
    for act in answer["acts"]:
        results = {step["rule"].removeprefix("france."): step["result"] for step in act["steps"]}
        assert results["base.fee"] == act["fee"]
        assert results["shares.patient"] == act["patient"]
        assert all(step["label"] and step["source"] for step in act["steps"])


def test_a_higher_rate_never_lowers_the_share_of_the_fund() -> None:
    """Common rate, solidarity fund, local scheme, exemption: each at least the one before."""
    base: Made = {"country": "FR", "date": "2026-01-05", "professional": {"specialty": "24"}, "acts": [{"code": "BSB"}]}
    covers = [{}, {"fsv": True}, {"local_scheme": True}, {"exemption": "4"}]
    shares = [cents(quittance.quote({**base, "cover": cover})["totals"]["amo"]) for cover in covers]
    assert all(low < high for low, high in pairwise(shares))

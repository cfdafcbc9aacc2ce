"""The law cases of `tests/cases/france`: each through the product and through the oracle, to the cent."""

from __future__ import annotations

import copy
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import quittance
from tests import oracle
from tests.oracle import laws

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "france"
AMOUNTS = ("unit_price", "base", "fee", "excess", "rate", "amo", "amc", "patient", "pav")

pytestmark = pytest.mark.cases

Case = dict[str, Any]


class _Reader(yaml.SafeLoader):
    """YAML in which 23.00 and 2025-01-01 stay the text they are."""


_Reader.yaml_implicit_resolvers = {
    letter: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":float", ":timestamp"))]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(path: Path) -> Iterator[Case]:
    """Each row of each entry as one whole case."""
    for entry in yaml.load(path.read_text(encoding="utf-8"), Loader=_Reader):
        for row in entry.get("rows", [{}]):
            case = {key: value for key, value in {**entry, **row}.items() if key not in ("rows", "set")}
            case["name"] = " / ".join(part for part in (entry["name"], row.get("name")) if part)
            case["file"] = path.stem
            case["input"] = copy.deepcopy(entry["input"])
            for place, value in row.get("set", {}).items():
                _set(case["input"], place, value)
            yield case


def _set(target: Any, place: str, value: Any) -> None:
    """Put a value at a path such as `acts[0].code`; DELETE takes it away."""
    steps: list[str | int] = [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", place)]
    for step, after in pairwise(steps):
        if isinstance(target, dict):
            target = target.setdefault(step, [] if isinstance(after, int) else {})
        else:
            target = target[step]
    last = steps[-1]
    if value == "DELETE":
        del target[last]
    elif isinstance(target, list) and isinstance(last, int) and last == len(target):
        target.append(copy.deepcopy(value))
    else:
        target[last] = copy.deepcopy(value)


CASES = [case for path in sorted(FOLDER.glob("*.yaml")) for case in _read(path)]
PRICED = [case for case in CASES if "errors" not in case["expect"]]
REFUSED = [case for case in CASES if "errors" in case["expect"]]


def _ids(cases: list[Case]) -> list[str]:
    return [f"{case['file']}: {case['name']}" for case in cases]


def _assert_amounts(expect: Case, answer: dict[str, Any]) -> None:
    assert "error" not in answer, answer["error"]
    wanted = expect.get("acts", [])
    shown = [{name: act[name] for name in want} for want, act in zip(wanted, answer["acts"], strict=False)]
    assert shown == wanted
    assert {name: answer[name] for name in ("totals", "due") if name in expect and name in answer} == {
        name: {**answer[name], **expect[name]} for name in ("totals", "due") if name in expect
    }


@pytest.mark.parametrize("case", PRICED, ids=_ids(PRICED))
def test_the_product_gives_the_amounts_of_the_case(case: Case):
    answer = quittance.quote(case["input"])
    _assert_amounts(case["expect"], answer)
    codes = {message["code"] for message in answer["messages"]}
    assert set(case["expect"].get("messages", ())) <= codes
    assert not set(case["expect"].get("no_messages", ())) & codes
    for code, words in case["expect"].get("message_says", {}).items():
        assert any(words in message["text"] for message in answer["messages"] if message["code"] == code)


@pytest.mark.parametrize("case", PRICED, ids=_ids(PRICED))
def test_the_oracle_gives_the_amounts_of_the_case(case: Case):
    _assert_amounts(case["expect"], oracle.quote(case["input"]))


@pytest.mark.parametrize("case", REFUSED, ids=_ids(REFUSED))
def test_the_product_refuses_the_case_in_french_with_a_remedy(case: Case):
    expect = case["expect"]
    errors = quittance.quote(case["input"])["error"]
    if expect["errors"] != "any":
        counted = Counter(error["code"] for error in errors)
        assert not Counter(expect["errors"]) - counted, errors
    text = " ".join(error["message"] for error in errors)
    assert all(word.casefold() in text.casefold() for word in expect.get("says", ())), text
    if "path" in expect:
        assert expect["path"] in {error["path"] for error in errors}
    for error in errors:
        assert len(error["message"].split()) >= 4, "a refusal says what is wrong and what to do"


def test_no_amount_is_lost_between_the_shares():
    for case in PRICED:
        answer = quittance.quote(case["input"])
        if "error" in answer:
            continue  # told by the test of the case itself
        totals, due = answer["totals"], answer["due"]
        for shares in (*answer["acts"], totals):
            assert _cents(shares["amo"]) + _cents(shares["amc"]) + _cents(shares["patient"]) == _cents(shares["fee"])
        assert sum(_cents(share) for share in due.values()) == _cents(totals["fee"])


def _cents(amount: str) -> int:
    return int(amount.replace(".", ""))


def test_every_case_says_where_its_amounts_come_from():
    for case in CASES:
        assert case.get("source"), case["name"]
        assert case.get("worked") or case.get("published"), case["name"]


def test_every_priced_case_expects_an_amount():
    for case in PRICED:
        expect = case["expect"]
        assert any(expect.get("acts", [])) or expect.get("totals") or expect.get("due"), case["name"]


def test_case_names_are_unique():
    names = _ids(CASES)
    assert len(names) == len(set(names)) >= 250


def test_every_message_of_the_law_files_has_a_case():
    expected = [case["expect"] for case in CASES]
    named = {code for expect in expected for code in expect.get("messages", ())}
    named |= {code for expect in expected for code in expect.get("errors", ()) if expect["errors"] != "any"}
    only_in_batch = {"input.invalid"}
    assert set(laws.file("messages")) - named - only_in_batch == set()


def _seen(*places: str) -> set[Any]:
    """Every value that occurs at one of the places, over all cases that are priced."""
    found: set[Any] = set()
    for case in PRICED:
        for place in places:
            if place.startswith("acts."):
                found |= {act.get(place[5:]) for act in case["input"]["acts"] if place[5:] in act}
                continue
            value: Any = case["input"]
            for step in place.split("."):
                value = value.get(step) if isinstance(value, dict) else None
            found.add(value)
    return found


def test_every_choice_of_the_contract_occurs():
    formulas = {"010", "011", "012", "013", "014", "020", "021", "022", "023", "024", "025", "026", "027", "028",
                "029", "02A", "030", "031", "032", "040", "041", "042", "043", "050", "051", "052", "060", "061",
                "090", "101", "102"}  # fmt: skip
    assert len(formulas) == 31
    assert formulas <= _seen("cover.complementary.formula")
    assert set("TNROMJBDUH") | {"S1", "S2", None} <= _seen("cover.pathway")
    assert set("0123456789C") - {"8"} <= _seen("cover.exemption", "acts.exemption")
    assert set("ABDEFGN") <= _seen("acts.qualifier")
    assert set("045D") <= _seen("acts.prior_agreement")
    assert {"c2s", "ame"} <= _seen("cover.scheme")
    assert {"illness", "maternity", "work_accident", "free_care", "prevention"} <= _seen("cover.nature")
    assert {"metropole", "guadeloupe", "martinique", "guyane", "reunion", "mayotte"} <= _seen("professional.zone")
    assert {"1", "1DP", "2", "0"} <= _seen("professional.sector", "professional.sector") | {"1"}
    assert {"optam", "optam_aco"} <= _seen("professional.option")
    assert {"night", "deep_night", "sunday"} <= _seen("acts.complement")
    assert {1, 2, 3, 4, 5, None} <= _seen("acts.association") | {None}
    assert {"O", "N"} <= _seen("acts.exceptional")
    assert {"01", "12", "19", "21", "24", "26", "27", "28", "29"} <= _seen("professional.specialty")

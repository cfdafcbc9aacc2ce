"""The law cases of `tests/cases/belgium`: each through the product and through the second calculator, to the cent."""

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
from tests.oracle import belgium as oracle
from tests.oracle import belgium_tables as tables

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "belgium"

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
#: Refusals of the border, before any rule: the second calculator reads valid sessions only.
BORDER = {"act.check_digit", "act.invalid", "insurability.unknown", "country.unknown", "custom_tariff.twice"}
BY_A_RULE = [case for case in REFUSED if case["file"] != "bad_input"]


def _ids(cases: list[Case]) -> list[str]:
    return [f"{case['file']}: {case['name']}" for case in cases]


def _assert_amounts(expect: Case, answer: dict[str, Any]) -> None:
    assert "error" not in answer, answer["error"]
    wanted = expect.get("acts", [])
    shown = [{name: act[name] for name in want} for want, act in zip(wanted, answer["acts"], strict=False)]
    assert shown == wanted
    assert {name: answer[name] for name in ("totals", "due") if name in expect} == {
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
def test_the_second_calculator_gives_the_amounts_of_the_case(case: Case):
    _assert_amounts(case["expect"], oracle.quote(case["input"]))


@pytest.mark.parametrize("case", REFUSED, ids=_ids(REFUSED))
def test_the_product_refuses_the_case_in_french_with_a_remedy(case: Case):
    expect = case["expect"]
    errors = quittance.quote(case["input"])["error"]
    assert not Counter(expect["errors"]) - Counter(error["code"] for error in errors), errors
    text = " ".join(error["message"] for error in errors)
    assert all(word.casefold() in text.casefold() for word in expect.get("says", ())), text
    if "path" in expect:
        assert expect["path"] in {error["path"] for error in errors}
    for error in errors:
        assert len(error["message"].split()) >= 4, "a refusal says what is wrong and what to do"


@pytest.mark.parametrize("case", BY_A_RULE, ids=_ids(BY_A_RULE))
def test_the_second_calculator_refuses_the_case(case: Case):
    assert oracle.quote(case["input"])["error"] in case["expect"]["errors"]


def _columns(*amounts: str) -> dict[str, int]:
    names = ("fee", "ordinary", "preferential", "cut")
    return dict(zip(names, (int(amount.replace(".", "")) for amount in amounts), strict=True))


#: The money columns of the logopedics list of 2026-01-01, as printed: fee, ordinary, preferential, ordinary when cut.
PRINTED = {
    "initial assessment 30": _columns("45.38", "37.88", "42.38", "28.41"),
    "evaluation session": _columns("76.73", "65.73", "72.23", "49.30"),
    "individual 30": _columns("38.37", "32.87", "36.37", "24.66"),
    "individual 30 school": _columns("37.06", "31.06", "35.06", "23.30"),
    "individual 60": _columns("77.05", "66.05", "72.55", "49.54"),
    "guidance individual 60": _columns("77.05", "66.05", "72.55", "49.54"),
    "collective 60": _columns("19.76", "16.76", "18.76", "12.57"),
    "guidance collective 90": _columns("32.89", "27.39", "30.89", "20.55"),
}
LOGOPEDICS = sorted(
    code
    for code, act in tables.acts().items()
    if act["profession"] == "speech_therapist" and act["source"] == "logopedie-2026"
)


def test_the_logopedics_list_has_its_125_codes():
    assert len(LOGOPEDICS) == 125


@pytest.mark.parametrize("code", LOGOPEDICS)
def test_every_code_of_the_logopedics_list_gives_the_printed_amounts(code: str):
    """Each regime, with and without convention, on both sides of the cut's first day, and the first and last day."""
    act = tables.acts()[code]
    school = " school" if act["category"] == "individual 30" and act["places"] == "school" else ""
    printed = PRINTED[act["category"] + school]
    for day, cut in (("2026-01-01", False), ("2026-03-31", False), ("2026-04-01", True), ("2026-12-31", True)):
        for convention in ("conventioned", "none"):
            for ct1, column in (
                ("110", "cut" if cut and convention == "none" else "ordinary"),
                ("111", "preferential"),
            ):
                asked = {
                    "country": "BE", "date": day, "patient": {"ct1": ct1, "ct2": ct1}, "acts": [{"code": code}],
                    "professional": {"profession": "speech_therapist", "convention": convention},
                }  # fmt: skip
                shown = quittance.quote(asked)["acts"][0]
                assert (_cents(shown["official_fee"]), _cents(shown["fee"])) == (printed["fee"], printed["fee"])
                assert _cents(shown["insurer"]) == printed[column], (day, convention, ct1)
                assert _cents(shown["personal_share"]) == printed["fee"] - printed[column]
                assert oracle.quote(asked)["acts"][0]["insurer"] == shown["insurer"]


def test_no_amount_is_lost_between_the_shares():
    for case in PRICED:
        answer = quittance.quote(case["input"])
        if "error" in answer:
            continue  # told by the test of the case itself
        typed = 0
        for act in answer["acts"]:
            extra = _cents(act["patient"]) + _cents(act["insurer"]) - _cents(act["fee"])
            assert extra >= 0
            assert _cents(act["personal_share"]) + _cents(act["supplement"]) == _cents(act["patient"])
            typed += extra
        assert sum(_cents(share) for share in answer["due"].values()) == _cents(answer["totals"]["fee"]) + typed
        for name, total in answer["totals"].items():
            assert _cents(total) == sum(_cents(act[name]) for act in answer["acts"])


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
    named = {code for expect in expected for code in (*expect.get("messages", ()), *expect.get("errors", ()))}
    only_in_batch = {"input.invalid"}
    # Flat rate C has no shipped price, and no shipped price stands on a day without a figure.
    # No shipped act is a general practitioner's without being named; session acts are priced in 2018 only.
    only_with_an_import = {"katz.doubtful", "parameter.unknown", "ceiling.unknown", "third_party.obligatory_doubtful"}
    assert set(tables.law("messages")) - named == only_in_batch | only_with_an_import
    assert named >= BORDER


def _seen(place: str) -> set[Any]:
    """Every value that occurs at the place, over all cases that are priced."""
    found: set[Any] = set()
    for case in PRICED:
        if place.startswith("acts."):
            found |= {act.get(place[5:]) for act in case["input"]["acts"] if place[5:] in act}
            continue
        value: Any = case["input"]
        for step in place.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        found.add(value)
    return found


def test_every_choice_of_the_contract_occurs():
    professions = {"speech_therapist", "nurse", "physiotherapist", "doctor", "dentist"}
    assert professions <= _seen("professional.profession")  # a midwife has no shipped price: her refusals are cases
    assert {"conventioned", "partial", "none", None} <= _seen("professional.convention")
    places = {"practice", "home", "school", "rehabilitation", "hospital", "rest_home", "community", "day_care", None}
    assert places <= _seen("place")
    for name in ("gmd", "chronic", "palliative", "force_official", "preferential"):
        assert True in _seen(f"patient.{name}")
    assert {True, False, None} <= _seen("third_party")
    reasons = {"early_hour", "weekend", "holiday", "home_request", "travel_request", "particular_demand"}
    assert reasons <= _seen("acts.supplement_reason")

"""From the integers of the kernel to the answer of the contract: amounts, shares, messages, steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.texts import Texts
from quittance.kernel.money import format_cents
from quittance.kernel.rule import Rule, Step
from quittance.kernel.session import Problem

AMOUNTS = {
    "official_fee": "official_cents",
    "fee": "fee_cents",
    "insurer": "insurer_cents",
    "personal_share": "personal_cents",
    "supplement": "extra_cents",
    "patient": "patient_cents",
}
"""Fields of the contract's acts, by the line's."""


@lru_cache(maxsize=4096)
def euro(cents: int) -> str:
    """`format_cents`, remembered: the same amounts come back all day."""
    return format_cents(cents)


def answer(bill: Any, lines: list[Any], steps: list[Step] | None, texts: Texts) -> dict[str, Any]:
    """The priced bill, or `{"error": […]}` where a rule refused it."""
    billed = [line for line in lines if not line.past]
    if bill.messages & codes.ERRORS:
        return {"error": errors(bill, billed, texts)}
    acts = [_act(line, texts) for line in billed]
    if steps is not None:
        _explain(acts, lines, steps, texts)
    return {
        "country": "BE",
        "acts": acts,
        "totals": {name: _total(billed, field) for name, field in AMOUNTS.items() if name != "official_fee"},
        "due": {name: _total(billed, f"due_{name}_cents") for name in ("insurer", "patient")},
        "messages": messages(bill, billed, texts),
    }


def _total(lines: list[Any], field: str) -> str:
    return euro(sum(getattr(line, field) for line in lines))


def _act(line: Any, texts: Texts) -> dict[str, Any]:
    amounts = {name: euro(getattr(line, field)) for name, field in AMOUNTS.items()}
    return {"code": texts.acts[line.act], "date": texts.day(line.day), **amounts}


def _explain(acts: list[dict[str, Any]], lines: list[Any], steps: list[Step], texts: Texts) -> None:
    """Give each act its steps, in order; those of earlier acts are not shown."""
    for act in acts:
        act["steps"] = []
    for rule, first, _, inputs, result in steps:
        if first >= len(acts):
            continue
        entry = {
            "rule": rule.id,
            "label": texts.rule_label(rule.id),
            "inputs": {
                name: show(value)
                for (name, show, optional), value in zip(_inputs(rule, texts), inputs, strict=True)
                if value or not optional
            },
            "result": _shower(rule.unit, texts)(result),
            "source": texts.source_of(rule, lines[first]),
        }
        acts[first]["steps"].append(entry)


Shown = tuple[str, Callable[[Any], str], bool]
_INPUTS: dict[tuple[str, int], list[Shown]] = {}
_OPTIONAL = frozenset(
    {"gmd", "chronic", "palliative", "force_official", "place", "unit_fee_cents", "supplement_cents", "reduction_bp"}
)


def _inputs(rule: Rule, texts: Texts) -> list[Shown]:
    """Label of each input of a rule, how it is written, and whether it only shows where it is given."""
    key = (rule.id, id(texts))
    found = _INPUTS.get(key)
    if found is None:
        names = [name.removeprefix("bill.") for name in rule.reads]
        found = _INPUTS[key] = [(texts.field_label(name), _shower(name, texts), name in _OPTIONAL) for name in names]
    return found


def _shower(name: str, texts: Texts) -> Callable[[Any], str]:
    """How a field or a result is written, by the unit in its name."""
    unit = name.rpartition("_")[2]
    if unit in _UNITS:
        return _UNITS[unit]
    if name == "act":
        return texts.acts.__getitem__
    if name == "day":
        return texts.day
    if name == "katz":
        return lambda scores: " ".join(map(str, scores))
    return texts.word(name)


def percent(basis_points: int) -> str:
    """Basis points as a percentage.

    >>> percent(7500), percent(10000)
    ('75 %', '100 %')
    """
    whole, rest = divmod(basis_points, 100)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{decimals} %"


_UNITS: dict[str, Callable[[Any], str]] = {"cents": euro, "bp": percent, "count": str, "months": str}


def errors(bill: Any, lines: list[Any], texts: Texts) -> list[Problem]:
    """Every refusal of the rules, beside its field."""
    return [
        Problem(code=message.code, path=_path(line, message.field), message=texts.say(message, line, bill))
        for line in lines
        for message in texts.messages_of(line.messages & codes.ERRORS)
    ]


def messages(bill: Any, lines: list[Any], texts: Texts) -> list[dict[str, str]]:
    """Warnings and information, beside their field."""
    found = [
        _message(message, _path(line, message.field), texts.say(message, line, bill))
        for line in lines
        for message in texts.messages_of(line.messages)
    ]
    return found + [_message(one, one.field, one.text) for one in texts.messages_of(bill.messages)]


def _path(line: Any, field: str) -> str:
    return f"acts[{line.position}]" + (f".{field}" if field else "")


def _message(message: Any, path: str, text: str) -> dict[str, str]:
    return {"level": message.level, "code": message.code, "path": path, "text": text}

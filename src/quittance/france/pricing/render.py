"""From the integers of the kernel to the answer of the contract: amounts, shares, messages, steps."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, cast

from quittance.france.pricing import codes, shares
from quittance.france.pricing.texts import Texts
from quittance.kernel.money import format_cents
from quittance.kernel.rule import Rule, Step
from quittance.kernel.session import Problem


@lru_cache(maxsize=4096)
def euro(cents: int) -> str:
    """`format_cents`, remembered: the same amounts come back all day."""
    return format_cents(cents)


def answer(bill: Any, lines: list[Any], steps: list[Step] | None, texts: Texts) -> dict[str, Any]:
    """The priced bill, or `{"error": […]}` where a rule refused it."""
    if bill.messages & codes.ERRORS:
        return {"error": errors(bill, lines, texts)}
    acts = [_act(line, texts) for line in lines]
    if steps is not None:
        _explain(acts, bill, lines, steps, texts)
    return {
        "country": "FR",
        "acts": acts,
        "totals": {
            name: euro(sum(getattr(line, f"{name}_cents") for line in lines))
            for name in ("base", "fee", "amo", "amc", "patient")
        },
        "due": {
            name: euro(sum(getattr(line, f"due_{name}_cents") for line in lines)) for name in ("amo", "amc", "patient")
        },
        "messages": messages(bill, lines, texts),
    }


def _act(line: Any, texts: Texts) -> dict[str, Any]:
    rate = line.rate_bp // 100 if line.rate_bp % 100 == 0 else f"{line.rate_bp // 100}.{line.rate_bp % 100:02d}"
    return {
        "code": texts.acts[line.act],
        "date": texts.day(line.day),
        "unit_price": euro(line.unit_cents),
        "base": euro(line.base_cents),
        "fee": euro(line.fee_cents),
        "excess": euro(line.excess_cents),
        "rate": rate if line.rate_known else None,
        "amo": euro(line.amo_cents),
        "amc": euro(line.amc_cents),
        "patient": euro(line.patient_cents),
        "pav": euro(line.pav_cents),
    }


def _explain(acts: list[dict[str, Any]], bill: Any, lines: list[Any], steps: list[Step], texts: Texts) -> None:
    """Give each act its steps, in order; a session's step stands in every act of the session."""
    for act in acts:
        act["steps"] = []
    for rule, first, last, inputs, result in steps:
        entry = {
            "rule": rule.id,
            "label": texts.rule_label(rule.id),
            "inputs": {
                name: show(value)
                for (name, show, typed), value in zip(_inputs(rule, texts), inputs, strict=True)
                if not typed or _given(value)
            },
            "result": _shower(rule.unit, texts)(result),
            "source": rule.source,
        }
        if rule.source == "table":
            entry["source"] = texts.price_source(lines[first], bill)
        if last - first == 1:
            acts[first]["steps"].append(entry)
        else:
            for line in lines[first:last]:
                if line.session == first:
                    acts[line.position]["steps"].append(entry)


Shown = tuple[str, Callable[[int], str], bool]
_INPUTS: dict[tuple[str, int], list[Shown]] = {}


def _inputs(rule: Rule, texts: Texts) -> list[Shown]:
    """Label of each input of a rule, how it is written, and whether it only shows where a person typed it."""
    key = (rule.id, id(texts))
    found = _INPUTS.get(key)
    if found is None:
        names = [name.removeprefix("bill.") for name in rule.reads]
        found = _INPUTS[key] = [
            (texts.field_label(name), _shower(name, texts), name.endswith("_typed_cents") or name in _OPTIONAL)
            for name in names
        ]
    return found


_OPTIONAL = frozenset({"percent_bp", "lump_cents", "ceiling_cents", "pav_cents"})


def _given(value: Any) -> bool:
    """Whether a figure that is often absent stands there."""
    return any(value) if isinstance(value, list) else value != 0


def _shower(name: str, texts: Texts) -> Callable[[int], str]:
    """How a field or a result is written, by the unit in its name."""
    unit = name.rpartition("_")[2]
    if name == "percent_bp":
        return lambda values: ", ".join(percent(value) for value in cast(list[int], values) if value)
    if unit in _UNITS:
        return _UNITS[unit]
    if name == "act":
        return texts.acts.__getitem__
    if name == "day":
        return texts.day
    if name == "specialty":
        return texts.specialty
    return texts.word(name)


def percent(basis_points: int) -> str:
    """Basis points as a percentage.

    >>> percent(7000), percent(1650)
    ('70 %', '16.5 %')
    """
    whole, rest = divmod(basis_points, 100)
    decimals = f".{rest:02d}".rstrip("0") if rest else ""
    return f"{whole}{decimals} %"


def _scaled(places: int) -> Callable[[int], str]:
    def show(value: int) -> str:
        whole, rest = divmod(value, 10**places)
        return f"{whole}.{rest:0{places}d}".rstrip("0").rstrip(".")

    return show


_UNITS: dict[str, Callable[[int], str]] = {
    "cents": euro,
    "bp": percent,
    "milli": _scaled(3),
    "e5": _scaled(5),
    "percent": lambda value: f"{value} %",
    "count": str,
}


def errors(bill: Any, lines: list[Any], texts: Texts) -> list[Problem]:
    """Every refusal of the rules, beside its field."""
    found = []
    for line in lines:
        for message in texts.messages_of(line.messages & codes.ERRORS):
            path = f"acts[{line.position}].{message.field}"
            found.append(Problem(code=message.code, path=path, message=texts.say(message, line, bill, lines)))
    return found


def messages(bill: Any, lines: list[Any], texts: Texts) -> list[dict[str, str]]:
    """Warnings and information, beside their field."""
    found = []
    for line in lines:
        for message in texts.messages_of(line.messages):
            path = f"acts[{line.position}]" + (f".{message.field}" if message.field else "")
            found.append(_message(message, path, texts.say(message, line, bill, lines)))
    for message in texts.messages_of(bill.messages):
        context = {"contribution": ""}
        if message.code == "info.contribution":
            deductions = [shares.later_deduction(texts.tables, bill, line) for line in lines]
            context["contribution"] = euro(max(deductions)).replace(".", ",")
        found.append(_message(message, message.field, message.text.format(**context)))
    return found


def _message(message: Any, path: str, text: str) -> dict[str, str]:
    return {"level": message.level, "code": message.code, "path": path, "text": text}

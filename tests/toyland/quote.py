"""One session of Toyland, from dict to dict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, ValidationError

from quittance.kernel.dated import day_number, day_of
from quittance.kernel.money import format_cents
from quittance.kernel.rule import Step, tracing
from quittance.kernel.session import Day, Strict, problems

from . import rules

if TYPE_CHECKING:
    from .country import Toyland

PAYERS = ("fund", "patient")
LABELS = {
    "price": "Prix de l'acte",
    "fee": "Honoraires",
    "rate": "Part que paie la caisse",
    "fund": "Caisse",
    "patient": "Patient",
}
FIELDS = {
    "act": "Acte",
    "day": "Date",
    "unit_cents": "Prix",
    "quantity": "Quantité",
    "member": "Affilié",
    "fee_cents": "Honoraires",
    "rate_bp": "Taux",
    "fund_cents": "Caisse",
}


class Act(Strict):
    """An act of the list."""

    code: str
    date: Day | None = None
    quantity: Annotated[int, Field(strict=True, ge=1, le=99)] = 1


class Patient(Strict):
    """Whether the fund knows him."""

    member: bool = False


class Session(Strict):
    """The input of a quote."""

    country: Literal["XT"]
    date: Day
    professional: dict[str, Any] = {}
    patient: Patient = Patient()
    acts: Annotated[list[Act], Field(min_length=1, max_length=200)]


def quote(country: Toyland, given: Mapping[str, Any], trace: bool) -> dict[str, Any]:
    """Price a session, or say every reason why not."""
    try:
        session = Session.model_validate(given)
    except ValidationError as error:
        return {"error": problems(error)}
    acts, bill, lines = country.flat.strings["acts"], rules.Bill(), []
    unknown = [
        {"code": "act.unknown", "path": f"acts[{at}].code", "message": f"{one.code} n'est pas un acte. Cherchez-le."}
        for at, one in enumerate(session.acts)
        if one.code not in acts
    ]
    if unknown:
        return {"error": unknown}
    for position, one in enumerate(session.acts):
        line = rules.Line()
        line.position, line.act, line.quantity = position, acts.index(one.code), one.quantity
        line.day = day_number(one.date or session.date)
        lines.append(line)
    bill.last, bill.member = len(lines), int(session.patient.member)
    with tracing() as steps:
        rules.price_bill(country.tables(), bill, lines)
    return _answer(country, bill, lines, steps if trace else None)


def _answer(country: Toyland, bill: Any, lines: list[Any], steps: list[Step] | None) -> dict[str, Any]:
    acts = country.flat.strings["acts"]
    if bill.messages:
        text = "{} n'a pas de prix le {}. Corrigez la date."
        unpriced = [line for line in lines if line.messages]
        return {
            "error": [
                {
                    "code": "price.unknown",
                    "path": f"acts[{line.position}].code",
                    "message": text.format(acts[line.act], day_of(line.day)),
                }
                for line in unpriced
            ]
        }
    answers: list[dict[str, Any]] = [
        {
            "code": acts[line.act],
            "date": day_of(line.day).isoformat(),
            **{name: format_cents(getattr(line, f"{name}_cents")) for name in ("fee", *PAYERS)},
        }
        for line in lines
    ]
    for answer, line in zip(answers, lines, strict=True) if steps is not None else ():
        answer["steps"] = [_step(country, step, line) for step in steps or () if step.first == line.position]
    sums = {name: format_cents(sum(getattr(line, f"{name}_cents") for line in lines)) for name in ("fee", *PAYERS)}
    due = {name: sums[name] for name in PAYERS}
    return {"country": "XT", "acts": answers, "totals": sums, "due": due, "messages": []}


def _step(country: Toyland, step: Step, line: Any) -> dict[str, Any]:
    strings = country.flat.strings
    sources = {"table": ("price_sources", line.price_row), "rate": ("rate_sources", line.rate_row)}
    source = step.rule.source
    if source in sources:
        name, row = sources[source]
        source = strings[name][row]
    inputs = {}
    for name, value in zip(step.rule.reads, step.inputs, strict=True):
        short = name.removeprefix("bill.")
        inputs[FIELDS[short]] = _written(country, short, value)
    name = step.rule.id.rpartition(".")[2]
    return {
        "rule": step.rule.id,
        "label": LABELS[name],
        "inputs": inputs,
        "result": _written(country, step.rule.unit, step.result),
        "source": source,
    }


def _written(country: Toyland, name: str, value: int) -> str:
    """A figure by the unit in its name."""
    if name.endswith("cents"):
        return format_cents(value)
    if name.endswith("bp"):
        return f"{value // 100} %"
    if name == "day":
        return day_of(value).isoformat()
    if name == "act":
        return str(country.flat.strings["acts"][value])
    return ("non", "oui")[value] if name == "member" else str(value)

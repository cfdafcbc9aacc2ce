"""What the pages show of a bill: figures of the ledger beside the texts of its snapshot."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from quittance.billing.listing import state_chip
from quittance.billing.models import Bill, Line, Payment
from quittance.billing.services.beside import answers
from quittance.billing.services.payments import Balance, balance, is_cancelled, standing
from quittance.billing.services.substitution import names
from quittance.web.country import Beside, Chip, draft_rules
from quittance.web.templatetags.quittance import amount

Share = dict[str, Any]
_DECIMAL = re.compile(r"(?<=\d)\.(?=\d)")
_DAY = re.compile(r"\b(\d{4})-(\d\d)-(\d\d)\b")


@dataclass(frozen=True, slots=True)
class ShownLine:
    """An act with its shares, and why each amount is what it is; `word` tells one beside the quote."""

    code: str
    label: str
    day: str
    quantity: int
    fee_cents: int
    shares: list[Share]
    steps: list[dict[str, str]]
    word: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that the templates of a bill read."""

    bill: Bill
    names: str
    lines: list[ShownLine]
    shares: list[Share]
    asked: list[Share]
    balance: Balance
    chip: Chip
    cancelled: bool
    payments: list[Payment]
    corrections: list[Payment]


def french_figures(text: str) -> str:
    """Write the figures and days of a trace as people read them.

    >>> french_figures("30.00 x 70 % le 2026-01-05")
    '30,00 x 70 % le 05/01/2026'
    """
    return _DECIMAL.sub(",", _DAY.sub(r"\3/\2/\1", text))


def steps_of(act: dict[str, Any]) -> list[dict[str, str]]:
    """Give the steps of an act of the snapshot: rule, figures, result, source."""
    return [
        {
            "label": step["label"],
            "result": french_figures(str(step["result"])),
            "inputs": " · ".join(f"{name} {french_figures(str(value))}" for name, value in step["inputs"].items()),
            "source": french_figures(str(step["source"])),
        }
        for step in act.get("steps", [])
    ]


def _shares(payers: list[dict[str, Any]], cents: list[int]) -> list[Share]:
    return [
        {"label": payer["label"], "cents": one, "css": payer["kind"], "name": payer["name"]}
        for payer, one in zip(payers, cents, strict=True)
    ]


def _lines(bill: Bill) -> list[ShownLine]:
    payers, told = bill.snapshot["payers"], draft_rules(bill.country).beside
    return [
        ShownLine(
            code=line.code,
            label=line.label,
            day=line.day.isoformat(),
            quantity=line.quantity,
            fee_cents=line.fee_cents,
            shares=_shares(payers, [share.cents for share in line.shares.all()]),
            steps=steps_of(act) if act is not None else _steps_beside(line, told),
            word=str(told.short) if told and act is None else "",
        )
        for line, act in zip(bill.lines.all(), answers(bill.snapshot), strict=True)
    ]


def _steps_beside(line: Line, told: Beside | None) -> list[dict[str, str]]:
    if told is None:
        return []
    return [{"label": str(told.why), "result": amount(line.fee_cents), "source": str(told.source)}]


def sheet_of(bill: Bill) -> Sheet:
    """Gather what the pages show of a bill read by `bill_or_404`."""
    payers = bill.snapshot["payers"]
    lines, owed, cancelled = _lines(bill), balance(bill), is_cancelled(bill)
    kept = standing(bill)
    return Sheet(
        bill=bill,
        names=names(bill.snapshot),
        lines=lines,
        shares=_shares(payers, [sum(line.shares[place]["cents"] for line in lines) for place in range(len(payers))]),
        asked=_shares(payers, [row.cents for row in bill.receivables.all()]),
        balance=owed,
        chip=state_chip(
            cancelled=cancelled,
            left_cents=owed.left_cents,
            paid_cents=owed.paid_cents,
            asked_cents=owed.asked_cents,
        ),
        cancelled=cancelled,
        payments=kept,
        corrections=[row for row in bill.payments.all() if row not in kept],
    )

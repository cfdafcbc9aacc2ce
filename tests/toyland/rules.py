"""The law of Toyland: a price, what the fund pays of it for its members, the rest for the patient."""

from __future__ import annotations

from typing import Any

from quittance.kernel.dated import row_on
from quittance.kernel.money import half_up
from quittance.kernel.record import fields, record_class
from quittance.kernel.rule import helper, rule

UNKNOWN_PRICE, UNKNOWN_RATE = 1, 2
BILL = fields("first:i last:i member:b messages")
LINE = fields("position:i act:i day:i quantity:i price_row:i rate_row:i unit_cents rate_bp:i"
              " fee_cents fund_cents patient_cents messages")  # fmt: skip
Bill, Line = record_class("Bill", BILL), record_class("Line", LINE)


@rule(source="table", reads=("act", "day"))
def price(tables: Any, bill: Any, line: Any) -> Any:
    """Price of the act on its day."""
    row = row_on(tables.price_from, tables.price_to, tables.act_first[line.act], tables.act_last[line.act], line.day)
    line.price_row = row
    if row < 0:
        line.messages |= UNKNOWN_PRICE
        return 0
    line.unit_cents = tables.price_cents[row]
    return line.unit_cents


@rule(source="Loi du jouet, article 1", reads=("unit_cents", "quantity"))
def fee(tables: Any, bill: Any, line: Any) -> Any:
    """Price by quantity."""
    line.fee_cents = line.unit_cents * line.quantity
    return line.fee_cents


@rule(source="rate", reads=("bill.member",), unit="bp")
def rate(tables: Any, bill: Any, line: Any) -> Any:
    """What the fund pays for its members; nothing for others."""
    row = row_on(tables.rate_from, tables.rate_to, 0, tables.rate_rows[0], line.day)
    line.rate_row = row
    if row < 0:
        line.messages |= UNKNOWN_RATE
        return 0
    line.rate_bp = tables.rate_bp[row] if bill.member else 0
    return line.rate_bp


@rule(source="Loi du jouet, article 2", reads=("fee_cents", "rate_bp"))
def fund(tables: Any, bill: Any, line: Any) -> Any:
    """The fund's share, rounded half up."""
    line.fund_cents = half_up(line.fee_cents * line.rate_bp, 10_000)
    return line.fund_cents


@rule(source="Loi du jouet, article 3", reads=("fee_cents", "fund_cents"))
def patient(tables: Any, bill: Any, line: Any) -> Any:
    """The rest."""
    line.patient_cents = line.fee_cents - line.fund_cents
    return line.patient_cents


@helper
def price_bill(tables: Any, bill: Any, lines: Any) -> None:
    """The order of calculation."""
    for at in range(bill.first, bill.last):
        price(tables, bill, lines[at])
        fee(tables, bill, lines[at])
        rate(tables, bill, lines[at])
        fund(tables, bill, lines[at])
        patient(tables, bill, lines[at])
        bill.messages |= lines[at].messages

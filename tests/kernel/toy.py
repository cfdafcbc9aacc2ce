"""Five rules of an invented law: the style of a rule, priced plainly and compiled."""

from __future__ import annotations

from typing import Any

from quittance.kernel.dated import row_on
from quittance.kernel.money import half_up
from quittance.kernel.record import fields, record_class
from quittance.kernel.rule import helper, rule

UNKNOWN_DAY = 1
BILL = fields("first:i last:i total_cents messages")
LINE = fields("position:i day:i quantity:i dearest:b unit_cents base_cents rate_bp:i share_cents messages")
Bill, Line = record_class("Bill", BILL), record_class("Line", LINE)


@rule(source="table", reads=("day",))
def unit_price(tables: Any, bill: Any, line: Any) -> Any:
    """Price on the day; a day that the table does not know is a message, never a guess."""
    row = row_on(tables.price_from, tables.price_to, 0, tables.price_rows[0], line.day)
    if row < 0:
        line.messages |= UNKNOWN_DAY
        return 0
    line.unit_cents = tables.price_cents[row]
    return line.unit_cents


@rule(source="article 1", reads=("unit_cents", "quantity"))
def base(tables: Any, bill: Any, line: Any) -> Any:
    """Unit price by quantity."""
    line.base_cents = line.unit_cents * line.quantity
    return line.base_cents


@rule(source="article 2", reads=(), unit="count")
def dearest(tables: Any, bill: Any, lines: Any, first: Any, last: Any) -> Any:
    """The dearest line of the bill, the first of equals."""
    found = first
    for at in range(first, last):
        if lines[at].base_cents > lines[found].base_cents:
            found = at
    lines[found].dearest = 1
    return found - first


@rule(source="article 3", reads=("dearest",), unit="bp")
def rate(tables: Any, bill: Any, line: Any) -> Any:
    """Half for the dearest, a third for the others."""
    line.rate_bp = 5000 if line.dearest else 3333
    return line.rate_bp


@rule(source="article 4", reads=("base_cents", "rate_bp"))
def share(tables: Any, bill: Any, line: Any) -> Any:
    """Base by rate, rounded half up."""
    line.share_cents = half_up(line.base_cents * line.rate_bp, 10_000)
    bill.total_cents += line.share_cents
    return line.share_cents


@helper
def price_bill(tables: Any, bill: Any, lines: Any) -> None:
    """The order of calculation."""
    for at in range(bill.first, bill.last):
        unit_price(tables, bill, lines[at])
        base(tables, bill, lines[at])
        bill.messages |= lines[at].messages
    if bill.messages:
        return
    dearest(tables, bill, lines, bill.first, bill.last)
    for at in range(bill.first, bill.last):
        rate(tables, bill, lines[at])
        share(tables, bill, lines[at])

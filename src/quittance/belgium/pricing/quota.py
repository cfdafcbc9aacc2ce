"""How often an act may be billed in a day, a month or a year, with the earlier acts of the history."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.tables import civil
from quittance.kernel.rule import helper, rule


@helper
def same_period(period: Any, day: Any, other: Any) -> Any:
    """Whether two days are in the same day, calendar month or calendar year."""
    if period == codes.PERIOD_DAY:
        return day == other
    scale = 100 if period == codes.PERIOD_MONTH else 10_000
    return civil(day) // scale == civil(other) // scale


@helper
def earlier(tables: Any, bill: Any, lines: Any, line: Any, row: Any) -> Any:
    """How many acts that a limit counts come before the line in its period."""
    count = 0
    for at in range(bill.first, bill.last):
        other = lines[at]
        if not (tables.act_quota_counts[other.act] >> row) & 1 or other.day > line.day:
            continue
        if other.day == line.day and not other.past and other.position >= line.position:
            continue
        if same_period(tables.quota_period[row], line.day, other.day):
            count += other.quantity
    return count


@rule(source="quota", reads=("act", "day", "quantity", "earlier_count"), unit="count")
def limit(tables: Any, bill: Any, line: Any) -> Any:
    """Acts already billed in the period of the limit, against the most that it allows."""
    row = line.quota_row
    if line.earlier_count + line.quantity > tables.quota_most[row]:
        line.messages |= codes.M_QUOTA_DOUBTFUL if tables.quota_doubtful[row] else codes.M_QUOTA_EXCEEDED
    return line.earlier_count


@helper
def check(tables: Any, bill: Any, lines: Any, line: Any) -> None:
    """Apply the limits of the act on its day, the last of those that are exceeded standing in the message."""
    limits = tables.act_quota_limits[line.act]
    if limits == 0:
        return
    told = -1
    for row in range(tables.quota_count[0]):
        if (limits >> row) & 1 and tables.quota_from[row] <= line.day and line.day <= tables.quota_to[row]:
            line.quota_row, line.earlier_count = row, earlier(tables, bill, lines, line, row)
            limit(tables, bill, line)
            if line.earlier_count + line.quantity > tables.quota_most[row]:
                told = row
    if told >= 0:
        line.quota_row = told

"""Nursing, article 8: the Katz scale behind a flat rate, acts that a flat rate replaces, the daily ceiling."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.convention import conditions
from quittance.belgium.pricing.tables import best_row_of, figure, place_of, rests, tell_doubt
from quittance.kernel.dated import row_on
from quittance.kernel.rule import helper, rule


@helper
def level_of(scores: Any, strict: Any) -> Any:
    """Level of dependency by the six scores (1-4).

    C asks 4 for the first four and, read strictly, 4 for one of continence and eating and 3 for the other; read
    loosely, 3 for one of both.

    >>> level_of([4, 4, 4, 4, 4, 3], 1), level_of([4, 4, 4, 4, 4, 2], 1), level_of([4, 4, 4, 4, 4, 2], 0)
    (3, 2, 3)
    >>> level_of([3, 3, 3, 1, 1, 1], 1), level_of([3, 2, 4, 4, 4, 4], 1)
    (1, 0)
    """
    wash, dress, transfer, toilet, continence, eat = scores[0], scores[1], scores[2], scores[3], scores[4], scores[5]
    if wash < 3 or dress < 3 or (transfer < 3 and toilet < 3):
        return codes.KATZ_LEVEL_NONE
    if transfer < 3 or toilet < 3 or (continence < 3 and eat < 3):
        return codes.KATZ_LEVEL_A
    if wash == 4 and dress == 4 and transfer == 4 and toilet == 4:
        if not strict or (max(continence, eat) == 4 and min(continence, eat) >= 3):
            return codes.KATZ_LEVEL_C
    return codes.KATZ_LEVEL_B


@rule(source="AR du 14/09/1984, art. 8 ; échelle de Katz", reads=("bill.katz", "act"), unit="katz_level")
def katz(tables: Any, bill: Any, line: Any) -> Any:
    """Level of dependency that the six scores give, against the one that the flat rate needs."""
    strict = figure(tables, line, codes.P_KATZ_C_STRICT, line.day)
    needed = tables.act_katz_level[line.act]
    line.katz_level = level_of(bill.katz, strict)
    if line.katz_level < needed:
        if tables.parameter_doubtful[line.figure_row] and level_of(bill.katz, 1 - strict) >= needed:
            tell_doubt(tables, line, codes.M_KATZ_DOUBTFUL)
        else:
            line.messages |= codes.M_KATZ_INSUFFICIENT
    return line.katz_level


@helper
def by_session(tables: Any, line: Any) -> Any:
    """Whether a line is a nursing act counted by session."""
    return tables.act_nursing_group[line.act] == codes.NURSING_GROUP_SESSION


@helper
def has_flat_rate(tables: Any, bill: Any, lines: Any, line: Any) -> Any:
    """Whether a flat rate (forfait A, B or C) stands on the line's day."""
    for at in range(bill.first, bill.last):
        group = tables.act_nursing_group[lines[at].act]
        if lines[at].day == line.day and group == codes.NURSING_GROUP_FLAT_RATE:
            return 1
    return 0


@helper
def spent(tables: Any, bill: Any, lines: Any, line: Any) -> Any:
    """Official fees of the day's earlier acts by session: those of the history, then those before the line."""
    cents = 0
    for at in range(bill.first, bill.last):
        other = lines[at]
        if other.day == line.day and by_session(tables, other) and (other.past or other.position < line.position):
            if other.fee_row < 0:
                line.messages |= codes.M_HISTORY_UNPRICED
            cents += other.full_cents
    return cents


@rule(source="AR du 14/09/1984, art. 8 (forfaits)", reads=("act", "day"))
def included(tables: Any, bill: Any, line: Any) -> Any:
    """An act by session on a day with a flat rate is part of it: counted at zero, sent as a statistical line."""
    line.official_cents = 0
    line.messages |= codes.M_FLAT_RATE_REPLACES
    return 0


@helper
def ceiling(tables: Any, bill: Any, line: Any) -> Any:
    """The ceiling of the line's day: the figure of the law, else the fee of the flat rate A of that day and place.

    -1 where neither is known.
    """
    number = codes.P_DAILY_CEILING_NURSE
    first, last = tables.parameter_first[number], tables.parameter_last[number]
    line.ceiling_row, line.figure_row = -1, row_on(tables.parameter_from, tables.parameter_to, first, last, line.day)
    if line.figure_row >= 0:
        return tables.parameter_value[line.figure_row]
    place = place_of(tables, bill, line)
    for at in range(tables.ceiling_count[0]):
        act = tables.ceiling_act[at]
        weekend = tables.act_weekend[act]
        if tables.act_only_place[act] != place:
            continue
        if weekend == codes.WEEKEND_ANY or rests(tables, line.day) == (weekend == codes.WEEKEND_WEEKEND):
            line.ceiling_row = best_row_of(tables, line, act, codes.ROW_KIND_FEE, conditions(bill, line))
            if line.ceiling_row >= 0:
                return tables.row_cents[line.ceiling_row]
    return -1


@rule(
    source="AR du 14/09/1984, art. 8 (plafond journalier)",
    reads=("full_cents", "spent_cents", "ceiling_cents"),
)
def daily_ceiling(tables: Any, bill: Any, line: Any) -> Any:
    """What the daily ceiling leaves of the line's official fee, after the day's earlier acts."""
    line.official_cents = min(line.full_cents, max(line.ceiling_cents - line.spent_cents, 0))
    if line.official_cents < line.full_cents:
        line.messages |= codes.M_CEILING_APPLIED
        if line.ceiling_row >= 0:
            line.doubts |= codes.DOUBT_CEILING
            line.messages |= codes.M_PRICE_DOUBTFUL
        else:
            tell_doubt(tables, line, codes.M_PRICE_DOUBTFUL)
    return line.official_cents

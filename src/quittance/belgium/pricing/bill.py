"""The order of calculation of a bill: the same text for one and for millions.

Facts of Belgian pricing, section 2.2: date and code, rights of the patient, status of the provider, fee,
reimbursement, personal share, supplement, who pays.
"""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import (
    checks,
    codes,
    convention,
    fee,
    nursing,
    quota,
    reimbursement,
    shares,
    supplement,
    third_party,
)
from quittance.kernel.rule import helper


@helper
def official_line(tables: Any, bill: Any, line: Any) -> None:
    """A line up to its official fee; an earlier act is only looked up."""
    line.third_party_row = line.supplement_row = line.quota_row = line.reimbursement_row = -1
    checks.age(tables, bill, line)
    fee.find(tables, bill, line)
    if not line.past:
        convention.status(tables, bill, line)
        convention.regime(tables, bill, line)
    if line.fee_row >= 0:
        fee.official(tables, bill, line)
    elif not line.past and not line.messages & codes.M_PATIENT_UNBORN:
        line.messages |= codes.M_PRICE_UNKNOWN


@helper
def check_line(tables: Any, bill: Any, lines: Any, line: Any) -> None:
    """Everything that may refuse a line."""
    checks.act(tables, bill, line)
    third_party.find(tables, bill, lines, line)
    if line.third_party_row >= 0:
        third_party.rule(tables, bill, line)
    elif bill.third_party:
        line.messages |= codes.M_THIRD_PARTY_UNKNOWN
    quota.check(tables, bill, lines, line)
    if line.supplement_cents > 0:
        supplement.reason(tables, bill, line)
        supplement.find(tables, bill, line)
        if line.supplement_row >= 0:
            supplement.permission(tables, bill, line)
    if tables.act_katz_level[line.act] != codes.KATZ_LEVEL_NONE:
        if bill.katz_known:
            nursing.katz(tables, bill, line)
        else:
            line.messages |= codes.M_KATZ_MISSING
    if line.fee_row >= 0:
        if tables.row_doubtful[line.fee_row]:
            line.messages |= codes.M_PRICE_DOUBTFUL
        reimbursement.find(tables, bill, line)


@helper
def limit_by_day(tables: Any, bill: Any, lines: Any, line: Any) -> None:
    """A flat rate of the day replaces acts by session; else their sum has a daily ceiling, where it is known."""
    if not nursing.by_session(tables, line):
        return
    if nursing.has_flat_rate(tables, bill, lines, line):
        nursing.included(tables, bill, line)
        return
    line.spent_cents = nursing.spent(tables, bill, lines, line)
    line.ceiling_cents = nursing.ceiling(tables, bill, line)
    if line.ceiling_cents >= 0:
        nursing.daily_ceiling(tables, bill, line)
    elif line.spent_cents > 0 or line.quantity > 1:  # one act alone is below any flat rate
        line.messages |= codes.M_CEILING_UNKNOWN


@helper
def share_line(tables: Any, bill: Any, line: Any) -> None:
    """Fee, reimbursement and shares of a line."""
    fee.decision(tables, bill, line)
    line.unit_fee_cents = line.unit_official_cents
    if line.fee_rule == codes.FEE_RULE_CUSTOM:
        fee.custom(tables, bill, line)
    fee.amount(tables, bill, line)
    reimbursement.official(tables, bill, line)
    if reimbursement.is_reduced(tables, line):
        reimbursement.reduced(tables, bill, line)
    reimbursement.amount(tables, bill, line)
    shares.personal(tables, bill, line)
    shares.supplement(tables, bill, line)
    shares.patient(tables, bill, line)
    shares.due_patient(tables, bill, line)


@helper
def refused(bill: Any, lines: Any) -> Any:
    """Gather the error bits of the lines into the bill's."""
    for at in range(bill.first, bill.last):
        bill.messages |= lines[at].messages & codes.ERRORS
    return bill.messages & codes.ERRORS


@helper
def price_bill(tables: Any, bill: Any, lines: Any) -> None:
    """Price every line of a bill, checks included; an error bit anywhere stops before the shares."""
    for at in range(bill.first, bill.last):
        official_line(tables, bill, lines[at])
    for at in range(bill.first, bill.last):
        if not lines[at].past:
            check_line(tables, bill, lines, lines[at])
    if refused(bill, lines):
        return
    for at in range(bill.first, bill.last):
        if not lines[at].past:
            limit_by_day(tables, bill, lines, lines[at])
    if refused(bill, lines):
        return
    for at in range(bill.first, bill.last):
        if not lines[at].past:
            share_line(tables, bill, lines[at])

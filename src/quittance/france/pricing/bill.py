"""The order of calculation of a bill (facts of French pricing, section 0): the same text for one and for millions."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import (
    base,
    ccam,
    codes,
    complementary,
    compulsory,
    modifiers,
    ngap,
    session,
    shares,
    threshold,
)
from quittance.france.pricing.tables import years_at
from quittance.kernel.rule import helper


@helper
def sessions(bill: Any, lines: Any) -> None:
    """Give each line the place of its session's first line: the acts of one date."""
    for at in range(bill.first, bill.last):
        lines[at].session = at
        for before in range(bill.first, at):
            if lines[before].day == lines[at].day:
                lines[at].session = lines[before].session
                break


@helper
def price_ngap(tables: Any, bill: Any, line: Any) -> None:
    """An NGAP line up to its computed amount."""
    line.price_row = ngap.row_for(tables, bill, line)
    line.property_row = -1
    ngap.check(tables, bill, line)
    if line.typed & codes.TYPED_UNIT:
        line.unit_cents = line.unit_typed_cents
    elif line.price_row >= 0:
        ngap.unit_price(tables, bill, line)
        if tables.ngap_doubtful[line.price_row]:
            line.messages |= codes.M_PRICE_DOUBTFUL
        if line.day > tables.ngap_verified_until[line.price_row]:
            line.messages |= codes.M_PRICE_STALE
    else:
        line.unit_cents = line.base_typed_cents
    ngap.amount(tables, bill, line)
    if line.complement != codes.COMPLEMENT_NONE and line.price_row >= 0:
        ngap.complement(tables, bill, line)


@helper
def price_ccam(tables: Any, bill: Any, line: Any) -> None:
    """A CCAM line up to its computed amount."""
    line.price_row = line.property_row = -1
    key = ccam.key_for(tables, line)
    if key < 0:
        return
    if tables.specialty_price_group[bill.specialty] == 0:
        line.messages |= codes.M_ACT_PROFESSION
        return
    ccam.find_rows(tables, line, key)
    ccam.check(tables, bill, line)
    modifiers.check(tables, bill, line)
    if line.typed & codes.TYPED_UNIT:
        line.unit_cents = line.unit_typed_cents
    elif line.price_row >= 0:
        ccam.unit_price(tables, bill, line)
    else:
        ccam.without_price(tables, line)
    line.zone_e5, line.association_percent, line.modifier_percent_milli = 100_000, 100, 1000
    if bill.zone != codes.ZONE_METROPOLE:
        ccam.zone_coefficient(tables, bill, line)
    if line.modifiers[0] != 0:
        modifiers.percent(tables, bill, line)
    if line.association != 0:
        ccam.association_rate(tables, bill, line)
    ccam.amount(tables, bill, line)
    if line.modifier_fixed_cents != 0:
        ccam.fixed_modifiers(tables, bill, line)
    if line.supplement_cents != 0:
        ccam.supplement(tables, bill, line)


@helper
def price_line(tables: Any, bill: Any, line: Any) -> None:
    """A line up to its base and fee."""
    line.kind = tables.act_kind[line.act]
    if bill.birth_known:
        line.age_years = years_at(bill.birth_day, line.day)
        if line.day < bill.birth_day:
            line.messages |= codes.M_PATIENT_UNBORN
    if line.kind == codes.KIND_NGAP:
        price_ngap(tables, bill, line)
    else:
        price_ccam(tables, bill, line)
    line.base_cents = line.computed_cents
    if line.typed & codes.TYPED_BASE:
        base.typed(tables, bill, line)
    elif bill.sector == codes.SECTOR_0:
        base.without_convention(tables, bill, line)
    if base.unpaid(tables, line):
        base.not_refunded(tables, bill, line)
    base.fee(tables, bill, line)
    if line.fee_cents != line.base_cents:
        base.excess(tables, bill, line)
    base.check_fee(tables, bill, line)


@helper
def rates(tables: Any, bill: Any, line: Any) -> None:
    """Rate of the compulsory insurer for a line whose session is known."""
    compulsory.common_rate(tables, bill, line)
    if bill.local_scheme:
        compulsory.local_scheme(tables, bill, line)
    if bill.fsv or line.exemption == codes.EXEMPTION_9:
        compulsory.solidarity_fund(tables, bill, line)
    if line.exempted or compulsory.is_exempted(tables, bill, line):
        compulsory.exemption(tables, bill, line)


@helper
def share_line(tables: Any, bill: Any, line: Any) -> None:
    """The three shares of a line."""
    line.rate_bp, line.rate_known = line.normal_bp, 1
    if bill.nature == codes.NATURE_FREE_CARE:
        line.rate_known = 0
        compulsory.free_care(tables, bill, line)
    else:
        if line.threshold:
            threshold.exempted(tables, bill, line)
        elif compulsory.out_of_pathway(tables, bill, line):
            compulsory.pathway(tables, bill, line)
        compulsory.amount(tables, bill, line)
        if line.pav_cents > 0:
            compulsory.less_contribution(tables, bill, line)
        share_complementary(tables, bill, line)
    line.amo_cents = line.computed_amo_cents
    if line.typed & codes.TYPED_AMO:
        shares.compulsory_by_hand(tables, bill, line)
    if line.typed & codes.TYPED_AMC:
        shares.complementary_by_hand(tables, bill, line)
    shares.patient(tables, bill, line)
    shares.due_patient(tables, bill, line)


@helper
def share_complementary(tables: Any, bill: Any, line: Any) -> None:
    """The complementary share: by formula, by C2S, or none."""
    if bill.scheme == codes.SCHEME_C2S:
        complementary.solidarity(tables, bill, line)
    elif bill.formula != 0 and bill.scheme == codes.SCHEME_NONE:
        complementary.copayment(tables, bill, line)
        complementary.amount(tables, bill, line)


@helper
def price_bill(tables: Any, bill: Any, lines: Any) -> None:
    """Price every line of a bill, checks included; an error bit anywhere stops before the shares."""
    sessions(bill, lines)
    for at in range(bill.first, bill.last):
        price_line(tables, bill, lines[at])
    session.repeated(tables, bill, lines)
    errors = 0
    for at in range(bill.first, bill.last):
        if lines[at].session == at:
            session.check(tables, lines, at, bill.last)
    for at in range(bill.first, bill.last):
        errors |= lines[at].messages & codes.ERRORS
    if errors:
        bill.messages |= errors
        return
    share_bill(tables, bill, lines)


@helper
def notices(tables: Any, bill: Any, lines: Any) -> None:
    """What the bill says beside its amounts: doubtful schemes, third-party payment of C2S, later deductions."""
    if bill.scheme != codes.SCHEME_NONE:
        bill.messages |= codes.M_SCHEME_DOUBTFUL
    if bill.scheme == codes.SCHEME_C2S and not (bill.third_party_amo and bill.third_party_amc):
        bill.messages |= codes.M_C2S_THIRD_PARTY
    for at in range(bill.first, bill.last):
        if shares.later_deduction(tables, bill, lines[at]) > 0:
            bill.messages |= codes.M_INFO_CONTRIBUTION
            break


@helper
def share_bill(tables: Any, bill: Any, lines: Any) -> None:
    """Sessions first (threshold, contribution), then each line's shares in the order of the lines."""
    bill.free_care_left_cents = bill.free_care_cents
    for at in range(bill.first, bill.last):
        if lines[at].session == at and threshold.concerns(tables, lines, at, bill.last):
            threshold.heavy_acts(tables, bill, lines, at, bill.last)
    for at in range(bill.first, bill.last):
        rates(tables, bill, lines[at])
    for at in range(bill.first, bill.last):
        if lines[at].session == at:
            dearest = threshold.contribution_line(bill, lines, at, bill.last)
            if dearest >= 0:
                threshold.contribution(tables, bill, lines[dearest])
    notices(tables, bill, lines)
    for at in range(bill.first, bill.last):
        share_line(tables, bill, lines[at])
        bill.messages |= lines[at].messages & codes.ERRORS

"""Acts of the common classification (CCAM): grid, price, zone, association, supplement."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.tables import figure
from quittance.kernel.dated import row_on
from quittance.kernel.money import half_up
from quittance.kernel.rule import helper, rule

GRIDS = 20
"""Grid numbers run from 0 to 19: the prices of one row stand side by side."""


@helper
def key_for(tables: Any, line: Any) -> Any:
    """Place of (act, activity, phase) in the tables, or the error `ccam.activity`."""
    for key in range(tables.ccam_key_first[line.act], tables.ccam_key_last[line.act]):
        if tables.ccam_key_activity[key] == line.activity and tables.ccam_key_phase[key] == line.phase:
            return key
    line.messages |= codes.M_CCAM_ACTIVITY
    return -1


@helper
def find_rows(tables: Any, line: Any, key: Any) -> None:
    """The act's price and property rows on the day."""
    line.price_row = row_on(
        tables.ccam_price_from,
        tables.ccam_price_to,
        tables.ccam_price_first[key],
        tables.ccam_price_last[key],
        line.day,
    )
    line.property_row = row_on(
        tables.ccam_property_from,
        tables.ccam_property_to,
        tables.ccam_property_first[key],
        tables.ccam_property_last[key],
        line.day,
    )


@helper
def grid_of(tables: Any, bill: Any, line: Any) -> Any:
    """Price grid of the professional on the day (specialty's group, sector, option), 0 where there is none."""
    group = tables.specialty_price_group[bill.specialty]
    for row in range(tables.grid_first[group], tables.grid_last[group]):
        if (
            (tables.grid_sectors[row] >> bill.sector) & 1
            and (tables.grid_options[row] >> bill.option) & 1
            and tables.grid_from[row] <= line.day
            and line.day <= tables.grid_to[row]
        ):
            return tables.grid_number[row]
    return 0


@helper
def price_in(tables: Any, line: Any, grid: Any) -> Any:
    """Cents of the act in a grid on the day, or that of all sectors; -1 where it has no price."""
    if line.price_row < 0:
        return -1
    cents = tables.ccam_price_cents[line.price_row * GRIDS + grid]
    if cents < 0:
        cents = tables.ccam_price_cents[line.price_row * GRIDS]
    return cents


@rule(source="table", reads=("act", "activity", "phase", "day", "bill.specialty", "bill.sector", "bill.option"))
def unit_price(tables: Any, bill: Any, line: Any) -> Any:
    """Price of the act (tarif CCAM) on the day, in the grid of the professional."""
    grid = grid_of(tables, bill, line)
    cents = price_in(tables, line, grid)
    if cents < 0:
        return without_price(tables, line)
    if (tables.ccam_price_doubtful[line.price_row] >> grid) & 1:
        line.messages |= codes.M_PRICE_DOUBTFUL
    if line.day > tables.ccam_price_verified_until[line.price_row]:
        line.messages |= codes.M_PRICE_STALE
    line.unit_cents = cents
    return cents


@helper
def without_price(tables: Any, line: Any) -> Any:
    """An act that the list gives no price: the typed base or total stands in, else the day is an error.

    One that is known and not covered is billed at its typed total, with qualifier N.
    """
    line.unit_cents = 0
    if line.typed & codes.TYPED_BASE:
        line.unit_cents = line.base_typed_cents
    elif line.property_row < 0 or tables.ccam_covered[line.property_row]:
        line.messages |= codes.M_PRICE_UNKNOWN
    elif line.typed & codes.TYPED_TOTAL:
        line.unit_cents = line.total_typed_cents
    return line.unit_cents


@rule(source="CCAM, table 68 (outre-mer) ; convention médicale", reads=("bill.zone", "day"), unit="e5")
def zone_coefficient(tables: Any, bill: Any, line: Any) -> Any:
    """Coefficient of the overseas zone: the act's own, or the general uplift on the day; in hundred-thousandths."""
    uplift = figure(tables, line, codes.P_OVERSEAS_UPLIFT, line.day)
    key = key_for(tables, line)
    milli = 1000
    if bill.zone == codes.ZONE_GUADELOUPE:
        milli = tables.ccam_zone_guadeloupe_milli[key]
    elif bill.zone == codes.ZONE_MARTINIQUE:
        milli = tables.ccam_zone_martinique_milli[key]
    elif bill.zone == codes.ZONE_GUYANE:
        milli = tables.ccam_zone_guyane_milli[key]
    elif bill.zone == codes.ZONE_REUNION:
        milli = tables.ccam_zone_reunion_milli[key]
    line.zone_e5 = milli * 100 if milli != 1000 else (10_000 + uplift) * 10
    return line.zone_e5


@rule(source="CCAM, livre III, art. III-3-B (codes association)", reads=("association",), unit="percent")
def association_rate(tables: Any, bill: Any, line: Any) -> Any:
    """Share at which an act associated with others is billed."""
    line.association_percent = figure(tables, line, codes.P_ASSOCIATION_RATE_1 + line.association - 1, line.day) // 100
    return line.association_percent


@rule(
    source="CCAM, livre III, art. III-2 et III-3",
    reads=("unit_cents", "zone_e5", "modifier_percent_milli", "association_percent"),
)
def amount(tables: Any, bill: Any, line: Any) -> Any:
    """Price by zone, by the percent modifiers, by the association; rounded once."""
    line.computed_cents = half_up(
        line.unit_cents * line.zone_e5 * line.modifier_percent_milli * line.association_percent, 10_000_000_000
    )
    return line.computed_cents


@rule(source="CCAM, livre III, art. III-2", reads=("modifier_fixed_cents",))
def fixed_modifiers(tables: Any, bill: Any, line: Any) -> Any:
    """Modifiers of a fixed amount (modificateurs forfaitaires), added in full after the association."""
    line.computed_cents += line.modifier_fixed_cents
    return line.modifier_fixed_cents


@rule(source="CCAM, supplément de charges en cabinet", reads=("supplement_cents",))
def supplement(tables: Any, bill: Any, line: Any) -> Any:
    """Supplement added in the practice (supplément de charges en cabinet)."""
    line.computed_cents += line.supplement_cents
    return line.supplement_cents


@helper
def check(tables: Any, bill: Any, line: Any) -> None:
    """Fields of the act against its properties on the day, and NGAP's own fields."""
    if line.quantity != 1:
        line.messages |= codes.M_CCAM_QUANTITY
    if line.coefficient_milli != 1000:
        line.messages |= codes.M_COEFFICIENT_NGAP_ONLY
    if line.half:
        line.messages |= codes.M_HALF_NGAP_ONLY
    if line.complement != codes.COMPLEMENT_NONE:
        line.messages |= codes.M_COMPLEMENT_NGAP_ONLY
    row = line.property_row
    if row < 0:
        return
    if not tables.ccam_covered[row] and line.qualifier != codes.QUALIFIER_N:
        line.messages |= codes.M_ACT_NOT_COVERED
    if tables.ccam_agreement[row] and line.agreement == codes.AGREEMENT_9:
        line.messages |= codes.M_AGREEMENT_MISSING
    if tables.ccam_conditional[row] and line.exceptional == codes.EXCEPTIONAL_NONE:
        line.messages |= codes.M_ACT_CONDITIONAL
    if not tables.ccam_conditional[row] and line.exceptional != codes.EXCEPTIONAL_NONE:
        line.messages |= codes.M_EXCEPTIONAL_NOT_RELEVANT

"""Acts by key letter (NGAP): price of the profession and zone, coefficient, quantity, half act, night and Sunday."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.tables import has_specialty
from quittance.kernel.money import half_up
from quittance.kernel.rule import helper, rule


@helper
def row_for(tables: Any, bill: Any, line: Any) -> Any:
    """Place of the act's price row for this professional and day; without one, the error that says which.

    `act.profession` where no row of any date is open to him, `price.unknown` where only the day is missing.
    """
    found, open_to_him = -1, 0
    for row in range(tables.ngap_row_first[line.act], tables.ngap_row_last[line.act]):
        if (
            (tables.ngap_zones[row] >> bill.zone) & 1
            and (tables.ngap_sectors[row] >> bill.sector) & 1
            and (tables.ngap_options[row] >> bill.option) & 1
            and has_specialty(tables.ngap_specialties_low[row], tables.ngap_specialties_high[row], bill.specialty)
        ):
            open_to_him = 1
            if tables.ngap_from[row] <= line.day and line.day <= tables.ngap_to[row]:
                found = row
    if found < 0 and not open_to_him:
        line.messages |= codes.M_ACT_PROFESSION
    elif found < 0 and not line.typed & codes.TYPED_UNIT and not line.typed & codes.TYPED_BASE:
        line.messages |= codes.M_PRICE_UNKNOWN
    return found


@helper
def check(tables: Any, bill: Any, line: Any) -> None:
    """Fields of the act against its price row: coefficient, complement, age, agreement, and CCAM's own fields."""
    if line.modifiers[0] != 0:
        line.messages |= codes.M_MODIFIER_CCAM_ONLY
    if line.association != 0:
        line.messages |= codes.M_ASSOCIATION_CCAM_ONLY
    if line.supplement_cents != 0:
        line.messages |= codes.M_SUPPLEMENT_CCAM_ONLY
    row = line.price_row
    if row < 0:
        if line.complement != codes.COMPLEMENT_NONE:
            line.messages |= codes.M_COMPLEMENT_REFUSED
        return
    least, most = tables.ngap_coefficient_min_milli[row], tables.ngap_coefficient_max_milli[row]
    if line.coefficient_milli < least or line.coefficient_milli > most:
        line.messages |= codes.M_COEFFICIENT_OUT_OF_BOUNDS
    if line.complement != codes.COMPLEMENT_NONE and complement_of(tables, line) < 0:
        line.messages |= codes.M_COMPLEMENT_REFUSED
    if tables.ngap_agreement[row] and line.agreement == codes.AGREEMENT_9:
        line.messages |= codes.M_AGREEMENT_MISSING
    if bill.birth_known:
        months = line.age_years * 12
        if months + 11 < tables.ngap_age_from_months[row] or months >= tables.ngap_age_to_months[row]:
            line.messages |= codes.M_AGE_CHILD_EXAM
    elif tables.ngap_age_from_months[row] > 0 or tables.ngap_age_to_months[row] < 9999:
        line.messages |= codes.M_AGE_UNKNOWN


@helper
def complement_of(tables: Any, line: Any) -> Any:
    """Cents of the night or Sunday complement in the act's row, -1 where the profession does not have it."""
    if line.complement == codes.COMPLEMENT_NIGHT:
        return tables.ngap_night_cents[line.price_row]
    if line.complement == codes.COMPLEMENT_DEEP_NIGHT:
        return tables.ngap_deep_night_cents[line.price_row]
    return tables.ngap_sunday_cents[line.price_row]


@rule(source="table", reads=("act", "day", "bill.specialty", "bill.zone"))
def unit_price(tables: Any, bill: Any, line: Any) -> Any:
    """Price of the key letter (valeur de la lettre clé) on the day."""
    line.unit_cents = tables.ngap_price_cents[line.price_row]
    return line.unit_cents


@rule(
    source="NGAP, dispositions générales, art. 2 ; art. 11B",
    reads=("unit_cents", "coefficient_milli", "quantity", "half"),
)
def amount(tables: Any, bill: Any, line: Any) -> Any:
    """Unit price by coefficient by quantity, at half for the second act of a session; rounded once."""
    line.computed_cents = half_up(line.unit_cents * line.coefficient_milli * line.quantity, 2000 if line.half else 1000)
    return line.computed_cents


@rule(source="NGAP, dispositions générales, art. 14", reads=("complement",))
def complement(tables: Any, bill: Any, line: Any) -> Any:
    """Night or Sunday complement (majoration), added once a line."""
    cents = complement_of(tables, line)
    line.computed_cents += cents
    return cents

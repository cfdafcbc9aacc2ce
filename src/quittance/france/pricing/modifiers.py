"""CCAM modifiers (modificateurs): which the act takes, their values, exclusions, ages."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.tables import has_specialty, month_day_and_year
from quittance.kernel.rule import helper, rule

SLOTS = 4


@helper
def value_row(tables: Any, bill: Any, line: Any, modifier: Any) -> Any:
    """Place of the modifier's value for this professional on the day, or -1."""
    for row in range(tables.modifier_first[modifier], tables.modifier_last[modifier]):
        if (
            tables.modifier_from[row] <= line.day
            and line.day <= tables.modifier_to[row]
            and (tables.modifier_sectors[row] >> bill.sector) & 1
            and (tables.modifier_options[row] >> bill.option) & 1
            and has_specialty(
                tables.modifier_specialties_low[row], tables.modifier_specialties_high[row], bill.specialty
            )
        ):
            return row
    return -1


@rule(source="CCAM, livre III, art. III-2 ; table 11", reads=("bill.specialty", "day"), unit="milli")
def percent(tables: Any, bill: Any, line: Any) -> Any:
    """Sum of the percent modifiers, with the act itself as 1000; the fixed ones are put aside."""
    line.modifier_percent_milli, line.modifier_fixed_cents = 1000, 0
    for slot in range(SLOTS):
        if line.modifiers[slot] == 0:
            break
        row = value_row(tables, bill, line, line.modifiers[slot] - 1)
        if row < 0:
            line.messages |= codes.M_MODIFIER_PROFESSION
        elif tables.modifier_percent[row]:
            line.modifier_percent_milli += tables.modifier_value[row]
        else:
            line.modifier_fixed_cents += tables.modifier_value[row]
    return line.modifier_percent_milli


@helper
def mask_of(line: Any) -> Any:
    """The act's modifiers as a mask."""
    mask = 0
    for slot in range(SLOTS):
        if line.modifiers[slot] != 0:
            mask |= 1 << (line.modifiers[slot] - 1)
    return mask


@helper
def check(tables: Any, bill: Any, line: Any) -> None:
    """Modifiers against the act's list, their exclusions and the patient's age."""
    mask = mask_of(line)
    row = line.property_row
    if row >= 0 and mask & ~tables.ccam_modifiers[row]:
        line.messages |= codes.M_MODIFIER_NOT_ALLOWED
    urgency = mask & tables.modifier_urgency[0]
    if urgency & (urgency - 1):
        line.messages |= codes.M_MODIFIER_ONE_URGENCY
    for slot in range(SLOTS):
        if line.modifiers[slot] == 0:
            break
        modifier = line.modifiers[slot] - 1
        if mask & tables.modifier_without[modifier] & ~tables.modifier_urgency[0]:
            line.messages |= codes.M_MODIFIER_EXCLUSIVE
        for other in range(slot):
            if line.modifiers[other] - 1 == modifier and not tables.modifier_twice_an_act[modifier]:
                line.messages |= codes.M_MODIFIER_REPEATED
            elif not (tables.modifier_compatible[modifier] >> (line.modifiers[other] - 1)) & 1:
                line.messages |= codes.M_MODIFIER_COMPATIBILITY
        check_age(tables, bill, line, modifier)


@helper
def check_age(tables: Any, bill: Any, line: Any, modifier: Any) -> None:
    """A modifier kept for an age: refused outside it, a warning where the birth date is missing."""
    bounded, inside = 0, 0
    for row in range(tables.modifier_age_first[modifier], tables.modifier_age_last[modifier]):
        if tables.modifier_age_from[row] <= line.day and line.day <= tables.modifier_age_to[row]:
            bounded = 1
            extra = tables.modifier_age_extra_days[row]
            # Counting from the day before moves both bounds by a day: « 80 ans et un jour ».
            born, now = month_day_and_year(bill.birth_day + extra), month_day_and_year(line.day)
            years = now // 10_000 - born // 10_000
            if now % 10_000 < born % 10_000:
                years -= 1
            if tables.modifier_age_least_years[row] <= years and years < tables.modifier_age_below_years[row]:
                inside = 1
    if bounded and not bill.birth_known:
        line.messages |= codes.M_AGE_UNKNOWN
    elif bounded and not inside:
        line.messages |= codes.M_MODIFIER_AGE

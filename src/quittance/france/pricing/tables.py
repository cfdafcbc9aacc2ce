"""Look-ups in the tables that several chapters share."""

from __future__ import annotations

from typing import Any

from quittance.france.pricing import codes
from quittance.kernel.dated import row_on
from quittance.kernel.rule import helper


@helper
def figure(tables: Any, line: Any, parameter: Any, day: Any) -> Any:
    """The value of a dated parameter on a day; a day it does not know is an error of the line."""
    row = row_on(
        tables.parameter_from,
        tables.parameter_to,
        tables.parameter_first[parameter],
        tables.parameter_last[parameter],
        day,
    )
    if row < 0:
        line.messages |= codes.M_PARAMETER_UNKNOWN
        return 0
    return tables.parameter_value[row]


@helper
def has_specialty(low: Any, high: Any, specialty: Any) -> Any:
    """Whether a two-digit specialty stands in a set written as two masks (1-60, 61-99)."""
    if specialty > 60:
        return (high >> (specialty - 60)) & 1
    return (low >> specialty) & 1


@helper
def years_at(birth_day: Any, day: Any) -> Any:
    """Full years between two day numbers, by the calendar.

    >>> from datetime import date
    >>> from quittance.kernel.dated import day_number
    >>> born = day_number(date(2010, 3, 1))
    >>> years_at(born, day_number(date(2026, 2, 28))), years_at(born, day_number(date(2026, 3, 1)))
    (15, 16)
    """
    birth_month_day, birth_year = month_day_and_year(birth_day) % 10_000, month_day_and_year(birth_day) // 10_000
    now = month_day_and_year(day)
    years = now // 10_000 - birth_year
    if now % 10_000 < birth_month_day:
        years -= 1
    return years


@helper
def month_day_and_year(day: Any) -> Any:
    """A day number as the integer YYYYMMDD (civil calendar from days, in integers).

    >>> month_day_and_year(0), month_day_and_year(20454)
    (19700101, 20260101)
    """
    shifted = day + 719_468
    era = shifted // 146_097
    day_of_era = shifted - era * 146_097
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day_of_month = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    year = year_of_era + era * 400
    if month <= 2:
        year += 1
    return year * 10_000 + month * 100 + day_of_month

"""Look-ups in the tables that several chapters share: dated figures, price rows, ages, days of the week."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.kernel.dated import row_on
from quittance.kernel.rule import helper

ADULT_MONTHS = 360
"""Age of a patient whose birth is unknown: an adult, so that no row for children or for old age holds."""


@helper
def figure(tables: Any, line: Any, parameter: Any, day: Any) -> Any:
    """The value of a dated parameter, its row kept in `figure_row`; a day that it does not know is an error."""
    row = row_on(
        tables.parameter_from,
        tables.parameter_to,
        tables.parameter_first[parameter],
        tables.parameter_last[parameter],
        day,
    )
    if row < 0:
        line.messages |= codes.M_PARAMETER_UNKNOWN
        line.unknown_parameter = parameter + 1
        return 0
    line.figure_row = row
    return tables.parameter_value[row]


@helper
def tell_doubt(tables: Any, line: Any, message: Any) -> None:
    """Say that the figure last looked up is doubtful, where it is and where it changed the result."""
    if tables.parameter_doubtful[line.figure_row]:
        line.messages |= message
        line.doubtful_parameter = line.figure_row + 1


@helper
def bits_of(mask: Any) -> Any:
    """How many conditions a mask holds."""
    count = 0
    for bit in range(8):
        count += (mask >> bit) & 1
    return count


@helper
def best_row(tables: Any, line: Any, kind: Any, conditions: Any) -> Any:
    """The row of the line's act that answers on its day."""
    return best_row_of(tables, line, line.act, kind, conditions)


@helper
def best_row_of(tables: Any, line: Any, act: Any, kind: Any, conditions: Any) -> Any:
    """The most specific row of an act that holds on the line's day: most conditions, narrowest age, then newest."""
    found, found_bits, found_width = -1, 0, 0
    for row in range(tables.row_first[act], tables.row_last[act]):
        if tables.row_kind[row] != kind or line.day < tables.row_from[row] or line.day > tables.row_to[row]:
            continue
        requires, forbids = tables.row_requires[row], tables.row_forbids[row]
        if requires & ~conditions or forbids & conditions:
            continue
        least, below = tables.row_age_from_months[row], tables.row_age_to_months[row]
        if line.age_months < least or line.age_months >= below:
            continue
        bits, width = bits_of(requires) + bits_of(forbids), below - least
        if (
            found < 0
            or bits > found_bits
            or (bits == found_bits and width < found_width)
            or (bits == found_bits and width == found_width and tables.row_from[row] >= tables.row_from[found])
        ):
            found, found_bits, found_width = row, bits, width
    return found


@helper
def place_of(tables: Any, bill: Any, line: Any) -> Any:
    """The place of care: as typed, else the only one of the act's code; none (0) where neither tells."""
    return bill.place if bill.place != codes.PLACE_NONE else tables.act_only_place[line.act]


@helper
def age_counts(tables: Any, line: Any) -> Any:
    """Whether a row of the act on the day turns on the patient's age."""
    for row in range(tables.row_first[line.act], tables.row_last[line.act]):
        if tables.row_from[row] <= line.day and line.day <= tables.row_to[row]:
            if tables.row_age_from_months[row] > 0 or tables.row_age_to_months[row] < 9999:
                return 1
    return 0


@helper
def months_at(birth_day: Any, day: Any) -> Any:
    """Full months between two day numbers, by the calendar.

    >>> from datetime import date
    >>> from quittance.kernel.dated import day_number
    >>> born = day_number(date(2016, 3, 15))
    >>> months_at(born, day_number(date(2026, 3, 14))), months_at(born, day_number(date(2026, 3, 15)))
    (119, 120)
    """
    birth, now = civil(birth_day), civil(day)
    months = (now // 10_000 - birth // 10_000) * 12 + now // 100 % 100 - birth // 100 % 100
    if now % 100 < birth % 100:
        months -= 1
    return months


@helper
def civil(day: Any) -> Any:
    """A day number as the integer YYYYMMDD (civil calendar from days, in integers).

    >>> civil(0), civil(20454)
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


@helper
def rests(tables: Any, day: Any) -> Any:
    """Whether a day is a Saturday, a Sunday or a public holiday (1970-01-01 was a Thursday)."""
    return 1 if (day + 3) % 7 >= 5 else is_holiday(tables, day)


@helper
def is_holiday(tables: Any, day: Any) -> Any:
    """Whether a day is a public holiday (jour férié légal)."""
    low, high = 0, tables.holiday_count[0]
    while low < high:
        middle = (low + high) // 2
        if tables.holiday_day[middle] < day:
            low = middle + 1
        else:
            high = middle
    return 1 if low < tables.holiday_count[0] and tables.holiday_day[low] == day else 0

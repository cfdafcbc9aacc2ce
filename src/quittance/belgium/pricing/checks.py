"""Whether the act may be billed at all: profession, place, hospital twin, day of the week, birth."""

from __future__ import annotations

from typing import Any

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.tables import ADULT_MONTHS, age_counts, months_at, rests
from quittance.kernel.rule import helper


@helper
def age(tables: Any, bill: Any, line: Any) -> None:
    """Age in full months on the day of the act; an adult, with a warning where it matters, without birth date."""
    line.age_months = ADULT_MONTHS
    if bill.birth_known:
        line.age_months = months_at(bill.birth_day, line.day)
        if line.day < bill.birth_day and not line.past:
            line.messages |= codes.M_PATIENT_UNBORN
    elif age_counts(tables, line) and not line.past:
        line.messages |= codes.M_AGE_UNKNOWN


@helper
def act(tables: Any, bill: Any, line: Any) -> None:
    """Profession, place and day of the act."""
    profession = tables.act_profession[line.act]
    if profession != 0 and profession != bill.profession:
        line.messages |= codes.M_ACT_PROFESSION
    place(tables, bill, line)
    weekend = tables.act_weekend[line.act]
    if weekend != codes.WEEKEND_ANY and rests(tables, line.day) != (weekend == codes.WEEKEND_WEEKEND):
        line.messages |= codes.M_DAY_REFUSED


@helper
def place(tables: Any, bill: Any, line: Any) -> None:
    """The place of care against those of the act, and the twin code of a hospitalised patient."""
    if bill.place == codes.PLACE_NONE:
        return
    places = tables.act_place[line.act]
    here = 1 << (bill.place - 1)
    in_hospital = 1 if bill.place == codes.PLACE_HOSPITAL else 0
    if tables.act_hospital_pair[line.act] >= 0 and tables.act_of_hospital[line.act] != in_hospital:
        line.messages |= codes.M_ACT_HOSPITAL_PAIR
    elif places != 0 and not places & here:
        line.messages |= codes.M_PLACE_REFUSED

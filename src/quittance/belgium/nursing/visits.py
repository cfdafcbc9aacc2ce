"""Basic visits: the first, the second, the third and more of the day, where an act by session opens them.

Those that earlier bills of the day hold are counted."""

from __future__ import annotations

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing.case import Case
from quittance.belgium.nursing.model import Act, Place

BASIC = {Place.HOME: "basic_home", Place.COMMUNITY: "basic_community", Place.DAY_CARE: "basic_day_care"}
LAST = 3


def with_basic(case: Case, acts: list[Act]) -> list[Act]:
    """The acts in the order of the visits, each visit that counts begun by its basic visit."""
    found: list[Act] = []
    rank = sum(1 for kind in case.done if kind.startswith("basic_"))
    for visit in sorted({act.visit for act in acts}):
        done = [act for act in acts if act.visit == visit]
        opens = next((act for act in done if law.kinds()[act.kind].basic), None)
        if opens is not None and _counts(case, opens.place):
            rank += 1
            found.append(Act(f"basic_{min(rank, LAST)}", visit, opens.place, opens.provider))
        found.extend(done)
    return found


def _counts(case: Case, place: Place) -> bool:
    return place in BASIC and bool(case.book.number(BASIC[place]))

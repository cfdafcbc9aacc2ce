"""The daily ceiling of the acts by session; where its amount is not known, that is said and nothing is changed."""

from __future__ import annotations

from dataclasses import replace

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing.case import Case
from quittance.belgium.nursing.model import Line, Role
from quittance.belgium.nursing.texts import euros


def apply(case: Case) -> None:
    """Bring the acts by session of the day down to the ceiling, in their order."""
    counted = [line for line in case.lines if line.role is Role.ACT and law.kinds()[line.kind].group == "session"]
    if all(line.cents == 0 for line in counted):
        return
    unpriced = next((line.code for line in counted if line.cents is None), None)
    total = sum(line.cents or 0 for line in counted)
    limit = case.book.read("daily_ceiling").value
    if unpriced is not None:
        case.tell("ceiling.unpriced", "daily_ceiling", code=unpriced)
    elif limit is None:
        case.tell("ceiling.unknown", "daily_ceiling", sum=euros(total))
    elif total > limit:
        case.tell("ceiling.applied", "daily_ceiling", sum=euros(total), ceiling=euros(limit))
        case.lines[:] = _capped(case.lines, counted, limit)


def _capped(lines: list[Line], counted: list[Line], limit: int) -> list[Line]:
    left, found = limit, []
    for line in lines:
        if not any(line is one for one in counted):
            found.append(line)
            continue
        cents = min(line.cents or 0, left)
        left -= cents
        found.append(replace(line, cents=cents))
    return found

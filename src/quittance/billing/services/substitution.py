"""A bill made on a replaced day carries both: the holder, whose number it takes, and the substitute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quittance.billing.models import Draft
from quittance.billing.services.errors import Problem, RefusedError
from quittance.people.substitutes.days import replaced
from quittance.web.templatetags.quittance import day as written

CODE = "substitute.day"


def require_replaced(draft: Draft, days: Iterable[date], today: date) -> None:
    """Refuse a bill that names a substitute on a day when he did not replace the holder; others ask nothing."""
    if draft.substitute is None:
        return
    wanted = set(days)
    wrong = wanted - replaced(draft, draft.professional, draft.substitute, wanted, hold=True)
    if wrong:
        raise RefusedError([_problem(draft, day, today) for day in sorted(wrong)])


def _problem(draft: Draft, day: date, today: date) -> Problem:
    text = _(
        "%(substitute)s did not replace %(holder)s on %(day)s, and a day that has passed is no longer confirmed. "
        "Correct the date of the act, or ask %(holder)s to bill it."
    )
    if day >= today:
        text = _(
            "%(substitute)s does not replace %(holder)s on %(day)s. "
            "Ask %(holder)s to confirm this day on the page of substitutes, or correct the date of the act."
        )
    told = {"substitute": draft.substitute, "holder": draft.professional, "day": written(day)}
    return Problem(code=CODE, path="", message=text % told)


def names(snapshot: Mapping[str, Any]) -> str:
    """Say in whose name a bill is, and who gave the care where it was a substitute."""
    holder, substitute = snapshot["professional"]["full_name"], snapshot.get("substitute")
    if not substitute:
        return str(holder)
    return _("%(holder)s, replaced by %(substitute)s") % {"holder": holder, "substitute": substitute["full_name"]}


def substitute_numbers(snapshot: Mapping[str, Any]) -> list[tuple[str, str]]:
    """List the numbers of the substitute that a bill names: system and value."""
    found = (snapshot.get("substitute") or {}).get("identifiers", [])
    return [(one["system"], one["value"]) for one in found]

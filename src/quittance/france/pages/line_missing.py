"""What the law asks of a bill beside the prices: a maternity and an accident have a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quittance.web.country import Missing

COMMON_ACCIDENT, WORK = "accident", "work_accident"


def missing(draft_input: Mapping[str, Any], session: Mapping[str, Any]) -> list[Missing]:
    """Say which day the nature of the insurance needs and the draft does not have, beside its field."""
    nature = str(session.get("cover", {}).get("nature", "illness"))
    extras = draft_input.get("extras", {})
    wanted = {
        "maternity": ("maternity_date", _("Maternity care needs its date: presumed conception or birth. Type it.")),
        WORK: ("at_date", _("A work accident needs its date. Type the one of the declaration.")),
    }
    if extras.get(COMMON_ACCIDENT):
        wanted["illness"] = ("accident_date", _("An accident caused by a third party needs its date. Type it."))
    name, text = wanted.get(nature, ("", ""))
    return [Missing(f"{nature}.date", f"extras.{name}", text)] if name and not _is_day(extras.get(name)) else []


def _is_day(typed: object) -> bool:
    try:
        date.fromisoformat(str(typed or ""))
    except ValueError:
        return False
    return True

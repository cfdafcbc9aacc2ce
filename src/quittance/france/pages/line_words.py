"""The messages of the quote in the words of the page: the label of the field instead of its name in the contract."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import cast

from django.utils.translation import gettext as _

from quittance.billing.pages.draft_parts import Level, Message

# Told by a word on the act's line: in full where the fee is explained, and in the field they speak of.
QUIET = {"price.stale", "price.doubtful", "agreement.missing", "info.contribution", "scheme.doubtful"}
_NAMED = re.compile(r"« ([a-z_]+) »")
_DECIMAL = re.compile(r"\b(\d+)\.(\d{1,3})\b(?!\.\d)")


@lru_cache(maxsize=8)
def _labels(_language: str) -> dict[str, str]:
    return {
        "quantity": _("Quantity"),
        "coefficient": _("Coefficient"),
        "date": _("Date"),
        "activity": _("Activity"),
        "phase": _("Phase"),
        "supplement": _("Practice charges"),
        "unit_price": _("Unit price"),
        "base": _("Base of reimbursement"),
        "total": _("Fee asked"),
        "amo": _("AMO share"),
        "amc": _("AMC share"),
        "convention_tariff": _("Convention tariff"),
        "free_care_amount": _("Amount covered"),
    }


def say(problem: Mapping[str, str]) -> Message:
    """Make a message of the page from an error or a message of the quote."""
    from django.utils.translation import get_language

    labels = _labels(get_language() or "")
    text = problem.get("text") or problem.get("message", "")
    text = _NAMED.sub(lambda found: f"« {labels.get(found[1], found[1])} »", text)
    text = _DECIMAL.sub(r"\1,\2", text)
    level = cast(Level, problem.get("level", "error"))
    return Message(level, problem["code"], problem["path"], text, quiet=problem["code"] in QUIET)

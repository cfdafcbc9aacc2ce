"""Why this amount? The steps of the quote that made it, in the words and figures of a French reader."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from quittance.billing.pages.draft_parts import Step
from quittance.france.pages.line_fields import french

BASE = ("france.ngap.", "france.ccam.", "france.modifiers.", "france.base.")
COMPULSORY = ("france.threshold.", "france.compulsory.", "france.shares.compulsory")
COMPLEMENTARY = ("france.complementary.", "france.shares.complementary")
# An amount is told from the tariff down to itself: what it was made of stands above it.
PARTS = {
    "fee": BASE,
    "amo": (*BASE, *COMPULSORY),
    "amc": ("france.base.", *COMPULSORY, *COMPLEMENTARY),
    "patient": ("france.base.fee", *COMPULSORY, *COMPLEMENTARY, "france.shares.patient"),
    "due": ("france.shares.due",),
}
SUM = "france.threshold.heavy_acts"
PASSED = {"france.threshold.exempted", "france.threshold.contribution"}
DROPPED = {"0", "0.00", "sans", "non", ""}
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?( %)?")


def why(act: Mapping[str, Any], role: str) -> list[Step]:
    """List the steps of an amount: of the fee, of a share, or of what the patient is asked."""
    wanted = PARTS.get(role, ())
    told = [one for one in act.get("steps", ()) if one["rule"].startswith(wanted)]
    # The sum of the session only tells something where the threshold was passed.
    if not any(one["rule"] in PASSED for one in told):
        told = [one for one in told if one["rule"] != SUM]
    return list(_steps(told))


def _steps(entries: Iterable[Mapping[str, Any]]) -> Iterable[Step]:
    for entry in entries:
        inputs = tuple(
            (label, written(str(value))) for label, value in entry["inputs"].items() if str(value) not in DROPPED
        )
        yield Step(entry["label"], written(str(entry["result"])), inputs, source(entry["source"]))


def written(value: str) -> str:
    """Write a figure of the trace as a French reader does.

    >>> written("2026-01-05"), written("14.77"), written("métropole")
    ('05/01/2026', '14,77', 'métropole')
    """
    day = _DAY.fullmatch(value)
    if day:
        return f"{day[3]}/{day[2]}/{day[1]}"
    return french(value).replace("-", "\u2212").replace(" %", "\u202f%") if _NUMBER.fullmatch(value) else value


def source(text: str) -> str:
    """Write a source as a sentence begins."""
    return text[:1].upper() + text[1:]


def formula(answer: Mapping[str, Any], act: Mapping[str, Any]) -> str:
    """Write the sum of an act in one line: base, rate, insurer's share.

    >>> formula({"base": "9.45", "fee": "9.45", "rate": 60, "amo": "5.67", "pav": "0.00"}, {})
    'Base 9,45 × 60 % = 5,67'
    """
    base, fee, rate = french(answer["base"]), french(answer["fee"]), answer["rate"]
    parts = [_("Fee %s") % fee] if fee != base else []
    text = _("Base %s") % base
    if rate is not None and "amo" not in act:
        text += f" × {french(str(rate))} %"
        text += f" \u2212 {french(answer['pav'])}" if answer["pav"] != "0.00" else ""
        text += f" = {french(answer['amo'])}"
    return " · ".join([*parts, text])

"""The messages of the quote in the words of the page, and figures as a French reader writes them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from quittance.belgium.info.book import url_of_step
from quittance.billing.pages.draft_parts import Level, Message, Step

RULE, INCLUDED = gettext_noop("rule to check"), gettext_noop("in the flat rate")
# Told by a word on the act's line: in full where the fee is explained. An empty word is that of every country.
QUIET = {
    "price.doubtful": "",
    "price.stale": "",
    "speech.law.stale": RULE,
    "speech.code.doubtful": RULE,
    "flat_rate.replaces": INCLUDED,
}
_DECIMAL = re.compile(r"\b(\d+)\.(\d{1,3})\b(?!\.\d)")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_NUMBER = re.compile(r"-?\d+(\.\d+)?( %)?")
DROPPED = {"0", "0.00", "aucun", "non", ""}
# An amount is told from the tariff down to itself: what it was made of stands above it.
FEE = ("belgium.convention.", "belgium.fee.", "belgium.nursing.", "belgium.supplement.", "belgium.quota.")
INSURER = ("belgium.convention.", "belgium.fee.official", "belgium.nursing.", "belgium.reimbursement.")
PATIENT = ("belgium.fee.amount", "belgium.reimbursement.amount", "belgium.supplement.", "belgium.shares.")
PARTS = {
    "fee": FEE,
    "insurer": INSURER,
    "patient": PATIENT,
    "due": ("belgium.third_party.", "belgium.shares.patient", "belgium.shares.due_patient"),
}
NOT_OF_PATIENT = {"belgium.shares.due_patient"}


def say(problem: Mapping[str, str]) -> Message:
    """Make a message of the page from an error or a message of the quote."""
    text = problem.get("text") or problem.get("message", "")
    text = _DECIMAL.sub(r"\1,\2", _DAY.sub(r"\3/\2/\1", text)).replace(" (supplement_reason)", "")
    level = cast(Level, problem.get("level", "error"))
    code = problem["code"]
    word = QUIET.get(code, "")
    return Message(level, code, problem["path"], text, quiet=code in QUIET, word=_(word) if word else "")


def why(act: Mapping[str, Any], role: str) -> list[Step]:
    """List the steps of an amount: of the fee, of a share, or of what the patient is asked."""
    wanted = PARTS.get(role, ())
    told = (one for one in act.get("steps", ()) if one["rule"].startswith(wanted))
    return list(_steps(one for one in told if role == "due" or one["rule"] not in NOT_OF_PATIENT))


def _steps(entries: Iterable[Mapping[str, Any]]) -> Iterable[Step]:
    for entry in entries:
        inputs = tuple(
            (label, written(str(value))) for label, value in entry["inputs"].items() if str(value) not in DROPPED
        )
        source = str(entry["source"])
        told = source[:1].upper() + source[1:]
        yield Step(entry["label"], written(str(entry["result"])), inputs, told, url_of_step(entry["rule"]))


def written(value: str) -> str:
    """Write a figure of the trace as a French reader does.

    >>> written("2026-01-05"), written("38.37"), written("domicile")
    ('05/01/2026', '38,37', 'domicile')
    """
    day = _DAY.fullmatch(value)
    if day:
        return f"{day[3]}/{day[2]}/{day[1]}"
    if not _NUMBER.fullmatch(value):
        return value
    return french(value).replace("-", "\u2212").replace(" %", "\u202f%")


def french(amount: str) -> str:
    """Write an amount of the contract as a French reader does.

    >>> french("16.10")
    '16,10'
    """
    return amount.replace(".", ",")


def formula(answer: Mapping[str, Any]) -> str:
    """Write the sum of an act in one line: fee, what the mutuality gives, what is left."""
    fee, insurer = french(answer["fee"]), french(answer["insurer"])
    parts = [_("Fee %s") % fee]
    if answer["fee"] != answer["official_fee"]:
        parts.append(_("official fee %s") % french(answer["official_fee"]))
    parts.append(_("reimbursed %s") % insurer)
    return " · ".join(parts)

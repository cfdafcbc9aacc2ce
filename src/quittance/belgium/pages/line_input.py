"""What the bill page posts, read into the draft: everything is kept as it was typed, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.belgium.file import file_of
from quittance.belgium.insured import rights_on
from quittance.belgium.pages.line_act import facts
from quittance.belgium.pages.line_session import (
    OF_NURSING,
    day_or,
    first_day,
    profession_of,
    third_party,
    usual_third_party,
)
from quittance.belgium.verdicts import of_draft
from quittance.billing.pages.draft_parts import Act, Sheet

LONGEST = 200
FLAGS = {"anyway"}
ONCE = {"id", "date", "prescribed", "anyway", *OF_NURSING}
SPEECH = "speech_therapist"


def read(data: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
    """Give the draft's input with what the form posted. Only the fields that were shown are read."""
    posted = cast(QueryDict, data)
    shown = {name for names in posted.getlist("shown") for name in names.split()}
    found = {**sheet.input, "acts": [dict(act) for act in sheet.acts], "extras": dict(sheet.extras)}
    if "date" in shown:
        found["date"] = day_or(posted.get("date", ""), sheet.day).isoformat()
    for act in found["acts"]:
        _read_act(act, posted, shown, sheet.day.isoformat())
    _read_extras(found["extras"], posted, shown)
    if "c-third_party" in shown:
        found["cover"] = _cover(sheet, bool(posted.get("c-third_party")))
    return found


def _read_act(act: Act, posted: QueryDict, shown: set[str], billed_on: str) -> None:
    """Take the act's fields; a day that is the bill's own is not kept, so that it follows the bill."""
    prefix = f"a{act['id']}-"
    for name in (one.removeprefix(prefix) for one in shown if one.startswith(prefix)):
        value: Any = prefix + name in posted if name in FLAGS else posted.get(prefix + name, "").strip()[:LONGEST]
        if name == "date" and value == billed_on:
            value = ""
        if value in ("", False):
            act.pop(name, None)
        else:
            act[name] = value


def _read_extras(extras: dict[str, Any], posted: QueryDict, shown: set[str]) -> None:
    for name in (one.removeprefix("x-") for one in shown if one.startswith("x-")):
        value = posted.get(f"x-{name}", "").strip()[:LONGEST]
        if value:
            extras[name] = value
        else:
            extras.pop(name, None)


def _cover(sheet: Sheet, given: bool) -> dict[str, Any]:
    """Keep of the settlement what is not usual: the rest follows the profession and the patient."""
    rights = rights_on(sheet.patient, first_day(sheet.input, sheet.day))
    return {} if given == usual_third_party(profession_of(sheet.professional), rights) else {"third_party": given}


def new_act(code: str, sheet: Sheet) -> Act:
    """Make an act; one that holds for several disorders takes that of the patient's agreement, if there is one."""
    act: Act = {"code": code}
    if facts(code, sheet.day).asks_disorder and (disorder := usual_disorder(sheet)):
        act["disorder"] = disorder
    return act


def usual_disorder(sheet: Sheet) -> str:
    """Give the disorder of the newest agreement of the patient; empty where he has none."""
    newest = max(file_of(sheet.patient).agreements, key=lambda one: one.begin, default=None)
    return newest.disorder if newest else ""


def opens(act: Act, sheet: Sheet) -> bool:
    """Say whether a new act asks something at once: its disorder, or the day of its prescription."""
    known = facts(str(act["code"]), sheet.day)
    return profession_of(sheet.professional) == SPEECH and (known.asks_disorder or known.is_collective)


def like(snapshot: Mapping[str, Any]) -> tuple[list[Act], dict[str, Any]]:
    """Give the acts of an earlier bill without what was its own, and how it was settled; of a series, each act once.

    The lines of a day of home nursing follow from its visits and its identity checks: its own page does them again.
    """
    told = snapshot.get("draft") or {}
    acts = told.get("acts") or snapshot.get("input", {}).get("acts", [])
    acts = [act for act in acts if not act.get("role")]
    kept = [{name: value for name, value in act.items() if name not in ONCE} for act in acts]
    if len({act.get("date") for act in acts}) > 1:
        kept = list({str(act.get("code")): act for act in kept}.values())
    cover = told.get("cover", {})
    return kept, {name: cover[name] for name in ("third_party",) if name in cover}


def tags(act: Act, sheet: Sheet) -> list[str]:
    """Say in short what was set on an act, and how many sessions are left."""
    found = []
    typed = act.get("date")
    if typed and typed != sheet.day.isoformat():
        found.append(day_or(str(typed), sheet.day).strftime("%d/%m"))
    if str(act.get("quantity", "1")) != "1":
        found.append(f"× {act['quantity']}")
    found += [str(act["disorder"])] if act.get("disorder") else []
    found += _nurse(act)
    found += [f"+ {act['supplement']}"] if act.get("supplement") else []
    return [*found, *_left(act, sheet)]


def _nurse(act: Act) -> list[str]:
    words = {"statistic": _("statistical line"), "flat": _("flat rate"), "pseudo": _("pseudo-code")}
    return [words[word] for word in (str(act.get("role", "")),) if word in words]


def _left(act: Act, sheet: Sheet) -> list[str]:
    verdict = verdicts_of(sheet).get(sheet.position(act))
    if verdict is None or not verdict.reimbursable:
        return []
    return [ngettext("%(n)s session left", "%(n)s sessions left", verdict.left) % {"n": verdict.left}]


def verdicts_of(sheet: Sheet) -> dict[int, Any]:
    """Judge the sessions of the sheet once."""
    kept = sheet.__dict__.get("_verdicts")
    if kept is None or kept[0] != sheet.acts:
        kept = sheet.__dict__["_verdicts"] = ([dict(act) for act in sheet.acts], of_draft(sheet.draft, sheet.day))
    found: dict[int, Any] = kept[1]
    return found


def is_third_party(sheet: Sheet) -> bool:
    """Tell whether the bill is in third-party payment."""
    return third_party(sheet.input, sheet.session)

"""What the bill page posts, read into the draft: everything is kept as it was typed, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django.http import QueryDict

from quittance.billing.pages.draft_parts import Act, Sheet
from quittance.france.models import FrenchPatient
from quittance.france.pages.line_act import Facts, Modifier, facts, modifiers_of, profile_of
from quittance.france.pages.line_session import birth_of, cover_of, french_of, whole

LISTS = {"modifiers"}
FLAGS = {"half"}
NOTHING = {"complement": "none", "exceptional": "", "association": "", "prior_agreement": "9"}
COVER_FLAGS = {"local_scheme", "fsv"}
TRAVEL = {"IK": "travel_ik", "IKM": "travel_ikm", "IKS": "travel_iks"}
LONGEST = 200


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
    found["cover"] = _cover(found, posted, shown, sheet)
    return found


def day_or(text: str, other: date) -> date:
    """Read an ISO day; another one where it is none.

    >>> day_or("2026-02-31", date(2026, 1, 5)).isoformat()
    '2026-01-05'
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return other


def _read_act(act: Act, posted: QueryDict, shown: set[str], billed_on: str) -> None:
    """Take the act's fields; a day that is the bill's own is not kept, so that it follows the bill."""
    prefix = f"a{act['id']}-"
    for name in (one.removeprefix(prefix) for one in shown if one.startswith(prefix)):
        if name in LISTS:
            value: Any = [one[:8] for one in posted.getlist(prefix + name) if one.strip()][:20]
        elif name in FLAGS:
            value = prefix + name in posted
        else:
            value = posted.get(prefix + name, "").strip()[:LONGEST]
        if name == "date" and value == billed_on:
            value = ""
        if value in ("", False, []) or value == NOTHING.get(name):
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


def _cover(found: dict[str, Any], posted: QueryDict, shown: set[str], sheet: Sheet) -> dict[str, Any]:
    """Keep of the cover what differs from the patient's file: the rest follows the file when it changes."""
    day = day_or(str(found.get("date", "")), sheet.day)
    filed = cover_of(sheet.patient, sheet.professional, day, str(found["extras"].get("cover", "")))
    kept = dict(sheet.input.get("cover", {}))
    third = dict(kept.pop("third_party", {}))
    for name in (one.removeprefix("c-") for one in shown if one.startswith("c-")):
        given = posted.get(f"c-{name}", "").strip()[:LONGEST]
        if name.startswith("tp_"):
            _differs(third, name[3:], bool(given), filed["third_party"][name[3:]])
        elif name in COVER_FLAGS:
            _differs(kept, name, bool(given), filed.get(name, False))
        elif name == "pathway":
            _differs(kept, name, given or None, filed.get(name))
        else:
            _differs(kept, name, given, filed.get(name, _USUAL.get(name, "")))
    return {**kept, "third_party": third} if third else kept


_USUAL = {"nature": "illness", "exemption": "0", "treating_doctor": "unknown", "free_care_amount": ""}


def _differs(kept: dict[str, Any], name: str, given: Any, filed: Any) -> None:
    if given == filed:
        kept.pop(name, None)
    else:
        kept[name] = given


def birth(sheet: Sheet) -> Any:
    """Give the patient's birth date as the facts of an act want it."""
    return birth_of(sheet.patient)


def _pair(act: Mapping[str, Any]) -> tuple[int, int]:
    """Give activity and phase of an act, the usual ones where they were typed wrong."""
    activity, phase = whole(act.get("activity", 1)), whole(act.get("phase", 0))
    known = isinstance(activity, int) and 1 <= activity <= 5 and isinstance(phase, int) and 0 <= phase <= 3
    return (activity, phase) if known else (1, 0)


def _about(act: Mapping[str, Any], sheet: Sheet) -> tuple[str, dict[str, str], date, Any, tuple[int, int]]:
    day = day_or(str(act.get("date", "")), sheet.day)
    return str(act["code"]), profile_of(sheet.professional), day, birth(sheet), _pair(act)


def facts_of(act: Mapping[str, Any], sheet: Sheet) -> Facts:
    """Tell what an act of the draft allows on its own day."""
    return facts(*_about(act, sheet))


def modifiers_for(act: Mapping[str, Any], sheet: Sheet) -> tuple[Modifier, ...]:
    """List the modifiers that an act of the draft may take."""
    return modifiers_of(*_about(act, sheet))


def new_act(code: str, sheet: Sheet) -> Act:
    """Make an act with what its table and the patient's file already say."""
    act: Act = {"code": code}
    known = facts_of(act, sheet)
    if known.pairs and (1, 0) not in known.pairs:
        act["activity"], act["phase"] = (str(one) for one in known.pairs[0])
    if known.coefficient_min > 1000:
        act["coefficient"] = decimal(known.coefficient_min)
    french = french_of(sheet.patient)
    if known.per_km and french is not None and (usual := _travel(french, code)):
        act["quantity"] = str(usual)
    return act


def _travel(french: FrenchPatient, code: str) -> int:
    return int(getattr(french, TRAVEL[code])) if code in TRAVEL else 0


ONCE = {"id", "date", "amo", "amc", "base", "agreement_date"}
SETTLED = ("pathway", "treating_doctor", "third_party")


def like(snapshot: Mapping[str, Any]) -> tuple[list[Act], dict[str, Any]]:
    """Give the acts of an earlier bill without what was its own, and how it was settled."""
    told = snapshot.get("draft") or {}
    acts = told.get("acts") or snapshot.get("input", {}).get("acts", [])
    kept = [{name: value for name, value in act.items() if name not in ONCE} for act in acts]
    cover = told.get("cover", {})
    return kept, {name: cover[name] for name in SETTLED if name in cover}


def decimal(milli: int) -> str:
    """Write thousandths as a French decimal.

    >>> decimal(1500), decimal(20000)
    ('1,5', '20')
    """
    units, rest = divmod(milli, 1000)
    return f"{units},{rest:03d}".rstrip("0") if rest else str(units)

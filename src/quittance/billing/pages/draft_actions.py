"""What a button of the bill page does to the draft: add, take away, copy, bill again, use a favourite."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import F
from django.utils import timezone

from quittance.billing.models import Favourite
from quittance.billing.pages.draft_parts import Act, Sheet
from quittance.billing.pages.draft_sheet import number_acts, page_of
from quittance.billing.reach import bills
from quittance.billing.services import beside
from quittance.people.acting import Acting
from quittance.web.country import draft_rules

MOST_ACTS = 200
PLACES = ("acts", beside.KEY)
Action = Callable[[Acting, Sheet, str], None]


def act_on(acting: Acting, sheet: Sheet, do: str) -> None:
    """Carry out the action of a button, written `name:argument`; an unknown one does nothing."""
    name, _colon, argument = do.partition(":")
    if name in ACTIONS:
        ACTIONS[name](acting, sheet, argument)


def _append(sheet: Sheet, acts: Iterable[Mapping[str, Any]], place: str = "acts") -> list[Act]:
    """Put acts at the end of the bill, or lines at the end of those beside the quote."""
    added = [{name: value for name, value in act.items() if name != "id"} for act in acts]
    held = sheet.input.get(place, [])
    if added:
        sheet.input[place] = [*held, *added][:MOST_ACTS]
        number_acts(sheet)
    return list(sheet.input.get(place, [])[len(held) :])


def _add(_acting: Acting, sheet: Sheet, code: str) -> None:
    """Add an act; one that asks for something is open at once."""
    code = code.strip().upper()[:20]
    if not code:
        return
    page = page_of(sheet)
    added = _append(sheet, [page.new_act(code, sheet)])
    sheet.open_act = str(added[0]["id"]) if added and page.opens(added[0], sheet) else ""


def _beside(_acting: Acting, sheet: Sheet, _argument: str) -> None:
    """Add an empty line beside the quote, open, where the country has such lines."""
    if draft_rules(sheet.draft.country).beside is not None:
        added = _append(sheet, [{}], beside.KEY)
        sheet.open_act = str(added[0]["id"]) if added else sheet.open_act


def _open(_acting: Acting, sheet: Sheet, number: str) -> None:
    """Open an act, or close it when it is the open one."""
    sheet.open_act = "" if sheet.open_act == number else number


def _remove(_acting: Acting, sheet: Sheet, number: str) -> None:
    for place in PLACES:
        if place in sheet.input:
            sheet.input[place] = [act for act in sheet.input[place] if str(act["id"]) != number]
    sheet.open_act = "" if sheet.open_act == number else sheet.open_act


def _copy(_acting: Acting, sheet: Sheet, number: str) -> None:
    """Repeat an act: what is billed once a line is billed again on another one."""
    for act in [one for one in sheet.lines if str(one["id"]) == number]:
        added = _append(sheet, [act], beside.KEY if sheet.is_beside(act) else "acts")
        sheet.open_act = str(added[0]["id"]) if added else sheet.open_act


def _like(acting: Acting, sheet: Sheet, pk: str) -> None:
    """Bill again what an earlier bill of the patient held."""
    rows = bills(acting).filter(patient=sheet.patient)
    bill = rows.filter(pk=int(pk)).only("snapshot").first() if pk.isdecimal() else None
    if bill is None:
        return
    acts, settled = page_of(sheet).like(bill.snapshot)
    _append(sheet, acts)
    _append(sheet, beside.like(bill.snapshot["draft"]), beside.KEY)
    sheet.input["cover"] = {**settled, **sheet.input.get("cover", {})}
    sheet.open_act = ""


def _favourite(acting: Acting, sheet: Sheet, pk: str) -> None:
    """Add the acts of a favourite, and count that it was used: the most used stand first."""
    rows = Favourite.objects.for_(acting).filter(professional=sheet.professional)
    found = rows.filter(pk=int(pk)).first() if pk.isdecimal() else None
    if found is None:
        return
    for place in PLACES:
        _append(sheet, found.input.get(place, []), place)
    rows.filter(pk=found.pk).update(uses=F("uses") + 1, used_at=timezone.now())
    sheet.open_act = ""


def _common(_acting: Acting, sheet: Sheet, place: str) -> None:
    """Add a usual set of the profession."""
    sets = page_of(sheet).common(sheet)
    if place.isdecimal() and int(place) < len(sets):
        _append(sheet, sets[int(place)][1])
        sheet.open_act = ""


def _computed(_acting: Acting, sheet: Sheet, _argument: str) -> None:
    """Take away the amounts changed by hand."""
    for act in sheet.acts:
        for name in page_of(sheet).by_hand:
            act.pop(name, None)


ACTIONS: dict[str, Action] = {
    "add": _add,
    "beside": _beside,
    "open": _open,
    "remove": _remove,
    "copy": _copy,
    "like": _like,
    "favourite": _favourite,
    "common": _common,
    "computed": _computed,
}

"""What the sheet of a day of care begins with: the day begun in the draft, an earlier day, or one empty visit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict

from quittance.belgium.file import file_of
from quittance.belgium.forms.nursing import flat, typed_kinds
from quittance.belgium.law import nursing_care as law
from quittance.belgium.models import IdentityReading
from quittance.belgium.nursing.model import Place
from quittance.belgium.services import care as on_file
from quittance.belgium.services.nursing import visits_billed, whole
from quittance.patients.models import Patient
from quittance.people.acting import Acting
from quittance.people.models import Professional

Typed = dict[str, Any]
AS_TYPED = {"preparation_flat": "preparation"}
"""Lines that the day made of an act of another name."""


def first_data(
    acting: Acting, patient: Patient, day: date, like: date | None, nurses: list[Professional]
) -> MultiValueDict[str, str]:
    """Lay out what the page proposes of a day, as its form would send it."""
    draft = on_file.draft_of(acting, patient)
    begun = [act for act in draft.input.get("acts", []) if act.get("date") == day.isoformat()] if draft else []
    visits = _visits(begun, day, nurses)
    third_party = draft.input.get("cover", {}).get("third_party") is not False if draft else True
    if visits:
        _read(visits, patient, day)
    elif like is not None:
        visits = _visits(billed_acts(patient, like), like, nurses)
    left = any(act.get("left") for act in begun)
    told = {"day": day.isoformat(), "third_party": "on" if third_party else "", "left": "on" if left else ""}
    return flat(told, visits.values() or [blank(nurses)])


def blank(nurses: list[Professional]) -> Typed:
    """Give an empty visit: at home, by who works."""
    return {"nurse": nurses[0].pk if nurses else "", "place": Place.HOME.value, "manual": "0", "vignette": "0"}


def billed_acts(patient: Patient, day: date) -> list[Mapping[str, Any]]:
    """List the nursing acts that the bills of a patient hold of a day."""
    return [{"code": one.code, **one.typed} for one in file_of(patient).acts if one.day == day]


def last_day(patient: Patient, before: date) -> date | None:
    """Find the last day of nursing that was billed before a day."""
    days = [one.day for one in file_of(patient).acts if on_file.kind_of({"code": one.code, **one.typed})]
    return max((one for one in days if one < before), default=None)


def _visits(acts: Iterable[Mapping[str, Any]], day: date, nurses: list[Professional]) -> dict[int, Typed]:
    """Read the visits back from the acts of a draft or of a bill; the lines that follow from them are left out."""
    by_number = {on_file.provider_of(one, day): one.pk for one in nurses}
    offices = {str(one["code"]): name for name, one in law.labels("offices").items()}
    found: dict[int, Typed] = {}
    for act in acts:
        kind = AS_TYPED.get(on_file.kind_of(act), on_file.kind_of(act))
        if kind not in typed_kinds():
            continue
        visit = found.setdefault(whole(act.get("visit")) or 1, {**blank(nurses), "kinds": {}})
        visit["nurse"] = by_number.get(str(act.get("provider", "")), visit["nurse"])
        visit["place"] = act.get("place") or visit["place"]
        visit["office"] = offices.get(str(act.get("related", "")), "")
        known = visit["kinds"].setdefault(kind, {"count": 0})
        known["count"] += 1
        known |= {name: act[name] for name in ("prescribed", "minutes", "surgical") if act.get(name)}
        if on_file.kind_of(act) == kind and act.get("code") not in law.kinds()[kind].codes.values():
            known["code"] = act.get("code", "")
    return {at: found[number] for at, number in enumerate(sorted(found), 1)}


def _read(visits: dict[int, Typed], patient: Patient, day: date) -> None:
    """Complete visits with the identity checks that are kept of them."""
    offset = visits_billed(patient, day)
    for row in IdentityReading.objects.for_(patient).filter(patient=patient, day=day, visit__gt=offset):
        visit = visits.get(row.visit - offset)
        if visit is None:
            continue
        visit |= {name: getattr(row, name) for name in ("reading", "serial", "manual", "vignette")}
        visit["document"] = row.media
        if row.minute is not None:
            visit["hour"] = f"{row.minute // 60:02d}:{row.minute % 60:02d}"

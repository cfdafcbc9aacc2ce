"""Doctors and dentists: the lists of several days, with the conditions printed in words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quittance.belgium.tariffs.facts.reading import (
    PREFERENTIAL,
    Part,
    cents,
    chosen,
    day_at,
    decisions,
    fee_of,
    lines,
    reimbursements,
)
from quittance.belgium.tariffs.rows import CONDITIONS, KINDS, NO_AGE, PLACES, PROFESSIONS, Act, mask

_COLUMNS = (("reimb_ordinary", "copay_ordinary", 0), ("reimb_bim", "copay_bim", PREFERENTIAL))


def build(folder: Path) -> Part:
    """Acts and rows of the file of a folder."""
    said, part = decisions()["medical"], Part()
    for cells in lines(folder / "gp_specialist_dentist_tariffs.csv", "code", "label", "condition", "fee", "source"):
        where = f"médecins et dentistes, {cells['code']}"
        if cells["code"] not in part.acts:
            part.add(_act(cells, said, where))
        known = chosen(said["days"], cells["valid_from"], where)
        days = day_at(known.get("from", cells["valid_from"]), where), day_at(known["to"], where)
        note = chosen(said["doubtful"], cells["code"], where) if cells["code"] in said["doubtful"] else ""
        fee = fee_of(
            cells["code"],
            days,
            cents(cells["fee"], where),
            chosen(said["sources"], cells["source"], where),
            doubtful=known.get("doubtful", False) or bool(note),
            note=note or known.get("note", ""),
        )
        part.put(fee)
        if not cells["reimb_ordinary"]:
            continue
        for condition in chosen(said["conditions"], cells["condition"], where):
            part.rows += reimbursements(fee, cells, _conditions(condition, cells["label"], said), _COLUMNS)
    return part


def _conditions(condition: Mapping[str, Any], label: str, said: Mapping[str, Any]) -> dict[str, int]:
    ages = condition.get("ages") or next((ages for word, ages in said["ages"].items() if word in label), [0, NO_AGE])
    return {
        "requires": mask(condition.get("requires", ()), CONDITIONS),
        "forbids": mask(condition.get("forbids", ()), CONDITIONS),
        "age_from": ages[0],
        "age_to": ages[1],
    }


def _act(cells: dict[str, str], said: Mapping[str, Any], where: str) -> Act:
    label = chosen(said["labels"], cells["code"], where)
    dentist = cells["code"].startswith("3")
    kind, category = "other", "global medical file"
    if dentist:
        kind, category = "technical", "dental care"
    elif label.startswith("Consultation"):
        kind, category = "consultation", "consultation"
    elif label.startswith("Visite"):
        kind, category = "visit", "visit"
    return Act(
        code=cells["code"],
        profession=PROFESSIONS.index("dentist" if dentist else "doctor"),
        kind=KINDS.index(kind),
        minutes=0,
        places=mask(["home"], PLACES) if kind == "visit" else 0,
        weekend=0,
        pair="",
        category=category,
        pathology="",
        article="5" if dentist else "2",
        label=label,
        source=chosen(said["sources"], cells["source"], where),
    )

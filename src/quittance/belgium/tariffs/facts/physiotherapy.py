"""Physiotherapy (article 7): two lists of prices, and the groups of codes without prices."""

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
from quittance.belgium.tariffs.rows import KINDS, PLACES, PROFESSIONS, Act, mask

_COLUMNS = (("reimb_ordinary", "copay_ordinary", 0), ("reimb_bim", "copay_bim", PREFERENTIAL))


def build(folder: Path) -> Part:
    """Acts and rows of the files of a folder."""
    said, part = decisions()["physiotherapy"], Part()
    for cells in lines(folder / "physio_art7_tariffs.csv", "code", "valid_from", "fee", "reimb_ordinary", "source"):
        where = f"kinésithérapie, {cells['code']}"
        known = chosen(said["sources"], cells["source"], where)
        if cells["code"] not in part.acts:
            own = chosen(said["own"], cells["code"], where)
            part.add(_act(cells["code"], own, chosen(said["labels"], cells["code"], where), known["source"]))
        days = day_at(cells["valid_from"], where), day_at(known["to"], where)
        fee = fee_of(cells["code"], days, cents(cells["fee"], where), known["source"])
        part.put(fee)
        part.rows += reimbursements(fee, cells, {}, _COLUMNS)
    groups: dict[str, Act] = {}
    for cells in lines(folder / "physio_code_groups.csv", "group", "sessions_or_lists", "code"):
        where = f"kinésithérapie, {cells['code']}"
        said_of = chosen(said["groups"], f"{cells['group']}/{cells['sessions_or_lists']}", where)
        # A code of several groups is what the last of them says: the rest homes stand after the common sessions.
        groups[cells["code"]] = _act(cells["code"], said_of, said_of["label"], said["groups_source"])
    for code, act in groups.items():
        if code not in part.acts:
            part.add(act)
    return part


def _act(code: str, said: Mapping[str, Any], label: str, source: str) -> Act:
    return Act(
        code=code,
        profession=PROFESSIONS.index("physiotherapist"),
        kind=KINDS.index(said["kind"]),
        minutes=said.get("minutes", 0),
        places=mask(said.get("places", ()), PLACES),
        weekend=0,
        pair="",
        category=said["category"],
        pathology="",
        article="7",
        label=label,
        source=source,
    )

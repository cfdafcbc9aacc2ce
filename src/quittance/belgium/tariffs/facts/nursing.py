"""Home nursing (article 8): the codes by place and day, and the prices printed in 2018."""

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
from quittance.belgium.tariffs.rows import KINDS, PLACES, PROFESSIONS, REIMBURSEMENT, WEEKENDS, Act, Row, mask

_COLUMNS = (("reimb_ordinary", "copay_ordinary", 0), ("reimb_bim", "copay_bim", PREFERENTIAL))
_PLACE_WORDS = {"home": "à domicile", "office": "au cabinet", "disabled communal home": "en communauté"}
_DAY_WORDS = {"weekday": "en semaine", "weekend/holiday": "week-end ou jour férié"}


def build(folder: Path) -> Part:
    """Acts and rows of the files of a folder."""
    said, part = decisions()["nursing"], Part()
    prices = list(lines(folder / "nursing_art8_tariffs_2018.csv", "code", "valid_from", "fee", "reimb_ordinary"))
    for cells in lines(folder / "nursing_art8_codes.csv", "code", "label", "kind", "place", "day", "W_coefficient"):
        part.add(_act(cells, said))
        if cells["W_coefficient"] == "0" and prices:
            part.rows += _zero(cells["code"], day_at(prices[0]["valid_from"], cells["code"]), said)
    for cells in prices:
        where = f"soins infirmiers, {cells['code']}"
        if cells["code"] not in part.acts:
            chosen({}, cells["code"], where)
        days = day_at(cells["valid_from"], where), day_at(said["to"], where)
        fee = fee_of(cells["code"], days, cents(cells["fee"], where), said["source"])
        part.put(fee)
        part.rows += reimbursements(fee, cells, {}, _COLUMNS)
    return part


def _zero(code: str, since: int, said: Mapping[str, Any]) -> list[Row]:
    """A pseudo-code is sent with nothing to pay."""
    until = day_at(said["to"], code)
    fee = fee_of(code, (since, until), 0, said["codes_source"], doubtful=True, note=said["zero_note"])
    paid = Row(code, REIMBURSEMENT, since, until, 0, share_cents=0, source=fee.source, verified_until=until)
    return [fee, paid]


def _act(cells: dict[str, str], said: Mapping[str, Any]) -> Act:
    where = f"soins infirmiers, {cells['code']}"
    words = chosen(said["labels"], cells["label"], where)
    place, day = cells["place"], cells["day"]
    more = [_PLACE_WORDS.get(place, "en centre de soins de jour" if place else ""), _DAY_WORDS.get(day, "")]
    return Act(
        code=cells["code"],
        profession=PROFESSIONS.index("nurse"),
        kind=KINDS.index(chosen(said["kinds"], cells["kind"], where)),
        minutes=0,
        places=mask(chosen(said["places"], place, where), PLACES),
        weekend=WEEKENDS.index(chosen(said["days"], day, where)),
        pair="",
        category=words["category"],
        pathology="",
        article="8",
        label=", ".join([words["label"], *filter(None, more)]),
        source=said["codes_source"],
    )

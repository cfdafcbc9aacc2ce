"""Logopedics (article 36): the whole list of a year, the fees of before, the codes that are no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from quittance.belgium.tariffs.errors import TariffError
from quittance.belgium.tariffs.facts.reading import (
    NON_CONVENTIONED,
    PREFERENTIAL,
    Part,
    cents,
    chosen,
    day_at,
    decisions,
    fee_of,
    lines,
    reimbursements,
    scaled,
)
from quittance.belgium.tariffs.rows import KINDS, NO_SHARE, PLACES, PROFESSIONS, Act, Row, mask, product_cents
from quittance.belgium.tariffs.store import Cut
from quittance.kernel.dated import OPEN

THERAPIST = PROFESSIONS.index("speech_therapist")
_COLUMNS = (("reimb_ordinary_conventioned", "copay_ordinary", 0), ("reimb_bim", "copay_bim", PREFERENTIAL))


def build(folder: Path) -> Part:
    """Acts and rows of the files of a folder."""
    said, part = decisions()["speech"], Part()
    part.cuts = [
        Cut("speech_therapist", day_at(one["from"], "cuts"), day_at(one["to"], "cuts"), one["cut"], said["source"])
        for one in said["cuts"]
    ]
    for cells in lines(folder / "logopedics_art36_tariffs_2026.csv", "code", "fee", "reimb_ordinary_nonconventioned"):
        act = _act(cells, said)
        part.add(act)
        part.rows += _rows(act, cells, said, part.cuts)
    _abolished(folder / "logopedics_art36_abolished.csv", part, said)
    part.acts = {code: replace(act, pair=_pair(act, part)) for code, act in part.acts.items()}
    _history(folder / "logopedics_fee_history.csv", part, said)
    return part


def _act(cells: dict[str, str], said: Mapping[str, Any]) -> Act:
    where = f"logopédie, {cells['code']}"
    kind = cells["session_type"]
    session = chosen(said["sessions"], f"{kind} {cells['minutes']}" if kind == "individual" else kind, where)
    place = chosen(said["places"], cells["place"], where)
    pathology = "" if cells["paragraph"] == "1" else cells["paragraph"]
    words = [chosen(said["pathologies"], pathology, where) + f" ({pathology})"] if pathology else []
    return Act(
        code=cells["code"],
        profession=THERAPIST,
        kind=KINDS.index(session["kind"]),
        minutes=session["minutes"],
        places=mask(place["places"], PLACES),
        weekend=0,
        pair="",
        category=session["category"],
        pathology=pathology,
        article=cells["article"],
        label=f"{session['label']} : {', '.join([*words, place['label']])}",
        source=said["source"],
    )


def _rows(act: Act, cells: dict[str, str], said: Mapping[str, Any], cuts: list[Cut]) -> Iterator[Row]:
    where = f"logopédie, {act.code}"
    days = day_at(said["from"], where), day_at(said["to"], where)
    if day_at(cells["valid_from"], where) != days[0]:
        raise TariffError(f"{where} : la liste n'est pas celle de {said['from']} ; décidez-en dans facts.yaml.")
    fee = fee_of(
        act.code,
        days,
        cents(cells["fee"], where),
        said["source"],
        letter=cells["key_letter"],
        coefficient_milli=scaled(cells["coefficient"], 1000, where),
        value_micro=scaled(cells["key_value"], 1_000_000, where),
        doubtful=act.code in said["doubtful_labels"],
    )
    if product_cents(fee.coefficient_milli, fee.value_micro) != fee.cents:
        raise TariffError(f"{where} : coefficient fois valeur ne donnent pas les honoraires ; corrigez la ligne.")
    yield fee
    yield from reimbursements(fee, cells, {}, _COLUMNS)
    low = cents(cells["reimb_ordinary_nonconventioned"], where)
    for one in cuts:
        if one.cut and one.from_day <= days[1] and days[0] <= one.to_day:
            ordinary = next(
                reimbursements(fee, cells, {"requires": NON_CONVENTIONED, "forbids": PREFERENTIAL}, _COLUMNS)
            )
            since, until = max(one.from_day, days[0]), min(one.to_day, days[1])
            yield replace(ordinary, cents=low, share_cents=NO_SHARE, from_day=since, to_day=until, verified_until=until)


def _abolished(path: Path, part: Part, said: Mapping[str, Any]) -> None:
    session = said["sessions"]["evolution_assessment"]
    for cells in lines(path, "code_amb", "code_hosp", "valid_to"):
        for column, place in (("code_amb", "ambulatory"), ("code_hosp", "hospitalised")):
            where = said["places"][place]
            part.add(
                Act(
                    code=cells[column],
                    profession=THERAPIST,
                    kind=KINDS.index(session["kind"]),
                    minutes=session["minutes"],
                    places=mask(where["places"], PLACES),
                    weekend=0,
                    pair=cells["code_hosp" if column == "code_amb" else "code_amb"],
                    category=session["category"],
                    pathology="",
                    article="36",
                    label=f"{session['label']} : {where['label']} (supprimé après le {cells['valid_to']})",
                    source=said["abolished_source"],
                )
            )


def _pair(act: Act, part: Part) -> str:
    """The code of the same act for the other patients; of several places, the office stands first in the list."""
    if act.pair:
        return act.pair
    same = (
        one.code
        for one in part.acts.values()
        if (one.category, one.pathology) == (act.category, act.pathology) and one.in_hospital != act.in_hospital
    )
    return next(same, "")


def _history(path: Path, part: Part, said: Mapping[str, Any]) -> None:
    """Fees without reimbursement of the codes that were there."""
    ends: dict[str, int] = {}
    for cells in lines(path.parent / "logopedics_art36_abolished.csv", "code_amb", "code_hosp", "valid_to"):
        ends |= dict.fromkeys((cells["code_amb"], cells["code_hosp"]), day_at(cells["valid_to"], path.name))
    newest = {row.code: row.cents for row in part.rows if not row.kind}
    for cells in lines(path, "valid_from", *said["history"]):
        printed = cells["valid_from"]
        for column, which in said["history"].items():
            text = cells[column].strip()
            if not text:
                continue
            where = f"{path.name}, {printed}, {column}"
            acts = [act for act in part.acts.values() if _is(act, which) and act.code not in said["new"]]
            if printed == str(said["from"]):
                wrong = [act.code for act in acts if newest[act.code] != cents(text, where)]
                if wrong:
                    raise TariffError(f"{where} : ce n'est pas le montant de la liste de l'année ({wrong[0]}).")
                continue
            known = chosen(said["history_days"], printed, where)
            days = day_at(known["from"], where), day_at(known["to"], where)
            value = said["values_2024"].get(column, {}) if printed.startswith("2024") else {}
            for act in acts:
                until = min(days[1], ends.get(act.code, OPEN))
                row = fee_of(act.code, (days[0], until), cents(text.rstrip("*"), where), said["history_source"])
                part.put(
                    replace(
                        row,
                        letter="R" if value else "",
                        coefficient_milli=scaled(value.get("coefficient", "0"), 1000, where),
                        value_micro=scaled(value.get("value", "0"), 1_000_000, where),
                        doubtful=text.endswith("*") or known.get("doubtful", False),
                        note="coefficient fois valeur, non imprimé" if text.endswith("*") else "",
                    )
                )


def _is(act: Act, which: Mapping[str, Any]) -> bool:
    at_school = act.places == 1 << PLACES.index("school")
    return bool(act.category == which["category"] and which.get("school", at_school) == at_school)

"""What must hold in the tables whatever was imported: `quittance tariffs --country BE check`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from quittance.belgium.tariffs.errors import IMPORT
from quittance.belgium.tariffs.rows import (
    EVERY_CONDITION,
    FEE,
    NO_SHARE,
    REIMBURSEMENT,
    Act,
    Row,
    best,
    is_code,
    product_cents,
)
from quittance.belgium.tariffs.store import Tables, iso
from quittance.kernel.dated import OPEN


def faults(tables: Tables, *, holes: bool = True) -> list[str]:
    """Every fault, in French; empty when the tables can be trusted. `holes` asks for the days without an answer too."""
    if not tables.acts:
        return [f"Les tables sont vides : lancez « {IMPORT} »."]
    found = [*_sources(tables), *_acts(tables)]
    of_code: defaultdict[str, list[Row]] = defaultdict(list)
    for row in tables.rows:
        found += _row(tables, row)
        of_code[row.code].append(row)
    for code, rows in of_code.items():
        found += _overlaps(rows)
        found += _holes(code, rows) if holes else ()
        found += _shares(rows)
    return found


def _sources(tables: Tables) -> Iterator[str]:
    for one in tables.sources.values():
        missing = [name for name in ("title", "published", "licence", "verified_until") if not getattr(one, name)]
        if missing:
            yield f"source {one.table} : {', '.join(missing)} sans valeur"
    for cut in tables.cuts:
        if cut.source not in tables.sources:
            yield f"période de réduction du {iso(cut.from_day)} : source « {cut.source} » inconnue"


def _acts(tables: Tables) -> Iterator[str]:
    for code, act in tables.acts.items():
        if not is_code(code):
            yield f"{code} : le chiffre de contrôle n'est pas le reste par 7"
        if not act.label:
            yield f"{code} : acte sans libellé"
        if act.source not in tables.sources:
            yield f"{code} : source « {act.source} » inconnue"
        if act.pair:
            yield from _pair(act, tables.acts.get(act.pair))


def _pair(act: Act, other: Act | None) -> Iterator[str]:
    if other is None:
        yield f"{act.code} : son pendant {act.pair} n'existe pas"
    elif act.in_hospital == other.in_hospital:
        yield f"{act.code} : son pendant {act.pair} est pour les mêmes patients"
    elif (act.category, act.pathology, act.minutes) != (other.category, other.pathology, other.minutes):
        yield f"{act.code} : son pendant {act.pair} n'est pas le même acte"


def _row(tables: Tables, row: Row) -> Iterator[str]:
    where = f"{row.code} du {iso(row.from_day)}"
    if row.code not in tables.acts:
        yield f"{where} : acte inconnu"
    if row.source not in tables.sources:
        yield f"{where} : source « {row.source} » inconnue"
    if row.to_day < row.from_day or row.age_to <= row.age_from:
        yield f"{where} : période ou âge impossible"
    if row.verified_until > row.to_day != OPEN:
        yield f"{where} : connu au-delà de son dernier jour"
    if row.requires & row.forbids or (row.requires | row.forbids) & ~EVERY_CONDITION:
        yield f"{where} : conditions impossibles"
    if row.cents < 0:
        yield f"{where} : montant négatif"
    if row.letter == "R" and product_cents(row.coefficient_milli, row.value_micro) != row.cents:
        yield f"{where} : coefficient fois valeur ne donnent pas {row.cents} centimes"


def _overlaps(rows: Sequence[Row]) -> Iterator[str]:
    for one, other in conflicts(rows):
        yield f"{one.code} : deux lignes répondent pour un même jour ({iso(one.from_day)} et {iso(other.from_day)})"


def conflicts(rows: Iterable[Row]) -> Iterator[tuple[Row, Row]]:
    """Pairs of rows of an act that answer for the same patient on the same day, neither before the other."""
    alike: defaultdict[tuple[int, tuple[int, int]], list[Row]] = defaultdict(list)
    for row in rows:
        alike[row.kind, row.rank].append(row)
    for group in alike.values():
        ordered = sorted(group, key=lambda row: row.from_day)
        for at, one in enumerate(ordered, 1):
            for other in ordered[at:]:
                if other.from_day > one.to_day:
                    break
                if one.meets(other):
                    yield one, other


def _holes(code: str, rows: Sequence[Row]) -> Iterator[str]:
    """A list with reimbursements has, from its first day to its last, an answer for whomever it answers.

    A list of fees alone is a history: it knows the days that were printed, and those only.
    """
    of_source: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        of_source[row.source].append(row)
    for source, own in of_source.items():
        fees = [row for row in own if row.kind == FEE]
        paid = [row for row in own if row.kind == REIMBURSEMENT]
        if not paid:
            continue
        span = (min(row.from_day for row in own), max(row.to_day for row in own))
        if not _covers(fees, span):
            yield f"{code} : {source} a des jours sans honoraires entre {iso(span[0])} et {iso(span[1]) or 'la fin'}"
        if all((row.from_day, row.to_day) == span for row in paid):
            continue
        for conditions in _masks(paid):
            for age in sorted({0, *(row.age_from for row in paid)}):
                answering = [row for row in paid if _answers(row, conditions, age)]
                if answering and not _covers(answering, span):
                    yield f"{code} : {source} a des jours sans remboursement (conditions {conditions}, {age} mois)"


def _masks(rows: Iterable[Row]) -> list[int]:
    """Every set of the conditions that some row asks about."""
    asked = 0
    for row in rows:
        asked |= row.requires | row.forbids
    return [conditions for conditions in range(EVERY_CONDITION + 1) if not conditions & ~asked]


def _answers(row: Row, conditions: int, age: int) -> bool:
    return not (row.requires & ~conditions or row.forbids & conditions) and row.age_from <= age < row.age_to


def _covers(rows: Iterable[Row], span: tuple[int, int]) -> bool:
    known = span[0]
    for row in sorted(rows, key=lambda row: row.from_day):
        if row.from_day > known:
            return False
        known = max(known, row.to_day + 1)
    return known > span[1]


def _shares(rows: Sequence[Row]) -> Iterator[str]:
    """Fee = reimbursement + share, on the first and last day of every reimbursement whose share is printed."""
    for row in rows:
        if row.kind != REIMBURSEMENT:
            continue
        for day in (row.from_day, row.to_day):
            fee = best(rows, FEE, day, row.requires, row.age_from)
            if fee is None:
                yield f"{row.code} du {iso(row.from_day)} : un remboursement sans honoraires"
            elif row.cents > fee.cents:
                yield f"{row.code} du {iso(row.from_day)} : le remboursement dépasse les honoraires"
            elif row.share_cents not in {NO_SHARE, fee.cents - row.cents}:
                yield f"{row.code} du {iso(row.from_day)} : honoraires, remboursement et part ne s'accordent pas"

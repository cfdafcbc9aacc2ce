"""From the records of a publication to rows of prices, and what could not be taken."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from quittance.belgium.tariffs.check import conflicts
from quittance.belgium.tariffs.errors import NomenSoftError
from quittance.belgium.tariffs.nomensoft.conditions import amount_kind, conditions, grammar
from quittance.belgium.tariffs.nomensoft.reading import Publication, Record
from quittance.belgium.tariffs.rows import (
    FEE,
    KINDS,
    NO_SHARE,
    PLACES,
    PROFESSIONS,
    REIMBURSEMENT,
    Act,
    Row,
    best,
    is_code,
    product_cents,
)
from quittance.kernel.dated import day_number
from quittance.kernel.money import half_up

NO_END = date(2999, 12, 31)
_NUMBER = re.compile(r"[+-]?[0-9]{1,6}(?:[.,][0-9]{0,12})?")
_Key = tuple[int, int, int, int, int, int]
_Unread = tuple[int, int, int, str]
"""An amount whose condition is not understood: what it is (FEE, REIMBURSEMENT), its days, its words."""


@dataclass(slots=True)
class Found:
    """What a publication says: acts and rows by code; what was left out, and how many times."""

    acts: dict[str, Act] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    left_out: Counter[str] = field(default_factory=Counter)


def found_in(publication: Publication, source: str, until: int) -> Found:
    """The rows of a publication that is known up to the day `until`. Raises `NomenSoftError`."""
    kinds = {_plain(record["fee_code"]): record for record in publication.kinds}
    codes = {record["nomen_code"].zfill(6): record for record in publication.codes}
    pages: dict[str, Record] = {}
    result = Found()
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    shares: defaultdict[str, dict[_Key, int]] = defaultdict(dict)
    unread: defaultdict[str, list[_Unread]] = defaultdict(list)
    for record in publication.fees:
        code = _code(record)
        pages.setdefault(code, record)
        kind, description = _meaning(record, kinds)
        said = conditions(description) if kind else ()
        days = _days(record, until)
        cents = _cents(record["fee"], code)
        if not kind:
            result.left_out[f"ni honoraires ni remboursement : {description or 'sans texte'}"] += 1
        elif not said:
            result.left_out[f"condition inconnue : {description}"] += 1
            if days is not None and kind != "share":
                unread[code].append((FEE if kind == "fee" else REIMBURSEMENT, *days, description))
        elif days is None:
            result.left_out["ligne qui commence après le dernier jour connu"] += 1
        elif cents < 0:
            result.left_out["montant négatif"] += 1
        else:
            for one in said:
                condition = (one.requires, one.forbids, one.age_from, one.age_to)
                if kind == "share":
                    shares[code][*days, *condition] = cents
                else:
                    of = FEE if kind == "fee" else REIMBURSEMENT
                    rows[code].append(Row(code, of, *days, cents, *condition, source=source, verified_until=days[1]))
    for code, own in rows.items():
        lettered = [_lettered(row, codes[code]) if code in codes else row for row in own]
        if settled := _settled(lettered, result.left_out):
            result.rows[code] = _doubted(_shared(settled, shares[code]), unread[code])
            result.acts[code] = _act(code, codes.get(code, {}), pages[code], source)
    return result


def _code(record: Record) -> str:
    code = record["nomen_code"].zfill(6)
    if not is_code(code):
        raise NomenSoftError(
            f"« {code[:20]} » n'est pas un code de nomenclature (chiffre de contrôle) ; rien n'est lu."
        )
    return code


def _meaning(record: Record, kinds: Mapping[str, Record]) -> tuple[str, str]:
    if "fee_code" in record and kinds:
        known = kinds.get(_plain(record["fee_code"]))
        if known is None:
            return "", f"genre {record['fee_code'][:20]} absent de NOMEN_FEECODES"
        return amount_kind(_plain(known["fee_code_cat"]), known["fee_code_desc_fr"]), known["fee_code_desc_fr"]
    if "fee_code_desc_fr" not in record:
        raise NomenSoftError("Les lignes d'honoraires ne disent pas ce qu'elles sont : donnez aussi NOMEN_FEECODES.")
    # The page of a code writes its kind of fee where a table writes the category.
    return amount_kind("", record["fee_code_desc_fr"]), record["fee_code_desc_fr"]


def _plain(text: str) -> str:
    """A number of a list without what some extracts add to it: `01` and `1.0` are 1."""
    return text.removesuffix(".0").lstrip("0") or "0"


@lru_cache(maxsize=10_000)
def day(text: str) -> date:
    """A day as the tables write it: ISO with or without an hour, or day/month/year.

    >>> day("2026-01-01T00:00:00").isoformat(), day("31/12/2999").isoformat()
    ('2026-01-01', '2999-12-31')
    """
    try:
        first = text.strip()[:10]
        if "/" in first:
            of_month, month, year = first.split("/")
            return date(int(year), int(month), int(of_month))
        return date.fromisoformat(first)
    except ValueError as error:
        raise NomenSoftError(f"« {text[:30]} » n'est pas une date ; rien n'est lu.") from error


def _days(record: Record, until: int) -> tuple[int, int] | None:
    first, last = day(record["dbegin_fee"]), day(record["dend_fee"]) if record["dend_fee"] else NO_END
    if last < first:
        raise NomenSoftError(f"{record['nomen_code'][:20]} : une ligne finit ({last}) avant de commencer ({first}).")
    start, end = day_number(first), min(day_number(last), until)
    return (start, end) if start <= end else None


def _number(text: str, where: str) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise NomenSoftError(f"{where} : « {text[:30]} » n'est pas un montant possible ; rien n'est lu.")
    return Decimal(text.replace(",", "."))


def _cents(text: str, where: str) -> int:
    return half_up(int(_number(text, where) * 10**12), 10**10)


def _lettered(row: Row, record: Record) -> Row:
    """The key letter of a fee that it gives exactly; the table says the letter of the last day only."""
    letter, others = record.get("key_letter1", ""), (record.get("key_letter2", ""), record.get("key_letter3", ""))
    if row.kind != FEE or letter in {"", "-"} or any(other not in {"", "-"} for other in others):
        return row
    where = f"{row.code}, lettre clé"
    coefficient = int(_number(record.get("key_coeff1") or "0", where) * 1_000)
    value = int(_number(record.get("key_letter1_value") or "0", where) * 1_000_000)
    if coefficient <= 0 or value <= 0 or product_cents(coefficient, value) != row.cents:
        return row
    return replace(row, letter=letter[:4], coefficient_milli=coefficient, value_micro=value)


def _settled(rows: Iterable[Row], left_out: Counter[str]) -> list[Row]:
    """Rows that can stand together: the same amount twice is one, two amounts for the same patient are none."""
    kept = list(dict.fromkeys(rows))
    against: set[Row] = set()
    for one, other in conflicts(kept):
        if one.cents == other.cents and (one.from_day, one.to_day) == (other.from_day, other.to_day):
            against.add(other)
        else:
            left_out["deux montants pour le même patient le même jour"] += 2
            against |= {one, other}
    kept = [row for row in kept if row not in against]
    settled = []
    for row in kept:
        fee = best(kept, FEE, row.from_day, row.requires, row.age_from)
        last = best(kept, FEE, row.to_day, row.requires, row.age_from)
        if row.kind == REIMBURSEMENT and (fee is None or last is None):
            left_out["remboursement sans honoraires"] += 1
        elif row.kind == REIMBURSEMENT and fee and last and row.cents > min(fee.cents, last.cents):
            left_out["remboursement plus élevé que les honoraires"] += 1
        else:
            settled.append(row)
    return settled


def _shared(rows: Iterable[Row], shares: Mapping[_Key, int]) -> list[Row]:
    """Reimbursements with the printed share of the patient; one that does not agree makes the row doubtful."""
    kept = list(rows)
    for at, row in enumerate(kept):
        key = (row.from_day, row.to_day, row.requires, row.forbids, row.age_from, row.age_to)
        share = shares.get(key, NO_SHARE) if row.kind == REIMBURSEMENT else NO_SHARE
        if share == NO_SHARE:
            continue
        fees = [best(kept, FEE, on, row.requires, row.age_from) for on in (row.from_day, row.to_day)]
        if all(fee is not None and fee.cents == row.cents + share for fee in fees):
            kept[at] = replace(row, share_cents=share)
        else:
            kept[at] = replace(row, doubtful=True, note="la part imprimée ne s'accorde pas")
    return kept


def _doubted(rows: Iterable[Row], unread: Iterable[_Unread]) -> list[Row]:
    """Rows that answer in the place of an amount that was left out are doubtful on its days: it may have been the one.

    The note names its words. A row that reaches beyond those days is parted.
    """
    kept = list(rows)
    for kind, first, last, words in unread:
        kept = [part for row in kept for part in _parted(row, kind, first, last)]
        kept = [_told(row, words) if _within(row, kind, first, last) else row for row in kept]
    return kept


def _within(row: Row, kind: int, first: int, last: int) -> bool:
    return row.kind == kind and first <= row.from_day and row.to_day <= last


def _parted(row: Row, kind: int, first: int, last: int) -> list[Row]:
    """The row before, on and after some days; whole where it is of another kind."""
    if row.kind != kind:
        return [row]
    spans = ((row.from_day, first - 1), (first, last), (last + 1, row.to_day))
    days = [(max(start, row.from_day), min(end, row.to_day)) for start, end in spans]
    return [
        replace(row, from_day=start, to_day=end, verified_until=min(row.verified_until, end))
        for start, end in days
        if start <= end
    ]


def _told(row: Row, words: str) -> Row:
    text = f"condition non lue : « {words} »"
    note = row.note if text in row.note else " ; ".join(filter(None, (row.note, text)))
    return replace(row, doubtful=True, note=note)


def _profession(said: Record) -> str:
    """Whose code it is, by the group of acts or by the key letter of a profession; empty where neither tells."""
    groups, letters = grammar()["professions"], grammar()["letters"]
    found = [groups.get(said.get("nomen_grp_n", ""), "")]
    found += [letters.get(said.get(f"key_letter{at}", ""), "") for at in (1, 2, 3)]
    return next(filter(None, found), "")


def _act(code: str, said: Record, page: Record, source: str) -> Act:
    label = said.get("nomen_desc_fr") or page.get("nomen_desc_fr") or f"Code {code}"
    kind = next(
        (kind for word, kind in (("Consult", "consultation"), ("Visite", "visit")) if label.startswith(word)), "other"
    )
    return Act(
        code=code,
        profession=PROFESSIONS.index(_profession(said)),
        kind=KINDS.index(kind),
        minutes=0,
        places=1 << PLACES.index("hospital") if said.get("ambhos_pat_cat") == "2" else 0,
        weekend=0,
        pair="",
        category="",
        pathology="",
        article="",
        label=" ".join(label.split()),
        source=source,
    )

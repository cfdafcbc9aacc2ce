"""What the builder's parts share: the decisions, the cells of the gathered files, rows with their reimbursements."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from quittance.belgium.tariffs.errors import TariffError
from quittance.belgium.tariffs.rows import FEE, REIMBURSEMENT, Act, Row, is_code
from quittance.belgium.tariffs.store import Cut, read_table
from quittance.kernel.dated import day_number
from quittance.kernel.money import AmountError, parse_cents

PREFERENTIAL, NON_CONVENTIONED = 1, 2


@dataclass(slots=True)
class Part:
    """What a part of the builder found."""

    acts: dict[str, Act] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)

    def add(self, act: Act) -> None:
        """One more act, whose code must be right and new."""
        if not is_code(act.code):
            raise TariffError(f"{act.code} : le chiffre de contrôle n'est pas celui du code ; corrigez le fichier.")
        if self.acts.get(act.code, act) != act:
            raise TariffError(f"{act.code} : deux actes différents sous ce code ; corrigez le fichier.")
        self.acts[act.code] = act

    def put(self, row: Row) -> None:
        """One more row; the same fee printed twice is one row."""
        if row not in self.rows:
            self.rows.append(row)


@cache
def decisions() -> Mapping[str, Any]:
    """`facts.yaml`."""
    text = resources.files("quittance.belgium.tariffs.facts").joinpath("facts.yaml").read_text(encoding="utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


class Cells(dict[str, str]):
    """A row of a gathered file; a column that it does not have is told by the file's name."""

    file = ""

    def __missing__(self, column: str) -> str:
        raise TariffError(f"{self.file} : la colonne « {column} » manque ; corrigez la première ligne.")


def lines(path: Path, *columns: str) -> Iterator[Cells]:
    """The rows of a gathered file that has at least these columns."""
    found = read_table(path)
    missing = [column for column in columns if not found or column not in found[0]]
    if missing:
        raise TariffError(f"{path.name} : colonnes absentes ou fichier vide ({', '.join(missing)}).")
    for row in found:
        cells = Cells(row)
        cells.file = path.name
        yield cells


def cents(text: str, where: str) -> int:
    """Cents of a printed amount."""
    try:
        return parse_cents(text)
    except AmountError as error:
        raise TariffError(f"{where} : « {text} » n'est pas un montant ; corrigez la cellule.") from error


def scaled(text: str, scale: int, where: str) -> int:
    """A decimal number as so many parts, exactly.

    >>> scaled("17.5", 1000, ""), scaled("2.593102", 1_000_000, "")
    (17500, 2593102)
    """
    try:
        number = Decimal(text) * scale
        exact = number == int(number) and number >= 0
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise TariffError(f"{where} : « {text} » n'est pas un nombre ; corrigez la cellule.") from error
    if not exact:
        raise TariffError(f"{where} : « {text} » a trop de décimales ; corrigez la cellule.")
    return int(number)


def day_at(given: date | str, where: str) -> int:
    """Day number of a date of the decisions or of a cell."""
    try:
        return day_number(given if isinstance(given, date) else date.fromisoformat(given))
    except ValueError as error:
        raise TariffError(f"{where} : « {given} » n'est pas une date ; corrigez la cellule.") from error


def chosen(table: Mapping[str, Any], key: str, where: str) -> Any:
    """What the decisions say of a key of the published file."""
    if key not in table:
        raise TariffError(f"{where} : facts.yaml ne connaît pas « {key} » ; décidez-en d'abord.")
    return table[key]


def fee_of(code: str, days: tuple[int, int], fee: int, source: str, **more: Any) -> Row:
    """A fee, known to its last day."""
    return Row(code, FEE, *days, fee, source=source, verified_until=days[1], **more)


def reimbursements(
    fee: Row, cells: Mapping[str, str], conditions: Mapping[str, Any], columns: tuple[tuple[str, str, int], ...]
) -> Iterator[Row]:
    """The reimbursements printed beside a fee: each column, its column of the share, and what it requires.

    Fee less reimbursement must be the share, to the cent.
    """
    where = f"{fee.code} au {cells['valid_from']}"
    for column, share_column, required in columns:
        amount, share = cents(cells[column], where), cents(cells[share_column], where)
        if fee.cents - amount != share:
            raise TariffError(
                f"{where} : honoraires {fee.cents}, remboursement {amount} et part {share} ne s'accordent pas."
            )
        yield Row(
            code=fee.code,
            kind=REIMBURSEMENT,
            from_day=fee.from_day,
            to_day=fee.to_day,
            cents=amount,
            requires=conditions.get("requires", 0) | required,
            forbids=conditions.get("forbids", 0),
            age_from=conditions.get("age_from", fee.age_from),
            age_to=conditions.get("age_to", fee.age_to),
            share_cents=share,
            source=fee.source,
            verified_until=fee.verified_until,
            doubtful=fee.doubtful,
            note=fee.note,
        )

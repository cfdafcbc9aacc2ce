"""Import of an NGAP publication into the shipped tables (`quittance tariffs import ngap DOSSIER`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from quittance.france.tariffs.ngap import decisions, table
from quittance.france.tariffs.ngap.check import overlaps
from quittance.france.tariffs.ngap.merge import merge
from quittance.france.tariffs.ngap.publication import Published, read_folder, table_price
from quittance.france.tariffs.ngap.rows import Price
from quittance.france.tariffs.ngap.table import TariffError
from quittance.kernel.dated import day_number, day_of

TABLE_SOURCE = "ngap-2022-11"
SOURCES = Path(__file__).parent.parent / "sources.csv"


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did: rows read and written, rows left out and why, days on which sources disagree."""

    table_rows: int
    history_rows: int
    prices: int
    acts: int
    left_out: tuple[str, ...]
    disagreements: tuple[str, ...]

    def text(self) -> str:
        """The report in French, for a person."""
        lines = [
            f"{self.table_rows} lignes de tarif et {self.history_rows} d'historique lues.",
            f"{self.prices} prix de {self.acts} actes écrits.",
            f"{len(self.left_out)} lignes écartées :",
            *(f"  {one}" for one in self.left_out),
            f"{len(self.disagreements)} désaccords entre sources (prix marqués douteux) :",
            *(f"  {one}" for one in self.disagreements),
        ]
        return "\n".join(lines)


def verified_days(path: Path = SOURCES) -> dict[str, int]:
    """Last day on which each source of `sources.csv` was read."""
    found = {}
    for row in table.read_rows(path):
        try:
            found[row["table"]] = day_number(date.fromisoformat(row["verified_until"]))
        except (KeyError, ValueError) as error:
            raise TariffError(f"sources.csv, {row.get('table', '?')} : date illisible ({error}).") from error
    return found


def import_table(path: Path, target: Path | None = None) -> Report:
    """Read the publication at `path` (a folder) and write the NGAP tables into `target` (default: the shipped ones).

    Nothing is written unless everything was read and the result passes its check. Raises `TariffError` only.
    """
    published = read_folder(path)
    if not published.history:
        raise TariffError(f"{path.name} : l'historique des prix manque ; sans lui, rien après 2022.")
    verified = verified_days()
    if TABLE_SOURCE not in verified:
        raise TariffError(f"sources.csv ne connaît pas la source « {TABLE_SOURCE} » ; ajoutez sa ligne.")
    rows, dropped = _table(published, verified[TABLE_SOURCE])
    past, left_out = decisions.history(published.history, verified)
    added, ends = decisions.changes(verified)
    merged = merge(rows, [*past, *added], ends)
    acts = decisions.acts(_hosts(published, [*past, *added]))
    unknown = sorted({row.code for row in merged.prices} - set(acts))
    if unknown:
        raise TariffError(f"Actes sans libellé dans law/ngap_acts.csv : {', '.join(unknown)} ; ajoutez-les.")
    double = overlaps(merged.prices)
    if double:
        raise TariffError(f"Deux prix pour un même jour : {double[0]}.")
    folder = target or table.folder()
    priced = {row.code for row in merged.prices}
    _write(folder, merged.prices, [one for code, one in sorted(acts.items()) if code in priced])
    return Report(
        table_rows=len(published.table),
        history_rows=len(published.history),
        prices=len(merged.prices),
        acts=len(priced),
        left_out=(*dropped, *left_out),
        disagreements=tuple(merged.disagreements),
    )


def _table(published: Published, verified_until: int) -> tuple[list[Price], list[str]]:
    """The table's rows as prices, and those that the fixes drop, with the reason."""
    fixes, agreed = decisions.fixes(), decisions.always_agreed()
    rows: list[Price] = []
    dropped: list[str] = []
    for cells in published.table:
        fix = fixes.get(cells["id"])
        if fix and fix["code"] != cells["code"]:
            fix = None
        if fix and fix["action"] == "drop":
            dropped.append(f"Table, ligne {cells['id']} ({cells['code']}) : {fix['reason']}")
            continue
        stand_in = decisions.specialties(f"ngap_table_fixes.csv, {cells['id']}", fix["specialties"]) if fix else None
        price = table_price(cells, stand_in, TABLE_SOURCE, verified_until)
        if not price.specialties:
            raise TariffError(
                f"Table des tarifs, ligne {cells['id']} ({cells['code']}) : aucune spécialité ; "
                "décidez de la ligne dans law/ngap_table_fixes.csv."
            )
        if price.to_day < price.from_day:
            raise TariffError(
                f"Table des tarifs, ligne {cells['id']} ({cells['code']}) : finit le {day_of(price.to_day)}, "
                f"avant son premier jour {day_of(price.from_day)} ; décidez-en dans law/ngap_table_fixes.csv."
            )
        rows.append(replace(price, agreement=price.agreement and price.code in agreed))
    return rows, dropped


def _hosts(published: Published, taken: list[decisions.Decision]) -> dict[str, tuple[str, ...]]:
    """The acts each majoration may accompany; a code newer than the list is accompanied like its model."""
    priced = {row["code"] for row in published.table}
    newer: dict[str, list[str]] = {}
    for one in taken:
        if one.like:
            newer.setdefault(one.like, []).extend(code for code in one.codes if code not in priced)
    found = {}
    for row in published.hosts:
        hosts = row["associations"].split("|")
        found[row["code"]] = tuple(dict.fromkeys(name for host in hosts for name in (host, *newer.get(host, []))))
    return found


def _write(folder: Path, prices: list[Price], acts: list[table.Act]) -> None:
    table.write_bytes(folder / table.PRICES, table.zipped(table.to_csv(table.FIELDS, map(table.line, prices))))
    lines = ([one.code, one.label, " ".join(flag for flag in table.FLAGS if flag in one.flags)] for one in acts)
    table.write_bytes(folder / table.ACTS, table.to_csv(("code", "label", "flags"), lines))
    hosts = ([one.code, " ".join(one.hosts)] for one in acts if one.hosts)
    table.write_bytes(folder / table.HOSTS, table.to_csv(("code", "hosts"), hosts))

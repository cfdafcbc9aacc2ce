"""Readers of the older lists: version 33 by activity (2014), and spreadsheets already laid out one line per key."""

from __future__ import annotations

import csv
import gzip
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from quittance.france.tariffs.ccam.errors import HistoryFormatError
from quittance.france.tariffs.ccam.merge import Role, roles
from quittance.france.tariffs.ccam.published import Publication, PublishedAct, PublishedRow, exemption_of
from quittance.france.tariffs.ccam.tables import OPEN, Extra, Key, Properties, Tables, day_before, merge_properties
from quittance.kernel.money import AmountError, parse_cents

V33 = "ccam-v33"
_YES = "O"


def unreadable(path: Path, error: Exception) -> str:
    """What to say of a file of the history that cannot be opened."""
    place = path.parent.name
    return f"{path.name} : fichier absent ou illisible ({error}). Placez-le dans {place}/, puis recommencez."


def read_csv(path: Path, wanted: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a CSV file, plain or gzip. Raises `HistoryFormatError` where it is missing or lacks a column."""
    try:
        content = path.read_bytes()
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
    except (OSError, EOFError, ValueError, csv.Error) as error:
        raise HistoryFormatError(unreadable(path, error)) from error
    if not rows or any(row.get(column) is None for column in wanted for row in rows):
        raise HistoryFormatError(
            f"{path.name} : les colonnes {', '.join(wanted)} sont attendues à chaque ligne. Téléchargez-le de nouveau."
        )
    return rows


def read_older(folder: Path, version: str) -> Publication:
    """A spreadsheet laid out one line per key, as the reader of the published form would give it."""
    found = sorted(folder.glob(f"ccam_acts_{version}_*.csv"))
    path = found[-1] if found else folder / f"ccam_acts_{version}_AAAA-MM-JJ.csv"
    wanted = ("code", "label", "chapter", "activity", "phase", "tarif_s1_optam_eur", "tarif_hors_s1_eur")
    rows = read_csv(path, (*wanted, "exo_tm", "regroupement", "modificateurs_code", "gestes_complementaires"))
    publication = Publication(int(version[1:]), date.fromisoformat(path.stem[-10:]))
    acts: dict[str, PublishedAct] = {}
    for line, row in enumerate(rows, start=2):
        act = acts.get(row["code"])
        if act is None:
            chapter = ".".join(part.zfill(2) for part in row["chapter"].split("."))
            conditional, agreement = row["remb_sous_conditions"] == "RC", row["accord_prealable"] == "AP"
            act = PublishedAct(line, row["code"], " ".join(row["label"].split()), chapter, conditional, agreement)
            act.modifiers = "".join(sorted(set(row["modificateurs_code"]) - {" ", ","}))
            act.gestures = row["gestes_complementaires"].replace(",", " ").split()
            acts[act.code] = act
        act.rows.append(_older_row(path, line, row, act))
    publication.acts = list(acts.values())
    return publication


def _older_row(path: Path, line: int, row: Mapping[str, str], act: PublishedAct) -> PublishedRow:
    try:
        optam, other = (
            parse_cents(row[column]) if row[column] else None for column in ("tarif_s1_optam_eur", "tarif_hors_s1_eur")
        )
    except AmountError as error:
        raise HistoryFormatError(f"{path.name}, ligne {line} : tarif {error} illisible. Corrigez-le.") from error
    return PublishedRow(
        line,
        row["activity"],
        row["phase"],
        "",
        optam,
        other,
        act.conditional or row["remb_sous_conditions"] == "RC",
        act.agreement or row["accord_prealable"] == "AP",
        exemption_of(row["exo_tm"]),
        row["regroupement"],
    )


def read_version_33(folder: Path, tables: Tables, first_day: Mapping[Key, str]) -> dict[Key, list[Properties]]:
    """Properties by key, and on the way complementary acts, incompatibilities and overseas coefficients."""
    general = {r["code"]: r for r in read_csv(folder / "infotarif_v33.csv.gz", ("code", "remboursement", "exo1"))}
    groupings = {
        (r["code"], r["activity"]): r["regroupement"]
        for r in read_csv(folder / "classif_activite_v33.csv.gz", ("code", "activity", "regroupement"))
    }
    letters: dict[tuple[str, str], set[str]] = {}
    for r in read_csv(folder / "modificateurs_par_activite_v33.csv.gz", ("code", "activity", "modifier")):
        letters.setdefault((r["code"], r["activity"]), set()).add(r["modifier"])
    told: dict[Key, list[Properties]] = {}
    for r in read_csv(folder / "phase_prix_v33.csv.gz", ("code", "activity", "phase", "dom1_x1000")):
        key = Key(r["code"], r["activity"], r["phase"])
        _extra(tables, key, r)
        grouping = groupings.get(key[:2], "")
        if grouping and key.code in general:
            act = tables.acts.get(key.code)
            start = first_day.get(key) or (act.start if act else "2005-03-25")
            told[key] = _properties(general[key.code], grouping, letters.get(key[:2], set()), start)
    _relations(tables, folder)
    return told


def _extra(tables: Tables, key: Key, row: Mapping[str, str]) -> None:
    zones = [int(row[f"dom{number}_x1000"]) for number in (1, 2, 3, 4)]
    cabinet = int(row["charges_cabinet_centimes"])
    if cabinet or any(milli != 1000 for milli in zones):
        tables.extras[key] = Extra(zones[0], zones[1], zones[2], zones[3], cabinet, V33)


def _properties(row: Mapping[str, str], grouping: str, letters: set[str], start: str) -> list[Properties]:
    """The rows of a key, cut where letters of version 33 begin or end to have their meaning."""
    codes = {row[f"exo{number}"] for number in range(1, 6)} - {"0", ""}
    exemption = "-".join(sorted(codes))
    agreement, refund = row["entente_prealable"] == _YES, row["remboursement"]
    # Letters of transition have their days; the others hold all along.
    spans = {letter: roles().get(letter, _ALWAYS) for letter in letters}
    cuts = {span.start for span in spans.values()} | {_after(span.end) for span in spans.values() if span.end}
    starts = [start, *sorted(cut for cut in cuts if cut > start)]
    rows = []
    for first, last in zip(starts, [*(day_before(cut) for cut in starts[1:]), OPEN], strict=True):
        living = sorted(one for one, span in spans.items() if _lives(span, first))
        flags = (agreement, refund == "3", refund != "2")
        rows.append(Properties(first, last, exemption, *flags, grouping, "".join(living), False, V33))
    return merge_properties(rows)


_ALWAYS = Role("", "operator", "2005-03-25", "")


def _lives(span: Role, day: str) -> bool:
    early = span.start <= day or span.start == _ALWAYS.start
    return early and (not span.end or day <= span.end)


def _after(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() + 1).isoformat()


def _relations(tables: Tables, folder: Path) -> None:
    gestures: dict[str, set[str]] = {}
    for r in read_csv(folder / "gestes_complementaires_v33.csv.gz", ("code", "assoc_code")):
        gestures.setdefault(r["code"], set()).add(r["assoc_code"])
    tables.gestures = {code: (tuple(sorted(codes)), V33) for code, codes in gestures.items()}
    pairs: dict[str, set[str]] = {}
    for r in read_csv(folder / "incompatibilites_v33.csv.gz", ("code", "incompatible_code")):
        one, other = sorted((r["code"], r["incompatible_code"]))
        if one != other:
            pairs.setdefault(one, set()).add(other)
    tables.incompatible = {code: tuple(sorted(others)) for code, others in pairs.items()}

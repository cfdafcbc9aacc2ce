"""All shipped tables from the gathered facts (`quittance tariffs --country BE import facts FOLDER`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.check import faults
from quittance.belgium.tariffs.errors import TariffError
from quittance.belgium.tariffs.facts import medical, nursing, physiotherapy, speech
from quittance.belgium.tariffs.facts.reading import Part


@dataclass(frozen=True, slots=True)
class Report:
    """What was built."""

    acts: int
    rows: int

    def text(self) -> str:
        """In French, for a person."""
        return f"{self.acts} actes et {self.rows} lignes de prix écrits."


def build(folder: Path, target: Path | None = None) -> Report:
    """Read the gathered files of a folder and write the tables into `target` (default: the shipped ones).

    It starts anew: what was imported since is no more. Nothing is written unless everything was read and passes
    its check. Raises `TariffError` only.
    """
    whole = Part()
    for part in (speech.build(folder), medical.build(folder), physiotherapy.build(folder), nursing.build(folder)):
        for act in part.acts.values():
            whole.add(act)
        whole.rows += part.rows
        whole.cuts += part.cuts
    sources = {one.table: one for one in map(store.source_of, store.read_table(_sources(target)))}
    acts = {code: replace(act, label=act.label[:1].upper() + act.label[1:]) for code, act in whole.acts.items()}
    tables = store.Tables(acts, sorted(whole.rows, key=store.order), sources, whole.cuts)
    wrong = faults(tables)
    if wrong:
        raise TariffError(f"{len(wrong)} défauts, rien n'est écrit : " + " ; ".join(wrong[:5]))
    store.write(tables, target)
    return Report(len(tables.acts), len(tables.rows))


def _sources(target: Path | None) -> Path:
    own = (target or store.folder()).parent / store.SOURCES
    return own if own.exists() else store.folder().parent / store.SOURCES

"""Funds of the compulsory insurance (caisses AMO): number and name, read from `funds.csv.gz`, found by either.

Source: assurance maladie, nomenclature IR_CAI_V (schema-snds, Health Data Hub, MPL-2.0, 2020-12-15). It lists no
payment centre, and funds have merged since: the list proposes, the number on the card decides.
Import again: `python -m quittance.france.law.funds IR_CAI_V.csv`.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("funds.csv.gz")
_UNNAMED = re.compile(r"A COMPLETER|INCONNU|^\s*$", re.IGNORECASE)
_SMALL = {"de", "du", "des", "la", "le", "les", "et", "en", "d", "l"}
_INITIALS = {"CPAM", "MSA", "CGSS", "SNCF", "RATP", "ENIM", "CNMSS", "MGEN", "CRPCEN", "CAVIMAC", "RSI", "CMR", "SSI"}


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund (caisse): scheme (régime, two digits), number (three characters) and name."""

    regime: str
    number: str
    name: str

    @property
    def code(self) -> str:
        """Scheme and number, as on a card: 01 261."""
        return f"{self.regime} {self.number}"


def _plain(text: str) -> str:
    split = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(re.findall(r"[a-z0-9]+", "".join(one for one in split if not unicodedata.combining(one))))


def _spelt(name: str) -> str:
    """Write a name that stands in capitals as a name.

    >>> _spelt("MSA DE LA MOSELLE"), _spelt("CPAM Valence")
    ('MSA de la Moselle', 'CPAM Valence')
    """
    name = " ".join(name.split())
    if not name.isupper():
        return name

    def one(found: re.Match[str]) -> str:
        word = found[0]
        if word in _INITIALS or len(word) == 1:
            return word
        return word.lower() if word.lower() in _SMALL else word.capitalize()

    return re.sub(r"[^\W\d_]+", one, name)


def named(rows: Iterable[Mapping[str, str]]) -> Iterator[Fund]:
    """Keep the funds of the publication that have a name, each scheme and number once (funds before sections)."""
    seen: set[tuple[str, str]] = set()
    for row in sorted(rows, key=lambda row: (row["ORG_BSE_NUM"][:2], row["ORG_CAI_NUM"], row["ORG_BSE_NUM"][2] != "C")):
        regime, number = row["ORG_BSE_NUM"][:2], row["ORG_CAI_NUM"]
        known = not _UNNAMED.search(row["ORG_CAI_LIB"]) and regime.isdecimal()
        if known and (regime, number) not in seen:
            seen.add((regime, number))
            yield Fund(regime, number, _spelt(row["ORG_CAI_LIB"]))


def write(source: Path, target: Path = FILE) -> int:
    """Import the publication; gives the number of funds kept."""
    with source.open(encoding="utf-8", newline="") as file:
        found = list(named(csv.DictReader(file, delimiter=";")))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["regime", "number", "name"])
    writer.writerows((fund.regime, fund.number, fund.name) for fund in found)
    target.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    return len(found)


@cache
def funds() -> dict[tuple[str, str], Fund]:
    """Every fund by scheme and number.

    >>> funds()["01", "261"].name
    'CPAM Valence'
    """
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as file:
        rows = [Fund(row["regime"], row["number"], row["name"]) for row in csv.DictReader(file)]
    return {(fund.regime, fund.number): fund for fund in rows}


@cache
def _searched() -> list[tuple[str, Fund]]:
    return [(f" {_plain(fund.name)} {fund.regime}{fund.number} {fund.number}", fund) for fund in funds().values()]


def search(typed: str, limit: int = 12) -> list[Fund]:
    """Find funds by the start of words of their name, or by number, with or without scheme.

    >>> [fund.code for fund in search("cpam vale")][:1], search("01 261")[0].name
    (['01 261'], 'CPAM Valence')
    """
    plain = _plain(typed)
    words = ["".join(plain.split())] if plain.replace(" ", "").isdecimal() else plain.split()
    if not words:
        return []
    found = [fund for text, fund in _searched() if all(f" {word}" in text for word in words)]
    return found[:limit]


if __name__ == "__main__":
    sys.stdout.write(f"{write(Path(sys.argv[1]))} caisses\n")

"""`quittance tariffs --country XT …`: the price list of Toyland, from the command line."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise

from .country import country
from .tables import PRICES, rows


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def show(arguments: Sequence[str]) -> int:
    """Print every price of a code; what stands after it is not asked for here."""
    found = [row for row in rows(PRICES) if arguments and row["code"] == arguments[0]]
    for row in found:
        _tell(f"{row['code']} {row['label']} : {row['cents']} ({row['from']} – {row['to']}), {row['source']}")
    return 0 if found else 1


def search(arguments: Sequence[str]) -> int:
    """Print the acts found."""
    hits = country.search(" ".join(arguments))
    for hit in hits:
        _tell(f"{hit.code} {hit.label}")
    return 0 if hits else 1


def check(_arguments: Sequence[str]) -> int:
    """Say which days are answered twice."""
    faults = [
        row["code"]
        for before, row in pairwise(rows(PRICES))
        if before["code"] == row["code"] and not "" < before["to"] < row["from"]
    ]
    _tell(f"{len(faults)} défaut(s)")
    return 1 if faults else 0


def import_list(_arguments: Sequence[str]) -> int:
    """Nobody publishes the prices of Toyland."""
    sys.stderr.write("Rien à importer : les prix du jouet s'écrivent dans prices.csv.\n")
    return 1


def codes(_arguments: Sequence[str]) -> int:
    """No constants to write."""
    return 0


COMMANDS = {"show": show, "search": search, "check": check, "import": import_list, "codes": codes}

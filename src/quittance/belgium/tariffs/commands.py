"""`quittance tariffs --country BE import|check|show|search`: the Belgian price lists, from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from quittance.belgium.tariffs import store
from quittance.belgium.tariffs.check import faults
from quittance.belgium.tariffs.errors import TariffError
from quittance.belgium.tariffs.facts import builder
from quittance.belgium.tariffs.flat import codes, labels, strings
from quittance.belgium.tariffs.nomensoft.importer import import_publication
from quittance.belgium.tariffs.search import ActIndex
from quittance.belgium.tariffs.show import show as show_code

Command = Callable[[Sequence[str]], int]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une date AAAA-MM-JJ") from None


def import_list(arguments: Sequence[str]) -> int:
    """Read a publication into the tables: nothing is written unless all of it was read."""
    parser = argparse.ArgumentParser("quittance tariffs --country BE import", description=import_list.__doc__)
    parser.add_argument("what", choices=["nomensoft", "facts"])
    parser.add_argument("path", type=Path, help="dossier, ZIP, table ou page XML (nomensoft) ; dossier (facts)")
    parser.add_argument("--published", type=_day, metavar="AAAA-MM-JJ", help="jour de la publication (nomensoft)")
    parser.add_argument("--until", type=_day, metavar="AAAA-MM-JJ", help="dernier jour connu ; sinon la fin de l'année")
    options = parser.parse_args(arguments)
    if options.what == "nomensoft" and options.published is None:
        parser.error("dites le jour de la publication : --published AAAA-MM-JJ")
    try:
        if options.what == "facts":
            print(builder.build(options.path).text())
        else:
            print(import_publication(options.path, options.published, options.until).text())
    except TariffError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def check(arguments: Sequence[str]) -> int:
    """Say what is wrong with the tables: check digits, pairs, sums, days answered twice or not at all."""
    argparse.ArgumentParser("quittance tariffs --country BE check", description=check.__doc__).parse_args(arguments)
    try:
        found = faults(store.load())
    except TariffError as error:
        found = [str(error)]
    for fault in found:
        print(fault)
    print(f"{len(found)} défaut(s) dans les tables de la nomenclature")
    return 1 if found else 0


def show(arguments: Sequence[str]) -> int:
    """What the tables say of a code, ever or on a day; a known code without a price that day is an answer."""
    parser = argparse.ArgumentParser("quittance tariffs --country BE show", description=show.__doc__)
    parser.add_argument("code")
    parser.add_argument("--on", type=_day, default=None, metavar="AAAA-MM-JJ", help="par défaut : tous les jours")
    options = parser.parse_args(arguments)
    try:
        shown = show_code(options.code.strip(), options.on)
    except TariffError as error:
        print(error, file=sys.stderr)
        return 1
    print(shown.text())
    return 0


def search(arguments: Sequence[str]) -> int:
    """Acts by the start of their code, or by words in any order, without accents."""
    parser = argparse.ArgumentParser("quittance tariffs --country BE search", description=search.__doc__)
    parser.add_argument("words", nargs="+")
    parser.add_argument("--on", type=_day, default=None, metavar="AAAA-MM-JJ")
    options = parser.parse_args(arguments)
    hits = index().search(" ".join(options.words), options.on)
    for hit in hits:
        print(f"{hit.code}  {hit.label}")
    return 0 if hits else 1


def index() -> ActIndex:
    """The search over the tables themselves."""
    known = codes()
    words = labels()
    return ActIndex.from_strings({"acts": known, "labels": [words[code] for code in known], **strings()})


COMMANDS: dict[str, Command] = {"import": import_list, "check": check, "show": show, "search": search}

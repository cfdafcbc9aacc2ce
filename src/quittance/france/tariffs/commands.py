"""`quittance tariffs import|check|show|search` for France: the price lists, from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

from quittance.france.law.generate import write_codes
from quittance.france.tariffs.ccam import check as ccam_check
from quittance.france.tariffs.ccam import importer as ccam_importer
from quittance.france.tariffs.ccam import show as ccam_show
from quittance.france.tariffs.ccam.errors import CcamImportError
from quittance.france.tariffs.ngap import importer as ngap_importer
from quittance.france.tariffs.ngap import show as ngap_show
from quittance.france.tariffs.ngap.flat import codes as ngap_codes
from quittance.france.tariffs.ngap.table import TariffError

Command = Callable[[Sequence[str]], int]


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"« {text} » n'est pas une date AAAA-MM-JJ") from None


def import_list(arguments: Sequence[str]) -> int:
    """Read a publication into the product's tables: nothing is written unless all of it was read."""
    parser = argparse.ArgumentParser("quittance tariffs import", description=import_list.__doc__)
    parser.add_argument("what", choices=["ccam", "ccam-history", "ngap"])
    parser.add_argument("path", type=Path, help="fichier publié (ccam), ou dossier (ccam-history, ngap)")
    parser.add_argument("--on", type=_day, help="premier jour d'application, si le fichier ne le dit pas")
    options = parser.parse_args(arguments)
    try:
        if options.what == "ngap":
            print(ngap_importer.import_table(options.path).text())
        elif options.what == "ccam":
            print(ccam_importer.import_published(options.path, options.on).text())
        else:
            print(ccam_importer.import_history(options.path).text())
    except (CcamImportError, TariffError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def check(arguments: Sequence[str]) -> int:
    """Say what is wrong with the shipped tables: overlapping periods, rows without source …"""
    argparse.ArgumentParser("quittance tariffs check", description=check.__doc__).parse_args(arguments)
    faults = [*ccam_check.check(), *ngap_show.check()]
    for fault in faults:
        print(fault)
    print(f"{len(faults)} défaut(s) dans les tables CCAM et NGAP")
    return 1 if faults else 0


def show(arguments: Sequence[str]) -> int:
    """What the tables say of a code on a day."""
    parser = argparse.ArgumentParser("quittance tariffs show", description=show.__doc__)
    parser.add_argument("code")
    parser.add_argument("--on", type=_day, default=None, metavar="AAAA-MM-JJ", help="par défaut : aujourd'hui")
    options = parser.parse_args(arguments)
    code = options.code.strip().upper()
    day = options.on or datetime.now().astimezone().date()
    try:
        shown = ngap_show.show(code, options.on) if code in ngap_codes() else ccam_show.show(code, day)
    except (ccam_show.UnknownActError, TariffError) as error:
        print(error, file=sys.stderr)
        return 1
    print(shown.text())
    return 0


def search(arguments: Sequence[str]) -> int:
    """Acts by the start of their code, or by words in any order, without accents."""
    from quittance.france.country import country

    parser = argparse.ArgumentParser("quittance tariffs search", description=search.__doc__)
    parser.add_argument("words", nargs="+")
    parser.add_argument("--on", type=_day, default=None, metavar="AAAA-MM-JJ")
    options = parser.parse_args(arguments)
    hits = country.search(" ".join(options.words), on=options.on)
    for hit in hits:
        print(f"{hit.code:<8} {hit.label}")
    return 0 if hits else 1


def codes(arguments: Sequence[str]) -> int:
    """Write the constants of the rules from the law files."""
    argparse.ArgumentParser("quittance law codes", description=codes.__doc__).parse_args(arguments)
    print("pricing/codes.py écrit" if write_codes() else "pricing/codes.py est à jour")
    return 0


COMMANDS: dict[str, Command] = {"import": import_list, "check": check, "show": show, "search": search, "codes": codes}

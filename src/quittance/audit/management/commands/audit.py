"""`quittance audit verify`: nothing of the journal was changed, or which rows were."""

from __future__ import annotations

import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from quittance.audit import INSTALLATION, anchors
from quittance.audit.verify import Finding, Report, verify
from quittance.terminal import both

WORDS = {
    "altered": ("contenu modifié", "altered: its content is not the one that was written"),
    "missing": ("manquante", "missing"),
    "reordered": (
        "déplacée : elle ne suit pas la ligne qui la précède",
        "reordered: it does not follow the row before",
    ),
    "cut": ("notée auparavant, absente : la fin de la chaîne a été coupée", "noted earlier, absent: the end was cut"),
}
MANY_MISSING = ("manquantes", "missing")


def chain_name(chain: str) -> str:
    """Name a chain: the practice's identifier, or the installation."""
    try:
        found = UUID(chain)
    except ValueError:
        return chain
    return "installation" if found == INSTALLATION else str(found)


def told(finding: Finding) -> str:
    """Say one finding in a line."""
    many = finding.last > finding.seq
    rows = f"{finding.seq}-{finding.last}" if many else str(finding.seq)
    words = both(*(MANY_MISSING if many else WORDS[finding.kind]))
    line = both(f"ligne{'s' if many else ''} {rows} {words}", f"row{'s' if many else ''} {rows} {words}")
    if finding.place is not None:
        line += both(f" (écrite comme ligne {finding.place})", f" (it was written as row {finding.place})")
    return both(f"chaîne {chain_name(finding.chain)}, {line}", f"chain {chain_name(finding.chain)}, {line}")


def noted_in(path: Path | None) -> anchors.Noted:
    """Read the heads noted earlier; a file that is something else is refused."""
    try:
        return anchors.read(path) if path else {}
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(both(f"{path} est illisible : {error}", f"{path} cannot be read: {error}")) from error
    except anchors.AnchorsError as error:
        raise CommandError(
            both(
                f"{path}, ligne {error.line} : pas une tête de chaîne. Donnez le fichier que la commande écrit.",
                f"{path}, line {error.line}: not the head of a chain. Give the file that this command writes.",
            )
        ) from error


class Command(BaseCommand):
    help = "Check that no row of the journal was altered, taken away or moved; exit status 1 when one was."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify"])
        parser.add_argument("--anchors", type=Path, help="heads noted earlier must still be there; new ones are added")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Walk, tell, note."""
        path: Path | None = options["anchors"]
        noted = noted_in(path)
        begun = time.monotonic()
        report = verify(noted, options["database"])
        for finding in report.findings:
            self.stdout.write(told(finding))
        self.stdout.write(self.count(report, time.monotonic() - begun))
        if report.findings:
            self.refuse(report)
        if path:
            self.note(path, report, noted)

    def count(self, report: Report, seconds: float) -> str:
        """Say how much was walked."""
        rows, chains = f"{report.rows:,}", len(report.heads)
        return both(
            f"{rows.replace(',', ' ')} événement(s), {chains} chaîne(s), {seconds:.1f} s".replace(".", ","),
            f"{rows} event(s), {chains} chain(s), {seconds:.1f} s",
        )

    def refuse(self, report: Report) -> None:
        """End with status 1; heads of a journal that is not whole are not noted."""
        count = len(report.findings) + report.more
        raise CommandError(
            both(
                f"Le journal n'est pas intact : {count} anomalie(s). Comparez avec une sauvegarde.",
                f"The journal is not whole: {count} finding(s). Compare it with a backup.",
            )
        )

    def note(self, path: Path, report: Report, noted: anchors.Noted) -> None:
        """Note the heads for the next time."""
        held = sum(len(heads) for heads in noted.values())
        try:
            added = anchors.add(path, report.heads, noted)
        except OSError as error:
            raise CommandError(both(f"{path} : {error.strerror}", f"{path}: {error.strerror}")) from error
        self.stdout.write(
            both(
                f"{held} tête(s) retrouvée(s), {added} ajoutée(s) à {path}",
                f"{held} head(s) found again, {added} added to {path}",
            )
        )

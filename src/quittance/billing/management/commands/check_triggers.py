"""Refuse to go on while the database could change or delete issued bills."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from quittance.billing import triggers


class Command(BaseCommand):
    help = "Check that the triggers that protect issued bills are there; fail, naming them, when one is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Fail with the names of the missing triggers and the remedy."""
        absent = triggers.missing(options["database"])
        if absent:
            raise CommandError(
                f"The database could change issued bills: {', '.join(absent)} missing. "
                "Run `quittance manage migrate`: it installs them again."
            )
        self.stdout.write(f"{len(triggers.expected())} triggers protect the issued bills.")

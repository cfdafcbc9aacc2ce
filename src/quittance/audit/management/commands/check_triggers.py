"""Refuse to go on while the database could change or delete a row that is written once."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS

from quittance.audit import immutable


class Command(BaseCommand):
    help = "Check that the triggers that protect bills and journal are there; fail, naming them, when one is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Fail with the names of the missing triggers and the remedy."""
        absent = immutable.missing(options["database"])
        if absent:
            raise CommandError(
                f"The database could change what is written once: {', '.join(absent)} missing. "
                "Run `quittance manage migrate`: it installs them again."
            )
        self.stdout.write(f"{len(immutable.expected(options['database']))} triggers protect what is written once.")

"""List the texts of our rooms that the French catalogue lacks, ready to paste into it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from quittance.web import translations


class Command(BaseCommand):
    help = "Print, for each application with a locale folder, the entries missing from its French catalogue."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print the entries in the format of a .po file."""
        for folder in translations.folders():
            for context, message in translations.missing(folder):
                self.stdout.write(f"# {Path(folder).name}")
                if context:
                    self.stdout.write(f'msgctxt "{context}"')
                one, *more = [message] if isinstance(message, str) else message
                plural = f'msgid_plural "{more[0]}"\nmsgstr[0] ""\nmsgstr[1] ""\n' if more else 'msgstr ""\n'
                self.stdout.write(f'msgid "{one}"\n{plural}')

"""Django's management commands: `quittance manage …` or `python -m quittance.web.manage …`."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(argv: Sequence[str]) -> None:
    """Run one management command; `argv` without the program's name."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "quittance.web.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["quittance manage", *argv])


if __name__ == "__main__":
    main(sys.argv[1:])

"""What the wheel carries built: the flat file of each country's law and prices, and the compiled catalogues.

A checkout builds both for itself, in the user's cache and beside the catalogues.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class WheelHook(BuildHookInterface[Any]):
    """Build before packing; take away what the checkout does not keep after it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the tables and catalogues into the package's own folders."""
        source = Path(self.root) / "src"
        sys.path.insert(0, str(source))
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po

        from quittance.kernel.country import countries

        for country in countries().values():
            country.ship()
        for catalogue in source.rglob("locale/*/LC_MESSAGES/*.po"):
            with catalogue.open("rb") as read, catalogue.with_suffix(".mo").open("wb") as written:
                write_mo(written, read_po(read))

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """The checkout goes on with its cache alone."""
        for flat in (Path(self.root) / "src").rglob("tables.flat"):
            flat.unlink()

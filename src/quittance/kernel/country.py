"""What a country must offer, and how it is found: by the entry point `quittance.countries`."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from quittance.kernel.record import Field

GROUP = "quittance.countries"


class PayerRole(NamedTuple):
    """One who bears a share of the fee: name in the output, and its kind (`compulsory`, `complementary`, `patient`)."""

    name: str
    kind: str


class Layouts(NamedTuple):
    """The integer fields of a country's bill and line, and which of the line's are read from outside."""

    bill: tuple[Field, ...]
    line: tuple[Field, ...]


class Country(Protocol):
    """The library half of a country; importing it imports no Django."""

    code: str
    payers: tuple[PayerRole, ...]
    django_app: str | None
    # `on_top`, where a country has it, names the amounts typed on an act that are asked above its `fee`: the shares of
    # the payers sum to the fee and these together.

    def quote(self, session: Mapping[str, Any], *, trace: bool = True) -> dict[str, Any]:
        """Price one session as the contract says; a refused one gives `{"error": […]}`."""
        ...

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the session."""
        ...

    def tables(self) -> Any:
        """The open flat file of law and tariffs; built first where its sources have changed."""
        ...

    def law_digest(self) -> str:
        """Digest of law, tariffs and rules: what the snapshot of a bill keeps."""
        ...

    def ship(self) -> None:
        """Put the flat file beside the code, for a wheel."""
        ...

    def layouts(self) -> Layouts:
        """Fields of bill and line."""
        ...

    def price_bill(self, tables: Any, bill: Any, lines: Any) -> None:
        """The rules, in plain Python or compiled."""
        ...

    def search(self, words: str, *, on: Any = None, limit: int = 20) -> Sequence[Any]:
        """Acts by code or words."""
        ...

    def commands(self) -> Mapping[str, Any]:
        """What `quittance tariffs` hands on: `import`, `check`, `show`, `search`; and `codes` of `quittance law`."""
        ...


@cache
def countries() -> dict[str, Country]:
    """Every country that prices, by its code: installed ones, and folders named in `QUITTANCE_COUNTRY_PATH`.

    A country may know its people before its prices: it has no `quote` yet, and is left out here.
    """
    found: dict[str, Country] = {point.name: point.load() for point in entry_points(group=GROUP)}
    if not found:
        found = _beside()
    for folder in filter(None, os.environ.get("QUITTANCE_COUNTRY_PATH", "").split(os.pathsep)):
        country = _from_folder(Path(folder).expanduser().resolve())
        found[country.code] = country
    return {code: country for code, country in found.items() if hasattr(country, "quote")}


def _from_folder(folder: Path) -> Country:
    if str(folder.parent) not in sys.path:
        sys.path.insert(0, str(folder.parent))
    return importlib.import_module(folder.name).country  # type: ignore[no-any-return]


def _beside() -> dict[str, Country]:
    """In a checkout run without installation the entry points are read from the project's own file."""
    import tomllib

    project = Path(__file__).parents[3] / "pyproject.toml"
    if not project.exists():
        return {}
    points = tomllib.loads(project.read_text())["project"]["entry-points"][GROUP]
    found = {}
    for code, target in points.items():
        module, _, name = target.partition(":")
        found[code] = getattr(importlib.import_module(module), name)
    return found

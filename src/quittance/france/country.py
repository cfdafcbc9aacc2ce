"""France, as the kernel sees a country."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quittance.kernel.country import Layouts, PayerRole

if TYPE_CHECKING:
    from quittance.france.pricing.encode import Words
    from quittance.france.pricing.texts import Texts
    from quittance.france.tariffs.search import ActHit, ActIndex
    from quittance.kernel.columns import BatchPlan
    from quittance.kernel.flat import Flat

_HERE = Path(__file__).parent


def sources() -> list[Path]:
    """Every file that a price turns on: law, tables, rules, and the kernel that runs them."""
    kernel = _HERE.parent / "kernel"
    return [
        *(_HERE / "law").glob("*.yaml"),
        *(_HERE / "law").glob("*.csv"),
        *(_HERE / "tariffs").glob("*.csv"),
        *(path for path in (_HERE / "tariffs" / "tables").iterdir() if "notes" not in path.name),
        *(_HERE / "tariffs").rglob("flat.py"),
        *(_HERE / "pricing").glob("*.py"),
        _HERE / "build.py",
        *(kernel / name for name in ("money.py", "dated.py", "rule.py", "record.py", "flat.py")),
    ]


class France:
    """The French half of the library; tables and input models are loaded at the first quote."""

    code = "FR"
    django_app = "quittance.france.apps.FranceConfig"
    payers = (PayerRole("amo", "compulsory"), PayerRole("amc", "complementary"), PayerRole("patient", "patient"))

    @cached_property
    def flat(self) -> Flat:
        """The open flat file of law and tariffs."""
        from quittance.kernel.cache import open_or_build

        def build() -> Any:
            from quittance.france.build import build

            return build()

        return open_or_build(self.code, sources(), build, _HERE / "tables.flat")

    def ship(self) -> None:
        """Put the flat file beside the code: what a wheel carries, so that nothing is built after it."""
        shutil.copyfile(self.flat.path, _HERE / "tables.flat")

    @cached_property
    def texts(self) -> Texts:
        """French words of the tables' numbers."""
        from quittance.france.pricing.texts import Texts

        return Texts(self.flat)

    @cached_property
    def words(self) -> Words:
        """Numbers of the words and codes of the input."""
        from quittance.france.pricing.encode import Words

        return Words(self.flat.strings)

    @cached_property
    def index(self) -> ActIndex:
        """Search over every act."""
        from quittance.france.tariffs.search import ActIndex

        return ActIndex.from_strings(self.flat.strings)

    def law_digest(self) -> str:
        """Digest of law, tariffs and rules: what a snapshot keeps."""
        return self.flat.digest

    def tables(self) -> Any:
        """Arrays of the flat file."""
        return self.flat.arrays

    def layouts(self) -> Layouts:
        """Fields of bill and line."""
        from quittance.france.pricing import layout

        return Layouts(layout.BILL, layout.LINE)

    def batch_plan(self) -> BatchPlan:
        """Columns of the batch file."""
        from quittance.france.pricing.columns import plan

        return plan(self.words)

    def batch_rules(self) -> Callable[..., None]:
        """The function that the batch compiles."""
        from quittance.france.pricing.bill import price_bill

        return price_bill

    def price_bill(self, tables: Any, bill: Any, lines: Any) -> None:
        """The rules, in order."""
        from quittance.france.pricing.bill import price_bill

        price_bill(tables, bill, lines)

    def quote(self, session: Mapping[str, Any], *, trace: bool = True) -> dict[str, Any]:
        """Price one session as the contract says; a refused one gives `{"error": […]}`."""
        from quittance.france.pricing.quote import quote

        return quote(self, session, trace)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the session."""
        from quittance.france.pricing.input import Session

        return Session.model_json_schema()

    def search(self, words: str, *, on: date | None = None, limit: int = 20) -> Sequence[ActHit]:
        """Acts by code or words."""
        return self.index.search(words, on, limit)

    def commands(self) -> Mapping[str, Any]:
        """What `quittance tariffs` hands on."""
        from quittance.france.tariffs import commands

        return commands.COMMANDS


country = France()

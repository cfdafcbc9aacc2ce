"""Belgium, as the kernel sees a country."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quittance.kernel.country import Layouts, PayerRole

if TYPE_CHECKING:
    from quittance.belgium.pricing.encode import Words
    from quittance.belgium.pricing.texts import Texts
    from quittance.belgium.tariffs.search import ActHit, ActIndex
    from quittance.kernel.columns import BatchPlan
    from quittance.kernel.flat import Flat

_HERE = Path(__file__).parent

LAW = (
    "codes.yaml", "holidays.yaml", "insurability.yaml", "labels.yaml", "messages.yaml", "nursing.yaml",
    "parameters.yaml", "quotas.yaml", "speech.yaml", "supplements.yaml", "third_party.yaml",
)  # fmt: skip
"""The law files that a price turns on; those of mandates and agreements are not among them."""


def sources() -> list[Path]:
    """Every file that a price turns on: law, tables, rules, and the kernel that runs them."""
    kernel = _HERE.parent / "kernel"
    return [
        *(_HERE / "law" / name for name in LAW),
        *(_HERE / "tariffs").glob("*.csv"),
        *(_HERE / "tariffs" / "tables").iterdir(),
        *(_HERE / "tariffs" / name for name in ("flat.py", "rows.py", "store.py")),
        *(_HERE / "pricing").glob("*.py"),
        *(_HERE / "law" / name for name in ("figures.py", "life.py")),
        _HERE / "build.py",
        *(kernel / name for name in ("money.py", "dated.py", "rule.py", "record.py", "flat.py")),
    ]


class Belgium:
    """The Belgian half of the library; tables and input models are loaded at the first quote."""

    code = "BE"
    django_app = "quittance.belgium.apps.BelgiumConfig"
    payers = (PayerRole("insurer", "compulsory"), PayerRole("patient", "patient"))
    on_top = ("supplement",)

    @cached_property
    def flat(self) -> Flat:
        """The open flat file of law and tariffs."""
        from quittance.kernel.cache import open_or_build

        def build() -> Any:
            from quittance.belgium.build import build

            return build()

        return open_or_build(self.code, sources(), build, _HERE / "tables.flat")

    def ship(self) -> None:
        """Put the flat file beside the code: what a wheel carries, so that nothing is built after it."""
        shutil.copyfile(self.flat.path, _HERE / "tables.flat")

    @cached_property
    def texts(self) -> Texts:
        """French words of the tables' numbers."""
        from quittance.belgium.pricing.texts import Texts

        return Texts(self.flat)

    @cached_property
    def words(self) -> Words:
        """Numbers of the words and codes of the input."""
        from quittance.belgium.pricing.encode import Words

        return Words(self.flat.strings)

    @cached_property
    def index(self) -> ActIndex:
        """Search over every act."""
        from quittance.belgium.tariffs.search import ActIndex

        return ActIndex.from_strings(self.flat.strings)

    def law_digest(self) -> str:
        """Digest of law, tariffs and rules: what a snapshot keeps."""
        return self.flat.digest

    def tables(self) -> Any:
        """Arrays of the flat file."""
        return self.flat.arrays

    def layouts(self) -> Layouts:
        """Fields of bill and line."""
        from quittance.belgium.pricing import layout

        return Layouts(layout.BILL, layout.LINE)

    def batch_plan(self) -> BatchPlan:
        """Columns of the batch file."""
        from quittance.belgium.pricing.columns import plan

        return plan(self.words)

    def batch_rules(self) -> Callable[..., None]:
        """The function that the batch compiles."""
        from quittance.belgium.pricing.bill import price_bill

        return price_bill

    def price_bill(self, tables: Any, bill: Any, lines: Any) -> None:
        """The rules, in order."""
        from quittance.belgium.pricing.bill import price_bill

        price_bill(tables, bill, lines)

    def quote(self, session: Mapping[str, Any], *, trace: bool = True) -> dict[str, Any]:
        """Price one session as the contract says; a refused one gives `{"error": […]}`."""
        from quittance.belgium.pricing.quote import quote

        return quote(self, session, trace)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the session."""
        from quittance.belgium.pricing.input import Session

        return Session.model_json_schema()

    def search(self, words: str, *, on: date | None = None, limit: int = 20) -> Sequence[ActHit]:
        """Acts by code or words."""
        return self.index.search(words, on, limit)

    def commands(self) -> Mapping[str, Any]:
        """What `quittance tariffs` hands on."""
        from quittance.belgium.law.generate import codes
        from quittance.belgium.tariffs import commands

        return {**commands.COMMANDS, "codes": codes}


country = Belgium()

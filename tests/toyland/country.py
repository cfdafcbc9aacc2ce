"""Toyland, as the kernel sees a country."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from quittance.kernel.country import Layouts, PayerRole

if TYPE_CHECKING:
    from quittance.kernel.flat import Flat


class ActHit(NamedTuple):
    """An act found."""

    code: str
    label: str
    kind: str = ""
    score: int = 0


class Toyland:
    """The library half."""

    code = "XT"
    django_app = "toyland.apps.ToylandConfig"
    payers = (PayerRole("fund", "compulsory"), PayerRole("patient", "patient"))

    @cached_property
    def flat(self) -> Flat:
        """The open flat file."""
        from quittance.kernel.cache import open_or_build

        from .tables import HERE, PRICES, RATES, build

        return open_or_build(self.code, [PRICES, RATES, *HERE.glob("*.py")], build, HERE / "tables.flat")

    def quote(self, session: Mapping[str, Any], *, trace: bool = True) -> dict[str, Any]:
        """Price one session."""
        from .quote import quote

        return quote(self, session, trace)

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the session."""
        from .quote import Session

        return Session.model_json_schema()

    def tables(self) -> Any:
        """Arrays of the flat file."""
        return self.flat.arrays

    def law_digest(self) -> str:
        """Digest of prices, rate and rules."""
        return self.flat.digest

    def ship(self) -> None:
        """Nothing to ship: no wheel carries a toy."""

    def layouts(self) -> Layouts:
        """Fields of bill and line."""
        from . import rules

        return Layouts(rules.BILL, rules.LINE)

    def price_bill(self, tables: Any, bill: Any, lines: Any) -> None:
        """The rules, in order."""
        from .rules import price_bill

        price_bill(tables, bill, lines)

    def search(self, words: str, *, on: date | None = None, limit: int = 20) -> Sequence[ActHit]:
        """Acts whose code or label holds what was typed."""
        strings = self.flat.strings
        typed = words.strip().casefold()
        found = zip(strings["acts"], strings["labels"], strict=True)
        return [ActHit(code, label) for code, label in found if typed in f"{code} {label}".casefold()][:limit]

    def commands(self) -> Mapping[str, Callable[[Sequence[str]], int]]:
        """What `quittance tariffs` hands on."""
        from . import commands

        return commands.COMMANDS


country = Toyland()

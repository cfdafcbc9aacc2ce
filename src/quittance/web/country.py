"""The web half of a country: what the generic pages ask of it, and how to find it.

A country's AppConfig carries it: `web = FrenchWeb()` beside `country_code = "FR"`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol, cast

from django.apps import apps
from django.db.models import Model
from django.forms import BaseForm

from quittance.people.models import Practice, Professional

Kind = Literal["neutral", "good", "warn", "bad", "info"]


@dataclass(frozen=True, slots=True)
class Chip:
    """A short fact shown as a chip: its text, its tone, the name of its heroicon."""

    text: str
    kind: Kind = "neutral"
    icon: str = ""


@dataclass(frozen=True, slots=True)
class PayerColumn:
    """A payer as the pages show it: role in the quote, word of the trade, CSS tone."""

    role: str
    label: str
    css: Literal["compulsory", "complementary", "patient"]


@dataclass(frozen=True, slots=True)
class Hit:
    """An act found by search."""

    code: str
    label: str
    cents: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Missing:
    """What keeps a bill from being issued beside its prices: stable code, path of the field, text for the person."""

    code: str
    path: str
    text: str


class CountryWeb(Protocol):
    """What a country offers to the pages of patients and bills."""

    payers: Sequence[PayerColumn]
    urls: Any
    # `bills = False` keeps the pages of a bill closed while a country has prices but no form for a line yet.

    def patient_form(self, data: Any, files: Any, patient: Model | None) -> BaseForm:
        """Give the form of what this country adds to a patient."""

    def cover_form(self, data: Any, patient: Model, cover: Model | None) -> BaseForm:
        """Give the form of a complementary cover."""

    def chips(self, patient: Model, day: date) -> list[Chip]:
        """Tell the patient's rights on a day as chips."""

    def session_input(
        self,
        draft_input: dict[str, Any],
        patient: Model | None,
        professional: Professional,
        day: date,
    ) -> dict[str, Any]:
        """Complete the draft's input into the input of a quote."""

    def missing(self, draft_input: Mapping[str, Any], session: Mapping[str, Any]) -> Sequence[Missing]:
        """Say what a bill needs beside its prices before it is issued; `session` is the input completed."""

    def covers(self, draft_input: dict[str, Any], patient: Model, day: date) -> Mapping[str, Any]:
        """Give the covers (`patients.Cover`) that a draft is priced with, by kind of payer."""

    def printed(self, patient: Model, day: date) -> dict[str, Any]:
        """Tell what this country prints of a patient on a bill: copied into the snapshot."""

    def receipt(self, data: Any) -> bytes | None:
        """Print a receipt (`billing.documents.Receipt`) as PDF; None for the one of every country."""

    def demo_bills(self, professional: Professional) -> Sequence[list[dict[str, Any]]]:
        """Tell what this professional bills every day: the acts of each demo bill."""

    def demo(self, practice: Practice) -> None:
        """Fill a demo practice: identifiers of professionals, patients, covers. Idempotent."""


def countries() -> dict[str, CountryWeb]:
    """Map each installed country's code to its web half."""
    return {
        config.country_code: cast(CountryWeb, config.web)
        for config in cast("list[Any]", apps.get_app_configs())
        if getattr(config, "web", None) is not None and hasattr(config, "country_code")
    }


def country_web(code: str) -> CountryWeb:
    """Find the web half of a country; LookupError when it is not installed."""
    try:
        return countries()[code]
    except KeyError:
        raise LookupError(f"no installed country has the code {code}") from None

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

from quittance.people.acting import Acting
from quittance.people.models import Practice, Professional
from quittance.people.powers import may

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
    """What is to be said of a bill beside its prices: stable code, path of the field, text for the person.

    An `error` keeps the bill from being issued; a `warning` or an `info` is only shown.
    """

    code: str
    path: str
    text: str
    level: Literal["error", "warning", "info"] = "error"


Place = Literal["practice", "patient", "professional", "bill"]


@dataclass(frozen=True, slots=True)
class Link:
    """A page of a country's own, offered on a page of every country to whoever has the `power`."""

    label: str
    about: str
    url: str
    icon: str
    power: str


class CountryWeb(Protocol):
    """What a country offers to the pages of patients and bills."""

    payers: Sequence[PayerColumn]
    urls: Any
    # Each of these may be absent, and is then as in a country that asks nothing more of the pages:
    # `links(acting, place, row)` gives the country's own pages of a practice, patient, professional or bill.
    # `drafts` (`DraftRules`) is what the country has to say of a draft with its patient at hand.

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


@dataclass(frozen=True, slots=True)
class Beside:
    """What a country says of an act that no list of its prices holds, billed by a label and an amount.

    Its name, the same in short beside the label of an act, and why the patient bears it whole with the source of that.
    """

    word: Any
    short: Any
    why: Any
    source: Any


class DraftRules:
    """What a country has to say of a draft with its patient at hand; as it stands, nothing.

    `joined` names the country's rows that are read together with the patient of a draft, as paths from him.
    `beside` lets a bill hold lines beside the quote, which the patient bears whole; None: it holds none.
    """

    joined: tuple[str, ...] = ()
    beside: Beside | None = None

    def begin(self, draft: Any) -> None:
        """Prepare a draft in the transaction that issues it: take a turn on what its limits count, read it anew."""

    def judged(self, _draft: Any, _session: Mapping[str, Any]) -> Sequence[Missing]:
        """Say what the patient's file makes of the acts: a limit reached, an agreement that lacks."""
        return ()

    def waived(self, _draft: Any, _session: Mapping[str, Any], _quote: Mapping[str, Any]) -> int:
        """Give the cents of the patient's due that he is not asked."""
        return 0

    def printed(self, _draft: Any, _day: date) -> Mapping[str, Any]:
        """Tell what is copied into the snapshot beside what `printed` says of the patient."""
        return {}


_PLAIN = DraftRules()


def draft_rules(code: str) -> DraftRules:
    """Find what a country has to say of drafts."""
    return cast(DraftRules, getattr(countries().get(code), "drafts", _PLAIN))


def links_of(acting: Acting, place: Place, row: Model) -> Sequence[Link]:
    """List the country's own pages of a row that `acting` may open, for a page of every country to offer."""
    ask = getattr(countries().get(acting.practice.country), "links", None)
    return [one for one in ask(acting, place, row) if may(acting, one.power)] if ask else ()


def country_web(code: str) -> CountryWeb:
    """Find the web half of a country; LookupError when it is not installed."""
    try:
        return countries()[code]
    except KeyError:
        raise LookupError(f"no installed country has the code {code}") from None

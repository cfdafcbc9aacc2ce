"""From a draft to a priced session, and from the answer of a country's quote to shares in cents.

The country names its payers (`Country.payers`); nothing here knows which country it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import quittance
from quittance.billing.models import Draft
from quittance.billing.services import beside
from quittance.billing.services.errors import LedgerError, Problem
from quittance.kernel.country import Country, PayerRole, countries
from quittance.kernel.money import format_cents, parse_cents
from quittance.web import country as web

Quote = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Priced:
    """A line of a bill in cents: its fee, and who bears how much of it, in the order of the country's payers.

    One beside the quote has a label and no code.
    """

    code: str
    day: date
    quantity: int
    fee_cents: int
    shares: tuple[int, ...]
    label: str = ""


def library(code: str) -> Country:
    """Find the library half of a country; LookupError when it is not installed."""
    try:
        return countries()[code]
    except KeyError:
        raise LookupError(f"no installed country has the code {code}") from None


def day_of(draft: Draft) -> date:
    """Give the day of a draft: as typed, else today in the practice's time zone."""
    typed = draft.input.get("date")
    return date.fromisoformat(typed) if isinstance(typed, str) else draft.practice.today()


def session_of(draft: Draft) -> dict[str, Any]:
    """Complete a draft into the input of a quote: the one that the page shows and the one that is issued."""
    web_half = web.countries().get(draft.country)
    if web_half is not None:
        return web_half.session_input(draft.input, draft.patient, draft.biller, day_of(draft))
    session = {"country": draft.country, "date": day_of(draft).isoformat(), **draft.input}
    session.setdefault("professional", draft.biller.profile)
    return session


def missing(draft: Draft, session: Mapping[str, Any]) -> list[web.Missing]:
    """Ask the country what is to be said of the bill beside its prices: the page shows it."""
    web_half = web.countries().get(draft.country)
    told = list(web_half.missing(draft.input, session)) if web_half is not None else []
    told += web.draft_rules(draft.country).judged(draft, session)
    if draft.input.get(beside.KEY):
        told += beside.faults(draft.input, draft.practice.today())
    return told


def lacking(draft: Draft, session: Mapping[str, Any]) -> list[Problem]:
    """List what keeps the bill from being issued beside its prices."""
    told = missing(draft, session)
    return [Problem(code=one.code, path=one.path, message=one.text) for one in told if one.level == "error"]


def waived_of(draft: Draft, session: Mapping[str, Any], quote: Quote) -> int:
    """Ask the country how much of his due the patient is not asked, in cents: at most all of it."""
    due = sum(parse_cents(quote["due"][one.name]) for one in library(draft.country).payers if one.kind == "patient")
    return min(max(web.draft_rules(draft.country).waived(draft, session, quote), 0), due)


def quoted(session: Mapping[str, Any], *, trace: bool = True) -> Quote:
    """Price a session with its whole trace; one without acts, of a bill of lines beside the quote, is nothing."""
    if session.get("acts"):
        return quittance.quote(session, trace=trace)
    due = {payer.name: format_cents(0) for payer in library(session["country"]).payers}
    totals = {"fee": format_cents(0), **due}
    return {"country": session["country"], "acts": [], "totals": totals, "due": due, "messages": []}


def lines_of(session: Mapping[str, Any], quote: Quote, payers: tuple[PayerRole, ...]) -> list[Priced]:
    """Read the lines of a quote in cents; LedgerError when the shares of one do not sum to its fee."""
    found = []
    for typed, act in zip(session.get("acts", ()), quote["acts"], strict=True):
        fee = parse_cents(act["fee"]) + on_top_cents(library(session["country"]), typed)
        shares = tuple(parse_cents(act[payer.name]) for payer in payers)
        require_sum(fee, shares, act["code"])
        day = date.fromisoformat(act["date"])
        found.append(Priced(act["code"], day, int(typed.get("quantity", 1)), fee, shares))
    return found


def lines_beside(draft: Draft, payers: tuple[PayerRole, ...]) -> list[Priced]:
    """Read the lines beside the quote that have no fault: the patient bears each whole."""
    found = []
    for one in beside.read(draft.input, day_of(draft)):
        shares = tuple(one.cents if payer.kind == "patient" else 0 for payer in payers)
        require_sum(one.cents, shares, one.label)
        found.append(Priced("", one.day, 1, one.cents, shares, one.label))
    return found


def on_top_cents(country: Country, typed: Mapping[str, Any]) -> int:
    """Sum what was typed on an act to be asked above its fee, in cents."""
    return sum(parse_cents(typed.get(name, 0)) for name in getattr(country, "on_top", ()))


def due_of(quote: Quote, payers: tuple[PayerRole, ...], lines: Sequence[Priced]) -> tuple[int, ...]:
    """Read who is asked for how much, lines beside the quote included; LedgerError when it does not sum to the fee."""
    more = [line.shares for line in lines if not line.code]
    due = tuple(
        parse_cents(quote["due"][payer.name]) + sum(shares[at] for shares in more) for at, payer in enumerate(payers)
    )
    require_sum(sum(line.fee_cents for line in lines), due, "due")
    return due


def require_sum(whole_cents: int, parts: tuple[int, ...], what: str) -> None:
    """Hold the first law of the ledger.

    >>> require_sum(2300, (1610, 690, 0), "C")
    """
    if sum(parts) != whole_cents:
        raise LedgerError(f"{what}: {' + '.join(map(str, parts))} is not {whole_cents}")

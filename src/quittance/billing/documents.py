"""Printed bills: texts are written here, laid out by Typst, from the snapshot and the payments alone."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from quittance.audit import record
from quittance.billing.models import Bill, BillEvent
from quittance.billing.services.payments import Balance, balance, is_cancelled, standing
from quittance.billing.services.substitution import names, substitute_numbers
from quittance.people.acting import Acting
from quittance.people.turns import take_turn
from quittance.web.country import countries
from quittance.web.templatetags.quittance import amount, day, euros

ROOT = Path(__file__).resolve().parents[1]
GENERIC = Path(__file__).parent / "typst" / "receipt.typ"
_one_at_a_time = Lock()

Snapshot = Mapping[str, Any]
Page = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment as it is printed."""

    day: date
    means: str
    cents: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a country prints a receipt from."""

    snapshot: Snapshot
    payments: Sequence[Paid]
    balance: Balance
    duplicate: bool
    cancelled: bool


@cache
def _compiler(template: Path) -> Any:
    import typst

    # The fonts that Typst carries, and no other: a document is the same on every machine.
    return typst.Compiler(str(template), root=str(ROOT), ignore_system_fonts=True)


def compiled(template: Path, page: Mapping[str, Any]) -> bytes:
    """Lay a page out as PDF; the compiler and its fonts are kept between two documents."""
    with _one_at_a_time:
        return bytes(_compiler(template).compile(sys_inputs={"d": json.dumps(page)}, format="pdf"))


def print_receipt(acting: Acting, bill: Bill) -> bytes:
    """Print the receipt of a bill, and write that it was: from the second on it says that it is a duplicate."""
    with transaction.atomic():
        take_turn(Bill, bill.pk)
        events = BillEvent.objects.for_(acting)
        again = events.filter(bill=bill, kind=BillEvent.What.PRINTED).exists()
        pdf = receipt(bill, duplicate=again)
        events.create(bill=bill, kind=BillEvent.What.PRINTED, by=acting.user)
        record(acting, "print", "receipt.print", bill)
    return pdf


def receipt(bill: Bill, *, duplicate: bool = False) -> bytes:
    """Give the receipt as the bill's country prints it, else as every country may."""
    paid = [Paid(one.day, capfirst(str(one.get_means_display())), one.cents) for one in standing(bill)]
    data = Receipt(bill.snapshot, paid, balance(bill), duplicate, is_cancelled(bill))
    half = countries().get(bill.country)
    pdf = half.receipt(data) if half is not None else None
    return pdf if pdf is not None else compiled(GENERIC, page_of(data))


def page_of(data: Receipt) -> Page:
    """Write the texts of a receipt; a country changes those that it says in its own words."""
    snapshot = data.snapshot
    return {
        "lang": (get_language() or "fr")[:2],
        "title": _("Bill"),
        "number-word": _("No."),
        "page-word": _("Page"),
        "reference": snapshot["reference"],
        "day": day(snapshot["day"]),
        "stamp": _stamp(data),
        "foot": f"{names(snapshot)} · {snapshot['practice']['name']} · {snapshot['reference']}",
        "from": _from(snapshot),
        "to": _to(snapshot),
        **_acts(snapshot),
        **_closing(data),
    }


def _stamp(data: Receipt) -> str:
    if data.cancelled:
        return _("Cancelled")
    return _("Duplicate print") if data.duplicate else ""


def _from(snapshot: Snapshot) -> Page:
    practice, person = snapshot["practice"], snapshot["professional"]
    town = f"{practice['postcode']} {practice['city']}".strip()
    places = (practice["name"], practice["address_line1"], practice["address_line2"], town, practice["phone"])
    numbers = [[_("Billing number"), snapshot["issuer"]["number"]]]
    numbers += [[one["system"], one["value"]] for one in person["identifiers"]]
    numbers += [
        [_("%(number)s of the substitute") % {"number": system}, value]
        for system, value in substitute_numbers(snapshot)
    ]
    return {
        "name": names(snapshot),
        "profession": person["profession"],
        "lines": [line for line in places if line],
        "identifiers": numbers,
    }


def _to(snapshot: Snapshot) -> Page:
    person = snapshot["patient"]
    raw = person["birth_raw"]
    born = _("Born on %(day)s") % {"day": f"{raw[:2]}/{raw[2:4]}/{raw[4:]}"} if raw else ""
    return {"word": _("Patient"), "name": person["full_name"], "lines": [line for line in (born,) if line]}


def _acts(snapshot: Snapshot) -> Page:
    payers = snapshot["payers"]
    rows = [
        [day(line["day"]), line["code"], _label(line), amount(line["fee_cents"]), *map(amount, line["shares"])]
        for line in snapshot["lines"]
    ]
    sums = [sum(line["shares"][place] for line in snapshot["lines"]) for place in range(len(payers))]
    words = [payer["label"] for payer in payers]
    return {
        "columns": [_("Date"), _("Code"), _("Act"), _("Fee"), *words],
        "rows": rows,
        "total-word": _("Total"),
        "totals": [amount(snapshot["fee_cents"]), *map(amount, sums)],
    }


def _label(line: Mapping[str, Any]) -> str:
    return f"{line['label']} × {line['quantity']}" if line["quantity"] > 1 else str(line["label"])


def _closing(data: Receipt) -> Page:
    rows = [
        {"word": _("Asked from %(payer)s") % {"payer": payer["name"] or payer["label"]}, "cents": payer["due_cents"]}
        for payer in data.snapshot["payers"]
        if payer["kind"] != "patient" and payer["due_cents"]
    ]
    rows.append({"word": _("Asked from the patient"), "cents": data.balance.asked_cents})
    rows.append({"word": _("Amount received"), "cents": data.balance.paid_cents})
    left = data.balance.left_cents
    rows.append({"word": _("To give back") if left < 0 else _("Left to pay"), "cents": abs(left), "strong": True})
    return {
        "payments-word": _("Payments"),
        "no-payment": _("No payment received."),
        "payments": [[day(one.day), one.means, euros(one.cents)] for one in data.payments],
        "summary": [
            {"word": row["word"], "amount": euros(row["cents"]), "strong": row.get("strong", False)} for row in rows
        ],
        "mentions": [],
    }

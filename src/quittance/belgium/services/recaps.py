"""Recaps of the mutualities (états récapitulatifs): which are due, until when; written, printed in two copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from quittance.audit import record
from quittance.belgium.documents import recap as paper
from quittance.belgium.documents.certificate import Number
from quittance.belgium.documents.people import Provider
from quittance.belgium.documents.recap import Entry, Recap
from quittance.belgium.documents.words import Language
from quittance.belgium.models import CareCertificate, RecapList
from quittance.belgium.numbers import mutuality as mutualities
from quittance.belgium.services.certificates import certificates
from quittance.billing.services.errors import refuse
from quittance.people.acting import Acting
from quittance.people.models import BankAccount, Professional, valid_on
from quittance.people.scoping import HasPractice, ScopedQuerySet
from quittance.people.turns import take_turn


@dataclass(frozen=True, slots=True)
class Due:
    """The certificates of a mutuality and a month that no list holds yet, and the last day to send them."""

    mutuality: str
    name: str
    month: date
    certificates: tuple[Any, ...]
    last_day: date
    is_late: bool

    @property
    def cents(self) -> int:
        """What the mutuality owes."""
        return sum(one.insurer_cents for one in self.certificates)


def unsent(scope: HasPractice, professional: Professional) -> ScopedQuerySet[Any]:
    """Query the certificates in third-party payment that stand and that no list holds."""
    return certificates(scope, professional).filter(third_party=True, recap=None, void_at=None, bill_gone=False)


def due(scope: HasPractice, professional: Professional, today: date) -> list[Due]:
    """List what is to be sent, what must go first before the rest."""
    held: dict[tuple[date, str], list[Any]] = {}
    for one in unsent(scope, professional).order_by("booklet__added_at", "sheet"):
        held.setdefault((one.month, one.mutuality), []).append(one)
    return [_due(number, month, rows, today) for (month, number), rows in sorted(held.items())]


def _due(number: str, month: date, rows: Sequence[Any], today: date) -> Due:
    last = paper.deadline(month)
    return Due(number, name_of(number, rows), month, tuple(rows), last, today > last)


def name_of(number: str, rows: Sequence[CareCertificate]) -> str:
    """The name of a mutuality: as its members' bills say, else that of the list."""
    told = (one.page["patient"]["mutuality_name"] for one in rows)
    return next((name for name in told if name), "") or mutualities.name(number)


def account_of(professional: Professional, today: date) -> BankAccount | None:
    """The account to credit: the professional's own, else that of the practice; None where neither is written."""
    rows = BankAccount.objects.for_(professional).filter(valid_on(today)).order_by("-from_day", "pk")
    own = rows.filter(professional=professional).first()
    return own or rows.filter(professional=None).first()


@transaction.atomic
def write_recap(acting: Acting, professional: Professional, number: str, month: date) -> RecapList:
    """Write the list of a mutuality and a month, and tie its certificates; RefusedError without account or certificate.

    Sent twice, the second finds nothing left.
    """
    take_turn(Professional, professional.pk)
    rows = list(unsent(acting, professional).filter(mutuality=number, month=month))
    if not rows:
        raise refuse("recap.none", _("No certificate of this mutuality and month waits: the list is already made."))
    account = account_of(professional, acting.today())
    if account is None:
        raise refuse("recap.account", _("The account to credit is missing. Add it in the record of the professional."))
    made = RecapList.objects.for_(acting).create(
        professional=professional, mutuality=number, month=month, issued=acting.today(), account=account.iban, prints=0
    )
    CareCertificate.objects.for_(acting).filter(pk__in=[one.pk for one in rows], recap=None).update(recap=made)
    record(acting, "change", "recap.write", made)
    return made


@transaction.atomic
def print_recap(acting: Acting, recap: RecapList, request: str) -> bytes:
    """Print a list in its copies: as it was written, marked as a duplicate from the second time on.

    Asked again by the same `request`, the same document is given. RefusedError the first time while it holds a
    certificate whose bill was cancelled, and when it was withdrawn meanwhile.
    """
    take_turn(Professional, recap.professional_id)
    row = RecapList.objects.for_(acting).filter(pk=recap.pk).first()
    if row is None:
        raise refuse("recap.gone", _("This list holds no certificate any more: it was withdrawn. Make it anew."))
    rows = held_by(acting, row)
    gone = next((one for one in rows if one.bill_gone), None)
    if gone is not None and not row.prints:
        text = _("A bill of certificate %(number)s was cancelled. Void the certificate, then print the list.")
        raise refuse("recap.cancelled", text % {"number": gone})
    if not request or rows[0].page.get("recap_request") != request:
        row.prints += 1
        RecapList.objects.for_(acting).filter(pk=row.pk).update(prints=row.prints)
        page = {**rows[0].page, "recap_request": request}
        CareCertificate.objects.for_(acting).filter(pk=rows[0].pk).update(page=page)
    pdf = paper.recap_pdf(_paper(row, rows))
    record(acting, "print", "recap.print", row)
    return pdf


def held_by(scope: HasPractice, recap: RecapList) -> list[Any]:
    """List the certificates of a list, those that were voided since it was printed too: it stays as it was sent."""
    return list(certificates(scope, recap.professional).filter(recap=recap).order_by("booklet__added_at", "sheet"))


def _paper(row: RecapList, rows: Sequence[CareCertificate]) -> Recap:
    """The list as it is printed, from what stood on its certificates; in the language of most of its patients."""
    languages = Counter(str(one.page["language"]) for one in rows)
    told = rows[0].page["provider"]
    return Recap(
        provider=Provider(**{**told, "address": tuple(told["address"])}),
        mutuality=row.mutuality,
        month=row.month,
        entries=tuple(_entry(one) for one in rows),
        account=row.account,
        issued=row.issued,
        mutuality_name=name_of(row.mutuality, rows),
        language=Language(languages.most_common(1)[0][0]),
        duplicate=row.prints > 1,
    )


def _entry(one: CareCertificate) -> Entry:
    patient = one.page["patient"]
    number = Number(one.booklet.number, one.sheet)
    return Entry(number, patient["name"], patient["niss"], one.mutuality, one.month, one.insurer_cents)


def last_day(recap: RecapList) -> date:
    """The last day on which a list may be sent."""
    return paper.deadline(recap.month)

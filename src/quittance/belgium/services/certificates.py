"""Write certificates with their numbers, print them, print them again, void a spoiled sheet."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from quittance.audit import record
from quittance.belgium.documents import certificate as paper
from quittance.belgium.documents.certificate import Number, Prescriber
from quittance.belgium.models import CareCertificate, CertifiedLine, RecapList
from quittance.belgium.services import booklets
from quittance.belgium.services.booklets import Sheet
from quittance.belgium.services.papers import Item, Pack, printable, waiting
from quittance.billing.models import Bill, BillEvent, Line
from quittance.billing.services.errors import refuse
from quittance.people.acting import Acting
from quittance.people.models import Professional
from quittance.people.scoping import HasPractice, ScopedQuerySet
from quittance.people.turns import take_turn


def certificates(scope: HasPractice, professional: Professional) -> ScopedQuerySet[Any]:
    """Query the certificates of a professional; `bill_gone` tells those one of whose bills was cancelled since."""
    cancelled = BillEvent.objects.for_(scope).filter(kind=BillEvent.What.CANCELLED).values("bill")
    gone = CertifiedLine.objects.for_(scope).filter(certificate=OuterRef("pk"), is_void=False, line__bill__in=cancelled)
    rows = CareCertificate.objects.for_(scope).filter(professional=professional)
    return rows.select_related("booklet", "patient", "recap").annotate(bill_gone=Exists(gone))


@transaction.atomic
def write_certificates(
    acting: Acting,
    professional: Professional,
    *,
    month: date | None = None,
    bill: Bill | None = None,
    chosen: Prescriber | None = None,
) -> list[CareCertificate]:
    """Write the certificates of a month (or of a bill) that lack nothing, each with the next number of the booklets.

    RefusedError when sheets are lacking: then nothing is written. What lacks a mention waits.
    """
    take_turn(Professional, professional.pk)
    today = acting.today()
    packs = printable(waiting(acting, professional, today, month=month, bill=bill, chosen=chosen))
    sheets = iter(booklets.take(acting, professional, sum(len(pack.parts) for pack in packs), today))
    made = [one for pack in packs for one in _write(acting, professional, pack, sheets)]
    for one in made:
        record(acting, "change", "certificate.write", one, patient=one.patient_id)
    return made


def _write(
    acting: Acting, professional: Professional, pack: Pack, sheets: Iterator[Sheet]
) -> Iterator[CareCertificate]:
    taken = [next(sheets) for _part in pack.parts]
    first, *further = [Number(one.booklet.number, one.sheet) for one in taken]
    whole = replace(pack.certificate, number=first, model_code=taken[0].booklet.model_code)
    for part, sheet, items in zip(paper.split(whole, further), taken, pack.parts, strict=True):
        its = replace(part, model_code=sheet.booklet.model_code)
        yield _row(acting, professional, pack, its, sheet, items)


def _row(
    acting: Acting,
    professional: Professional,
    pack: Pack,
    one: paper.Certificate,
    sheet: Sheet,
    items: Collection[Item],
) -> CareCertificate:
    made = CareCertificate.objects.for_(acting).create(
        booklet=sheet.booklet,
        sheet=sheet.sheet,
        professional=professional,
        patient=pack.patient,
        mutuality=one.patient.mutuality,
        month=min(item.act.day for item in items).replace(day=1),
        third_party=pack.third_party,
        insurer_cents=sum(item.act.insurer_cents for item in items) if pack.third_party else 0,
        issued=one.issued,
        page={"texts": paper.page_of(one), **_facts(one)},
        prints=0,
    )
    CertifiedLine.objects.for_(acting).bulk_create(
        CertifiedLine(practice=acting.practice, certificate=made, line=item.row) for item in items
    )
    return made


def _facts(one: paper.Certificate) -> dict[str, Any]:
    """What the recap takes from a certificate, as it stood on it."""
    return {
        "patient": asdict(one.patient),
        "provider": asdict(one.provider),
        "language": str(one.language),
        "fee_cents": sum(line.fee_cents for line in one.lines),
        "received_cents": one.received_cents,
    }


@transaction.atomic
def print_certificates(acting: Acting, professional: Professional, keys: Collection[int], request: str) -> bytes:
    """Print certificates as one document, each on its sheet: the first time as they are, then as duplicates.

    Asked again by the same `request`, the same document is given: nothing was printed twice. RefusedError for one
    that is void, or when there is none.
    """
    take_turn(Professional, professional.pk)
    rows = list(
        certificates(acting, professional).filter(pk__in=keys).order_by("booklet__added_at", "booklet", "sheet")
    )
    void = next((one for one in rows if one.void_at), None)
    if void is not None:
        text = _("Certificate %(number)s is void: it is not printed. Print the new one of its acts.")
        raise refuse("certificate.void", text % {"number": void})
    if not rows:
        raise refuse("certificate.none", _("No certificate is chosen. Load the page again."))
    pages = [_page(acting, one, request) for one in rows]
    pdf = paper.sheets_pdf(pages)
    for one in rows:
        record(acting, "print", "certificate.print", one, patient=one.patient_id)
    return pdf


def _page(acting: Acting, one: CareCertificate, request: str) -> dict[str, Any]:
    """The texts of a print, which is counted once a request."""
    texts: dict[str, Any] = one.page["texts"]
    if not request or one.page.get("request") != request:
        one.prints, one.page = one.prints + 1, {**one.page, "request": request}
        CareCertificate.objects.for_(acting).filter(pk=one.pk).update(prints=one.prints, page=one.page)
    return paper.as_duplicate(texts) if one.prints > 1 else texts


@transaction.atomic
def void_certificate(acting: Acting, certificate: CareCertificate, reason: str) -> None:
    """Void a certificate, once: its number stays used, its acts wait for another one.

    The sheet was spoiled in the printer, or its bill was cancelled. A list not yet printed no longer holds it; one
    that was printed stays as it was sent.
    """
    take_turn(Professional, certificate.professional_id)
    rows = CareCertificate.objects.for_(acting).filter(pk=certificate.pk, void_at=None)
    page = {**certificate.page, "void": reason[:200]}
    if rows.update(void_at=timezone.now(), page=page):
        CertifiedLine.objects.for_(acting).filter(certificate=certificate).update(is_void=True)
        _leave_unprinted(acting, certificate)
        record(acting, "change", "certificate.void", certificate, patient=certificate.patient_id)


def _leave_unprinted(acting: Acting, certificate: CareCertificate) -> None:
    """Take a certificate out of a list that was not printed; a list that holds nothing more is none."""
    held, lists = CareCertificate.objects.for_(acting), RecapList.objects.for_(acting)
    recap = lists.filter(certificates=certificate, prints=0).first()
    if recap is None:
        return
    held.filter(pk=certificate.pk).update(recap=None)
    if not held.filter(recap=recap).exists():
        record(acting, "change", "recap.withdraw", recap)
        lists.filter(pk=recap.pk).delete()


def of_bill(scope: HasPractice, bill: Bill) -> ScopedQuerySet[Any]:
    """Query the certificates that carry a line of a bill, void ones too."""
    lines = CertifiedLine.objects.for_(scope).filter(line__bill=bill).values("certificate")
    return certificates(scope, bill.professional).filter(pk__in=lines)


def lines_of(certificate: CareCertificate) -> list[Line]:
    """List the lines that a certificate carries, in the order of their days."""
    rows = CertifiedLine.objects.for_(certificate).filter(certificate=certificate).values("line")
    return list(Line.objects.for_(certificate).filter(pk__in=rows).select_related("bill").order_by("day", "pk"))

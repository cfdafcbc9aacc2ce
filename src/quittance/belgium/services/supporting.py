"""The supporting document of a bill (document justificatif): whether the law wants one, its versions, its prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from quittance.audit import record
from quittance.belgium.documents.from_bill import supporting_of
from quittance.belgium.documents.rules import Reason
from quittance.belgium.documents.supporting import Supporting, as_duplicate, page_of, page_pdf, reason_of
from quittance.belgium.models import EAttestReceipt, SupportingPaper
from quittance.belgium.services.paper_rows import rows_of
from quittance.billing.models import Bill
from quittance.billing.services.payments import is_cancelled, standing
from quittance.people.acting import Acting
from quittance.people.scoping import HasPractice
from quittance.people.turns import take_turn


def document_of(acting: Acting, bill: Bill) -> tuple[Supporting, Reason | None]:
    """Give the document of a bill as of today, and the reason for which it is due; None where the law wants none.

    A cancelled bill needs none.
    """
    today = acting.today()
    known = rows_of(acting, bill.professional, [bill], today).known(bill.patient)
    paid = sum(one.cents for one in standing(bill))
    found = supporting_of(bill.snapshot, known, paid, today, eattest=eattest_of(acting, bill))
    return found, None if is_cancelled(bill) else reason_of(found)


def eattest_of(scope: HasPractice, bill: Bill) -> str:
    """Give the receipt numbers of the eAttest that are kept with a bill, a comma between them; empty without any."""
    row = EAttestReceipt.objects.for_(scope).filter(bill=bill).first()
    return row.numbers if row else ""


@transaction.atomic
def keep_eattest(acting: Acting, bill: Bill, numbers: str) -> None:
    """Keep the receipt numbers of the eAttest of a bill instead of those known; the same ones change nothing."""
    take_turn(Bill, bill.pk)
    if eattest_of(acting, bill) == numbers:
        return
    row, _made = EAttestReceipt.objects.for_(acting).update_or_create(bill=bill, defaults={"numbers": numbers})
    record(acting, "change", "eattest.keep", row, patient=bill.patient_id)


def papers_of(scope: HasPractice, bill: Bill) -> list[SupportingPaper]:
    """List the documents of a bill that were printed, oldest first."""
    return list(SupportingPaper.objects.for_(scope).filter(bill=bill).order_by("version"))


def is_outdated(document: Supporting, papers: Sequence[SupportingPaper]) -> bool:
    """Tell whether the last document printed no longer says what is paid, or the receipt number, as it is known now."""
    return bool(papers) and any(papers[-1].page[name] != value for name, value in _facts(document).items())


@transaction.atomic
def print_supporting(acting: Acting, bill: Bill, request: str, version: int | None = None) -> bytes | None:
    """Print the document of a bill: the last version, a new one where none says what is paid now; or a `version` asked.

    A version printed again keeps its texts and is marked as a duplicate. Asked again by the same `request`, the same
    document is given. None where none is due, or where there is no such version; DocumentError when a mention is
    missing.
    """
    take_turn(Bill, bill.pk)
    papers = papers_of(acting, bill)
    document, reason = document_of(acting, bill)
    if reason is None:
        return None
    if version is None:
        asked = [one for one in papers if one.requests[0] == request]
    elif not (asked := [one for one in papers if one.version == version]):
        return None
    if not asked and papers and not is_outdated(document, papers):
        asked = papers[-1:]
    row = asked[0] if asked else _new(acting, bill, document, reason, papers, request)
    pdf = page_pdf(_page(acting, row, request))
    record(acting, "print", "supporting.print", row, patient=bill.patient_id)
    return pdf


def _new(
    acting: Acting, bill: Bill, document: Supporting, reason: Reason, papers: Sequence[SupportingPaper], request: str
) -> SupportingPaper:
    version = len(papers) + 1
    whole = replace(document, version=version, replaces=papers[-1].issued if papers else None)
    return SupportingPaper.objects.for_(acting).create(
        bill=bill,
        version=version,
        issued=document.issued,
        page={"texts": page_of(whole, reason), **_facts(whole)},
        requests=[request],
    )


def _facts(document: Supporting) -> dict[str, Any]:
    """What may change after the bill is issued, and makes another version of its document."""
    return {"paid_cents": document.paid_cents, "eattest": document.eattest}


def _page(acting: Acting, row: SupportingPaper, request: str) -> dict[str, Any]:
    """The texts of a print, which is counted once a request."""
    if request not in row.requests:
        row.requests = [*row.requests, request]
        SupportingPaper.objects.for_(acting).filter(pk=row.pk).update(requests=row.requests)
    texts: dict[str, Any] = row.page["texts"]
    return texts if request == row.requests[0] else as_duplicate(texts)

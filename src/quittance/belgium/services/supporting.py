"""The supporting document of a bill (document justificatif): whether the law wants one, why, and its print."""

from __future__ import annotations

import json

from django.db import transaction

from quittance.audit import events, record
from quittance.belgium.documents.from_bill import supporting_of
from quittance.belgium.documents.rules import Reason
from quittance.belgium.documents.supporting import Supporting, reason_of, supporting_pdf
from quittance.belgium.services.paper_rows import rows_of
from quittance.billing.models import Bill
from quittance.billing.services.payments import is_cancelled, standing
from quittance.people.acting import Acting
from quittance.people.turns import take_turn


def document_of(acting: Acting, bill: Bill, *, duplicate: bool = False) -> tuple[Supporting, Reason | None]:
    """Give the document of a bill and the reason for which it is due; None where the law wants none.

    A cancelled bill needs none.
    """
    today = acting.today()
    known = rows_of(acting, bill.professional, [bill], today).known(bill.patient)
    paid = sum(one.cents for one in standing(bill))
    found = supporting_of(bill.snapshot, known, paid, today, duplicate=duplicate)
    return found, None if is_cancelled(bill) else reason_of(found)


@transaction.atomic
def print_supporting(acting: Acting, bill: Bill, request: str) -> bytes | None:
    """Print the document of a bill where it is due, else None; a further print is marked as a duplicate.

    Asked again by the same `request`, the same document is given. DocumentError when a mention is missing.
    """
    take_turn(Bill, bill.pk)
    known = [one for one in _requests(acting, bill) if one != request]
    document, reason = document_of(acting, bill, duplicate=bool(known))
    pdf = None if reason is None else supporting_pdf(document)
    if pdf is not None:
        record(acting, "print", "supporting.print", bill, patient=bill.patient_id, detail={"request": request})
    return pdf


def _requests(acting: Acting, bill: Bill) -> list[str]:
    """The requests by which it was printed so far, as the journal tells."""
    told = events(acting).filter(patient=bill.patient_id, what="supporting.print", object=f"billing.Bill:{bill.pk}")
    return [str(json.loads(one).get("request", "")) for one in told.values_list("detail", flat=True)]

"""Issue a bill: price it, number it, write it once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django.db import IntegrityError, connections, router, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

import quittance
from quittance.audit import record
from quittance.billing import reach
from quittance.billing.models import Bill, BillEvent, Counter, Draft, Kind, Line, Receivable, Share
from quittance.billing.services.errors import Problem, RefusedError, refuse
from quittance.billing.services.pricing import (
    due_of,
    lacking,
    library,
    lines_beside,
    lines_of,
    quoted,
    session_of,
    waived_of,
)
from quittance.billing.services.reading import require_balance
from quittance.billing.services.snapshot import Calculation, covers_of, snapshot_of
from quittance.billing.services.substitution import require_replaced
from quittance.patients.models import Cover
from quittance.people.acting import Acting
from quittance.web.country import draft_rules

NEGATIVE = "patient.negative"


def issued_with(acting: Acting, key: str) -> Bill | None:
    """Find the bill that a key has issued: what a repeated request is answered with."""
    return Bill.objects.for_(acting).filter(idempotency_key=str(key)).first()


def issue_bill(acting: Acting, draft: Draft | int, key: str, version: int) -> Bill:
    """Issue a draft, once: the same `key` gives the same bill, however often and at once it is asked.

    `version` is the one that the person saw. RefusedError, with every reason, when it is no longer that one, when
    the quote refuses, or while the patient's share is negative: the draft stays as it was.
    """
    try:
        with transaction.atomic():
            taken = _take(acting, draft, key, version)
            return taken if isinstance(taken, Bill) else _issue(acting, taken, str(key))
    except IntegrityError:
        # Another draft has used the key between our look and our insert.
        bill = issued_with(acting, key)
        if bill is None:
            raise
        return bill


def _take(acting: Acting, draft: Draft | int, key: str, version: int) -> Draft | Bill:
    """Take the draft away for good: of two requests at once, one does. The other finds the bill."""
    drafts = reach.drafts(acting)
    found = draft if isinstance(draft, Draft) else _draft(acting, draft)
    if found is not None and found.version == version:
        taken, _rows = drafts.filter(pk=found.pk, version=version).delete()
        if taken:
            return _in(acting, found)
    bill = issued_with(acting, key)
    if bill is not None:
        return bill
    if found is None or not drafts.filter(pk=found.pk).exists():
        raise refuse("draft.gone", _("This draft no longer exists: it was issued or deleted. Look in the bills."))
    raise refuse(
        "draft.changed",
        _("This draft was changed in another window. Check the amounts shown now, then issue again."),
    )


def _in(acting: Acting, draft: Draft) -> Draft:
    """Give the rows of a draft the practice that is at hand: it need not be read again for each."""
    for row in (draft, draft.patient, draft.professional):
        if row is not None:
            row.practice = acting.practice
    return draft


def _draft(acting: Acting, pk: int) -> Draft | None:
    return reach.whole_drafts(acting).filter(pk=pk).first()


def _issue(acting: Acting, draft: Draft, key: str) -> Bill:
    draft_rules(draft.country).begin(draft)
    calculation = calculate(draft)
    assert draft.patient is not None
    require_replaced(draft, (line.day for line in calculation.lines), acting.today())
    covers = covers_of(draft, draft.patient, calculation.day)
    number = take_number(draft)
    bill = _write_bill(draft, calculation, covers, number, key)
    _write_lines(bill, calculation)
    _write_receivables(bill, calculation, covers)
    BillEvent.objects.for_(acting).create(bill=bill, kind=BillEvent.What.ISSUED, at=bill.issued_at, by=acting.user)
    record(acting, "change", "bill.issue", bill)
    return bill


def calculate(draft: Draft) -> Calculation:
    """Price a draft for issuing; RefusedError with every reason why it cannot be issued."""
    if draft.patient is None:
        raise refuse("patient.missing", _("The bill has no patient. Choose one at the top of the page."), "patient")
    session = session_of(draft)
    quote = quoted(session)
    problems = [*cast("list[Problem]", quote.get("error", [])), *lacking(draft, session)]
    if problems:
        raise RefusedError(problems)
    payers = library(draft.country).payers
    lines = [*lines_of(session, quote, payers), *lines_beside(draft, payers)]
    if not lines:
        raise refuse("acts.required", _("Add an act: the bill has none."), "acts")
    due = due_of(quote, payers, lines)
    refuse_negative(quote, [line.shares for line in lines], due)
    day, waived = date.fromisoformat(str(session["date"])), waived_of(draft, session, quote)
    return Calculation(session, quote, payers, lines, due, day, waived)


def refuse_negative(quote: dict[str, Any], shares: list[tuple[int, ...]], due: tuple[int, ...]) -> None:
    """Refuse a bill that does not balance: nobody bears less than nothing."""
    told = [
        Problem(code=NEGATIVE, path=one["path"], message=one["text"])
        for one in quote["messages"]
        if one["code"] == NEGATIVE
    ]
    if told:
        raise RefusedError(told)
    if any(cents < 0 for share in (*shares, due) for cents in share):
        raise refuse(NEGATIVE, _("A share is negative. Correct the amounts changed by hand until the bill balances."))


def take_number(draft: Draft) -> int:
    """Take the next number of the issuer's series; it is given back when the transaction is."""
    issuer = draft.issuer
    number = _next(draft)
    if number is None:
        first = Counter(practice=draft.practice, issuer=issuer, series=issuer.series)
        Counter.objects.for_(draft).bulk_create([first], ignore_conflicts=True)
        number = _next(draft)
    assert number is not None
    return number


def _next(draft: Draft) -> int | None:
    table = connections[router.db_for_write(Counter)].ops.quote_name(Counter._meta.db_table)
    with connections[router.db_for_write(Counter)].cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET next = next + 1 WHERE issuer_id = %s AND series = %s RETURNING next - 1",  # noqa: S608
            [draft.issuer_id, draft.issuer.series],
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None


def _write_bill(draft: Draft, calculation: Calculation, covers: Mapping[str, Cover], number: int, key: str) -> Bill:
    at, patient = timezone.now(), draft.patient
    assert patient is not None
    snapshot = snapshot_of(draft, calculation, covers, number, at)
    kinds = [payer.kind for payer in calculation.payers]
    return Bill.objects.for_(draft).create(
        issuer=draft.issuer,
        professional=draft.professional,
        substitute=draft.substitute,
        patient=patient,
        country=draft.country,
        series=draft.issuer.series,
        number=number,
        idempotency_key=key,
        day=calculation.day,
        issued_at=at,
        fee_cents=calculation.fee_cents,
        patient_cents=sum(cents for kind, cents in zip(kinds, calculation.due, strict=True) if kind == Kind.PATIENT),
        waived_cents=calculation.waived_cents,
        law_digest=snapshot["law_digest"],
        release=quittance.__version__,
        snapshot=snapshot,
    )


def _write_lines(bill: Bill, calculation: Calculation) -> None:
    practice = bill.practice
    lines = Line.objects.for_(bill).bulk_create(
        Line(
            practice=practice,
            bill=bill,
            position=printed["position"],
            code=line.code,
            label=printed["label"][:500],
            day=line.day,
            quantity=line.quantity,
            fee_cents=line.fee_cents,
        )
        for printed, line in zip(bill.snapshot["lines"], calculation.lines, strict=True)
    )
    Share.objects.for_(bill).bulk_create(
        Share(practice=practice, line=row, role=payer.name, kind=payer.kind, cents=cents)
        for row, line in zip(lines, calculation.lines, strict=True)
        for payer, cents in zip(calculation.payers, line.shares, strict=True)
    )


def _write_receivables(bill: Bill, calculation: Calculation, covers: Mapping[str, Cover]) -> None:
    rows = [
        Receivable(
            practice=bill.practice,
            bill=bill,
            role=payer.name,
            kind=payer.kind,
            payer=covers[payer.kind].payer if payer.kind in covers else None,
            cents=cents,
        )
        for payer, cents in zip(calculation.payers, calculation.due, strict=True)
    ]
    Receivable.objects.for_(bill).bulk_create(rows)
    require_balance(bill.fee_cents, [line.shares for line in calculation.lines], [row.cents for row in rows])

"""Read a bill of the ledger and hold it to its own figures before anybody sees them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Prefetch

from quittance.billing.models import Bill, Line, Share
from quittance.billing.reach import bills
from quittance.billing.services.errors import LedgerError
from quittance.people.access import own_or_404
from quittance.people.scoping import HasPractice


def require_balance(fee_cents: int, shares: Iterable[Sequence[int]], receivables: Iterable[int]) -> None:
    """Hold that shares and receivables each sum to the fee; LedgerError otherwise.

    >>> require_balance(2300, [(1610, 690, 0)], [0, 0, 2300])
    """
    borne, asked = sum(sum(share) for share in shares), sum(receivables)
    if not borne == asked == fee_cents:
        raise LedgerError(f"fee {fee_cents}, shares {borne}, receivables {asked}")


def bill_or_404(scope: HasPractice, pk: int) -> Bill:
    """Get a bill one reaches with its lines, shares, receivables, payments and events; 404 for a stranger."""
    lines = Prefetch("lines", Line.objects.for_(scope).prefetch_related(Prefetch("shares", Share.objects.for_(scope))))
    rows = bills(scope).select_related("patient", "professional", "substitute")
    bill = own_or_404(scope, rows.prefetch_related(lines, "receivables__payer", "payments__by", "events__by"), pk=pk)
    require_whole(bill)
    return bill


def require_whole(bill: Bill) -> None:
    """Hold a bill read from the ledger to its fee, line by line, and to its snapshot."""
    lines = list(bill.lines.all())
    for line in lines:
        if sum(share.cents for share in line.shares.all()) != line.fee_cents:
            raise LedgerError(f"bill {bill.pk}: the shares of line {line.position} are not its fee")
    shares = [[share.cents for share in line.shares.all()] for line in lines]
    require_balance(bill.fee_cents, shares, [row.cents for row in bill.receivables.all()])
    if bill.snapshot["fee_cents"] != bill.fee_cents or len(bill.snapshot["lines"]) != len(lines):
        raise LedgerError(f"bill {bill.pk}: the snapshot and the lines differ")

"""Many who write at once: no event is lost, and each chain has neither fork nor gap."""

from uuid import UUID

from django.db import transaction

from quittance import audit
from quittance.audit.models import AuditEvent
from quittance.audit.verify import verify
from tests.threads import THREADS, at_once

EVENTS = 10_000
CHAIN = UUID(int=9)


def test_eight_threads_lose_none_of_ten_thousand_events(transactional_db):
    each = EVENTS // THREADS

    def write(place: int) -> None:
        who = audit.Someone(UUID(int=place), CHAIN)
        for number in range(each):
            audit.record(who, "view", "patients:detail", patient=number)

    at_once(write)
    report = verify()
    assert (report.rows, report.findings, report.heads[CHAIN.hex][0]) == (EVENTS, [], EVENTS)
    written = AuditEvent.objects.filter(chain=CHAIN).values_list("user", "patient")
    assert set(written) == {(UUID(int=place), number) for place in range(THREADS) for number in range(each)}


def test_writes_that_are_undone_leave_no_gap_in_any_chain(transactional_db):
    def write(place: int) -> None:
        for number in range(20):
            with transaction.atomic():
                audit.record(audit.Someone(chain=UUID(int=number % 3)), "change", "a")
                transaction.set_rollback((place + number) % 2 == 0)

    at_once(write)
    report = verify()
    assert (report.rows, report.findings) == (THREADS * 20 // 2, [])
    assert len(report.heads) == 3

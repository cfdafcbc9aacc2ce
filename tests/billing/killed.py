"""Run by `test_concurrency` in a process of its own, with its own database.

Its children are killed at each step of issuing. It prints, as JSON, what the ledger holds after each death and
after the request was repeated.
"""

import json
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.core.management import call_command
from django.db import connection, transaction

from quittance.billing.models import Bill, BillEvent, Counter, Draft, Line, Receivable, Share
from quittance.billing.services import issue
from quittance.people.acting import acting_for
from quittance.people.models import Issuer, Membership, Practice, Professional, User
from tests.billing.making import make_draft

STEPS = ("_take", "calculate", "covers_of", "take_number", "_write_bill", "_write_lines", "_write_receivables")


def people() -> Any:
    practice = Practice.objects.create(name="Cabinet", country="FR")
    user = User.objects.create_user("a@example.org")
    Membership.objects.for_(practice).create(user=user, role="owner")
    profile = {"specialty": "01", "sector": "1", "option": "none", "zone": "metropole"}
    person = Professional.objects.for_(practice).create(user=user, last_name="Test", first_name="A", profile=profile)
    Issuer.objects.for_(practice).create(professional=person, label="A", number="990000011")
    return acting_for(user)


def killed_after(step: str) -> None:
    """Replace a step of issuing, in this process only, by itself followed by SIGKILL."""
    real: Callable[..., Any] = getattr(issue, step)

    def dies(*args: Any) -> Any:
        real(*args)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(issue, step, dies)


def killed_at_commit(after: bool) -> None:
    real = connection.commit

    def dies() -> None:
        if after:
            real()
        os.kill(os.getpid(), signal.SIGKILL)

    connection.commit = dies  # type: ignore[method-assign]


def in_child(work: Callable[[], Any]) -> int:
    connection.close()
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def ledger() -> dict[str, int]:
    models = (Draft, Bill, Line, Share, Receivable, BillEvent)
    return {model.__name__: model.objects.unscoped("test").count() for model in models}


def die(acting: Any, step: str) -> dict[str, Any]:
    draft = make_draft(acting)
    pk, key = draft.pk, str(draft.key)

    def work() -> None:
        if step.startswith("commit"):
            killed_at_commit(after=step == "commit done")
        else:
            killed_after(step)
        issue.issue_bill(acting, pk, key, 1)

    before = ledger()
    status = in_child(work)
    dead = ledger()
    again = in_child(lambda: issue.issue_bill(acting, pk, key, 1))
    return {"step": step, "status": status, "before": before, "dead": dead, "again": again, "after": ledger()}


def main() -> None:
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        acting = people()
        issue.calculate(make_draft(acting))  # the price lists are read once, not by each child
        Draft.objects.for_(acting).delete()
    found = [die(acting, step) for step in (*STEPS, "commit", "commit done")]
    numbers = [bill.number for bill in Bill.objects.for_(acting).order_by("number")]
    (counter,) = Counter.objects.for_(acting)
    json.dump({"found": found, "numbers": numbers, "next": counter.next}, sys.stdout)

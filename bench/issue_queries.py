"""Queries to issue a bill of ten lines, named by its number as the page does, and how long it takes.

Run: `python bench/issue_queries.py`. It makes its own throw-away database (a few seconds).
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LIMIT = 12
LINES = 10
ROUNDS = 30
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def _practice() -> Any:
    from quittance.people.acting import acting_for
    from quittance.people.models import Issuer, Membership, Practice, Professional, User

    practice = Practice.objects.create(name="Bench", country="FR")
    user = User.objects.create_user("bench@example.org")
    Membership.objects.for_(practice).create(user=user, role="owner")
    profile = {"specialty": "01", "sector": "1", "option": "none", "zone": "metropole"}
    person = Professional.objects.for_(practice).create(user=user, last_name="B", first_name="A", profile=profile)
    Issuer.objects.for_(practice).create(professional=person, label="A", number="990000011")
    return acting_for(user)


def issued(acting: Any, draft: Any) -> tuple[int, int]:
    """Issue a bill; give its queries and its microseconds."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from quittance.billing.services.issue import issue_bill

    with CaptureQueriesContext(connection) as captured:
        begun = time.perf_counter_ns()
        issue_bill(acting, draft.pk, str(draft.key), draft.version)
        taken = (time.perf_counter_ns() - begun) // 1000
    return sum(not one["sql"].startswith(CONTROL) for one in captured), taken


def _issued(acting: Any) -> tuple[int, int]:
    from tests.billing.making import make_draft

    return issued(acting, make_draft(acting, acts=[{"code": "G"}] * LINES))


def main() -> int:
    """Issue, count, print; gives 1 when the limit is passed."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"QUITTANCE_DATA": data, "DJANGO_SETTINGS_MODULE": "quittance.web.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        from bench._figures import said

        call_command("migrate", verbosity=0)
        acting = _practice()
        _issued(acting)  # the price lists are read, the counter is made
        found = [_issued(acting) for _ in range(ROUNDS)]
    queries = max(count for count, _taken in found)
    median = sorted(taken for _count, taken in found)[ROUNDS // 2]
    name = f"issuing {LINES} lines (median {median // 1000}.{median % 1000 // 100} ms)"
    return 0 if said(name, queries, LIMIT, "queries") else 1


if __name__ == "__main__":
    sys.exit(main())

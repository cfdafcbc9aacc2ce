"""Queries to issue a Belgian bill of ten sessions, as `bench.issue_queries` counts them for France.

Run: `python -m bench.belgian_issue_queries`. It makes its own throw-away database (a few seconds).
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date, timedelta
from typing import Any

from bench.issue_queries import LIMIT, LINES, ROOT, issued

ROUNDS = 15


def _issued(acting: Any, patient: Any, first: date) -> tuple[int, int]:
    from bench import _belgium
    from tests.belgium.making import draft_of

    last = first + timedelta(days=LINES - 1)
    return issued(acting, draft_of(acting, patient, *_belgium.acts(first, LINES), day=last.isoformat()))


def main() -> int:
    """Issue, count, print; gives 1 when the limit is passed."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"QUITTANCE_DATA": data, "DJANGO_SETTINGS_MODULE": "quittance.web.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        from bench import _belgium
        from bench._figures import said

        call_command("migrate", verbosity=0)
        acting = _belgium.practice()
        patient, start = _belgium.patient(acting), date(2026, 5, 1)
        _issued(acting, patient, start)  # the price lists are read, the counter is made
        found = [_issued(acting, patient, start + timedelta(days=LINES * at)) for at in range(1, ROUNDS)]
    queries = max(count for count, _taken in found)
    median = sorted(taken for _count, taken in found)[len(found) // 2]
    name = f"issuing {LINES} Belgian lines (median {median // 1000}.{median % 1000 // 100} ms)"
    return 0 if said(name, queries, LIMIT, "queries") else 1


if __name__ == "__main__":
    sys.exit(main())

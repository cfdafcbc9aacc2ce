"""What a request costs beside its own work: queries to know who acts, in each role, and events of the journal.

Run: `python -m bench.powers`. It makes its own throw-away database (a few seconds).
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
QUERIES, EVENTS = 2, 1
PAGES = ("/patients/", "/bills/", "/bill/", "/professionals/", "/mandates/", "/groups/", "/choose/")


def _queries(person: Any) -> int:
    """Count the queries that tell as what somebody works."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from quittance.people.acting import acting_for

    with CaptureQueriesContext(connection) as captured:
        acting_for(person.user, person.capacity)
    return len(captured)


def _events(person: Any, place: Any) -> int:
    """Open every page as somebody; give the most events that one of them wrote."""
    from django.test import Client

    from quittance.audit.models import AuditEvent
    from tests.signed import enter

    client = Client()
    enter(client, person.user, person.capacity, professional=place.rows["professional"].pk)
    most = 0
    for page in (*PAGES, f"/patients/{place.rows['patient'].pk}/", f"/bills/{place.rows['bill'].pk}/"):
        before = AuditEvent.objects.count()
        client.get(page)
        most = max(most, AuditEvent.objects.count() - before)
    return most


def main() -> int:
    """Build a world with everybody in it, count, print; gives 1 when a limit is passed."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"QUITTANCE_DATA": data, "DJANGO_SETTINGS_MODULE": "quittance.web.settings"}
        import django

        django.setup()
        from django.conf import settings
        from django.core.management import call_command

        settings.ALLOWED_HOSTS = ["testserver"]
        from bench._figures import said
        from tests.web import world

        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        people = [pair for pair in world.build().people.values() if pair[0].user is not None]
        queries = max(_queries(person) for person, _place in people)
        events = max(_events(person, place) for person, place in people)
    kept = said(f"who acts, the dearest of {len(people)} roles", queries, QUERIES, "queries")
    return 0 if said("journal, the dearest page", events, EVENTS, "events") and kept else 1


if __name__ == "__main__":
    sys.exit(main())

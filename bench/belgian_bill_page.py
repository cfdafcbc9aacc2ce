"""One change on the Belgian bill page, as `bench.bill_page` measures it for France: p95 of the server's time, queries.

Run: `python -m bench.belgian_bill_page`. 200,000 patients and 100,000 bills, one patient with sixty sessions on file;
it makes its own throw-away database (two minutes).
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from typing import Any

from bench.bill_page import BILLS, LIMIT_MS, LIMIT_QUERIES, PATIENTS, ROOT, ROUNDS, _bills, _patients, _time, measured

DAY = "2026-06-15"


def _draft(acting: Any, issuer: Any) -> Any:
    from bench import _belgium
    from quittance.billing.models import Draft

    acts = [{"id": at, **act} for at, act in enumerate(_belgium.acts(date(2026, 6, 10), 4), start=1)]
    given = {"date": DAY, "acts": acts, "cover": {}, "extras": {"next": 5}}
    parties = {"professional": acting.professional, "issuer": issuer, "patient": _belgium.patient(acting)}
    return Draft.objects.for_(acting).create(input=given, country="BE", **parties)


def _changes(at: int) -> list[dict[str, Any]]:
    """Changes as a person makes them: a day, a supplement and its reason, third-party payment, place, buttons."""
    return [
        {"open": "1", "shown": "a1-date", "a1-date": f"2026-06-{2 + at % 7:02d}"},
        {"open": "2", "shown": "a2-supplement a2-supplement_reason", "a2-supplement": str(1 + at % 9)},
        {"shown": "c-third_party", **({"c-third_party": "1"} if at % 2 else {}), "why": "2:insurer"},
        {"shown": "x-prescriber_name", "x-prescriber_name": f"Dr {at}", "why": ":insurer"},
        {"do": "open:3"},
        {"do": "why:3:fee"},
    ]


def _others(client: Any, draft: Any) -> None:
    pages = {
        "whole page": f"/bill/{draft.pk}/",
        "search of acts": f"/bill/{draft.pk}/acts/?q=dyslexie",
        "proposals": f"/bill/{draft.pk}/acts/",
    }
    for name, address in pages.items():
        times = [_time(lambda address=address: client.get(address)) for _ in range(ROUNDS)]
        p95 = sorted(taken for taken, _queries, _answer in times[2:])[-2]
        print(f"     {name}: p95 {p95:.0f} ms, {times[-1][1]} queries")


def main() -> int:
    """Fill, change, print; gives 1 when a limit is passed."""
    sys.path[:0] = [str(ROOT / "src"), str(ROOT)]
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"QUITTANCE_DATA": data, "DJANGO_SETTINGS_MODULE": "quittance.web.settings"}
        os.environ["QUITTANCE_HOSTS"] = "testserver"
        import django

        django.setup()
        from django.core.management import call_command
        from django.test import Client

        from bench import _belgium
        from bench._figures import said
        from quittance.people.models import Issuer
        from tests.signed import enter

        call_command("migrate", verbosity=0)
        acting = _belgium.practice()
        issuer = Issuer.objects.for_(acting).get()
        draft = _draft(acting, issuer)
        patients = _patients(acting.practice)
        elsewhere = Issuer.objects.for_(acting).create(
            professional=acting.professional, label="bench", number="bench", series="B"
        )
        _bills(acting, elsewhere, patients)
        client = enter(Client(), acting.user)
        times, queries = measured(client, draft, _changes)
        _others(client, draft)
        p95, median = times[len(times) * 95 // 100], times[len(times) // 2]
        name = (
            f"one change of the Belgian bill page, {PATIENTS:,} patients, {BILLS:,} bills (median {median:.0f} ms): p95"
        )
        held = said(name, p95, LIMIT_MS, "ms")
        return 0 if said("one change of the Belgian bill page", queries, LIMIT_QUERIES, "queries") and held else 1


if __name__ == "__main__":
    sys.exit(main())

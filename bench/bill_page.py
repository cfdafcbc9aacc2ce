"""One change on the bill page, 200,000 patients and 100,000 bills in the database: p95 of the server's time, queries.

Run: `python bench/bill_page.py`. It makes its own throw-away database by bulk inserts (two minutes). The whole
page, the search of acts and the search of patients are printed too, without a limit of their own.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PARTS = "ba be bri ca char da del du fa fer ga gau hu la le lo ma mar mo na pe pon qui ra ro sa ti va xu zo"
PATIENTS, BILLS, BATCH = 200_000, 100_000, 10_000
LIMIT_MS, LIMIT_QUERIES = 80, 10
ROUNDS = 25
CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
ACTS = [
    {"id": 1, "code": "G", "quantity": "1"},
    {"id": 2, "code": "DEQP003", "modifiers": ["F"]},
    {"id": 3, "code": "QZJA002", "association": "1"},
    {"id": 4, "code": "IK", "km": "12"},
]
HTMX = {"HX-Request": "true"}


def _progress(done: int, whole: int, what: str) -> None:
    print(f"\r{done:>7} / {whole} {what}", end="\n" if done == whole else "", file=sys.stderr, flush=True)


def _patients(practice: Any) -> list[int]:
    from quittance.patients.folding import fold, words_of
    from quittance.patients.models import Patient, PatientWord

    chance, parts, numbers = random.Random(1), PARTS.split(), []
    for begin in range(0, PATIENTS, BATCH):
        made = []
        for _ in range(BATCH):
            last, first = ("".join(chance.choice(parts) for _ in range(3)).title() for _ in range(2))
            born = date(1930, 1, 1) + timedelta(days=chance.randrange(33_000))
            names = {"birth_name": last, "first_names": first, "folded": fold(f"{last} {first}")}
            made.append(Patient(practice=practice, birth_date=born, birth_raw=born.strftime("%d%m%Y"), **names))
        saved = Patient.objects.bulk_create(made, batch_size=1_000)
        words = [
            PatientWord(practice=practice, patient=one, word=word)
            for one in saved
            for word in words_of(one.birth_name, one.first_names)
        ]
        PatientWord.objects.bulk_create(words, batch_size=2_000)
        numbers += [one.pk for one in saved]
        _progress(begin + BATCH, PATIENTS, "patients")
    return numbers


def _bills(acting: Any, issuer: Any, patients: list[int]) -> None:
    from quittance.billing.models import Bill, Line

    chance, start = random.Random(2), date(2024, 1, 1)
    practice, person = acting.practice, acting.professional
    snapshot = {"draft": {"acts": [{"code": "G"}], "cover": {}}, "fee_cents": 3000, "filler": "x" * 1_500}
    common = {"practice": practice, "issuer": issuer, "professional": person, "country": "FR", "snapshot": snapshot}
    fixed = {"fee_cents": 3000, "patient_cents": 3000, "law_digest": "x", "release": "0"}
    for begin in range(0, BILLS, BATCH):
        made = [
            Bill(
                patient_id=chance.choice(patients),
                number=begin + at + 1,
                idempotency_key=f"bench-{begin + at}",
                day=start + timedelta(days=(begin + at) * 800 // BILLS),
                **common,
                **fixed,
            )
            for at in range(BATCH)
        ]
        saved = Bill.objects.bulk_create(made, batch_size=500)
        lines = [
            Line(practice=practice, bill=bill, position=place, code=code, day=bill.day, fee_cents=1500)
            for bill in saved
            for place, code in ((1, "G"), (2, "MEG"))
        ]
        Line.objects.bulk_create(lines, batch_size=2_000)
        _progress(begin + BATCH, BILLS, "bills")


def _draft(acting: Any, issuer: Any, patient: int) -> Any:
    from quittance.billing.models import Draft
    from quittance.france.models import FrenchCover, FrenchPatient
    from quittance.patients.models import Patient, PayerKind
    from quittance.patients.services import add_cover, record_payer

    row = Patient.objects.for_(acting).get(pk=patient)
    FrenchPatient.objects.for_(acting).create(patient=row, nir="1480814000000", nir_key="03")
    payer = record_payer(acting, "amc", "75500017", "Mutuelle", PayerKind.COMPLEMENTARY)
    FrenchCover.objects.for_(acting).create(cover=add_cover(row, payer, {"member_number": "1"}), formula="052")
    given = {"date": "2026-01-05", "acts": ACTS, "cover": {"pathway": "T"}, "extras": {"next": 5}}
    parties = {"professional": acting.professional, "issuer": issuer, "patient": row, "country": "FR"}
    return Draft.objects.for_(acting).create(input=given, **parties)


def _changes(at: int) -> list[dict[str, Any]]:
    """Seven changes as a person makes them: fields of two acts, the cover, an amount by hand, buttons."""
    return [
        {"open": "1", "shown": "a1-quantity", "a1-quantity": str(1 + at % 3)},
        {"open": "2", "shown": "a2-modifiers", "a2-modifiers": ["F", "P", "S"][at % 3]},
        {"open": "4", "shown": "a4-km", "a4-km": str(5 + at)},
        {"shown": "c-exemption", "c-exemption": "04"[at % 2], "why": "2:amo"},
        {"shown": "a3-amo", "a3-amo": str(1 + at % 9), "why": ":amo"},
        {"do": "open:3"},
        {"do": "why:3:fee"},
    ]


def _time(work: Any) -> tuple[float, int, Any]:
    """Give milliseconds, queries, and the answer."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun = perf_counter()
    with CaptureQueriesContext(connection) as captured:
        answer = work()
    taken = (perf_counter() - begun) * 1000
    assert answer.status_code == 200, answer.status_code
    return taken, sum(not one["sql"].startswith(CONTROL) for one in captured), answer


def measured(
    client: Any, draft: Any, changes: Callable[[int], list[dict[str, Any]]] = _changes
) -> tuple[list[float], int]:
    """Make changes on the page of a draft; give their milliseconds, sorted, and the most queries of one."""
    address, found, most = f"/bill/{draft.pk}/", [], 0
    for at in range(-3, ROUNDS):  # the first rounds read templates and price lists
        for change in changes(at + 3):
            draft.refresh_from_db(fields=["version"])
            fields = {"version": draft.version, **change}
            taken, queries, _answer = _time(lambda fields=fields: client.post(address, fields, headers=HTMX))
            most = max(most, queries)
            if at >= 0:
                found.append(taken)
    return sorted(found), most


def _others(client: Any, draft: Any) -> None:
    pages = {
        "whole page": f"/bill/{draft.pk}/",
        "search of acts": f"/bill/{draft.pk}/acts/?q=plaie",
        "proposals": f"/bill/{draft.pk}/acts/",
        "search of patients": "/bill/patients/?q=mar",
        "choice of the patient": "/bill/",
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

        from bench._figures import said
        from bench.issue_queries import _practice
        from quittance.people.models import Issuer
        from tests.signed import enter

        call_command("migrate", verbosity=0)
        acting = _practice()
        issuer = Issuer.objects.for_(acting).get()
        patients = _patients(acting.practice)
        _bills(acting, issuer, patients)
        draft = _draft(acting, issuer, patients[100])
        client = enter(Client(), acting.user)
        times, queries = measured(client, draft)
        _others(client, draft)
        p95 = times[len(times) * 95 // 100]
        median = times[len(times) // 2]
        name = f"one change of the bill page, {PATIENTS:,} patients, {BILLS:,} bills (median {median:.0f} ms): p95"
        held = said(name, p95, LIMIT_MS, "ms")
        return 0 if said("one change of the bill page", queries, LIMIT_QUERIES, "queries") and held else 1


if __name__ == "__main__":
    sys.exit(main())

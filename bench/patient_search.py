"""Patients by the start of their names among 200,000, in milliseconds: as typed day by day, and the worst there is.

Run: `python bench/patient_search.py`. It makes its own throw-away database (about a minute).
The worst: two starts that thousands have and few have together. Sorting by name is slower than by what was seen last.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

PATIENTS = 200_000
ROUNDS = 15
TYPED = (
    "m",
    "ma",
    "mar",
    "martin",
    "martin z",
    "roux ele",
    "le gu",
    "du pon",
    "a b",
    "zz",
    "q",
    "xu",
    "zoe bla",
    "barocha",
)
WORST = ("m d", "ma le", "jean mar", "le g", "mar zo", "pe ba", "a b")
FIRST = ["Marie", "Jean", "Pierre", "Anne", "Louis", "Paul", "Zoé", "Hugo", "Léa", "Emma", "Jules", "Adam", "Inès"]
FIRST += ["Nadia", "Karim", "Yann", "Élodie", "Chloé", "Théo", "Noé", "Camille", "Olivier", "Sarah", "Baptiste"]
LAST = ["Martin", "Bernard", "Dubois", "Thomas", "Robert", "Petit", "Durand", "Leroy", "Moreau", "Simon", "Laurent"]
LAST += ["Lefebvre", "Michel", "Garcia", "Blanc", "Faure", "Roux", "Girard", "Le Guen", "Du Pont"]
PARTS = [
    "ba",
    "be",
    "bri",
    "ca",
    "char",
    "da",
    "del",
    "du",
    "fa",
    "fer",
    "ga",
    "gau",
    "hu",
    "la",
    "le",
    "lo",
    "ma",
    "mar",
]
PARTS += ["mo", "na", "pe", "pon", "qui", "ra", "ro", "sa", "ti", "va", "xu", "zo"]


def _names(chance: random.Random) -> tuple[str, str]:
    """Invent a name: one in seven is a common one."""
    first = chance.choice(FIRST) + (f"-{chance.choice(FIRST)}" if chance.random() < 0.15 else "")
    if chance.random() < 0.15:
        return chance.choice(LAST), first
    return "".join(chance.choice(PARTS) for _ in range(chance.randint(2, 4))).title(), first


def _fill(practice: Any) -> None:
    from quittance.patients.folding import fold, words_of
    from quittance.patients.models import Patient, PatientWord

    chance, start = random.Random(1), datetime(2020, 1, 1, tzinfo=UTC)
    for begin in range(0, PATIENTS, 10_000):
        made, words = [], []
        for _ in range(10_000):
            last, first = _names(chance)
            seen = start + timedelta(seconds=chance.randrange(200_000_000))
            folded = fold(f"{last} {first}")
            made.append(Patient(practice=practice, birth_name=last, first_names=first, folded=folded, seen_at=seen))
        for patient in Patient.objects.bulk_create(made):
            found = words_of(patient.birth_name, patient.first_names)
            words += [PatientWord(practice=practice, patient=patient, word=word) for word in found]
        PatientWord.objects.bulk_create(words, batch_size=2_000)
        print(f"\r{begin + 10_000:>7} / {PATIENTS} patients", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


def _median(practice: Any, typed: str, order: str) -> float:
    from quittance.patients import search

    times = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        search.patients(practice, typed, order)
        times.append((time.perf_counter() - begun) * 1000)
    return sorted(times)[ROUNDS // 2]


def _slowest(practice: Any, searches: tuple[str, ...], order: str) -> float:
    medians = {typed: _median(practice, typed, order) for typed in searches}
    print(f"{order:>7}  " + "  ".join(f"{typed} {median:.1f}" for typed, median in medians.items()))
    return max(medians.values())


def main() -> int:
    """Fill, search, print; gives 1 when a limit is passed."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))
    with tempfile.TemporaryDirectory() as data:
        os.environ |= {"QUITTANCE_DATA": data, "DJANGO_SETTINGS_MODULE": "quittance.web.settings"}
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        from quittance.people.models import Practice

        practice = Practice.objects.create(name="Bench", country="FR")
        _fill(practice)
        typed = _slowest(practice, TYPED, "recent")
        by_name = max(_slowest(practice, TYPED, order) for order in ("name", "-name"))
        worst = max(_slowest(practice, WORST, order) for order in ("recent", "name", "-name"))
    print(f"patient search as one types, {PATIENTS} patients: slowest median {typed:.1f} ms, limit 20 ms")
    print(f"the same sorted by name: {by_name:.1f} ms, limit 40 ms")
    print(f"two very common starts, any order: {worst:.1f} ms, limit 80 ms")
    return int(typed > 20 or by_name > 40 or worst > 80)


if __name__ == "__main__":
    sys.exit(main())

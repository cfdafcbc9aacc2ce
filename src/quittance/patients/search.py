"""Patients, payers and prescribers by the start of any part of their name.

A start that few patients share is read from the index of words and the patients found are sorted. A start that
many share ("m") would sort thousands: there the patients are walked in the order asked for until the page is
full, over the first `WALK` of them; only when that is not enough are the words read after all.
"""

from __future__ import annotations

from typing import TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from quittance.patients.folding import after, prefixes_of
from quittance.patients.models import PRESENT, Patient, PatientWord, Payer, Prescriber
from quittance.people.scoping import HasPractice, ScopedQuerySet

FEW, MANY = 3_000, 8_000
WALK = 3_000
ORDERS = {"recent": ("-seen_at", "-id"), "name": ("folded", "id"), "-name": ("-folded", "-id")}
T = TypeVar("T", Payer, Prescriber)


def _between(prefix: str) -> Q:
    return Q(word__gte=prefix, word__lt=after(prefix))


def _rarest_first(scope: HasPractice, prefixes: list[str]) -> list[tuple[int, str]]:
    """Count, up to `MANY`, the words that each prefix starts."""
    words = PatientWord.objects.for_(scope)
    counts = (words.filter(_between(prefix)).values("patient")[:MANY].count() for prefix in prefixes)
    return sorted(zip(counts, prefixes, strict=True))


def _has(patient: str, prefix: str) -> Exists:
    """Ask whether the patient outside has such a word: by the patient, whose words are few."""
    words = PatientWord.objects.unscoped("the patient outside is of the practice")
    return Exists(words.filter(_between(prefix), patient=OuterRef(patient)))


def _walk(scope: HasPractice, prefixes: list[str], order: str, limit: int) -> list[Patient]:
    """Look among the first patients of the order; may find fewer than there are."""
    present = Patient.objects.for_(scope).filter(PRESENT).order_by(*ORDERS[order])
    field = ORDERS[order][0]
    last = present.values_list(field.removeprefix("-"), flat=True)[WALK : WALK + 1].first()
    if last is not None:
        ahead = "gt" if field.startswith("-") else "lt"
        present = present.filter(**{f"{field.removeprefix('-')}__{ahead}": last})
    for prefix in prefixes:
        present = present.filter(_has("pk", prefix))
    return list(present[:limit])


def _sort(scope: HasPractice, prefixes: list[str], order: str, limit: int, *, few: bool = False) -> list[Patient]:
    """Read the words of the rarest prefix, keep the patients that have the others, and sort those.

    `few`: the rarest is rare, so that its patients are asked one by one; else the others are read whole.
    Their practice stands in the words alone: said again of the patients, SQLite would walk them all in order.
    """
    words = PatientWord.objects.for_(scope)
    wanted = words.filter(_between(prefixes[0]))
    for prefix in prefixes[1:]:
        others = words.filter(_between(prefix)).values("patient")
        wanted = wanted.filter(_has("patient_id", prefix) if few else Q(patient__in=others))
    found = Patient.objects.unscoped("the words are of the practice").filter(PRESENT, pk__in=wanted.values("patient"))
    return list(found.order_by(*ORDERS[order])[:limit])


def patients(scope: HasPractice, typed: str = "", order: str = "recent", limit: int = 20) -> list[Patient]:
    """Find patients whose names have a part starting with each word typed; `order` is a key of `ORDERS`."""
    prefixes = prefixes_of(typed)
    if not prefixes:
        if typed.strip():
            return []
        return list(Patient.objects.for_(scope).filter(PRESENT).order_by(*ORDERS[order])[:limit])
    counted = _rarest_first(scope, prefixes)
    prefixes = [prefix for _count, prefix in counted]
    few = counted[0][0] <= FEW
    if not few:
        found = _walk(scope, prefixes, order, limit)
        if len(found) == limit:
            return found
    return _sort(scope, prefixes, order, limit, few=few)


def _folded(rows: ScopedQuerySet[T], typed: str) -> ScopedQuerySet[T]:
    for prefix in prefixes_of(typed):
        rows = rows.filter(Q(folded__startswith=prefix) | Q(folded__contains=f" {prefix}"))
    return rows


def prescribers(scope: HasPractice, typed: str = "", order: str = "name", limit: int = 50) -> list[Prescriber]:
    """Find prescribers by the start of any part of name, place or speciality, or of their number."""
    found = _folded(Prescriber.objects.for_(scope).filter(PRESENT), typed)
    return list(found.order_by(*ORDERS[order])[:limit])


def payers(scope: HasPractice, kind: str, typed: str = "", limit: int = 8) -> list[Payer]:
    """Find payers of a kind by the start of any part of their name, or of their number."""
    found = _folded(Payer.objects.for_(scope).filter(kind=kind, merged_into__isnull=True), typed)
    covered = models.Count("covers")
    return list(found.annotate(used=covered).order_by("-used", "folded", "pk")[:limit])

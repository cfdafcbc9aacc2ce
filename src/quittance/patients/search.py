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

FEW = 1_500
WALK = 3_000
ORDERS = {"recent": ("-seen_at", "-id"), "name": ("folded", "id"), "-name": ("-folded", "-id")}
T = TypeVar("T", Payer, Prescriber)


def _between(prefix: str) -> Q:
    return Q(word__gte=prefix, word__lt=after(prefix))


def _few(scope: HasPractice, prefixes: list[str]) -> bool:
    """Say whether one of the prefixes is rare enough to sort all that it finds."""
    words = PatientWord.objects.for_(scope)
    return any(words.filter(_between(prefix))[:FEW].count() < FEW for prefix in prefixes)


def _walk(scope: HasPractice, prefixes: list[str], order: str, limit: int) -> list[Patient]:
    """Look among the first patients of the order; may find fewer than there are."""
    first = Patient.objects.for_(scope).filter(PRESENT).order_by(*ORDERS[order])[:WALK]
    found = Patient.objects.for_(scope).filter(pk__in=first.values("pk"))
    for prefix in prefixes:
        words = PatientWord.objects.for_(scope).filter(_between(prefix), patient=OuterRef("pk"))
        found = found.filter(Exists(words))
    return list(found.order_by(*ORDERS[order])[:limit])


def _sort(scope: HasPractice, prefixes: list[str], order: str, limit: int) -> list[Patient]:
    """Read the words of each prefix and sort the patients that have them all."""
    found = Patient.objects.for_(scope).filter(PRESENT)
    for prefix in prefixes:
        found = found.filter(pk__in=PatientWord.objects.for_(scope).filter(_between(prefix)).values("patient"))
    return list(found.order_by(*ORDERS[order])[:limit])


def patients(scope: HasPractice, typed: str = "", order: str = "recent", limit: int = 20) -> list[Patient]:
    """Find patients whose names have a part starting with each word typed; `order` is a key of `ORDERS`."""
    prefixes = prefixes_of(typed)
    if not prefixes:
        if typed.strip():
            return []
        return list(Patient.objects.for_(scope).filter(PRESENT).order_by(*ORDERS[order])[:limit])
    if not _few(scope, prefixes):
        found = _walk(scope, prefixes, order, limit)
        if len(found) == limit:
            return found
    return _sort(scope, prefixes, order, limit)


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
    return list(found.annotate(used=covered).order_by("-used", "name")[:limit])

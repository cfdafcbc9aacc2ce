"""All that a bill says, copied on the day it is issued: what follows changes nothing of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import quittance
from quittance.billing.models import Draft
from quittance.billing.services import beside
from quittance.billing.services.pricing import Priced, Quote, library
from quittance.kernel.country import PayerRole
from quittance.patients.models import Cover, Patient
from quittance.people.models import Identifier, Professional, valid_on
from quittance.web import country as web

FORMAT = 1
PRACTICE = ("name", "address_line1", "address_line2", "postcode", "city", "phone")
PATIENT = ("birth_name", "used_name", "first_names", "birth_raw", "sex")


def canonical(data: Any) -> bytes:
    """Write data as bytes that are the same whenever the data are: what two prices are compared by.

    >>> canonical({"b": 1, "a": "é"}).decode()
    '{"a":"é","b":1}'
    """
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class Calculation:
    """What was priced, before it has a number."""

    session: dict[str, Any]
    quote: Quote
    payers: tuple[PayerRole, ...]
    lines: list[Priced]
    due: tuple[int, ...]
    day: date
    waived_cents: int = 0

    @property
    def fee_cents(self) -> int:
        """The whole bill."""
        return sum(line.fee_cents for line in self.lines)


@lru_cache(maxsize=4096)
def label_of(country: str, law_digest: str, code: str, on: date) -> str:  # noqa: ARG001 (the digest is part of the key)
    """Give the label of an act for people; empty when the country's search does not know the code."""
    hits = library(country).search(code, on=on, limit=5)
    return next((str(hit.label) for hit in hits if hit.code == code), "")


def covers_of(draft: Draft, patient: Patient, day: date) -> Mapping[str, Cover]:
    """Give the cover of each kind of payer that the draft is priced with, as its country says."""
    half = web.countries().get(draft.country)
    return half.covers(draft.input, patient, day) if half else covers_on(patient, day)


def covers_on(patient: Patient, day: date) -> dict[str, Cover]:
    """Give the cover of each kind that holds on a day, the default one first."""
    rows = Cover.objects.for_(patient).filter(valid_on(day), patient=patient).select_related("payer")
    found: dict[str, Cover] = {}
    for cover in rows.order_by("-is_default", "pk"):
        found.setdefault(cover.kind, cover)
    return found


def columns(country: str, payers: tuple[PayerRole, ...]) -> list[dict[str, str]]:
    """Name each payer as the country's pages do."""
    half = web.countries().get(country)
    words = {one.role: one.label for one in half.payers} if half else {}
    return [{"role": one.name, "kind": one.kind, "label": str(words.get(one.name, one.name))} for one in payers]


def _payers(draft: Draft, calculation: Calculation, covers: Mapping[str, Cover]) -> list[dict[str, Any]]:
    named = columns(draft.country, calculation.payers)
    for entry, due in zip(named, calculation.due, strict=True):
        cover = covers.get(entry["kind"])
        payer = cover.payer if cover else None
        entry["name"] = payer.name if payer else ""
        entry["number"] = payer.number if payer else ""
        entry["member_number"] = cover.member_number if cover else ""
        entry["due_cents"] = due  # type: ignore[assignment]
    return named


def _identifiers(draft: Draft, person: Professional, day: date) -> list[dict[str, str]]:
    rows = Identifier.objects.for_(draft).filter(valid_on(day), professional=person)
    return [{"system": one.system, "value": one.value} for one in rows.order_by("pk")]


def _lines(draft: Draft, calculation: Calculation, law_digest: str) -> list[dict[str, Any]]:
    return [
        {
            "position": position,
            "code": line.code,
            "label": line.label or label_of(draft.country, law_digest, line.code, line.day),
            "day": line.day.isoformat(),
            "quantity": line.quantity,
            "fee_cents": line.fee_cents,
            "shares": list(line.shares),
            **({} if line.code else {"kind": beside.KEY}),
        }
        for position, line in enumerate(calculation.lines, start=1)
    ]


def _person(draft: Draft, person: Professional, day: date) -> dict[str, Any]:
    return {
        "full_name": person.full_name,
        "title": person.title,
        "last_name": person.last_name,
        "first_name": person.first_name,
        "profession": person.profession,
        "profile": person.profile,
        "identifiers": _identifiers(draft, person, day),
    }


def _patient(patient: Patient) -> dict[str, Any]:
    return {name: str(getattr(patient, name, "") or "") for name in PATIENT} | {"full_name": str(patient)}


def snapshot_of(
    draft: Draft, calculation: Calculation, covers: Mapping[str, Cover], number: int, at: datetime
) -> dict[str, Any]:
    """Copy everything that a bill says and was computed from."""
    assert draft.patient is not None
    digest = library(draft.country).law_digest()
    series = draft.issuer.series
    data: dict[str, Any] = {
        "format": FORMAT,
        "country": draft.country,
        "series": series,
        "number": number,
        "reference": f"{series}{number:09d}",
        "day": calculation.day.isoformat(),
        "issued_at": at.isoformat(timespec="seconds"),
        "release": quittance.__version__,
        "law_digest": digest,
        "draft": draft.input,
        "input": calculation.session,
        "output": calculation.quote,
        "practice": {name: getattr(draft.practice, name) for name in PRACTICE},
        "issuer": {"label": draft.issuer.label, "number": draft.issuer.number},
        "professional": _person(draft, draft.biller, calculation.day),
        "patient": _patient(draft.patient),
        "payers": _payers(draft, calculation, covers),
        "lines": _lines(draft, calculation, digest),
        "fee_cents": calculation.fee_cents,
        "waived_cents": calculation.waived_cents,
    }
    if draft.substitute is not None:
        data["substitute"] = _person(draft, draft.substitute, calculation.day)
    half = web.countries().get(draft.country)
    told = half.printed(draft.patient, calculation.day) if half else {}
    data["printed"] = {**told, **web.draft_rules(draft.country).printed(draft, calculation.day)}
    return data

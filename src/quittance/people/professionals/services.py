"""What is done to a professional's record: each verb is one transaction, and its event of the journal ends it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from quittance.audit import record
from quittance.people.acting import Acting
from quittance.people.models import Issuer, Professional
from quittance.people.professionals.country import Part, half_of
from quittance.people.professionals.parts import Part as Dated


class NumberTakenError(ValueError):
    """A number is already `other`'s in this practice."""

    def __init__(self, number: str, other: Professional) -> None:
        super().__init__(number)
        self.number, self.other = number, other


class OverlapError(ValueError):
    """A period would hold at the same time as `row`."""

    def __init__(self, row: Any) -> None:
        super().__init__(str(row))
        self.row = row


def provider_number(professional: Professional, day: date) -> str:
    """Give the number that tells a professional from all others; empty where there is none."""
    half = half_of(professional.practice)
    return half.provider_number(professional, day) if half else ""


def _refuse_double(professional: Professional, day: date) -> None:
    number = provider_number(professional, day)
    others = Professional.objects.for_(professional).filter(archived_at=None).exclude(pk=professional.pk)
    for other in others if number else ():
        if provider_number(other, day) == number:
            raise NumberTakenError(number, other)


def main_issuer(professional: Professional) -> Issuer | None:
    """Give the first situation of a professional: the one that his own profile prices."""
    return Issuer.objects.for_(professional).filter(professional=professional).order_by("pk").first()


def _first_issuer(professional: Professional, day: date) -> None:
    """Give a professional the situation in whose name he bills, where the country's half has made none."""
    if main_issuer(professional) is not None:
        return
    issuers, number = Issuer.objects.for_(professional), provider_number(professional, day)
    if not number or issuers.filter(number=number).exists():
        number = f"{professional.pk}"
    issuers.create(professional=professional, label=professional.full_name, number=number)


def _write(professional: Professional, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(professional, name, value)
    professional.save()


@transaction.atomic
def add_professional(acting: Acting, fields: Mapping[str, Any], part: Part) -> Professional:
    """Add a professional who works in his own name; NumberTakenError when his number is another's."""
    professional = Professional(practice=acting.practice)
    _write(professional, fields)
    part.save(professional)
    _refuse_double(professional, acting.today())
    _first_issuer(professional, acting.today())
    record(acting, "change", "professional.add", professional)
    return professional


@transaction.atomic
def change_professional(acting: Acting, professional: Professional, fields: Mapping[str, Any], part: Part) -> None:
    """Change identity and numbers; NumberTakenError when the number is another's."""
    before = Professional.objects.for_(acting).get(pk=professional.pk).full_name
    _write(professional, fields)
    part.save(professional)
    _refuse_double(professional, acting.today())
    # A situation that bears the name follows it; one that was named otherwise keeps its own.
    named = Issuer.objects.for_(acting).filter(professional=professional, label=before)
    named.update(label=professional.full_name)
    record(acting, "change", "professional.change", professional)


@transaction.atomic
def change_contact(acting: Acting, professional: Professional, fields: Mapping[str, Any]) -> None:
    """Change how a professional is reached."""
    _write(professional, fields)
    record(acting, "change", "professional.contact", professional)


@transaction.atomic
def change_preferences(acting: Acting, professional: Professional, part: Any) -> None:
    """Change how a professional likes to work."""
    part.save()
    record(acting, "change", "professional.preferences", professional)


def _overlapping(part: Dated, row: Any) -> Any:
    """Find a row of the same part that holds on a day of this one."""
    others = part.rows(row.professional).exclude(pk=row.pk)
    if row.to_day is not None:
        others = others.filter(from_day__lte=row.to_day)
    return others.filter(Q(to_day=None) | Q(to_day__gte=row.from_day)).order_by("from_day").first()


@transaction.atomic
def keep_row(acting: Acting, part: Dated, row: Any) -> None:
    """Add or change a row of a dated part; OverlapError when another holds at the same time."""
    Professional.objects.for_(acting).select_for_update().get(pk=row.professional_id)
    other = _overlapping(part, row) if part.alone else None
    if other is not None:
        raise OverlapError(other)
    row.save()
    record(acting, "change", f"professional.{part.name}", row)


@transaction.atomic
def delete_row(acting: Acting, part: Dated, row: Any) -> None:
    """Delete a row of a dated part: bills keep their own copy of what they were made from."""
    key = row.pk
    row.delete()
    row.pk = key
    record(acting, "change", f"professional.{part.name}.delete", row)


@transaction.atomic
def keep_situation(acting: Acting, issuer: Issuer, fields: Mapping[str, Any], part: Part) -> Issuer:
    """Add or change a further situation: its own number, series, profile."""
    for name, value in fields.items():
        setattr(issuer, name, value)
    part.save(issuer)
    issuer.save()
    record(acting, "change", "situation.keep", issuer)
    return issuer


@transaction.atomic
def archive_situation(acting: Acting, issuer: Issuer, *, archived: bool) -> None:
    """Bill no longer in a situation, or again; its bills and numbers stay."""
    issuer.archived_at = timezone.now() if archived else None
    issuer.save(update_fields=["archived_at"])
    record(acting, "change", "situation.archive" if archived else "situation.restore", issuer)

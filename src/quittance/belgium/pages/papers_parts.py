"""What the pages of the printed papers share: the month, the answer with a PDF, where a missing mention is mended."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from quittance.belgium.documents.rules import Fact, of_profession
from quittance.belgium.models import Booklet, CareCertificate, RecapList
from quittance.belgium.services.papers import Pack
from quittance.billing.services.errors import RefusedError
from quittance.people.acting import Acting, PageRequest
from quittance.people.models import Professional, Role
from quittance.people.scoping import ScopedQuerySet

R = TypeVar("R", Booklet, CareCertificate, RecapList)
MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])", re.ASCII)
OF_PATIENT = {"patient", "address", "niss", "mutuality"}
OF_PROVIDER = {"provider", "inami", "bce"}


@dataclass(frozen=True, slots=True)
class Lack:
    """A mention that is missing, and the page where it is written."""

    text: str
    url: str
    label: str


def month_of(typed: str | None, today: date) -> date:
    """Give the first day of the month that is asked for (`2026-09`), else of this one.

    >>> month_of("2026-09", date(2026, 11, 27)), month_of("2026-13", date(2026, 11, 27))
    (datetime.date(2026, 9, 1), datetime.date(2026, 11, 1))
    """
    found = MONTH.fullmatch(typed or "")
    return date(int(found[1]), int(found[2]), 1) if found else today.replace(day=1)


def moved(month: date, by: int) -> date:
    """Give the month some months later.

    >>> moved(date(2026, 1, 1), -1), moved(date(2026, 12, 1), 1)
    (datetime.date(2025, 12, 1), datetime.date(2027, 1, 1))
    """
    year, place = divmod(month.year * 12 + month.month - 1 + by, 12)
    return date(year, place + 1, 1)


def request_of(request: HttpRequest) -> str:
    """Give the key of the form that asks for a print, so that the same request prints once."""
    try:
        return str(uuid.UUID(request.POST.get("key", "")))
    except ValueError:
        return str(uuid.uuid4())


def reached(acting: Acting, model: type[R]) -> ScopedQuerySet[R]:
    """Query the papers that one may open: a substitute those of whom he replaces today, others all of the practice."""
    rows = model.objects.for_(acting).select_related("professional")
    return rows.filter(professional=acting.professional) if acting.role == Role.SUBSTITUTE else rows


def pdf(content: bytes, name: str) -> HttpResponse:
    """Answer with a document to keep or print; it is never cached."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def tell(request: PageRequest, refused: RefusedError) -> None:
    """Say on the next page why nothing was done."""
    for one in refused.problems:
        messages.error(request, one["message"])


def paperless(professional: Professional, day: date) -> Fact | None:
    """The rule by which the professional has no certificates on paper; None where he has."""
    return of_profession("paperless", str((professional.profile or {}).get("profession", "")), day)


def lacks(pack: Pack) -> list[Lack]:
    """List what a certificate lacks, each with where it is mended."""
    return [_lack(pack, name, text) for name, text in pack.lacking.items()]


def _lack(pack: Pack, name: str, text: str) -> Lack:
    bill = pack.items[-1].row.bill
    if name in OF_PATIENT:
        return Lack(text, reverse("patients:change", args=[pack.patient.pk]), _("Complete the patient's file"))
    if name in OF_PROVIDER:
        return Lack(text, reverse("professionals:detail", args=[bill.professional_id]), _("Complete the record"))
    if name == "prescriber":
        return Lack(text, reverse("belgium:bill_papers", args=[bill.pk]), _("Write the prescriber"))
    if name == "agreement":
        return Lack(text, _speech(pack.patient.pk), _("Open the agreements"))
    return Lack(text, reverse("billing:detail", args=[bill.pk]), _("Open the bill"))


def _speech(patient: int) -> str:
    try:
        return reverse("belgium:speech", args=[patient])
    except NoReverseMatch:
        return reverse("patients:detail", args=[patient])

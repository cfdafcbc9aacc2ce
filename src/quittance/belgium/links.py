"""The pages of Belgium's own that the pages of every country offer, each to the professions that it concerns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from quittance.people.acting import Acting
from quittance.people.models import Professional
from quittance.web.country import Link, Place

SPEECH, NURSE = "speech_therapist", "nurse"


@dataclass(frozen=True, slots=True)
class Offer:
    """A page offered: its route, which takes the key of the row, and for which professions (none: all)."""

    route: str
    label: Any
    about: Any
    icon: str
    power: str
    professions: tuple[str, ...] = ()


OFFERS: dict[Place, tuple[Offer, ...]] = {
    "practice": (
        Offer(
            "papers",
            _("Certificates and recaps"),
            _("Print the certificates of the month, send the mutualities their lists."),
            "printer",
            "bill.read",
        ),
        Offer(
            "info",
            _("Rules and lists"),
            _("Each rule with its official source; competence codes, mutualities."),
            "book-open",
            "practice.work",
        ),
    ),
    "patient": (
        Offer(
            "insurability",
            _("Insurability"),
            _("CT1/CT2, preferential rate, DMG, MAF, by period; exceptions of this patient."),
            "shield-check",
            "patient.read",
        ),
        Offer(
            "speech",
            _("Speech therapy"),
            _("Agreements, quota, is a session reimbursed and why; series of sessions."),
            "chat-bubble-left-right",
            "patient.read",
            (SPEECH,),
        ),
        Offer(
            "nursing",
            _("Home nursing"),
            _("The day of care and its lines; identity of the patient."),
            "home",
            "patient.read",
            (NURSE,),
        ),
        Offer(
            "katz",
            _("Katz scale"),
            _("Evaluations, flat rates, their three months."),
            "chart-bar",
            "documents.read",
            (NURSE,),
        ),
    ),
    "professional": (
        Offer(
            "tariffs",
            _("Own tariffs"),
            _("What is asked without convention, code by code or by batch, from a day on."),
            "banknotes",
            "professional.list",
        ),
    ),
    "bill": (
        Offer(
            "bill_papers",
            _("Certificate and supporting document"),
            _("What the law wants for this bill, ready to print."),
            "printer",
            "bill.read",
        ),
    ),
}


def links(acting: Acting, place: Place, row: Model) -> Iterator[Link]:
    """List the pages of a row for who works."""
    works = row if isinstance(row, Professional) else acting.professional
    profession = str((works.profile or {}).get("profession", "")) if works else ""
    for one in OFFERS[place]:
        if not (one.professions and profession) or profession in one.professions:
            url = reverse(f"belgium:{one.route}", args=[] if place == "practice" else [row.pk])
            yield Link(str(one.label), str(one.about), url, one.icon, one.power)

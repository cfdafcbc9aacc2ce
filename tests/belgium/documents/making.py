"""Invented people and papers. The company number 0777.777.078 is nobody's."""

from __future__ import annotations

import io
from datetime import date, timedelta

from pypdf import PdfReader

from quittance.belgium.documents.certificate import CareLine, Certificate, Number, Prescriber
from quittance.belgium.documents.people import Patient, Provider
from quittance.belgium.documents.recap import Entry, Recap
from quittance.belgium.documents.supporting import Channel, Deposit, Other, Reimbursable, Supporting
from quittance.belgium.documents.words import Language

SPEECH = Provider(
    "Maëlle Vandenbroucke-Dufrasne",
    "61234516801",
    conventioned=False,
    address=("Rue de l'Invention 12 bte 3", "1348 Louvain-la-Neuve"),
    bce="0777777078",
    profession="Logopède",
)
LONG = Provider(
    "Marie-Christine Vandenbroucke-Dufrasne de la Hauteville-sous-Montagne",
    "61234516801",
    conventioned=True,
    address=("Chaussée de la Très Longue Invention Imaginaire 1234, bâtiment C, boîte 56", "1348 Louvain-la-Neuve"),
    bce="0777777078",
    profession="Logopède",
)
CHILD = Patient("Noé Lambrechtsen", "17073003384", "135", ("Place Inventée 4", "1300 Wavre"))
LONG_CHILD = Patient(
    "Alexandre-Maximilien-Balthazar Vandersmissen-Oosterlinckx van den Bossche-Quaetaert",
    "17073003384",
    "135",
    ("Avenue de la Très Longue Invention Imaginaire 1234, bâtiment C, boîte 56", "1300 Wavre"),
    mutuality_name="Mutualité inventée de la Région de Langue française et de la Communauté germanophone",
)
DOCTOR = Prescriber("Dr Ursule Inventée", "14567816003", date(2026, 8, 20))
ACCOUNT = "BE71096123456769"


def lines(count, first=date(2026, 9, 1)):
    """So many sessions, one a day."""
    return tuple(CareLine(first + timedelta(days=n), "712014", 3950, 3950, 750) for n in range(count))


def certificate(**changes) -> Certificate:
    """A certificate of three sessions, wholly paid."""
    base = {
        "number": Number("12*3456", 7),
        "provider": SPEECH,
        "patient": CHILD,
        "lines": lines(3),
        "issued": date(2026, 11, 5),
        "received_cents": 3 * 3950,
        "prescriber": DOCTOR,
        "agreement": date(2026, 8, 28),
        "period": (date(2026, 9, 1), date(2028, 8, 31)),
        "model_code": "K",
        "prescribed": True,
        "agreed": True,
    }
    return Certificate(**{**base, **changes})


def session(on=date(2026, 9, 1), label="Séance individuelle de logopédie de 30 minutes", supplement=500):
    """A session whose patient pays the share, and the insurer the rest."""
    return Reimbursable(on, "712014", label, 750, supplement, 3200)


def supporting(**changes) -> Supporting:
    """A document for a reimbursable act beside another."""
    base = {
        "reference": "2026-0042",
        "provider": SPEECH,
        "patient": CHILD,
        "issued": date(2026, 9, 30),
        "reimbursable": (session(), session(date(2026, 9, 8))),
        "others": (Other(date(2026, 9, 8), "Rapport pour l'école", 4000),),
        "deposits": (Deposit(date(2026, 8, 25), 1000),),
        "paid_cents": 2000,
        "channel": Channel.PAPER,
    }
    return Supporting(**{**base, **changes})


def entry(sheet, patient="Noé Lambrechtsen", mutuality="135", care=date(2026, 9, 30), cents=3200):
    """A printed certificate of a list."""
    return Entry(Number("12*3456", sheet), patient, "17073003384", mutuality, care, cents)


def recap(**changes) -> Recap:
    """The list of two certificates."""
    base = {
        "provider": SPEECH,
        "mutuality": "135",
        "month": date(2026, 9, 1),
        "entries": (entry(2, "Zoé Wautersen", cents=120050), entry(1)),
        "account": ACCOUNT,
        "issued": date(2026, 10, 2),
        "language": Language.FR,
    }
    return Recap(**{**base, **changes})


def texts(pdf) -> list[str]:
    """The text of each page, spaces made plain."""
    pages = PdfReader(io.BytesIO(pdf)).pages
    return [" ".join(page.extract_text().replace("\u202f", " ").replace("\u00a0", " ").split()) for page in pages]

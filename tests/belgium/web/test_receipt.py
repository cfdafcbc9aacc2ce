"""The Belgian receipt: numbers as they are printed, the group's name, what is not asked."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

from quittance.billing.documents import receipt
from quittance.people.models import GroupRecord, Organisation
from tests.belgium import making


@pytest.fixture
def practice(db):
    return making.belgian_practice()


def text_of(bill) -> str:
    pages = PdfReader(io.BytesIO(receipt(bill))).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u202f", " ").split())


def test_a_speech_therapist_prints_her_numbers_and_the_patients(practice):
    acting = making.at_work(practice)
    patient = making.patient_of(acting, copay_bp=0)
    making.agreement_of(patient)
    text = text_of(making.bill_of(acting, patient, "712316", third_party=True))
    for wanted in (
        "Dora Test",
        "Numéro INAMI 6-12345-16-802",
        "Registre national (NISS) : 85.07.30-033.28",
        "Mutualité Saint-Michel",
        "38,37 24,66 13,71",
        "Ticket modérateur non demandé : 13,71 €",
        "Reste à payer 0,00 €",
    ):
        assert wanted in text, f"{wanted} not in {text}"


def test_a_group_bills_in_its_own_name_and_names_the_nurse(practice):
    acting = making.at_work(practice, profession="nurse", convention="conventioned")
    made = Organisation.objects.for_(practice).create(kind="group", company_number="0899000156")
    GroupRecord.objects.for_(practice).create(organisation=made, third_party_number="94900147001")
    bill = making.bill_of(acting, making.patient_of(acting), "425110", day="2018-06-04", third_party=True)
    assert bill.snapshot["printed"]["group"]["third_party_number"] == "94900147001"
    text = text_of(bill)
    for wanted in ("Cabinet de la Meuse", "Soins donnés par Dora Test", "Numéro de groupement 9-49001-47-001"):
        assert wanted in text, f"{wanted} not in {text}"

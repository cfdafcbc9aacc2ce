"""The invented patients of a demo practice, each with another kind of cover. Filling again changes nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.db import transaction

from quittance.france.models import FrenchCover, FrenchPatient
from quittance.france.numbers import nir
from quittance.france.patient_form import cover_by_fund
from quittance.patients import birth, services
from quittance.patients.models import Cover, Patient, Payer, PayerKind
from quittance.people.models import Practice

SOURCE = Path(__file__).resolve().parents[1] / "patients_demo.yaml"
_YEAR = re.compile(r"y([+-]\d+)-(\d\d)-(\d\d)")
HUNDREDTHS = {"percent": "percent_bp", "ceiling": "ceiling_cents", "lump": "lump_cents"}


def day_of(text: Any, today: date) -> date:
    """Read a day of the demo, relative to today.

    >>> day_of("y+1-12-31", date(2026, 11, 22)), day_of("+39", date(2026, 11, 22))
    (datetime.date(2027, 12, 31), datetime.date(2026, 12, 31))
    """
    parted = _YEAR.fullmatch(str(text))
    if parted:
        return date(today.year + int(parted[1]), int(parted[2]), int(parted[3]))
    return today + timedelta(days=int(text))


def _key(practice: Practice, *names: str) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(("quittance-demo", str(practice.pk), *names)))


def _french(patient: Patient, spec: dict[str, Any], today: date) -> None:
    days = {name: day_of(value, today) for name, value in spec.items() if name.endswith(("_from", "_to"))}
    values = {**spec, **days}
    values.setdefault("nir_key", nir.key(spec["nir"]))
    if "insured_nir" in spec:
        values.setdefault("insured_nir_key", nir.key(spec["insured_nir"]))
    french = FrenchPatient.objects.for_(patient).create(patient=patient, **values)
    cover_by_fund(french)


def _cover(patient: Patient, payer: Payer, spec: dict[str, Any], today: date, key: UUID) -> None:
    days = {"from_day": day_of(spec["from"], today), "to_day": day_of(spec["to"], today)}
    kept = {name: value for name, value in spec.items() if name not in {"payer", "member_number", "from", "to"}}
    french = {HUNDREDTHS.get(name, name): value for name, value in kept.items()}

    def then(cover: Cover) -> None:
        FrenchCover.objects.for_(cover).create(cover=cover, **french)

    services.add_cover(patient, payer, {"member_number": spec["member_number"], **days}, key=key, then=then)


def _patient(practice: Practice, spec: dict[str, Any], payers: dict[str, Payer], today: date) -> None:
    raw, born = birth.read(spec["birth"])
    fields = {
        "birth_name": spec["last"],
        "used_name": spec.get("used", ""),
        "first_names": spec["first"],
        "birth_raw": raw,
        "birth_date": born,
        "sex": spec["sex"],
        "phone": spec.get("phone", ""),
        "address_line1": spec.get("address", ""),
        "postcode": "75000" if "address" in spec else "",
        "city": "Ville-Exemple" if "address" in spec else "",
    }
    key = _key(practice, spec["last"])
    if Patient.objects.for_(practice).filter(creation_key=key).exists():
        return
    patient = services.create_patient(practice, fields, key=key, then=lambda row: _french(row, spec["french"], today))
    for place, cover in enumerate(spec.get("covers", [])):
        _cover(patient, payers[cover["payer"]], cover, today, _key(practice, spec["last"], str(place)))


@transaction.atomic
def demo(practice: Practice) -> None:
    """Fill a demo practice with patients, covers and prescribers; what exists stays."""
    spec, today = yaml.safe_load(SOURCE.read_text(encoding="utf-8")), practice.today()
    kind = PayerKind.COMPLEMENTARY
    payers = {
        name: services.record_payer(practice, "fr.amc", one["number"], one["name"], kind)
        for name, one in spec["payers"].items()
    }
    for patient in reversed(spec["patients"]):
        _patient(practice, patient, payers, today)
    for one in spec["prescribers"]:
        services.create_prescriber(practice, one, key=_key(practice, "prescriber", one["number"]))

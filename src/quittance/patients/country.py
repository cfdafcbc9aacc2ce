"""What the pages of patients ask of a country's forms."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Protocol, cast

from django.http import Http404

from quittance.patients.models import Cover, Patient
from quittance.people.acting import Acting
from quittance.web.country import CountryWeb, country_web


class PatientPart(Protocol):
    """The country's form beside the generic one: shown by `template`, written by `save`."""

    template: str

    def is_valid(self) -> bool: ...
    def save(self, patient: Patient) -> object: ...


class CoverPart(Protocol):
    """The country's form of a cover, whole: `payer` and `values` are written generically, `save` the rest."""

    template: str

    def is_valid(self) -> bool: ...
    def payer(self) -> dict[str, str]:
        """Give `system`, `number`, `name` and `kind` of the payer."""

    def values(self) -> dict[str, Any]:
        """Give `member_number`, `from_day` and `to_day`."""

    def save(self, cover: Cover) -> object: ...
    def copy(self, old: Cover, new: Cover) -> object:
        """Copy the country's half of a cover."""


class PatientsCountry(CountryWeb, Protocol):
    """What the patient's file shows besides chips."""

    def patient_facts(self, patient: Patient, day: date) -> list[tuple[str, str]]:
        """Tell what is known of a patient's insurance, label and value."""

    def cover_notes(self, covers: Iterable[Cover], day: date) -> list[dict[str, Any]]:
        """Tell each cover: `cover`, `terms`, `label` and a `chip` or None."""


def web_of(acting: Acting) -> PatientsCountry:
    """Give the web half of the practice's country."""
    return cast(PatientsCountry, country_web(acting.practice.country))


def takes_covers(acting: Acting) -> bool:
    """Tell whether complementary insurers bear a share of a bill in the practice's country."""
    return any(payer.css == "complementary" for payer in web_of(acting).payers)


def patient_part(acting: Acting, data: Any, patient: Patient | None) -> PatientPart:
    """Give the country's form for a patient."""
    return cast(PatientPart, web_of(acting).patient_form(data, None, patient))


def cover_part(acting: Acting, data: Any, patient: Patient, cover: Cover | None) -> CoverPart:
    """Give the country's form for a cover; not found where no complementary insurer bears a share."""
    if not takes_covers(acting):
        raise Http404("no complementary cover in this country")
    return cast(CoverPart, web_of(acting).cover_form(data, patient, cover))

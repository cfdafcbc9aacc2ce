"""The web half of Belgium for patients and bills: one small door, each answer in its own module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model
from django.forms import BaseForm

from quittance.people.models import Practice, Professional
from quittance.web.country import Chip, Missing, PayerColumn

if TYPE_CHECKING:
    from quittance.patients.models import Cover, Patient


class BelgianWeb:
    """What patients and bills ask of Belgium (`quittance.web.country.CountryWeb`)."""

    payers: ClassVar = (
        PayerColumn("insurer", "Mutualité", "compulsory"),
        PayerColumn("patient", "Patient", "patient"),
    )
    urls: ClassVar[Any] = "quittance.belgium.urls"
    bills: ClassVar = False
    """The library prices sessions; the pages of a bill come later, and stay closed until then."""

    def patient_form(self, data: Any, _files: Any, patient: Model | None) -> BaseForm:
        """Give the form of a patient's Belgian insurance."""
        from quittance.belgium.patient_form import BelgianPatientForm

        return BelgianPatientForm(data, instance=getattr(patient, "belgian", None))

    def cover_form(self, _data: Any, _patient: Model, _cover: Model | None) -> BaseForm:
        """Never asked: no complementary insurer bears a share of a Belgian bill."""
        raise LookupError("no complementary cover in Belgium")

    def chips(self, patient: Model, day: date) -> list[Chip]:
        """Tell what must be known of a patient before billing."""
        from quittance.belgium.pages import patient as page

        return page.chips(patient, day)

    def patient_facts(self, patient: Patient, day: date) -> list[tuple[str, str]]:
        """Tell what is known of a patient's insurance, label and value."""
        from quittance.belgium.pages import patient as page

        return page.facts(patient, day)

    def cover_notes(self, _covers: Iterable[Cover], _day: date) -> list[dict[str, Any]]:
        """No complementary cover to tell of."""
        return []

    def session_input(
        self, draft_input: dict[str, Any], _patient: Model | None, professional: Professional, day: date
    ) -> dict[str, Any]:
        """Give the draft as it is: no page makes one yet."""
        return {"country": "BE", "date": day.isoformat(), "professional": professional.profile, **draft_input}

    def missing(self, _draft_input: Mapping[str, Any], _session: Mapping[str, Any]) -> list[Missing]:
        """Nothing beside the prices."""
        return []

    def covers(self, _draft_input: dict[str, Any], _patient: Model, _day: date) -> dict[str, Any]:
        """No cover is chosen for a bill yet."""
        return {}

    def printed(self, patient: Patient, day: date) -> dict[str, Any]:
        """Tell what a Belgian bill prints of a patient."""
        from quittance.belgium.pages import patient as page

        return page.printed(patient, day)

    def receipt(self, _data: Any) -> bytes | None:
        """The receipt of every country."""
        return None

    def demo_bills(self, _professional: Professional) -> list[list[dict[str, Any]]]:
        """No bill while there is no page of one."""
        return []

    def demo(self, practice: Practice) -> None:
        """Nothing yet: the demo practice of Belgium comes with its bills."""

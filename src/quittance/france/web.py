"""The web half of France: one small door, each answer in its own module."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model
from django.forms import BaseForm

from quittance.people.models import Practice, Professional
from quittance.web.country import Chip, Missing, PayerColumn

if TYPE_CHECKING:
    from quittance.billing.documents import Receipt
    from quittance.patients.models import Cover, Patient


class FrenchWeb:
    """What patients and bills ask of France (`quittance.web.country.CountryWeb`)."""

    payers: ClassVar = (
        PayerColumn("amo", "Caisse", "compulsory"),
        PayerColumn("amc", "Mutuelle", "complementary"),
        PayerColumn("patient", "Patient", "patient"),
    )
    urls: ClassVar[Any] = "quittance.france.urls"

    def patient_form(self, data: Any, files: Any, patient: Model | None) -> BaseForm:
        """Give the form of a patient's French insurance."""
        from quittance.france.pages import patient as page

        return page.form(data, files, patient)

    def cover_form(self, data: Any, patient: Model, cover: Model | None) -> BaseForm:
        """Give the form of a complementary cover (mutuelle)."""
        from quittance.france.pages import patient_cover as page

        return page.form(data, patient, cover)

    def chips(self, patient: Model, day: date) -> list[Chip]:
        """Tell the patient's rights on a day."""
        from quittance.france.pages import patient_chips as page

        return page.chips(patient, day)

    def patient_facts(self, patient: Patient, day: date) -> list[tuple[str, str]]:
        """Tell what is known of a patient's insurance, label and value."""
        from quittance.france.pages import patient as page

        return page.facts(patient, day)

    def cover_notes(self, covers: Iterable[Cover], day: date) -> list[dict[str, Any]]:
        """Tell each complementary contract in a line."""
        from quittance.france.pages import patient_cover as page

        return page.notes(covers, day)

    def session_input(
        self, draft_input: dict[str, Any], patient: Model | None, professional: Professional, day: date
    ) -> dict[str, Any]:
        """Complete the draft's input into the input of a quote."""
        from quittance.france.pages import line_session as page

        return page.session_input(draft_input, patient, professional, day)

    def missing(self, draft_input: Mapping[str, Any], session: Mapping[str, Any]) -> list[Missing]:
        """Say which day the nature of the insurance needs."""
        from quittance.france.pages import line_missing as page

        return page.missing(draft_input, session)

    @property
    def bill_page(self) -> Any:
        """Give France's part of the bill page (`quittance.billing.pages.draft_parts.BillPage`)."""
        from quittance.france.pages import line

        return line.page

    def covers(self, draft_input: dict[str, Any], patient: Patient, day: date) -> dict[str, Cover]:
        """Give the contracts that a draft is priced with."""
        from quittance.france.documents import printed

        return printed.covers(draft_input, patient, day)

    def printed(self, patient: Patient, day: date) -> dict[str, Any]:
        """Tell what a French bill prints of a patient."""
        from quittance.france.documents import printed

        return printed.printed(patient, day)

    def receipt(self, data: Receipt) -> bytes:
        """Print the bill of care (facture d'honoraires)."""
        from quittance.france import documents

        return documents.receipt(data)

    def demo_bills(self, professional: Professional) -> list[list[dict[str, Any]]]:
        """Tell what this professional bills every day."""
        from pathlib import Path

        import yaml

        text = Path(__file__).with_name("demo_bills.yaml").read_text(encoding="utf-8")
        usual: dict[str, list[list[dict[str, Any]]]] = yaml.safe_load(text)
        return usual.get(str((professional.profile or {}).get("specialty", "")), [])

    def demo(self, practice: Practice) -> None:
        """Fill a demo practice with invented patients."""
        from quittance.france.pages import patient_demo as page

        page.demo(practice)

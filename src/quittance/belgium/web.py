"""The web half of Belgium for patients and bills: one small door, each answer in its own module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.db.models import Model
from django.forms import BaseForm

from quittance.people.models import Practice, Professional
from quittance.web.country import Chip, Link, Missing, PayerColumn, Place

if TYPE_CHECKING:
    from quittance.belgium.drafts import BelgianDrafts
    from quittance.billing.documents import Receipt
    from quittance.patients.models import Cover, Patient
    from quittance.people.acting import Acting


class BelgianWeb:
    """What patients and bills ask of Belgium (`quittance.web.country.CountryWeb`)."""

    payers: ClassVar = (
        PayerColumn("insurer", "Mutualité", "compulsory"),
        PayerColumn("patient", "Patient", "patient"),
    )
    urls: ClassVar[Any] = "quittance.belgium.urls"

    @cached_property
    def drafts(self) -> BelgianDrafts:
        """What Belgium has to say of a draft with its patient at hand."""
        from quittance.belgium.drafts import BelgianDrafts

        return BelgianDrafts()

    @property
    def bill_page(self) -> Any:
        """Give Belgium's part of the bill page (`quittance.billing.pages.draft_parts.BillPage`)."""
        from quittance.belgium.pages import line

        return line.page

    def patient_form(self, data: Any, _files: Any, patient: Model | None) -> BaseForm:
        """Give the form of a patient's Belgian insurance."""
        from quittance.belgium.patient_form import BelgianPatientForm

        return BelgianPatientForm(data, instance=getattr(patient, "belgian", None))

    def cover_form(self, _data: Any, _patient: Model, _cover: Model | None) -> BaseForm:
        """Never asked: no complementary insurer bears a share of a Belgian bill."""
        raise LookupError("no complementary cover in Belgium")

    def links(self, acting: Acting, place: Place, row: Model) -> Iterator[Link]:
        """Offer the pages of Belgium's own."""
        from quittance.belgium.links import links

        return links(acting, place, row)

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
        self, draft_input: dict[str, Any], patient: Model | None, professional: Professional, day: date
    ) -> dict[str, Any]:
        """Complete the draft's input into the input of a quote."""
        from quittance.belgium.pages import line_session as page

        return page.session_input(draft_input, patient, professional, day)

    def missing(self, _draft_input: Mapping[str, Any], _session: Mapping[str, Any]) -> list[Missing]:
        """Nothing that does not need the patient: `drafts.judged` says the rest."""
        return []

    def covers(self, draft_input: dict[str, Any], patient: Patient, day: date) -> dict[str, Cover]:
        """Give the cover by the mutuality on the first day of care."""
        from quittance.belgium.insured import cover_on
        from quittance.belgium.pages.line_session import first_day

        found = cover_on(patient, first_day(draft_input, day))
        return {"compulsory": found} if found is not None else {}

    def printed(self, patient: Patient, day: date) -> dict[str, Any]:
        """Tell what a Belgian bill prints of a patient."""
        from quittance.belgium.pages import patient as page

        return page.printed(patient, day)

    def receipt(self, data: Receipt) -> bytes:
        """Print the receipt with Belgian numbers, in the group's name where there is one."""
        from quittance.belgium.documents.receipt import receipt

        return receipt(data)

    def demo_bills(self, _professional: Professional) -> list[list[dict[str, Any]]]:
        """None but those of `demo`: a session is for the patient whose agreement covers it."""
        return []

    def demo(self, practice: Practice) -> None:
        """Fill a demo practice with invented patients and their bills."""
        from quittance.belgium.demo import demo

        demo(practice)

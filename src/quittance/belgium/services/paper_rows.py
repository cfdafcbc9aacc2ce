"""What the rows of today add to the snapshot of a bill: people whose numbers were written since, agreements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from quittance.belgium import status
from quittance.belgium.documents.certificate import Prescriber
from quittance.belgium.documents.from_bill import Act, Known, prescriber
from quittance.belgium.documents.people import Patient, Provider
from quittance.belgium.documents.words import Language
from quittance.belgium.law import speech as speech_law
from quittance.belgium.models import SpeechAgreement
from quittance.belgium.speech import Status
from quittance.billing.models import Bill
from quittance.patients import models as patients
from quittance.people.models import PracticeAddress, Professional, valid_on
from quittance.people.scoping import HasPractice

COVERING = tuple(one for one in Status if one.covers)
OF_TREATMENT = {"therapy", "guidance"}


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows behind some bills, read in a few queries whatever their number."""

    provider: Provider
    prescribers: Mapping[int, tuple[str, str]]
    agreements: Mapping[int, tuple[SpeechAgreement, ...]]

    def known(self, patient: patients.Patient) -> Known:
        """What the papers of a bill fall back on."""
        belgian = getattr(patient, "belgian", None)
        language = Language(belgian.language) if belgian and belgian.language in set(Language) else Language.FR
        return Known(self.provider, patient_row(patient), language, self.prescribers)

    def agreement(self, patient: int, act: Act) -> SpeechAgreement | None:
        """The agreement that covers an act: of its disorder, else the only one there is on its day."""
        found = speech_law.act(act.code)
        held = [one for one in self.agreements.get(patient, ()) if one.begin <= act.day <= one.end]
        if act.disorder:
            held = [one for one in held if one.disorder == act.disorder]
        elif found is None or found.kind.family not in OF_TREATMENT or len(held) != 1:
            return None
        return max(held, key=lambda one: (one.begin, one.pk), default=None)


def prescriber_of_agreement(agreement: SpeechAgreement | None) -> Prescriber | None:
    """Who prescribed the treatment agreed to; None while name, number or day is missing."""
    row = agreement.prescriber if agreement else None
    if agreement is None or row is None or agreement.prescribed is None:
        return None
    return prescriber(str(row), row.number, agreement.prescribed.isoformat())


def rows_of(scope: HasPractice, professional: Professional, bills: Iterable[Bill], today: date) -> Rows:
    """Read the rows behind some bills of a professional."""
    held = list(bills)
    keys = {str((one.snapshot["draft"].get("extras") or {}).get("prescriber") or "") for one in held}
    wanted = {int(key) for key in keys if key.isascii() and key.isdecimal() and len(key) < 19}
    prescribers = patients.Prescriber.objects.for_(scope).filter(pk__in=wanted)
    agreements: dict[int, tuple[SpeechAgreement, ...]] = {}
    rows = SpeechAgreement.objects.for_(scope).filter(patient__in={one.patient_id for one in held}, status__in=COVERING)
    for one in rows.select_related("prescriber"):
        agreements[one.patient_id] = (*agreements.get(one.patient_id, ()), one)
    named = {one.pk: (str(one), one.number) for one in prescribers}
    return Rows(provider_row(professional, today), named, agreements)


def provider_row(professional: Professional, today: date) -> Provider:
    """A professional as he stands in his record today."""
    place = PracticeAddress.objects.for_(professional).filter(valid_on(today), professional=professional).first()
    return Provider(
        name=professional.full_name,
        inami=status.number_on(professional, status.INAMI, today),
        conventioned=False,
        address=_address(place or professional),
        bce=status.number_on(professional, status.BCE, today),
        profession=professional.profession,
        kind=str((professional.profile or {}).get("profession", "")),
    )


def patient_row(patient: patients.Patient) -> Patient:
    """A patient as he stands in his file today."""
    belgian = getattr(patient, "belgian", None)
    niss, insurer = (belgian.niss, belgian.mutuality) if belgian else ("", "")
    return Patient(str(patient), niss, insurer, _address(patient))


def _address(row: PracticeAddress | Professional | patients.Patient) -> tuple[str, ...]:
    """An address as lines; none where street or town is not written."""
    town = f"{row.postcode} {row.city}".strip()
    lines = (row.address_line1, row.address_line2, town)
    return tuple(line for line in lines if line) if row.address_line1 and town else ()

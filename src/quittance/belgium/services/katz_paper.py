"""The notification of an evaluation as it is printed, from the rows of its patient, its nurse and their group."""

from __future__ import annotations

from dataclasses import replace

from quittance.belgium.documents.katz import Notice
from quittance.belgium.documents.people import Provider
from quittance.belgium.documents.words import Language
from quittance.belgium.law import nursing_care as law
from quittance.belgium.models import BelgianPatient, KatzEvaluation
from quittance.belgium.nursing import evaluations
from quittance.belgium.pages.patient_facts import mutuality_on
from quittance.belgium.services import care, nursing_choices
from quittance.belgium.services.paper_rows import patient_row, provider_row
from quittance.kernel.dated import day_of
from quittance.people.acting import Acting


def notice_of(acting: Acting, row: KatzEvaluation) -> Notice:
    """Give an evaluation as it is printed: patient insured and nurse numbered as on its first day.

    Its level is that of the pages, by what the practice chose where the law is uncertain; it ends where the next one
    begins.
    """
    told, choices = row.evaluation(), nursing_choices.choices_in(nursing_choices.preferences_of(acting))
    book = law.Book(told.first, nursing_choices.values_on(choices, row.first))
    known = [one.evaluation() for one in KatzEvaluation.objects.for_(acting).filter(patient=row.patient)]
    belgian = getattr(row.patient, "belgian", None) or BelgianPatient()
    return Notice(
        provider=_nurse(acting, row),
        patient=replace(patient_row(row.patient), mutuality=mutuality_on(row.patient, row.first)),
        scores=row.scores,
        dependent_from=book.number("katz_dependent"),
        whole_from=book.number("katz_total"),
        level=evaluations.level(told, book).value,
        toilets=row.toilets,
        first=row.first,
        last=day_of(evaluations.ends(told, known, book)),
        sent=row.sent_on,
        issued=acting.today(),
        decided=row.was_granted,
        refused=row.refused,
        disoriented=row.disoriented,
        incontinent=row.incontinent,
        stopped=row.stopped,
        language=Language(belgian.language) if belgian.language in set(Language) else Language.FR,
    )


def _nurse(acting: Acting, row: KatzEvaluation) -> Provider:
    """The nurse who evaluated; of a group, with its name, its address and its company number."""
    found, group = provider_row(row.professional, row.first), care.group_of(acting)
    if group is None:
        return found
    practice = group.practice
    town = f"{practice.postcode} {practice.city}".strip()
    lines = (practice.name, practice.address_line1, practice.address_line2, town)
    return replace(found, address=tuple(one for one in lines if one), bce=group.company_number)

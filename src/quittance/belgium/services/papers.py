"""Which care waits for a certificate (attestation de soins donnés), sorted into those that will be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import get_language

from quittance.belgium.documents import certificate as paper
from quittance.belgium.documents.certificate import CareLine, Certificate, Number, Prescriber
from quittance.belgium.documents.from_bill import (
    Act,
    acts_of,
    is_third_party,
    language_of,
    patient_of,
    prescriber_of,
    profession_of,
    provider_of,
)
from quittance.belgium.documents.rules import Fact, facts, month_end, of_profession
from quittance.belgium.documents.words import Language
from quittance.belgium.models import CertifiedLine, SpeechAgreement
from quittance.belgium.services.paper_rows import Rows, prescriber_of_agreement, rows_of
from quittance.billing.models import Bill, BillEvent, Kind, Line, Payment, Share
from quittance.billing.services.payments import standing
from quittance.patients.models import Patient
from quittance.people.models import Professional
from quittance.people.scoping import HasPractice

NOT_YET = Number("00*0000", 1)
"""The place of a number that is taken when the certificate is printed."""


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the ledger with its act."""

    row: Line
    act: Act


@dataclass(frozen=True, slots=True)
class Pack:
    """What one certificate will carry, or several where its lines are more than a form holds.

    `lacking` maps the mentions that are missing to what to do, in the language of the pages.
    """

    patient: Patient
    items: tuple[Item, ...]
    certificate: Certificate
    third_party: bool
    lacking: dict[str, str] = field(default_factory=dict)

    @property
    def parts(self) -> tuple[tuple[Item, ...], ...]:
        """The lines of each sheet."""
        held = paper.room(self.certificate.issued)
        return tuple(self.items[first : first + held] for first in range(0, len(self.items), held))

    @property
    def bills(self) -> list[Bill]:
        """The bills whose lines it carries."""
        return list(dict.fromkeys(one.row.bill for one in self.items))

    @property
    def fee_cents(self) -> int:
        """The fees that stand on it."""
        return sum(line.fee_cents for line in self.certificate.lines)


def uncertified(scope: HasPractice, professional: Professional, today: date) -> Any:
    """Query the lines that an insurer reimburses, given until today, on no certificate and of no cancelled bill.

    Care of before the form of the certificate is known is on the forms of then.
    """
    certified = CertifiedLine.objects.for_(scope).filter(line=OuterRef("pk"), is_void=False)
    gone = BillEvent.objects.for_(scope).filter(bill=OuterRef("bill"), kind=BillEvent.What.CANCELLED)
    borne = Share.objects.for_(scope).filter(line=OuterRef("pk"), kind=Kind.COMPULSORY, cents__gt=0)
    first = facts("certificate_form")[0].since
    rows = Line.objects.for_(scope).filter(bill__professional=professional, day__gte=first, day__lte=today)
    return rows.filter(~Exists(certified), ~Exists(gone), Exists(borne))


def months_waiting(scope: HasPractice, professional: Professional, today: date) -> list[date]:
    """List the months of care with lines that wait for a certificate, oldest first."""
    days = uncertified(scope, professional, today).order_by("day").values_list("day", flat=True).distinct()
    return list(dict.fromkeys(day.replace(day=1) for day in days))


def waiting(
    scope: HasPractice,
    professional: Professional,
    today: date,
    *,
    month: date | None = None,
    bill: Bill | None = None,
    chosen: Prescriber | None = None,
) -> list[Pack]:
    """Sort the lines of a month (or of a bill) into packs, by patient; `chosen` prescribed where nobody is named.

    A profession without certificates on paper has none.
    """
    rows = uncertified(scope, professional, today)
    if month is not None:
        rows = rows.filter(day__gte=month.replace(day=1), day__lte=month_end(month))
    if bill is not None:
        rows = rows.filter(bill=bill)
    lines = _with_bills(scope, rows.order_by("day", "bill_id", "position"))
    known = rows_of(scope, professional, {line.bill for line in lines}, today)
    packs: dict[Any, list[tuple[Item, Certificate]]] = {}
    for item in _items(lines):
        one = _alone(item, known, today, chosen)
        packs.setdefault(_group(item, one), []).append((item, one))
    made = [_pack(rows) for rows in packs.values()]
    return sorted(made, key=lambda one: (one.patient.folded, one.patient.pk, one.items[0].act.day))


def _with_bills(scope: HasPractice, rows: Iterable[Line]) -> list[Line]:
    """Give each line its bill, read once however many lines it has; those of the paperless are left out."""
    lines = list(rows)
    found = Bill.objects.for_(scope).filter(pk__in={line.bill_id for line in lines}).select_related("patient__belgian")
    bills = {one.pk: one for one in found.prefetch_related(Prefetch("payments", Payment.objects.for_(scope)))}
    for line in lines:
        line.bill = bills[line.bill_id]
    return [line for line in lines if paperless(line.bill, line.day) is None]


def paperless(bill: Bill, day: date) -> Fact | None:
    """The rule by which the care of a bill goes to the insurers electronically; None where a certificate is printed.

    Of nurses only third-party payment goes so: who has paid has his certificate to be reimbursed with.
    """
    if profession_of(bill.snapshot) == "nurse" and not is_third_party(bill.snapshot):
        return None
    return of_profession("paperless", profession_of(bill.snapshot), day)


def _items(lines: Sequence[Line]) -> Iterator[Item]:
    acts = {}
    for bill in {line.bill for line in lines}:
        paid = sum(payment.cents for payment in standing(bill))
        acts[bill.pk] = {act.position: act for act in acts_of(bill.snapshot, paid)}
    return (Item(line, acts[line.bill_id][line.position]) for line in lines)


def _alone(item: Item, known: Rows, today: date, chosen: Prescriber | None) -> Certificate:
    """The certificate that would carry this line only."""
    bill, day = item.row.bill, item.act.day
    snapshot, its = bill.snapshot, known.known(bill.patient)
    agreement = known.agreement(bill.patient_id, item.act)
    prescribed = of_profession("prescribed", profession_of(snapshot), day) is not None
    by = prescriber_of(snapshot, its.prescribers) or prescriber_of_agreement(agreement) or chosen
    return Certificate(
        number=NOT_YET,
        provider=provider_of(snapshot, its.provider),
        patient=patient_of(snapshot, its.patient),
        lines=(_line(item),),
        issued=today,
        received_cents=item.act.received_cents,
        language=language_of(snapshot, its.language),
        prescriber=by if prescribed else None,
        agreement=agreement.decided if agreement else None,
        period=(agreement.begin, agreement.end) if agreement else None,
        prescribed=prescribed,
        agreed=agreement is not None and agreement.status != SpeechAgreement.Status.NOTIFIED,
    )


def _line(item: Item) -> CareLine:
    return item.act.line(third_party=is_third_party(item.row.bill.snapshot))


def _group(item: Item, one: Certificate) -> tuple[Any, ...]:
    """What must be the same on a sheet."""
    bill, month = item.row.bill, item.act.day.replace(day=1)
    told = (one.provider, one.patient.mutuality, one.prescriber, one.agreement, one.period, one.agreed, one.prescribed)
    return (bill.patient_id, is_third_party(bill.snapshot), month, *told)


def _pack(rows: Sequence[tuple[Item, Certificate]]) -> Pack:
    """Put lines of the same group together; the patient is as his latest bill says."""
    ordered = sorted(rows, key=lambda row: row[0].act.day)
    items, last = tuple(item for item, _one in ordered), ordered[-1][1]
    whole = replace(
        last,
        lines=tuple(_line(item) for item in items),
        received_cents=sum(item.act.received_cents for item in items),
    )
    bill = items[-1].row.bill
    return Pack(bill.patient, items, whole, is_third_party(bill.snapshot), lacking(whole))


def lacking(certificate: Certificate) -> dict[str, str]:
    """The mentions that a certificate lacks, each with what to do, in the language of the pages."""
    shown = (get_language() or "")[:2]
    language = Language(shown) if shown in set(Language) else Language.FR
    return paper.missing(replace(certificate, language=language))


def printable(packs: Iterable[Pack]) -> list[Pack]:
    """Keep the packs that lack nothing."""
    return [one for one in packs if not one.lacking]

"""Certificate of care given (attestation de soins donnés, getuigschrift voor verstrekte hulp) with its receipt.

Two columns of 17 lines, what is not used is struck. The official form is numbered and comes from Medattest: the
model's code is data, since the letters of the models were found in no source.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from quittance.belgium.documents.people import Patient, Provider, inami_text, patient_page, provider_page
from quittance.belgium.documents.rules import DocumentError, Fact, fact, number
from quittance.belgium.documents.words import Language, content, words
from quittance.belgium.numbers import inami
from quittance.billing.documents import compiled
from quittance.web.templatetags.quittance import day, euros

TEMPLATE = Path(__file__).parent / "certificate.typ"
NOTHING = "*0*"
_BOOKLET = re.compile(r"[0-9]{2}\*[0-9]{4}")


@dataclass(frozen=True, slots=True)
class Number:
    """Number of a certificate: its booklet (`12*3456`) and its place in it, from 1 to 50."""

    booklet: str
    sheet: int

    def __str__(self) -> str:
        return f"{self.booklet} / {self.sheet:02d}"


@dataclass(frozen=True, slots=True)
class CareLine:
    """An act: its reimbursable fee, what the patient was asked and let off of it, what the mutuality is asked.

    `copay_cents` is the share asked, `waived_cents` what was let off, `insurer_cents` 0 outside third-party payment.
    """

    day: date
    code: str
    fee_cents: int
    asked_cents: int
    copay_cents: int = 0
    waived_cents: int = 0
    insurer_cents: int = 0
    second_code: str = ""


@dataclass(frozen=True, slots=True)
class Prescriber:
    """Who prescribed, and when."""

    name: str
    inami: str
    day: date


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it is printed; `prescribed` and `agreed` say what the law wants for these acts."""

    number: Number
    provider: Provider
    patient: Patient
    lines: tuple[CareLine, ...]
    issued: date
    received_cents: int
    language: Language = Language.FR
    model_code: str = ""
    prescriber: Prescriber | None = None
    agreement: date | None = None
    period: tuple[date, date] | None = None
    prescribed: bool = False
    agreed: bool = False
    duplicate: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """What is written in the box of the Royal Decree of 15.07.2002: a word (`yes`, `no`), or cents; with its doubt."""

    word: str
    cents: int = 0
    doubt: Fact | None = None


def after(last: Number, on: date) -> Number:
    """The number that follows in the same booklet."""
    sheets = number("sheets_per_booklet", on)
    if last.sheet >= sheets:
        raise DocumentError(f"Le carnet {last.booklet} n'a plus d'attestation ({sheets}) ; entamez un autre carnet.")
    return replace(last, sheet=last.sheet + 1)


def room(on: date) -> int:
    """How many lines a certificate holds."""
    return number("columns", on) * number("lines_per_column", on)


def split(whole: Certificate, further: Sequence[Number] = ()) -> tuple[Certificate, ...]:
    """Share lines over as many certificates as they need, in the order of their days; `further` numbers the next.

    What was received fills them in their order (parameter `received_over_certificates`); the last takes the rest.
    """
    lines = sorted(whole.lines, key=lambda line: line.day)
    held = room(whole.issued)
    parts = [tuple(lines[first : first + held]) for first in range(0, len(lines), held)]
    if len(parts) > 1 + len(further):
        raise DocumentError(
            f"{len(lines)} prestations demandent {len(parts)} attestations de {held} lignes, et {1 + len(further)} "
            "numéro(s) sont donnés ; prenez les suivants du carnet."
        )
    left = whole.received_cents
    found: list[Certificate] = []
    for part, its_number in zip(parts, (whole.number, *further), strict=False):
        last = len(found) == len(parts) - 1
        received = left if last else min(left, sum(line.asked_cents for line in part))
        found.append(replace(whole, number=its_number, lines=part, received_cents=received))
        left -= received
    return tuple(found)


def copay_box(certificate: Certificate) -> Box:
    """`no` where no share was asked, `yes` where it is received whole, else the amount received.

    A share of which a part was let off is not received whole: the mutuality counts what it reads here for the MAF.
    """
    if not any(line.copay_cents for line in certificate.lines):
        return Box("no")
    let_off = any(line.waived_cents for line in certificate.lines)
    if not let_off and certificate.received_cents >= sum(line.asked_cents for line in certificate.lines):
        return Box("yes")
    return Box("", certificate.received_cents, fact("copay_box_partial", certificate.issued))


def missing(certificate: Certificate) -> dict[str, str]:
    """The obligatory mentions that a certificate lacks, each with what to do, in its language."""
    texts = content()["missing"][certificate.language]
    return {name: texts[name] for name in _missing(certificate)}


def certificate_pdf(certificate: Certificate) -> bytes:
    """Print a certificate; one that lacks an obligatory mention is refused."""
    lacking = missing(certificate)
    if lacking:
        raise DocumentError(" ".join(lacking.values()))
    return sheets_pdf([page_of(certificate)])


def sheets_pdf(pages: Sequence[dict[str, Any]]) -> bytes:
    """Print certificates whose texts are already written (`page_of`), each on its own sheet of one document."""
    return compiled(TEMPLATE, {"sheets": list(pages)})


def as_duplicate(page: dict[str, Any]) -> dict[str, Any]:
    """The texts of a certificate printed again: the same, marked as a duplicate."""
    return {**page, "stamp": page["words"]["duplicate"]}


def page_of(certificate: Certificate) -> dict[str, Any]:
    """Write the texts of a certificate."""
    _fits(certificate)
    said = words("certificate", certificate.language)
    return {
        "lang": str(certificate.language),
        "words": said,
        "number": str(certificate.number),
        "model": said["model"].format(code=certificate.model_code) if certificate.model_code else "",
        "stamp": said["duplicate"] if certificate.duplicate else "",
        "provider": provider_page(certificate.provider, said),
        "patient": patient_page(certificate.patient, said),
        "columns": _columns(certificate),
        "facts": _facts(certificate, said),
        "total": euros(sum(line.fee_cents for line in certificate.lines)),
        "box": _box_text(copay_box(certificate), said),
        "issued": day(certificate.issued),
        "received": euros(certificate.received_cents) if certificate.received_cents else NOTHING,
        "receipt-text": said["receipt-text"].format(patient=certificate.patient.name, number=certificate.number),
    }


def _fits(certificate: Certificate) -> None:
    held = room(certificate.issued)
    if not 1 <= len(certificate.lines) <= held:
        raise DocumentError(
            f"Une attestation porte de 1 à {held} lignes, celle-ci en a {len(certificate.lines)} ; partagez-les entre "
            "plusieurs attestations."
        )
    sheets, its = number("sheets_per_booklet", certificate.issued), certificate.number
    if not _BOOKLET.fullmatch(its.booklet) or not 1 <= its.sheet <= sheets:
        raise DocumentError(
            f"« {its} » n'est pas un numéro d'attestation : carnet NN*NNNN, puis de 1 à {sheets}. Reprenez-le."
        )


def _missing(certificate: Certificate) -> Iterator[str]:
    provider, patient, prescriber = certificate.provider, certificate.patient, certificate.prescriber
    days = [line.day for line in certificate.lines]
    first, last = certificate.period or (min(days, default=date.min), max(days, default=date.max))
    wanted = {
        "form": fact("certificate_form", certificate.issued) is not None,
        "patient": patient.name,
        "address": patient.address,
        "niss": patient.niss,
        "mutuality": patient.mutuality,
        "provider": provider.name and provider.address,
        "inami": provider.inami,
        "bce": provider.bce or not _bce_wanted(certificate),
        "prescriber": not certificate.prescribed or (prescriber and prescriber.name and prescriber.inami),
        "agreement": not certificate.agreed or certificate.agreement,
        "future": all(one <= certificate.issued for one in days),
        "period": all(first <= one <= last for one in days),
    }
    return (name for name, found in wanted.items() if not found)


def _bce_wanted(certificate: Certificate) -> bool:
    group = inami.is_group(certificate.provider.inami)
    return fact("group_bce" if group else "receipt_amount", certificate.issued) is not None


def _columns(certificate: Certificate) -> list[dict[str, Any]]:
    """The two columns: their lines, and how many rows of each are left to strike."""
    height = number("lines_per_column", certificate.issued)
    rows = [[day(line.day), line.code, line.second_code] for line in certificate.lines]
    cut = [rows[first : first + height] for first in range(0, room(certificate.issued), height)]
    return [{"rows": part, "struck": height - len(part)} for part in cut]


def _facts(certificate: Certificate, said: dict[str, Any]) -> list[list[str]]:
    found: list[list[str]] = []
    if certificate.prescriber:
        by = certificate.prescriber
        on = said["prescribed"].format(day=day(by.day))
        found.append([said["prescriber"], f"{by.name} · {inami_text(by.inami)} · {on}"])
    if certificate.agreement:
        found.append([said["agreement"], day(certificate.agreement)])
    if certificate.period:
        first, last = map(day, certificate.period)
        found.append([said["period"], said["period-text"].format(first=first, last=last)])
    asked = sum(line.insurer_cents for line in certificate.lines)
    if asked:
        found.append([said["third-party"], said["third-party-text"].format(amount=euros(asked))])
    return found


def _box_text(box: Box, said: dict[str, Any]) -> str:
    return str(said[box.word]) if box.word else euros(box.cents)

"""Supporting document for the patient (document justificatif, bewijsstuk): whether it is due, why, and its print.

Contents: per reimbursable act what was paid by the tariff, paid as supplement and billed to the insurer; the other
acts by their label; totals, deposits, balance, company number, receipt number of the eAttest where one was sent. The
law was read in extracts: `rules.yaml` marks the contents as doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from quittance.belgium.documents.people import Patient, Provider, patient_page, provider_page
from quittance.belgium.documents.rules import DocumentError, Reason, fact, reasons
from quittance.belgium.documents.words import Language, words
from quittance.billing.documents import compiled
from quittance.web.templatetags.quittance import amount, day, euros

TEMPLATE = Path(__file__).parent / "supporting.typ"


class Channel(StrEnum):
    """How the insurer hears of the care: by the paper certificate, or electronically."""

    PAPER = "paper"
    EATTEST = "eattest"
    EFACT = "efact"


@dataclass(frozen=True, slots=True)
class Reimbursable:
    """An act of the nomenclature; its fee is the sum of the three amounts."""

    day: date
    code: str
    label: str
    tariff_cents: int
    supplement_cents: int
    insurer_cents: int


@dataclass(frozen=True, slots=True)
class Other:
    """An act that no insurer reimburses, by its label."""

    day: date
    label: str
    cents: int


@dataclass(frozen=True, slots=True)
class Deposit:
    """A sum paid before the care (acompte)."""

    day: date
    cents: int


@dataclass(frozen=True, slots=True)
class Supporting:
    """A supporting document as it is printed; `version` counts those of its bill, `replaces` is the day of the last."""

    reference: str
    provider: Provider
    patient: Patient
    issued: date
    reimbursable: tuple[Reimbursable, ...] = ()
    others: tuple[Other, ...] = ()
    deposits: tuple[Deposit, ...] = ()
    paid_cents: int = 0
    channel: Channel = Channel.PAPER
    eattest: str = ""
    language: Language = Language.FR
    version: int = 1
    replaces: date | None = None


def why_due(on: date, *, reimbursable: bool, others: bool, channel: Channel) -> Reason | None:
    """The reason for which the law wants a supporting document on a day, or None where it wants none."""
    holds = {
        "electronic": reimbursable and channel is not Channel.PAPER,
        "mixed": reimbursable and others,
        "only_others": others and not reimbursable,
    }
    return next((one for one in reasons() if one.since <= on and holds[one.name]), None)


def reason_of(document: Supporting) -> Reason | None:
    """Why a document is due on the day of its last act: the law has only ever widened."""
    return why_due(
        _last_day(document),
        reimbursable=bool(document.reimbursable),
        others=bool(document.others),
        channel=document.channel,
    )


def supporting_pdf(document: Supporting) -> bytes | None:
    """Print the document where the law wants one; None where it wants none, DocumentError when a mention is missing."""
    reason = reason_of(document)
    return None if reason is None else page_pdf(page_of(document, reason))


def page_pdf(page: dict[str, Any]) -> bytes:
    """Print a document whose texts are already written (`page_of`)."""
    return compiled(TEMPLATE, page)


def as_duplicate(page: dict[str, Any]) -> dict[str, Any]:
    """The texts of a document printed again: the same, marked as a duplicate."""
    return {**page, "stamp": page["words"]["duplicate"]}


def warnings(document: Supporting) -> list[str]:
    """What is to be looked at before printing: a deposit on care whose convention sets no limit for deposits."""
    if not document.reimbursable or not document.deposits:
        return []
    rule = fact("deposits_allowed", min(one.day for one in document.deposits))
    return [] if rule is None or rule.value else [words("supporting", document.language)["deposit-refused"]]


def page_of(document: Supporting, reason: Reason) -> dict[str, Any]:
    """Write the texts of a supporting document; DocumentError when a mention is missing."""
    _check(document)
    said = words("supporting", document.language)
    return {
        "lang": str(document.language),
        "words": said,
        "reference": document.reference,
        "stamp": "",
        "issued": day(document.issued),
        "version": _version(document, said),
        "provider": provider_page(document.provider, said),
        "patient": patient_page(document.patient, said),
        "reimbursable": _reimbursable(document),
        "others": _others(document),
        "summary": _summary(document, said),
        "eattest": [said["eattest"], document.eattest] if document.eattest else [],
        "mentions": [said["law"].format(reason=said[reason.name]), said["keep"]],
    }


def _check(document: Supporting) -> None:
    if not document.provider.bce:
        raise DocumentError("Le document justificatif porte le numéro d'entreprise (BCE) ; complétez le profil.")
    wanted = document.channel is Channel.EATTEST and fact("supporting_receipt", _last_day(document))
    if wanted and not document.eattest:
        raise DocumentError(
            "Le document justificatif de soins attestés par eAttest porte le numéro de reçu de la mutualité ; or il "
            "manque. Écrivez-le dans le champ « Numéro de reçu eAttest » des documents de la facture, puis imprimez."
        )


def _last_day(document: Supporting) -> date:
    days = [act.day for act in document.reimbursable] + [act.day for act in document.others]
    return max(days, default=document.issued)


def _version(document: Supporting, said: dict[str, Any]) -> str:
    if document.replaces is None:
        return ""
    return str(said["version"].format(number=document.version, day=day(document.replaces)))


def _reimbursable(document: Supporting) -> dict[str, Any]:
    acts = sorted(document.reimbursable, key=lambda act: act.day)
    rows = [(act.tariff_cents, act.supplement_cents, act.insurer_cents) for act in acts]
    full = [(sum(row), *row) for row in rows]
    return {
        "rows": [[day(act.day), act.code, act.label, *map(amount, row)] for act, row in zip(acts, full, strict=True)],
        "totals": [amount(sum(row[place] for row in full)) for place in range(4)],
    }


def _others(document: Supporting) -> dict[str, Any]:
    acts = sorted(document.others, key=lambda act: act.day)
    return {
        "rows": [[day(act.day), act.label, amount(act.cents)] for act in acts],
        "total": amount(sum(act.cents for act in acts)),
    }


def _summary(document: Supporting, said: dict[str, Any]) -> list[list[str]]:
    first = sum(act.tariff_cents + act.supplement_cents for act in document.reimbursable)
    second = sum(act.cents for act in document.others)
    rows = [(said["reimbursable-total"], first)] if document.reimbursable else []
    rows += [(said["others-total"], second)] if document.others else []
    rows.append((said["asked"], first + second))
    rows += [(said["deposit"].format(day=day(one.day)), -one.cents) for one in document.deposits]
    rows.append((said["paid"], -document.paid_cents))
    left = first + second - sum(one.cents for one in document.deposits) - document.paid_cents
    rows.append((said["back"] if left < 0 else said["balance"], abs(left)))
    return [[word, euros(cents)] for word, cents in rows]

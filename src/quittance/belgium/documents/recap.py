"""Monthly recap of a mutuality (état récapitulatif, verzamelstaat) in third-party payment on paper, in two copies.

One list by provider, mutuality and month of care. A certificate enters it once it has its number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from quittance.belgium.documents.certificate import Number
from quittance.belgium.documents.people import Provider, mutuality_text, niss_text, provider_page
from quittance.belgium.documents.rules import DocumentError, month_end, number
from quittance.belgium.documents.words import Language, words
from quittance.billing.documents import compiled
from quittance.web.templatetags.quittance import amount, day, euros

TEMPLATE = Path(__file__).parent / "recap.typ"


@dataclass(frozen=True, slots=True)
class Entry:
    """A certificate of a list: what its insurer owes; `care` is a day of its month, `number` None not yet printed."""

    number: Number | None
    patient: str
    niss: str
    mutuality: str
    care: date
    cents: int


@dataclass(frozen=True, slots=True)
class Recap:
    """The list of one mutuality and one month (its first day)."""

    provider: Provider
    mutuality: str
    month: date
    entries: tuple[Entry, ...]
    account: str
    issued: date
    mutuality_name: str = ""
    language: Language = Language.FR
    duplicate: bool = False

    @property
    def cents(self) -> int:
        """What the mutuality owes."""
        return sum(entry.cents for entry in self.entries)


def recaps(
    provider: Provider,
    entries: Iterable[Entry],
    account: str,
    issued: date,
    language: Language = Language.FR,
) -> tuple[Recap, ...]:
    """Sort certificates into one list by mutuality and month."""
    sorted_: dict[tuple[str, date], list[Entry]] = {}
    for entry in entries:
        sorted_.setdefault((entry.mutuality, entry.care.replace(day=1)), []).append(entry)
    return tuple(
        Recap(provider, mutuality, month, tuple(held), account, issued, language=language)
        for (mutuality, month), held in sorted(sorted_.items())
    )


def deadline(month: date) -> date:
    """The last day on which the care of a month may be sent: the end of the second month after it."""
    return month_end(month, number("recap_months", month))


def payment_by(sent: date) -> date:
    """The day by which a list sent on a day should be paid."""
    return month_end(sent, number("recap_payment_months", sent))


def is_late(recap: Recap) -> bool:
    """Whether the list is made after the last day on which it may be sent."""
    return recap.issued > deadline(recap.month)


def recap_pdf(recap: Recap) -> bytes:
    """Print the copies of a list, one after the other."""
    _check(recap)
    return compiled(TEMPLATE, page_of(recap))


def page_of(recap: Recap) -> dict[str, Any]:
    """Write the texts of a list."""
    said = words("recap", recap.language)
    copies = number("recap_copies", recap.month)
    month = said["month"].format(month=said["months"][recap.month.month - 1], year=recap.month.year)
    count = said["count-one"] if len(recap.entries) == 1 else said["count"].format(count=len(recap.entries))
    rows = sorted(recap.entries, key=lambda entry: (entry.patient.casefold(), str(entry.number)))
    return {
        "lang": str(recap.language),
        "words": said,
        "month": month,
        "stamp": said["duplicate"] if recap.duplicate else "",
        "issued": day(recap.issued),
        "provider": provider_page(recap.provider, said),
        "mutuality": mutuality_text(recap.mutuality, recap.mutuality_name),
        "copies": [_copy(said, place, copies) for place in range(1, copies + 1)],
        "rows": [[str(one.number), one.patient, niss_text(one.niss), amount(one.cents)] for one in rows],
        "count": count,
        "total": euros(recap.cents),
        "account": account_text(recap.account),
        "deadline": said["deadline"].format(day=day(deadline(recap.month))),
    }


def account_text(iban: str) -> str:
    """An account number in groups of four."""
    bare = iban.replace(" ", "")
    return " ".join(bare[place : place + 4] for place in range(0, len(bare), 4))


def _copy(said: dict[str, Any], place: int, copies: int) -> list[str]:
    whose = said["for-provider"] if place == copies else said["for-mutuality"]
    return [said["copy"].format(number=place, copies=copies), whose]


def _check(recap: Recap) -> None:
    month = (recap.month.year, recap.month.month)
    for entry in recap.entries:
        if entry.number is None:
            raise DocumentError(
                f"L'attestation de {entry.patient} n'est pas imprimée : sans numéro, elle n'entre dans aucun état "
                "récapitulatif. Imprimez-la d'abord."
            )
        if entry.mutuality != recap.mutuality or (entry.care.year, entry.care.month) != month:
            raise DocumentError(
                f"L'attestation {entry.number} est d'une autre mutualité ou d'un autre mois ; un état récapitulatif "
                "vaut pour une mutualité et un mois."
            )
    if not recap.entries or not recap.account:
        raise DocumentError("Un état récapitulatif porte au moins une attestation et le compte à créditer.")

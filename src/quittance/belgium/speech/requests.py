"""A request or a notification before it is sent: what would make it refused, and its last useful day."""

from __future__ import annotations

from collections.abc import Sequence

from quittance.belgium.law import speech as law
from quittance.belgium.speech import cover
from quittance.belgium.speech.case import reason_of
from quittance.belgium.speech.days import last_day, shown
from quittance.belgium.speech.model import Agreement, Reason, Session, Status


def check_request(agreement: Agreement, agreements: Sequence[Agreement]) -> tuple[Reason, ...]:
    """Every reason for which a request cannot stand, by the law of its first day.

    >>> request = Agreement("d", 20454, 21183, Status.DRAFT, prolongs=True, prescriber="general_practitioner")
    >>> [reason.code for reason in check_request(request, [])]
    ['prescription.general_practitioner']
    """
    day = max(agreement.begin, law.first_day())
    faults = (
        cover.notified(agreement, agreements, day) if _notifies(agreement, day) else cover.prescriber(agreement, day)
    )
    told: dict[str, str | int] = {"day": shown(day), "disorder": agreement.disorder}
    return tuple(
        reason_of(code, {**told, **values}, law.value_or_none(rule, day, agreement.disorder))
        for code, rule, values in faults
    )


def _notifies(agreement: Agreement, day: int) -> bool:
    notified = law.value("notification", day, agreement.disorder).value
    return agreement.status is Status.NOTIFIED or (agreement.prolongs and bool(notified))


def deadline(sessions: Sequence[Session]) -> int | None:
    """The last day of reception on which every one of these sessions still counts; None without any.

    >>> deadline([Session("701013", 20460), Session("701013", 20454)])
    20514
    """
    first = min((one.day for one in sessions), default=None)
    return None if first is None else first + law.value("reception_days", max(first, law.first_day())).value


def longest(agreement: Agreement) -> int:
    """The last day that the law lets an agreement or its prolongation have, for the form to propose.

    >>> shown(longest(Agreement("b4", 20454, 20454, Status.DRAFT)))
    '31/12/2026'
    """
    name = "renewal_months" if agreement.prolongs else "months"
    return last_day(agreement.begin, law.value(name, max(agreement.begin, law.first_day()), agreement.disorder).value)

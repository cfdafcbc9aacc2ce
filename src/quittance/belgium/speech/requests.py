"""A request or a notification before it is sent: what would make it refused, and its last useful day."""

from __future__ import annotations

from collections.abc import Sequence

from quittance.belgium.law import speech as law
from quittance.belgium.speech import cover, quota
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
    faults = cover.notified(agreement, agreements, day) if _notifies(agreement) else _asked(agreement, day)
    told: dict[str, str | int] = {"day": shown(day), "disorder": agreement.disorder}
    return tuple(
        reason_of(code, {**told, **values}, law.value_or_none(rule, day, agreement.disorder))
        for code, rule, values in faults
    )


def _notifies(agreement: Agreement) -> bool:
    return agreement.status is Status.NOTIFIED or quota.renews(agreement)


def _asked(agreement: Agreement, day: int) -> list[cover.Fault]:
    """Why a new agreement cannot be asked for; a disorder that has no prolongation (b4) has new ones only."""
    wrong: list[cover.Fault] = [("agreement.never_prolonged", "notification", {})] if agreement.prolongs else []
    return wrong + cover.prescriber(agreement, day)


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
    return last_day(agreement.begin, quota.period(agreement).value)

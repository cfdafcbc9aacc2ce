"""Who may read and change which part of whose record.

The owner changes any, a colleague his own, a mandatary the parts that his mandate opens of his grantor's. Whoever
works in the practice reads who is there and how to reach them. What is archived is only read.
"""

from __future__ import annotations

from quittance.people.acting import Acting
from quittance.people.models import Professional, Role
from quittance.people.powers import RECORD_PARTS, may

WHOLE, CONTACT = "whole", "contact"
MEMBERS = {Role.OWNER, Role.COLLEAGUE, Role.SECRETARY, Role.READER}


def power_of(part: str) -> str:
    """Name the power that a part of a record asks for."""
    return "professional.write" if part == WHOLE else f"record.{part}"


def opens(acting: Acting, professional: Professional, part: str) -> bool:
    """Say whether a part of this record is his to work on, archived or not."""
    theirs = acting.role == Role.COLLEAGUE and professional.user_id != acting.user_id
    return may(acting, power_of(part)) and not theirs


def may_change(acting: Acting, professional: Professional, part: str) -> bool:
    """Say whether he may change a part of this record."""
    return professional.archived_at is None and opens(acting, professional, part)


def may_read(acting: Acting, professional: Professional, part: str) -> bool:
    """Say whether he may read a part of this record."""
    return opens(acting, professional, part) or (part == CONTACT and acting.role in MEMBERS)


def readable(acting: Acting, professional: Professional) -> frozenset[str]:
    """List the parts of this record that he may read."""
    return frozenset(part for part in RECORD_PARTS if may_read(acting, professional, part))


def changeable(acting: Acting, professional: Professional) -> frozenset[str]:
    """List the parts of this record that he may change."""
    return frozenset(part for part in (WHOLE, *RECORD_PARTS) if may_change(acting, professional, part))

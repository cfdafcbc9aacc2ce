"""What a member may do, by role: pure predicates, testable without a database."""

from __future__ import annotations

from typing import Protocol

import rules


class Subject(Protocol):
    """What a power is asked about: an `Acting`."""

    @property
    def role(self) -> str: ...
    @property
    def professional(self) -> object | None: ...


@rules.predicate
def is_owner(acting: Subject) -> bool:
    """Owns the practice (titulaire)."""
    return acting.role == "owner"


@rules.predicate
def is_colleague(acting: Subject) -> bool:
    """Is a professional working beside the owner (associé, collaborateur)."""
    return acting.role == "colleague"


@rules.predicate
def is_secretary(acting: Subject) -> bool:
    """Works for the professionals of the practice (secrétariat)."""
    return acting.role == "secretary"


carer = is_owner | is_colleague
member = carer | is_secretary

POWERS = {
    "practice.work": member,
    "practice.change": is_owner,
    "patient.read": member,
    "patient.write": member,
    "patient.delete": member,
    "bill.read": member,
    "bill.write": member,
    "bill.issue": member,
    "bill.cancel": member,
    "payment.read": member,
    "payment.write": member,
    "payment.reverse": carer,
}
for _name, _predicate in POWERS.items():
    if not rules.perm_exists(_name):
        rules.add_perm(_name, _predicate)


def may(acting: Subject, power: str) -> bool:
    """Say whether `acting` has the power; an unknown power is a mistake of ours: KeyError."""
    return bool(POWERS[power](acting))

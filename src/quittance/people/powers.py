"""What a member may do, by role: pure predicates, testable without a database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from rules.permissions import add_perm, perm_exists
from rules.predicates import predicate as untyped_predicate

predicate: Callable[[Callable[..., bool]], Any] = untyped_predicate
_exists: Callable[[str], bool] = perm_exists
_add: Callable[[str, Any], None] = add_perm


class Subject(Protocol):
    """What a power is asked about: an `Acting`."""

    @property
    def role(self) -> str: ...
    @property
    def professional(self) -> object | None: ...


@predicate
def is_owner(acting: Subject) -> bool:
    """Owns the practice (titulaire)."""
    return acting.role == "owner"


@predicate
def is_colleague(acting: Subject) -> bool:
    """Is a professional working beside the owner (associé, collaborateur)."""
    return acting.role == "colleague"


@predicate
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
    if not _exists(_name):
        _add(_name, _predicate)


def may(acting: Subject, power: str) -> bool:
    """Say whether `acting` has the power; an unknown power is a mistake of ours: KeyError."""
    return bool(POWERS[power](acting))

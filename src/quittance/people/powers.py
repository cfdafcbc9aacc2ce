"""Who may do what: pure predicates by role, and the powers that a scope opens. No database.

A member has what his role gives. A user of an organisation and a mandatary have what their scopes open, and nothing
else. A substitute has the holder's powers on the days he replaces him, and none on the others.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import Any, Protocol

from rules.permissions import add_perm, perm_exists
from rules.predicates import predicate as untyped_predicate

predicate: Callable[[Callable[..., bool]], Any] = untyped_predicate
_exists: Callable[[str], bool] = perm_exists
_add: Callable[[str, Any], None] = add_perm

RECORD_PARTS = ("contact", "convention", "premium", "bank", "social", "training", "accreditation")


class Subject(Protocol):
    """What a power is asked about: an `Acting`."""

    @property
    def role(self) -> str: ...
    @property
    def on_duty(self) -> bool: ...
    @property
    def manages(self) -> bool: ...
    @property
    def granted(self) -> Set[str]: ...


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


@predicate
def is_reader(acting: Subject) -> bool:
    """Reads and changes nothing (lecture seule)."""
    return acting.role == "reader"


@predicate
def replaces_today(acting: Subject) -> bool:
    """Is a substitute (remplaçant) on a day that the holder has confirmed."""
    return acting.role == "substitute" and acting.on_duty


@predicate
def gives_rights(acting: Subject) -> bool:
    """Manages the access of an organisation (gestionnaire d'accès), or has its role "manages roles"."""
    return acting.manages


@predicate
def opens_a_record(acting: Subject) -> bool:
    """Was entrusted with a part of the grantor's own record."""
    return any(power.startswith("record.") for power in acting.granted)


@predicate
def anybody(acting: Subject) -> bool:  # noqa: ARG001 (whoever works here, whatever he may do)
    """Works here in whatever capacity."""
    return True


carer = is_owner | is_colleague
member = carer | is_secretary
at_work = member | replaces_today
sees = at_work | is_reader

POWERS = {
    "practice.work": anybody,
    "practice.change": is_owner,
    "patient.read": sees,
    "patient.write": at_work,
    "patient.delete": member,
    "bill.read": sees,
    "bill.write": at_work,
    "bill.issue": at_work,
    "bill.cancel": at_work,
    "payment.read": sees,
    "payment.write": at_work,
    "payment.reverse": carer | replaces_today,
    "insurability.read": sees,
    "documents.read": carer | replaces_today,
    "documents.write": carer | replaces_today,
    "professional.list": member | is_reader,
    "professional.add": is_owner,
    "professional.write": carer,
    "professional.delete": is_owner,
    "record.read": member | is_reader | opens_a_record,
    **{f"record.{part}": carer for part in RECORD_PARTS},
    "member.manage": is_owner,
    "substitute.manage": carer,
    "mandate.give": carer,
    "organisation.read": is_owner | gives_rights,
    "organisation.change": is_owner | gives_rights,
    "right.manage": is_owner | gives_rights,
    "audit.read": is_owner,
    "audit.patient": carer,
}
for _name, _predicate in POWERS.items():
    if not _exists(_name):
        _add(_name, _predicate)


def may(acting: Subject, power: str) -> bool:
    """Say whether `acting` has the power; an unknown power is a mistake of ours: KeyError."""
    return bool(POWERS[power](acting)) or power in acting.granted

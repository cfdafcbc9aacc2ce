"""Users, practices, members, professionals, substitutes, organisations, mandates."""

from quittance.people.accounts.models import Invitation, Pin
from quittance.people.models.mandates import Mandate, MandateEvent, Side
from quittance.people.models.organisations import AccessRight, GroupRecord, Organisation, OrganisationMember
from quittance.people.models.periods import valid_on
from quittance.people.models.practices import Membership, Practice, Role
from quittance.people.models.professionals import (
    Allowance,
    BankAccount,
    Identifier,
    Issuer,
    PracticeAddress,
    Professional,
    StatusPeriod,
)
from quittance.people.models.substitutes import Substitution, SubstitutionDay
from quittance.people.models.users import User, UserManager

__all__ = [
    "AccessRight",
    "Allowance",
    "BankAccount",
    "GroupRecord",
    "Identifier",
    "Invitation",
    "Issuer",
    "Mandate",
    "MandateEvent",
    "Membership",
    "Organisation",
    "OrganisationMember",
    "Pin",
    "Practice",
    "PracticeAddress",
    "Professional",
    "Role",
    "Side",
    "StatusPeriod",
    "Substitution",
    "SubstitutionDay",
    "User",
    "UserManager",
    "valid_on",
]

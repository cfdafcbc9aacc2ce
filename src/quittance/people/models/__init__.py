"""Users, practices, members, professionals, and in whose name a bill is made."""

from quittance.people.models.periods import valid_on
from quittance.people.models.practices import Membership, Practice, Role
from quittance.people.models.professionals import Identifier, Issuer, Professional
from quittance.people.models.users import User, UserManager

__all__ = [
    "Identifier",
    "Issuer",
    "Membership",
    "Practice",
    "Professional",
    "Role",
    "User",
    "UserManager",
    "valid_on",
]

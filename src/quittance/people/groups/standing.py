"""What somebody manages in an organisation: the owner of the practice, its managers, a user with the role."""

from __future__ import annotations

from enum import IntEnum

from quittance.people.acting import Acting
from quittance.people.models import Organisation, OrganisationMember, Role, User, valid_on

Function = OrganisationMember.Function
DOMAIN = "health_care"


class Standing(IntEnum):
    """How far somebody manages; each does what those before do.

    RIGHTS gives rights, MANAGER adds and ends users and gives the role, CHIEF names managers and changes the record.
    """

    NONE = 0
    RIGHTS = 1
    MANAGER = 2
    CHIEF = 3


STANDINGS = {Function.MAIN_MANAGER: Standing.CHIEF, Function.CO_MANAGER: Standing.MANAGER}


def organisation_of(acting: Acting) -> Organisation | None:
    """Find the organisation that the practice is."""
    return Organisation.objects.for_(acting).select_related("practice").first()


def present(organisation: Organisation) -> list[OrganisationMember]:
    """List who is a user today: managers first, then by name."""
    rows = OrganisationMember.objects.for_(organisation).filter(valid_on(organisation.practice.today()))
    order = list(Function)
    return sorted(
        rows.filter(organisation=organisation).select_related("user"),
        key=lambda one: (order.index(Function(one.function)), one.user.last_name, one.user.first_name, one.pk),
    )


def place_of(organisation: Organisation, user: User) -> OrganisationMember | None:
    """Find the place of a user in an organisation today."""
    rows = OrganisationMember.objects.for_(organisation).filter(valid_on(organisation.practice.today()), user=user)
    return rows.filter(organisation=organisation).first()


def standing_of(acting: Acting, organisation: Organisation) -> Standing:
    """Say how far somebody manages the organisation."""
    if acting.role == Role.OWNER:
        return Standing.CHIEF
    place = place_of(organisation, acting.user) if acting.manages else None
    if place is None or not place.gives_rights:
        return Standing.NONE
    return STANDINGS.get(Function(place.function), Standing.RIGHTS)

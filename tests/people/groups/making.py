"""An invented Belgian group: its owner, its managers and its users."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from quittance.people.acting import acting_for
from quittance.people.models import Issuer, Membership, Organisation, OrganisationMember, Practice, Professional, User

Function = OrganisationMember.Function
PASSWORD = "correct horse battery"


def member(practice: Any, name: str, function: str = Function.USER, *, manages_roles: bool = False) -> Any:
    """Make a user of the organisation."""
    user = User.objects.create_user(f"{name.lower()}@example.org", PASSWORD, first_name=name, last_name="Peeters")
    organisation = Organisation.objects.for_(practice).get()
    domain = "health_care" if function == Function.CO_MANAGER else ""
    return OrganisationMember.objects.for_(practice).create(
        organisation=organisation, user=user, function=function, domain=domain, manages_roles=manages_roles
    )


def at_work(place: Any) -> Any:
    """Give a user at work by right, as the session would."""
    return acting_for(place.user, f"right:{place.pk}")


def make_group() -> Any:
    """Make a group of nurses: Greet owns, Marc is main manager, Clara co-manages, Rita has the role, Ugo uses."""
    practice = Practice.objects.create(name="Groupe du Parc", country="BE", time_zone="Europe/Brussels")
    owner = User.objects.create_user("greet@example.org", PASSWORD, first_name="Greet", last_name="Peeters")
    membership = Membership.objects.for_(practice).create(user=owner, role="owner")
    nurse = Professional.objects.for_(practice).create(first_name="Nele", last_name="Maes", profession="Infirmière")
    Issuer.objects.for_(practice).create(professional=nurse, label="Nele Maes", number="40000128")
    organisation = Organisation.objects.for_(practice).create(kind="group", provider_number="94000126")
    return SimpleNamespace(
        practice=practice,
        organisation=organisation,
        owner=owner,
        membership=membership,
        nurse=nurse,
        marc=member(practice, "Marc", Function.MAIN_MANAGER),
        clara=member(practice, "Clara", Function.CO_MANAGER),
        rita=member(practice, "Rita", manages_roles=True),
        ugo=member(practice, "Ugo"),
    )

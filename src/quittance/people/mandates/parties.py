"""Who is on which side of a mandate.

The grantor is the provider himself, never a colleague. The mandatary is the user who has stated the number, or whoever
manages the access of the organisation that has it; once he has signed, that user or that organisation alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from quittance.people.country import NumberRefusedError, people_of
from quittance.people.mandates import offers
from quittance.people.mandates.errors import MandateError
from quittance.people.models import (
    Identifier,
    Mandate,
    Organisation,
    OrganisationMember,
    Practice,
    Professional,
    Side,
    User,
    valid_on,
)

if TYPE_CHECKING:
    from quittance.people.scoping import ScopedQuerySet

HEALTH_CARE = "health_care"
BOTH_SIDES = "the two sides of a mandate are in two places"
Party = Mandate.Party


@dataclass(frozen=True, slots=True)
class By:
    """A user on one side of a mandate, for himself or for the organisation whose access he manages."""

    user: User
    side: Side
    organisation: Practice | None = None
    capacity: str = ""


def represented(user: User) -> list[Organisation]:
    """List the organisations whose access the user manages: as main manager, or as co-manager of health care."""
    rows = OrganisationMember.objects.unscoped(BOTH_SIDES).filter(valid_on(timezone.localdate()), user=user)
    functions = OrganisationMember.Function
    managed = rows.filter(Q(function=functions.MAIN_MANAGER) | Q(function=functions.CO_MANAGER, domain=HEALTH_CARE))
    found = managed.select_related("organisation__practice").order_by("organisation__practice__name")
    return [one.organisation for one in found]


def numbers_of(organisation: Organisation) -> Iterator[tuple[str, str]]:
    """Give by which numbers a mandate names an organisation: as a company, as a group or institution."""
    country = people_of(organisation.practice.country)
    kept = (
        (Party.COMPANY, "company", organisation.company_number),
        (Party.INSTITUTION, "provider", organisation.provider_number),
    )
    for party, kind, number in kept:
        if country is None or not number:
            continue
        try:
            yield party, country.check_number(kind, number).value
        except NumberRefusedError:
            continue


def _granted(user: User) -> Q:
    """Keep the mandates of which he is the mandatary, or its access manager."""
    found = Q(grantee_user=user)
    if user.national_number:
        found |= Q(party=Party.PERSON, grantee_user=None, grantee_number=user.national_number)
    for organisation in represented(user):
        found |= Q(grantee_practice=organisation.practice_id)
        for party, number in numbers_of(organisation):
            found |= Q(party=party, grantee_practice=None, grantee_number=number)
    return found


def of_user(user: User) -> ScopedQuerySet[Mandate]:
    """Query the mandates of which the user is a side."""
    rows = Mandate.objects.unscoped(BOTH_SIDES).filter(Q(grantor__user=user) | _granted(user))
    return rows.select_related("practice", "grantor__practice", "grantee_practice")


def sides(user: User, mandate: Mandate, capacity: str = "") -> list[By]:
    """Give the sides on which a user is: mostly one, two when he gives a mandate to an organisation of his own."""
    found = [By(user, Side.GRANTOR, None, capacity)] if mandate.grantor.user_id == user.pk else []
    if mandate.party == Party.PERSON:
        named = bool(mandate.grantee_number) and user.national_number == mandate.grantee_number
        if mandate.grantee_user_id == user.pk or (mandate.grantee_user_id is None and named):
            found.append(By(user, Side.GRANTEE, None, capacity))
        return found
    for organisation in represented(user):
        named = (mandate.party, mandate.grantee_number) in numbers_of(organisation)
        if mandate.grantee_practice_id == organisation.practice_id or (mandate.grantee_practice_id is None and named):
            found.append(By(user, Side.GRANTEE, organisation.practice, capacity))
    return found[:2]


def own_professional(user: User, practice: Practice) -> Professional | None:
    """Find the provider that the user is himself in a practice: nobody gives a mandate for another."""
    rows = Professional.objects.for_(practice).filter(user=user, archived_at=None, is_substitute=False)
    return rows.select_related("practice").order_by("pk").first()


def find_grantor(country: str, number: str) -> Professional:
    """Find the one provider of the installation who has exactly this number; MandateError."""
    from django.utils.translation import gettext as _

    rows = Identifier.objects.unscoped(BOTH_SIDES).filter(value__startswith=number, practice__country=country)
    rows = rows.exclude(professional=None).filter(professional__archived_at=None, professional__is_substitute=False)
    by_key = {one.professional_id: one.professional for one in rows.select_related("professional__practice")}
    found = [
        one
        for one in by_key.values()
        if one is not None and one.user_id and offers.number_of(one, one.practice.today()) == number
    ]
    if not found:
        raise MandateError(
            _("No care provider here has this number. Check it digit by digit, or ask the provider to start it."),
            "number",
        )
    if len(found) > 1:
        raise MandateError(
            _("This provider works in several practices here. Ask him to start the mandate in the right one."), "number"
        )
    return found[0]

"""Belgian people for the tests of mandates: providers, mandataries, organisations; numbers invented."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from quittance.people.accounts.credentials import Proof
from quittance.people.mandates import parties, services
from quittance.people.models import (
    AccessRight,
    Identifier,
    Issuer,
    Mandate,
    Membership,
    Organisation,
    OrganisationMember,
    Practice,
    Professional,
    Side,
    User,
)

PASSWORD = "correct horse battery"
NISS, OTHER_NISS, BIS = "90010100123", "75121200533", "85273003371"
INAMI, OTHER_INAMI, GROUP_INAMI = "61234516801", "11345634003", "94001215"
BCE, OTHER_BCE = "0701234576", "0456789034"
BILLING, INSURABILITY, FILE, PROSANTE = "third_party_billing", "insurability", "administrative_file", "prosante"
GRANTOR, GRANTEE = Side.GRANTOR, Side.GRANTEE


def user(name: str, number: str | None = None) -> User:
    return User.objects.create_user(
        f"{name.lower()}@example.org", PASSWORD, first_name=name, last_name="Exemple", national_number=number
    )


def provider(practice: Practice, name: str, inami: str = INAMI, role: str = "owner") -> Professional:
    """A provider with a login; `inami` empty: with a visa only."""
    who = user(name)
    Membership.objects.for_(practice).create(user=who, role=role)
    made = Professional.objects.for_(practice).create(
        user=who, title="Mme", first_name=name, last_name="Exemple", profession="Logopède"
    )
    if inami:
        Identifier.objects.for_(practice).create(professional=made, system="be.inami", value=inami)
    Issuer.objects.for_(practice).create(professional=made, label=made.full_name, number=f"{made.pk}")
    return made


def organisation(name: str, *, bce: str = "", inami: str = "", kind: str = "company") -> Organisation:
    own = Practice.objects.create(name=name, country="BE", time_zone="Europe/Brussels")
    return Organisation.objects.for_(own).create(kind=kind, company_number=bce, provider_number=inami)


def joins(place: Organisation, who: User, function: str = "main_manager", **more: Any) -> OrganisationMember:
    return OrganisationMember.objects.for_(place).create(organisation=place, user=who, function=function, **more)


def entrust(member: OrganisationMember, scope: str, by: User) -> AccessRight:
    return AccessRight.objects.for_(member).create(member=member, scope=scope, given_by=by)


def today(practice: Practice) -> date:
    return practice.today()


def terms(grantor: Professional, scope: str = BILLING, *, number: str = NISS, **more: Any) -> services.Terms:
    day = grantor.practice.today()
    given = {"party": "person", "name": "Noémie Exemple", "from_day": day, "to_day": None, **more}
    return services.Terms(grantor=grantor, type=scope, number=number, **given)


def by(who: User, side: str, organisation: Practice | None = None) -> parties.By:
    return parties.By(who, Side(side), organisation)


def proof(who: User, kind: str = "password") -> Proof:
    from django.utils import timezone

    return Proof(kind, who.pk, timezone.now())


def proposed(grantor: Professional, scope: str = BILLING, **more: Any) -> Mandate:
    assert grantor.user is not None
    return services.start(by(grantor.user, GRANTOR), terms(grantor, scope, **more))


def signed(grantor: Professional, mandatary: User, scope: str = BILLING, **more: Any) -> Mandate:
    """A mandate that both have signed."""
    assert grantor.user is not None
    made = proposed(grantor, scope, **more)
    services.sign(by(grantor.user, GRANTOR), made, proof(grantor.user))
    mine = next(one for one in parties.sides(mandatary, made) if one.side == GRANTEE)
    return services.sign(mine, made, proof(mandatary))


def days_pass(days: int) -> None:
    """Let days pass: the dates of every mandate lie so much earlier."""
    for one in Mandate.objects.unscoped("test"):
        end = one.to_day - timedelta(days=days) if one.to_day else None
        Mandate.objects.unscoped("test").filter(pk=one.pk).update(
            from_day=one.from_day - timedelta(days=days), to_day=end
        )

"""What changes an organisation and its users. Each is one transaction, and ends in the journal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from quittance.audit import record
from quittance.audit.recording import Detail
from quittance.people.accounts.services import InvitationError, invite
from quittance.people.acting import Acting
from quittance.people.groups.standing import DOMAIN, Function, Standing, organisation_of, standing_of
from quittance.people.models import AccessRight, Organisation, OrganisationMember, Role


class RefusedError(ValueError):
    """It is not done; the text says what, why, and what to do."""


def require(acting: Acting, organisation: Organisation, wanted: Standing) -> None:
    """Refuse whoever manages less than `wanted`."""
    if standing_of(acting, organisation) >= wanted:
        return
    if wanted == Standing.CHIEF:
        raise RefusedError(_("Only the main access manager or the owner may do this. Ask them."))
    raise RefusedError(_("Only an access manager may do this. Ask the main access manager."))


def locked(acting: Acting, member: OrganisationMember) -> OrganisationMember:
    """Hold a place until the transaction ends; RefusedError when its user has left meanwhile."""
    rows = (
        OrganisationMember.objects.for_(acting).select_for_update(of=("self",)).select_related("organisation", "user")
    )
    found = rows.get(pk=member.pk)
    if not is_present(found):
        text = _("%(name)s is no longer a user of the organisation. Add him again first.")
        raise RefusedError(text % {"name": found.user})
    return found


def is_present(member: OrganisationMember) -> bool:
    """Tell whether a user has not left."""
    return member.to_day is None or member.to_day >= member.practice.today()


@transaction.atomic
def make_organisation(acting: Acting, values: dict[str, Any]) -> Organisation:
    """Make the practice a company, group or institution; the owner is its main access manager until he hands over."""
    if acting.role != Role.OWNER:
        raise RefusedError(_("Only the owner of the practice makes it an organisation."))
    if organisation_of(acting) is not None:
        raise RefusedError(_("This practice is an organisation already: change it instead."))
    made = Organisation.objects.for_(acting).create(**values)
    OrganisationMember.objects.for_(acting).create(
        organisation=made, user=acting.user, function=Function.MAIN_MANAGER, from_day=acting.today()
    )
    record(acting, "change", "organisation.make", made, detail={"kind": made.kind})
    return made


@transaction.atomic
def change_organisation(acting: Acting, organisation: Organisation, values: dict[str, Any]) -> None:
    """Change its kind and numbers."""
    require(acting, organisation, Standing.CHIEF)
    for name, value in values.items():
        setattr(organisation, name, value)
    organisation.save(update_fields=list(values))
    record(acting, "change", "organisation.change", organisation)


@transaction.atomic
def change_record(acting: Acting, organisation: Organisation, write: Callable[[], Any]) -> None:
    """Write the group's record by the country's form."""
    require(acting, organisation, Standing.CHIEF)
    write()
    record(acting, "change", "organisation.record", organisation)


@transaction.atomic
def add_user(
    acting: Acting, organisation: Organisation, email: str, first_name: str = "", last_name: str = ""
) -> tuple[OrganisationMember, str]:
    """Make somebody a user, by his e-mail address; an account is made where there is none, and its link given."""
    require(acting, organisation, Standing.MANAGER)
    try:
        user, link = invite(acting, email, first_name, last_name)
    except InvitationError as refused:
        raise RefusedError(str(refused)) from refused
    rows = OrganisationMember.objects.for_(acting)
    member = rows.select_for_update().filter(organisation=organisation, user=user).first()
    if member is not None and is_present(member):
        raise RefusedError(_("%(name)s is a user of the organisation already.") % {"name": user})
    if member is None:
        member = OrganisationMember(practice=acting.practice, organisation=organisation, user=user)
    member.function, member.domain, member.manages_roles = Function.USER, "", False
    member.from_day, member.to_day = acting.today(), None
    member.save()
    record(acting, "change", "organisation.user_add", member, detail={"user": str(user.pk)})
    return member, link


@transaction.atomic
def end_user(acting: Acting, member: OrganisationMember) -> None:
    """End the place of a user: his rights are taken back, and his next request is refused."""
    require(acting, member.organisation, Standing.MANAGER)
    found = locked(acting, member)
    if found.function == Function.MAIN_MANAGER:
        raise RefusedError(
            _("%(name)s is the main access manager: an organisation has one. Hand over to somebody else first.")
            % {"name": found.user}
        )
    if found.function == Function.CO_MANAGER and found.user_id != acting.user.pk:
        require(acting, member.organisation, Standing.CHIEF)
    open_ = AccessRight.objects.for_(acting).filter(member=found, taken_at=None)
    taken = open_.update(taken_at=timezone.now(), taken_by=acting.user)
    found.to_day = acting.today() - timedelta(days=1)
    found.save(update_fields=["to_day"])
    record(acting, "change", "organisation.user_end", found, detail={"user": str(found.user_id), "rights": taken})


@transaction.atomic
def change_function(acting: Acting, member: OrganisationMember, function: str, *, manages_roles: bool) -> None:
    """Name a co-manager of the domain "health care", or a plain user, with the role "manages roles" or without."""
    require(acting, member.organisation, Standing.MANAGER)
    found = locked(acting, member)
    if found.function == Function.MAIN_MANAGER:
        raise RefusedError(
            _("%(name)s is the main access manager: hand over to somebody else first.") % {"name": found.user}
        )
    if function not in {Function.USER, Function.CO_MANAGER}:
        raise RefusedError(_("There is one main access manager: he hands over, nobody else becomes one."))
    if function != found.function:
        require(acting, member.organisation, Standing.CHIEF)
    found.function, found.domain = function, DOMAIN if function == Function.CO_MANAGER else ""
    found.manages_roles = manages_roles and function == Function.USER
    found.save(update_fields=["function", "domain", "manages_roles"])
    told: Detail = {"user": str(found.user_id), "function": function, "manages_roles": int(found.manages_roles)}
    record(acting, "change", "organisation.function", found, detail=told)


@transaction.atomic
def hand_over(acting: Acting, member: OrganisationMember) -> None:
    """Make a user the main access manager in place of the present one, who stays as co-manager."""
    require(acting, member.organisation, Standing.CHIEF)
    organisation = Organisation.objects.for_(acting).select_for_update().get(pk=member.organisation_id)
    found = locked(acting, member)
    if found.function == Function.MAIN_MANAGER:
        raise RefusedError(_("%(name)s is the main access manager already.") % {"name": found.user})
    rows = OrganisationMember.objects.for_(acting).filter(organisation=organisation)
    rows.filter(function=Function.MAIN_MANAGER).update(function=Function.CO_MANAGER, domain=DOMAIN)
    found.function, found.domain, found.manages_roles = Function.MAIN_MANAGER, "", False
    found.save(update_fields=["function", "domain", "manages_roles"])
    record(acting, "change", "organisation.hand_over", found, detail={"user": str(found.user_id)})

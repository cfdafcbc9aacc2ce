from datetime import timedelta
from typing import Any

import pytest

from quittance.audit import events
from quittance.people import acting as module
from quittance.people.choosing import choices
from quittance.people.groups import rights, services
from quittance.people.groups.services import RefusedError
from quittance.people.groups.standing import Standing, standing_of
from quittance.people.models import AccessRight, Mandate, Organisation, OrganisationMember, Practice, Professional, User
from quittance.people.powers import may
from tests.people.groups.making import at_work

Function = OrganisationMember.Function
BILLING = "third_party_billing"


def acting_for(*args: Any) -> Any:
    return module.acting_for(*args)


def _told(practice):
    return [one.what for one in events(practice)]


def test_the_owner_makes_the_practice_an_organisation_and_manages_it(alice, acting):
    made = services.make_organisation(acting, {"kind": "company", "company_number": "0777777078"})
    place = OrganisationMember.objects.for_(acting).get()
    assert (place.user, place.function, made.kind) == (alice, "main_manager", "company")
    assert _told(acting.practice) == ["organisation.make"]


def test_it_is_made_once_and_by_the_owner_alone(alice, acting, bob):
    with pytest.raises(RefusedError, match="titulaire"):
        services.make_organisation(acting_for(bob), {"kind": "group"})
    services.make_organisation(acting, {"kind": "group"})
    with pytest.raises(RefusedError, match="déjà"):
        services.make_organisation(acting, {"kind": "group"})
    assert Organisation.objects.for_(acting).count() == 1


def test_each_manages_as_far_as_his_function(group, greet):
    standings = [
        standing_of(at_work(one), group.organisation) for one in (group.marc, group.clara, group.rita, group.ugo)
    ]
    assert standings == [Standing.CHIEF, Standing.MANAGER, Standing.RIGHTS, Standing.NONE]
    assert standing_of(greet, group.organisation) == Standing.CHIEF


def test_an_unknown_address_is_invited_and_a_known_one_is_not(group, greet, alice):
    place, link = services.add_user(greet, group.organisation, "New@Example.org", "Noa", "Claes")
    assert (place.user.email, place.user.first_name, place.function) == ("new@example.org", "Noa", "user")
    assert "/account/invitation/" in link
    assert AccessRight.objects.for_(greet).count() == 0
    place, link = services.add_user(at_work(group.clara), group.organisation, alice.email)
    assert (place.user, link) == (alice, "")
    assert _told(group.practice)[0] == "organisation.user_add"


@pytest.mark.parametrize("who", ["rita", "ugo"])
def test_only_managers_add_and_end_users(group, who):
    acting = at_work(getattr(group, who))
    with pytest.raises(RefusedError, match="gestionnaire d’accès"):
        services.add_user(acting, group.organisation, "new@example.org")
    with pytest.raises(RefusedError, match="gestionnaire d’accès"):
        services.end_user(acting, group.ugo)
    assert not User.objects.filter(email="new@example.org").exists()


def test_nobody_is_added_twice(group, greet):
    with pytest.raises(RefusedError, match="déjà"):
        services.add_user(greet, group.organisation, group.ugo.user.email)


def test_a_user_who_left_comes_back_without_his_rights(group, greet):
    rights.give(greet, group.ugo, BILLING)
    services.end_user(greet, group.ugo)
    assert acting_for(group.ugo.user, f"right:{group.ugo.pk}") is None
    right = AccessRight.objects.for_(greet).get()
    assert (right.taken_by, right.taken_at is not None) == (group.owner, True)
    place, _link = services.add_user(greet, group.organisation, group.ugo.user.email)
    assert place.pk == group.ugo.pk
    assert at_work(place).granted == frozenset()


def test_a_user_who_left_is_given_nothing(group, greet):
    services.end_user(greet, group.ugo)
    for verb in (
        lambda: rights.give(greet, group.ugo, BILLING),
        lambda: services.end_user(greet, group.ugo),
        lambda: services.hand_over(greet, group.ugo),
        lambda: services.change_function(greet, group.ugo, "co_manager", manages_roles=False),
    ):
        with pytest.raises(RefusedError, match="n’est plus"):
            verb()


def test_the_main_manager_is_not_ended_but_hands_over(group, greet):
    with pytest.raises(RefusedError, match="édez"):
        services.end_user(greet, group.marc)
    with pytest.raises(RefusedError, match="édez"):
        services.change_function(greet, group.marc, "user", manages_roles=False)
    services.hand_over(at_work(group.marc), group.ugo)
    functions = dict(OrganisationMember.objects.for_(greet).values_list("user__first_name", "function"))
    assert functions == {"Marc": "co_manager", "Clara": "co_manager", "Rita": "user", "Ugo": "main_manager"}
    with pytest.raises(RefusedError, match="déjà"):
        services.hand_over(greet, group.ugo)
    services.end_user(at_work(OrganisationMember.objects.for_(greet).get(pk=group.ugo.pk)), group.marc)


def test_nobody_makes_himself_main_manager(group):
    for who in (group.clara, group.rita):
        with pytest.raises(RefusedError, match="principal"):
            services.hand_over(at_work(who), who)
    with pytest.raises(RefusedError, match="principal"):
        services.change_function(at_work(group.marc), group.ugo, "main_manager", manages_roles=False)


def test_a_co_manager_gives_the_role_and_names_no_manager(group):
    clara = at_work(group.clara)
    services.change_function(clara, group.ugo, "user", manages_roles=True)
    assert at_work(group.ugo).manages
    with pytest.raises(RefusedError, match="principal"):
        services.change_function(clara, group.ugo, "co_manager", manages_roles=False)
    with pytest.raises(RefusedError, match="principal"):
        services.change_function(clara, group.clara, "user", manages_roles=False)
    services.change_function(at_work(group.marc), group.ugo, "co_manager", manages_roles=True)
    place = OrganisationMember.objects.for_(clara).get(pk=group.ugo.pk)
    assert (place.domain, place.manages_roles) == ("health_care", False)


def test_a_co_manager_ends_users_not_other_managers(group, greet):
    clara = at_work(group.clara)
    services.change_function(greet, group.ugo, "co_manager", manages_roles=False)
    with pytest.raises(RefusedError, match="principal"):
        services.end_user(clara, group.ugo)
    services.end_user(clara, group.rita)
    services.end_user(clara, group.clara)
    assert acting_for(group.clara.user, f"right:{group.clara.pk}") is None


@pytest.mark.parametrize("who", ["marc", "clara", "rita"])
def test_access_managers_give_and_take_back(group, who):
    manager = at_work(getattr(group, who))
    rights.give(manager, group.ugo, BILLING)
    rights.give(manager, group.ugo, BILLING)
    assert may(at_work(group.ugo), "bill.write")
    rights.take(manager, group.ugo, BILLING)
    rights.take(manager, group.ugo, BILLING)
    assert not may(at_work(group.ugo), "bill.read")
    assert _told(group.practice) == ["right.take", "right.give"]
    told = rights.history(list(rights.rights_of(group.ugo)), "BE")
    assert [(one.given, one.by) for one in told] == [(False, manager.user), (True, manager.user)]


def test_a_plain_user_gives_nothing(group):
    with pytest.raises(RefusedError, match="gestionnaire d’accès"):
        rights.give(at_work(group.ugo), group.ugo, BILLING)
    with pytest.raises(RefusedError, match="gestionnaire d’accès"):
        rights.take(at_work(group.ugo), group.rita, BILLING)


def test_a_manager_sees_no_patient_before_he_gives_himself_the_right(group):
    marc = at_work(group.marc)
    assert not may(marc, "patient.read")
    rights.give(marc, group.marc, BILLING)
    assert may(at_work(group.marc), "patient.read")
    assert rights.history(list(rights.rights_of(group.marc)), "BE")[0].to_himself
    assert '"to_oneself":1' in events(group.practice)[0].detail


def test_the_owner_gives_rights_too(group, greet):
    rights.give(greet, group.ugo, "insurability")
    acting = at_work(group.ugo)
    assert (may(acting, "insurability.read"), may(acting, "bill.read")) == (True, False)


def _mandate(group, kind: str, elsewhere: Practice):
    grantor = Professional.objects.for_(elsewhere).create(first_name="Ann", last_name="Wouters", profession="Logopède")
    signed = {"grantor_signed_at": "2026-01-01T00:00Z", "grantee_signed_at": "2026-01-01T00:00Z"}
    return Mandate.objects.for_(elsewhere).create(
        grantor=grantor,
        type=kind,
        party="institution",
        grantee_number="94000126",
        grantee_practice=group.practice,
        started_by="grantor",
        from_day=elsewhere.today() - timedelta(days=1),
        **signed,
    )


def test_a_mandate_held_can_be_entrusted_and_opens_nothing_at_home(group, greet):
    elsewhere = Practice.objects.create(name="Logopédie du Canal", country="BE")
    with pytest.raises(RefusedError, match="mandat"):
        rights.give(greet, group.ugo, "administrative_file")
    mandate = _mandate(group, "administrative_file", elsewhere)
    assert [one.code for one in rights.offered(group.organisation)][3:] == ["administrative_file"]
    capacity = f"mandate:{mandate.pk}"
    assert acting_for(group.ugo.user, capacity) is None
    rights.give(greet, group.ugo, "administrative_file")
    assert may(acting_for(group.ugo.user, capacity), "record.bank")
    assert not may(at_work(group.ugo), "record.bank")
    Mandate.objects.for_(elsewhere).update(closed_as="ended")
    scopes, _rows = rights.table(group.organisation)
    assert "administrative_file" in {one.code for one in scopes}
    rights.take(greet, group.ugo, "administrative_file")
    assert "administrative_file" not in {one.code for one in rights.table(group.organisation)[0]}


def test_the_table_crosses_users_and_rights(group, greet):
    rights.give(greet, group.rita, BILLING)
    scopes, rows = rights.table(group.organisation)
    assert [one.code for one in scopes] == [BILLING, "insurability", "medico_administrative"]
    assert [one.member.user.first_name for one in rows] == ["Marc", "Clara", "Rita", "Ugo"]
    assert [bool(cell.right) for cell in rows[2].cells] == [True, False, False]


def test_an_event_stands_or_falls_with_the_change(group, greet):
    with pytest.raises(RefusedError):
        services.end_user(greet, group.marc)
    assert _told(group.practice) == []


def test_one_chooses_for_whom_only_with_a_right(group, greet):
    def offered():
        found = choices(group.marc.user)
        return [(one.capacity, [str(person) for person in one.staff]) for one in found]

    assert offered() == [(f"right:{group.marc.pk}", [])]
    rights.give(greet, group.marc, BILLING)
    assert offered() == [(f"right:{group.marc.pk}", ["Nele Maes"])]

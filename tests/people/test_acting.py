from datetime import timedelta
from typing import Any

from django.utils import timezone

from quittance.people import acting as module
from quittance.people.models import Membership, Professional, Role, User


def acting_for(*args, **kwargs) -> Any:
    return module.acting_for(*args, **kwargs)


def test_a_professional_works_as_herself(alice, bob, practice):
    acting = acting_for(alice)
    assert (acting.practice, acting.role, acting.professional.first_name) == (practice, "owner", "Alice")


def test_a_secretary_of_several_is_asked_for_whom(alice, bob, practice):
    user = User.objects.create_user("sam@example.org")
    Membership.objects.for_(practice).create(user=user, role=Role.SECRETARY)
    assert acting_for(user).professional is None
    chosen = Professional.objects.for_(practice).get(first_name="Bob")
    assert acting_for(user, professional=chosen.pk).professional == chosen


def test_it_forgets_a_professional_of_another_practice(alice, charlie_acting):
    wished = charlie_acting.professional.pk
    assert acting_for(alice, professional=wished).professional.first_name == "Alice"


def test_nobody_works_where_the_membership_ended(alice):
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.unscoped("test").filter(user=alice).update(to_day=yesterday)
    assert acting_for(alice) is None


def test_the_last_day_counts(alice):
    today = timezone.localdate()
    Membership.objects.unscoped("test").filter(user=alice).update(from_day=today, to_day=today)
    assert acting_for(alice) is not None

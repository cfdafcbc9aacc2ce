"""Belgian people for tests: invented, with numbers whose check digits fit."""

from __future__ import annotations

from typing import Any


def belgian_practice() -> Any:
    """A practice in Belgium."""
    from quittance.people.models import Practice

    return Practice.objects.create(name="Cabinet de la Meuse", country="BE", time_zone="Europe/Brussels")


def speech_therapist(practice: Any) -> Any:
    """Dora, speech therapist, who owns the practice and has an account."""
    from quittance.people.models import Membership, Professional, User

    user = User.objects.create_user("dora@example.org", "correct horse battery", first_name="Dora", last_name="Test")
    Membership.objects.for_(practice).create(user=user, role="owner")
    profile = {"profession": "speech_therapist"}
    return Professional.objects.for_(practice).create(
        user=user, first_name="Dora", last_name="Test", profession="Logopède", profile=profile
    )

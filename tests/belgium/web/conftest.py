"""A Belgian practice: Dora, speech therapist, owns it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.signed import enter


@pytest.fixture
def belgian_practice(db: None) -> Any:
    """A practice in Belgium."""
    from quittance.people.models import Practice

    return Practice.objects.create(name="Cabinet de la Meuse", country="BE", time_zone="Europe/Brussels")


@pytest.fixture
def dora(belgian_practice: Any) -> Any:
    """A speech therapist with her account."""
    from quittance.people.models import Membership, Professional, User

    user = User.objects.create_user("dora@example.org", "correct horse battery", first_name="Dora", last_name="Test")
    Membership.objects.for_(belgian_practice).create(user=user, role="owner")
    return Professional.objects.for_(belgian_practice).create(
        user=user,
        first_name="Dora",
        last_name="Test",
        profession="Logopède",
        profile={"profession": "speech_therapist"},
    )


@pytest.fixture
def group(belgian_practice: Any) -> Any:
    """The organisation of a group of nurses."""
    from quittance.people.models import Organisation

    return Organisation.objects.for_(belgian_practice).create(kind="group")


@pytest.fixture
def dora_client(dora: Any, client: Any) -> Any:
    """A test client logged in as Dora."""
    return enter(client, dora.user)

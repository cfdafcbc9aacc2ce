"""A Belgian practice: Dora, speech therapist, owns it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.belgium import making
from tests.signed import enter


@pytest.fixture
def belgian_practice(db: None) -> Any:
    """A practice in Belgium."""
    return making.belgian_practice()


@pytest.fixture
def dora(belgian_practice: Any) -> Any:
    """A speech therapist with her account."""
    return making.speech_therapist(belgian_practice)


@pytest.fixture
def group(belgian_practice: Any) -> Any:
    """The organisation of a group of nurses."""
    from quittance.people.models import Organisation

    return Organisation.objects.for_(belgian_practice).create(kind="group")


@pytest.fixture
def dora_client(dora: Any, client: Any) -> Any:
    """A test client logged in as Dora."""
    return enter(client, dora.user)


@pytest.fixture
def signed_in(acting: Any, client: Any) -> Any:
    """A test client logged in as who acts in the module's tests."""
    return enter(client, acting.user)

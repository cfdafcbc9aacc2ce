"""Xenia gives mandates, Yann works beside her, Noémie receives them."""

from __future__ import annotations

from typing import Any

import pytest

from quittance.people.models import Practice
from tests.people.mandates import making
from tests.signed import enter


@pytest.fixture
def cabinet(db: None) -> Practice:
    """A Belgian practice."""
    return Practice.objects.create(name="Cabinet du Parc", country="BE", time_zone="Europe/Brussels")


@pytest.fixture
def xenia(cabinet: Practice) -> Any:
    """A speech therapist with an INAMI number: she gives mandates."""
    return making.provider(cabinet, "Xenia")


@pytest.fixture
def yann(cabinet: Practice) -> Any:
    """Her colleague."""
    return making.provider(cabinet, "Yann", making.OTHER_INAMI, "colleague")


@pytest.fixture
def noemie(db: None) -> Any:
    """A person without any practice, who has stated her national number."""
    return making.user("Noemie", making.NISS)


@pytest.fixture
def client_of() -> Any:
    """Sign a user in, in a browser of his own: `client_of(noemie)`."""
    from django.test import Client

    return lambda who: enter(Client(), who)

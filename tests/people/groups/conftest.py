"""A group of nurses for each test."""

from __future__ import annotations

from typing import Any

import pytest

from quittance.people.acting import acting_for
from tests.people.groups.making import make_group


@pytest.fixture
def group(db: None) -> Any:
    """Greet owns it, Marc is its main manager, Clara co-manages, Rita has the role, Ugo uses."""
    return make_group()


@pytest.fixture
def greet(group: Any) -> Any:
    """Greet at work as the owner."""
    return acting_for(group.owner)

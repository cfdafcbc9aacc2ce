"""What every test shares: the amount of generated input, and markers that follow from where and what a test is."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# `./test quick`, `./test` and `./test release` choose one. A test that generates its own input without Hypothesis
# takes its number from `settings.default.max_examples`, so that it follows too.
for _name, _examples in {"quick": 25, "full": 200, "release": 2_000}.items():
    settings.register_profile(
        _name, max_examples=_examples, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
    )
settings.load_profile(os.environ.get("QUITTANCE_TEST_PROFILE", "quick"))

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark tests by what they need, so that no test can forget it and be run where it cannot work."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
        elif item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.db)

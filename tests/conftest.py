"""The people of every access test: Alice owns, Bob works with her, Charlie is elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.signed import enter


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the database, and what drives a browser, from what it asks for."""
    needs = {"db", "transactional_db", "live_server"}
    for item in items:
        if needs & set(getattr(item, "fixturenames", ())) or item.get_closest_marker("django_db"):
            item.add_marker("db")
        if "tests/browser" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session", autouse=True)
def ledger_may_be_emptied() -> Iterator[None]:
    """Let Django empty the tables after a test with real transactions, which the triggers of the ledger refuse.

    They are back before the next test: emptying ends with `post_migrate`, which installs them.
    """
    from django.test import TransactionTestCase

    from quittance.audit import immutable

    empty = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def without_triggers(case: TransactionTestCase) -> None:
        immutable.drop()
        empty(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", without_triggers)
        yield


def _member(practice: Any, name: str, role: str, number: str) -> Any:
    from quittance.people.models import Issuer, Membership, Professional, User

    user = User.objects.create_user(
        f"{name.lower()}@example.org", "correct horse battery", first_name=name, last_name="Test"
    )
    Membership.objects.for_(practice).create(user=user, role=role)
    profile = {"specialty": "01", "sector": "1", "option": "none", "zone": "metropole"}
    person = Professional.objects.for_(practice).create(
        user=user, title="Dr", first_name=name, last_name="Test", profession="Médecin généraliste", profile=profile
    )
    Issuer.objects.for_(practice).create(professional=person, label=person.full_name, number=number)
    return user


@pytest.fixture
def practice(db: None) -> Any:
    """The practice of Alice and Bob."""
    from quittance.people.models import Practice

    return Practice.objects.create(name="Cabinet des Lilas", country="FR")


@pytest.fixture
def elsewhere(db: None) -> Any:
    """The practice of Charlie."""
    from quittance.people.models import Practice

    return Practice.objects.create(name="Cabinet du Port", country="FR")


@pytest.fixture
def alice(practice: Any) -> Any:
    """Owns the practice."""
    return _member(practice, "Alice", "owner", "990000011")


@pytest.fixture
def bob(practice: Any) -> Any:
    """Works in Alice's practice."""
    return _member(practice, "Bob", "colleague", "990000022")


@pytest.fixture
def charlie(elsewhere: Any) -> Any:
    """Works in another practice: none of Alice's rows exist for him."""
    return _member(elsewhere, "Charlie", "owner", "990000033")


@pytest.fixture
def acting(alice: Any) -> Any:
    """Alice at work, as a service or a scoped query wants it."""
    from quittance.people.acting import acting_for

    return acting_for(alice)


@pytest.fixture
def charlie_acting(charlie: Any) -> Any:
    """Charlie at work in his own practice."""
    from quittance.people.acting import acting_for

    return acting_for(charlie)


@pytest.fixture
def alice_client(alice: Any, client: Any) -> Any:
    """A test client logged in as Alice."""
    return enter(client, alice)


@pytest.fixture
def charlie_client(charlie: Any) -> Any:
    """A test client logged in as Charlie."""
    from django.test import Client

    return enter(Client(), charlie)

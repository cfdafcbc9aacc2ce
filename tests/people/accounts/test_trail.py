"""What accounts write in the journal: in, out, refused, locked, opened, proved; never a name or a typed text."""

import pytest
from django.core.cache import cache

from quittance.audit import INSTALLATION
from quittance.audit.models import AuditEvent
from tests.people.accounts.proving import LOGIN, PASSWORD, age, code, log_in, with_app, wrong_code


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def written():
    """Give what the journal holds about accounts, in order."""
    found = AuditEvent.objects.order_by("at_us").values_list("action", "what", "outcome")
    return [one for one in found if one[1].startswith(("account.", "session."))]


def test_coming_in_and_leaving(client, alice, practice):
    with_app(alice)
    client.post(LOGIN, {"login": alice.email, "password": "wrong"})
    client.post(LOGIN, {"login": "nobody@example.org", "password": "wrong"})
    client.post(LOGIN, {"login": alice.email, "password": PASSWORD})
    client.post("/login/code/", {"code": wrong_code()})
    client.post("/login/code/", {"code": code()})
    client.post("/logout/")
    assert written() == [
        ("refusal", "account.login", "refused"),
        ("refusal", "account.login", "refused"),
        ("refusal", "account.factor", "refused"),
        ("sign-in", "account.login", "done"),
        ("sign-out", "account.logout", "done"),
    ]
    ours = AuditEvent.objects.filter(chain=practice.pk)
    assert {one.user for one in ours.exclude(what="web:home")} == {alice.pk}
    refused = AuditEvent.objects.filter(chain=INSTALLATION, what="account.login")
    assert [str(alice.pk) in one.detail for one in refused] == [True, False]


def test_locking_opening_and_ending(alice_client, alice):
    age(alice_client, seen=120)
    alice_client.get("/components/")
    alice_client.post("/account/lock/", {"password": PASSWORD})
    alice_client.post("/account/lock/now/")
    age(alice_client, began=12 * 3600)
    alice_client.get("/components/")
    assert written() == [
        ("change", "session.lock", "done"),
        ("sign-in", "account.prove", "done"),
        ("sign-in", "session.unlock", "done"),
        ("change", "session.lock", "done"),
        ("sign-out", "account.logout", "done"),
    ]
    assert '"why":"age"' in AuditEvent.objects.order_by("-at_us")[0].detail


def test_a_page_that_asks_by_itself_writes_nothing(alice_client):
    before = AuditEvent.objects.count()
    alice_client.get("/account/idle/")
    alice_client.post("/account/alive/")
    alice_client.get("/account/challenge/")
    assert AuditEvent.objects.count() == before


def test_factors_pin_and_sessions(client, alice):
    with_app(alice)
    log_in(client, alice)
    client.post("/account/pin/", {"new_pin": "2580", "new_pin_again": "2580"})
    client.post("/account/codes/new/")
    client.post("/account/sessions/end/")
    client.post("/account/pin/remove/")
    names = [what for _action, what, _outcome in written()]
    assert names == ["account.login", "account.pin", "account.sessions_ended", "account.pin_dropped"]

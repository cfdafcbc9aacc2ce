"""Limits hold when many ask at once, from as many threads as a server has processes."""

import json
import threading
from base64 import b64encode

import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.core.internal import ratelimit
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client

from tests.people.accounts.proving import FALSE, LOGIN

CROWD = 12


@pytest.mark.django_db(transaction=True)
def test_a_crowd_tries_five_passwords_and_no_more(alice, monkeypatch):
    cache.clear()
    tried, encode = [], MD5PasswordHasher.encode

    def counted(*args):
        tried.append(1)
        return encode(*args)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    # Who waits a second for his turn to be counted is turned away uncounted: here each is to have his turn.
    monkeypatch.setattr(ratelimit, "CACHE_LOCK_WAIT_TIMEOUT", 60)
    answers = []

    def ask():
        try:
            answers.append(Client().post(LOGIN, {"login": alice.email, "password": "wrong"}).status_code)
        finally:
            connection.close()

    crowd = [threading.Thread(target=ask) for _ in range(CROWD)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    cache.clear()
    assert answers == [422] * CROWD
    assert len(tried) <= 5


def words_for(client, key):
    """Give what the login page says to a false passkey that claims to be this user's."""
    handle = b64encode(str(key).encode()).decode().rstrip("=")
    sent = json.loads(FALSE[-1])
    sent["response"]["userHandle"] = handle
    client.get("/login/passkey/", headers={"Accept": "application/json"})
    answer = client.post("/login/passkey/", {"credential": json.dumps(sent)}, follow=True)
    return [str(one) for one in answer.context["messages"]]


def test_a_passkey_says_nothing_about_who_has_an_account(client, alice):
    assert words_for(client, user_pk_to_url_str(alice)) == words_for(client, "nobody")
    assert "n’est pas reconnue" in words_for(client, "nobody")[0]

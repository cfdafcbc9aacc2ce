"""Signing in without the pages: a session as it is once the second factor is shown."""

from __future__ import annotations

from typing import Any

from django.test import Client


def enter(
    client: Client, user: Any, capacity: str = "", *, professional: int | None = None, recent: bool = False
) -> Client:
    """Sign `user` in; `recent`: as if they had just proved again who they are. `capacity` is as what they work."""
    from quittance.people.accounts import session

    client.force_login(user)
    kept = client.session
    session.mark_second_factor(kept, user.pk, "totp")
    if recent:
        kept[session.PROVED] = ["password", str(user.pk), session.now()]
    if capacity:
        kept["capacity"], kept["professional"] = capacity, professional
    kept.save()
    return client

"""What the tests of accounts prove with: an app that shows codes, and the age of a session."""

from __future__ import annotations

import json
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

PASSWORD = "correct horse battery"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN = "/login/"
_PARTS = {"id": "AA", "rawId": "AA", "type": "public-key"}
_ANSWER = {"clientDataJSON": "e30", "authenticatorData": "AA", "signature": "AA", "attestationObject": "AA"}
FALSE = [
    "x",
    "3",
    *map(
        json.dumps,
        [{}, [1], {"id": 3}, _PARTS, *(_PARTS | {"response": one} for one in (3, {}, _ANSWER, {"userHandle": "AA"}))],
    ),
    json.dumps(_PARTS | {"response": _ANSWER | {"userHandle": "AA"}}),
]


def with_app(user: Any) -> Authenticator:
    """Give a user the app that shows codes."""
    return TOTP.activate(user, SECRET).instance


def with_codes(user: Any) -> list[str]:
    """Give a user recovery codes, and them."""
    return RecoveryCodes.activate(user).get_unused_codes()


def code(secret: str = SECRET, *, ahead: int = 0) -> str:
    """Give the code that the app shows now; near the end of its thirty seconds, wait for the next one."""
    if (left := 30 - time.time() % 30) < 3:
        time.sleep(left + 0.2)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def wrong_code() -> str:
    """Give a code that the app does not show."""
    return f"{(int(code()) + 1) % 1_000_000:06d}"


def log_in(client: Client, user: Any, next_page: str = "/components/") -> Any:
    """Log in by password and code; give the answer to the code."""
    client.post(LOGIN, {"login": user.email, "password": PASSWORD, "next": next_page})
    return client.post("/login/code/", {"code": code()})


def age(client: Client, **seconds: int) -> None:
    """Make a session older: `age(client, seen=120)`."""
    kept = client.session
    for name, number in seconds.items():
        kept[name] -= number
    kept.save()

"""What a session has proved, and since when: read from the session alone, without a query.

`began` and `seen` are seconds since 1970; `locked` asks for a proof before anything else; `second_factor` and
`proved` name the user they belong to, so that they never serve another one.
"""

from __future__ import annotations

import ipaddress
import time

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

BEGAN, SEEN, LOCKED, FACTOR, PROVED = "began", "seen", "locked", "second_factor", "proved"
DEMO = "demo"
ABSOLUTE_SECONDS = 12 * 3600
SEEN_SECONDS = 15
FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP", "HTTP_VIA")


def now() -> int:
    """Give the time in seconds."""
    return int(time.time())


def here(request: HttpRequest) -> bool:
    """Tell whether the request comes from this very machine, and through no proxy."""
    if any(name in request.META for name in FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def demo_open(request: HttpRequest) -> bool:
    """Tell whether one click may stand for a proof: on a demo, and only from this very machine."""
    return bool(settings.DEMO) and here(request)


def begin(session: SessionBase) -> None:
    """Start the clocks of a session that somebody has just entered."""
    session[BEGAN] = session[SEEN] = now()
    session.pop(LOCKED, None)
    session.pop(PROVED, None)


def mark_second_factor(session: SessionBase, user_id: object, kind: str) -> None:
    """Remember that this user has shown a second factor."""
    session[FACTOR] = [kind, str(user_id)]


def mark_demo(request: HttpRequest) -> None:
    """Let the one click of the demo stand for the second factor."""
    mark_second_factor(request.session, request.session[SESSION_KEY], DEMO)


def _of_this_user(request: HttpRequest, key: str) -> list[object] | None:
    found = request.session.get(key)
    ours = isinstance(found, list) and found[1] == request.session.get(SESSION_KEY)
    return found if ours else None


def second_factor_kind(request: HttpRequest) -> str:
    """Give the kind of the second factor shown, or nothing."""
    found = _of_this_user(request, FACTOR)
    return str(found[0]) if found else ""


def is_demo(request: HttpRequest) -> bool:
    """Tell whether the session came in by the one click of the demo."""
    return second_factor_kind(request) == DEMO


def second_factor_done(request: HttpRequest) -> bool:
    """Tell whether the session's user has shown a second factor; a demo's one click counts only where it may."""
    kind = second_factor_kind(request)
    return bool(kind) and (kind != DEMO or demo_open(request))


def mark_proved(request: HttpRequest, kind: str) -> None:
    """Remember that the user has just proved who they are."""
    request.session[PROVED] = [kind, request.session.get(SESSION_KEY), now()]


def proved(request: HttpRequest) -> tuple[str, int] | None:
    """Give the last proof of this user: its kind, and the seconds since."""
    found = _of_this_user(request, PROVED)
    return (str(found[0]), now() - int(str(found[2]))) if found else None


def is_locked(request: HttpRequest) -> bool:
    """Tell whether the screen is locked."""
    return bool(request.session.get(LOCKED))


def lock(request: HttpRequest) -> None:
    """Lock the screen: every page asks for a proof."""
    request.session[LOCKED] = True


def unlock(request: HttpRequest) -> None:
    """Open the screen again."""
    request.session.pop(LOCKED, None)
    request.session[SEEN] = now()


def touch(request: HttpRequest) -> bool:
    """Note that somebody is there, at most each `SEEN_SECONDS`; tell whether it was written."""
    if now() - int(request.session.get(SEEN, 0)) < SEEN_SECONDS:
        return False
    request.session[SEEN] = now()
    return True


def idle_seconds(request: HttpRequest) -> int:
    """Give the seconds since somebody was there."""
    return now() - int(request.session.get(SEEN, 0))


def age_seconds(request: HttpRequest) -> int:
    """Give the seconds since the session began."""
    return now() - int(request.session.get(BEGAN, 0))

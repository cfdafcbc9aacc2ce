"""Who may pass before any page: not an ended session, not a locked one, not one without a second factor."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from quittance.people.access import PUBLIC
from quittance.people.accounts import going, session, trail

V = TypeVar("V", bound=Callable[..., Any])


def while_locked(view: V) -> V:
    """Let a locked session reach this page."""
    view.while_locked = True  # type: ignore[attr-defined]
    return view


def before_second_factor(view: V) -> V:
    """Let a session that has only a password reach this page."""
    view.before_second_factor = True  # type: ignore[attr-defined]
    return view


def silent(view: V) -> V:
    """Asking for this page does not show that somebody is there."""
    view.silent = True  # type: ignore[attr-defined]
    return view


class Door:
    """Check each request of somebody signed in, before its page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Callable[..., Any], *_more: Any) -> HttpResponse | None:
        """Send away who may not pass; note that the others are there."""
        if not request.user.is_authenticated or getattr(view, "power", None) == PUBLIC:
            return None
        if why := ended(request):
            return _end(request, why)
        if must_lock(request) and not getattr(view, "while_locked", False):
            return going.away(request, "accounts:lock")
        if not session.second_factor_done(request) and not getattr(view, "before_second_factor", False):
            return going.away(request, "accounts:enrol")
        if not session.is_locked(request) and not getattr(view, "silent", False):
            _touch(request)
        return None


def ended(request: HttpRequest) -> str:
    """Say why the session is over, or nothing."""
    user = request.user
    assert user.is_authenticated
    if session.age_seconds(request) >= session.ABSOLUTE_SECONDS:
        return "age"
    return "idle" if session.idle_seconds(request) >= user.idle_hours * 3600 else ""


def must_lock(request: HttpRequest) -> bool:
    """Tell whether the screen is locked; lock it when nobody was there for too long."""
    user = request.user
    assert user.is_authenticated
    if not session.is_locked(request) and session.idle_seconds(request) >= user.idle_minutes * 60:
        session.lock(request)
        trail.note(request, "change", "session.lock", why="idle")
    return session.is_locked(request)


def _end(request: HttpRequest, why: str) -> HttpResponse:
    request.why_out = why  # type: ignore[attr-defined]
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    words = _("Your session has ended, as each one does after twelve hours. Log in again: your drafts are kept.")
    if why == "idle":
        words = _("Nobody was there for a long time: your session has ended. Log in again: your drafts are kept.")
    messages.info(request, words)
    return going.away(request, "account_login")


def _touch(request: HttpRequest) -> None:
    if session.touch(request):
        mine = UserSession.objects.filter(session_key=request.session.session_key)
        mine.update(last_seen_at=timezone.now())

"""What is written in the audit trail about accounts: who came in, left, locked, proved; ids, never names."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.http import HttpRequest

from quittance import audit
from quittance.people.accounts import session
from quittance.people.models import User


def note(request: HttpRequest, action: str, what: str, *, outcome: str = "done", **detail: str | int | None) -> None:
    """Write one event of the request's user, in the chain of the practice where they work."""
    actor = getattr(request, "acting", None)
    if actor is None and request.user.is_authenticated:
        actor = _actor(request.user)
    audit.record(actor, action, what, outcome=outcome, detail=detail)


def note_of(user: User, action: str, what: str, *, outcome: str = "done", **detail: str | int | None) -> None:
    """Write one event about a user who is not, or no longer, the one of the request."""
    audit.record(_actor(user), action, what, outcome=outcome, detail=detail)


def _actor(user: User) -> audit.Actor:
    from quittance.people.acting import acting_for

    return acting_for(user) or audit.Someone(user.pk)


def on_login(request: HttpRequest, **_more: Any) -> None:
    """Start the clocks: whoever comes in, by whichever door."""
    session.begin(request.session)


def on_signed_in(request: HttpRequest, user: User, **_more: Any) -> None:
    """Write who came in."""
    kind = session.second_factor_kind(request) or "password"
    session.mark_proved(request, kind)
    note_of(user, "sign-in", "account.login", kind=kind)


def on_login_failed(credentials: dict[str, Any], **_more: Any) -> None:
    """Write a refused password; the same work whether the address is known or not."""
    found = User.objects.filter(email=str(credentials.get("email", ""))).first()
    known = {"user": str(found.pk)} if found else {}
    audit.record(None, "refusal", "account.login", outcome="refused", detail=known)


def on_logout(request: HttpRequest, user: User | None, **_more: Any) -> None:
    """Write who left, or was put out."""
    if user is not None:
        note_of(user, "sign-out", "account.logout", why=getattr(request, "why_out", "asked"))


def on_factor_used(request: HttpRequest, user: User, authenticator: Authenticator, **_more: Any) -> None:
    """Remember the second factor in the session."""
    session.mark_second_factor(request.session, user.pk, authenticator.type)


def on_factor_added(request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """Write which second factor there is now."""
    note(request, "change", "account.factor_added", kind=authenticator.type, factor=authenticator.pk)


def on_factor_removed(request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """Write which second factor is gone."""
    note(request, "change", "account.factor_removed", kind=authenticator.type)


def on_factor_reset(request: HttpRequest, authenticator: Authenticator, **_more: Any) -> None:
    """Write that there are new recovery codes."""
    note(request, "change", "account.recovery_codes", kind=authenticator.type)


def on_factor_failed(user: User, **_more: Any) -> None:
    """Write a refused code."""
    note_of(user, "refusal", "account.factor", outcome="refused")


def on_password(user: User, **_more: Any) -> None:
    """Write that a password was chosen."""
    note_of(user, "change", "account.password")


RECEIVERS = (
    (auth.user_logged_in, on_login),
    (auth.user_login_failed, on_login_failed),
    (auth.user_logged_out, on_logout),
    (account.user_logged_in, on_signed_in),
    (account.password_changed, on_password),
    (mfa.authenticator_used, on_factor_used),
    (mfa.authenticator_added, on_factor_added),
    (mfa.authenticator_removed, on_factor_removed),
    (mfa.authenticator_reset, on_factor_reset),
    (mfa.authentication_failed, on_factor_failed),
)


def connect() -> None:
    """Listen to Django and allauth: once, when the application starts."""
    for signal, receiver in RECEIVERS:
        signal.connect(receiver, dispatch_uid=f"accounts.{receiver.__name__}")

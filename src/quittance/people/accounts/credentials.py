"""How a person proves who they are, here and now: PIN, password, passkey, and later a card.

`prove(user, data)` picks the kind from the posted fields and gives a `Proof`, or raises `CredentialError` with a text
for the person. It must not run inside a transaction: a refused try is counted whatever becomes of the caller's work.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal import ratelimit
from allauth.mfa.base.forms import ReauthenticateForm
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from quittance.people.accounts import session, trail
from quittance.people.accounts.forms import PasskeyProofForm
from quittance.people.accounts.models import TRIES, Pin
from quittance.people.models import User

PIN, PASSWORD, PASSKEY, DEMO = "pin", "password", "passkey", session.DEMO
FIELDS = {"pin": PIN, "password": PASSWORD, "code": PASSWORD, "credential": PASSKEY, "demo_proof": DEMO}


@dataclass(frozen=True, slots=True)
class Proof:
    """Who proved to be who, how and when."""

    kind: str
    user_id: object
    at: datetime


class CredentialError(Exception):
    """The proof is refused; the text says why and what to do."""

    def __init__(self, message: str, *, tries_left: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.tries_left = tries_left


class Credential(Protocol):
    """A way to prove who one is; a health professional's card (CPS) will be one more."""

    @property
    def kind(self) -> str: ...

    def prove(self, user: User, evidence: Mapping[str, str]) -> Proof:
        """Give the proof, or raise `CredentialError`."""


def _proof(kind: str, user: User) -> Proof:
    return Proof(kind, user.pk, timezone.now())


class PinCredential:
    """A short secret; three wrong ones block it until its owner, signed in, chooses another."""

    kind = PIN

    def prove(self, user: User, evidence: Mapping[str, str]) -> Proof:
        # The try is counted before the comparison, and for good: neither a crowd nor a rollback gives one more.
        with transaction.atomic(durable=True):
            counted = Pin.objects.filter(user=user, tries_left__gt=0).update(tries_left=F("tries_left") - 1)
        pin = Pin.objects.filter(user=user).first()
        if pin is None or not counted:
            raise CredentialError(_blocked() if pin else _no_pin(), tries_left=0)
        if not check_password(evidence.get("pin", ""), pin.hash):
            raise CredentialError(_wrong_pin(pin.tries_left), tries_left=pin.tries_left)
        Pin.objects.filter(user=user, hash=pin.hash).update(tries_left=TRIES)
        return _proof(PIN, user)


def _no_pin() -> str:
    return _("You have no PIN. Use your password or your passkey; a PIN is chosen on the page « My account ».")


def _blocked() -> str:
    return _("The PIN is blocked after three wrong ones. Use your password or your passkey, then choose another PIN.")


def _wrong_pin(left: int) -> str:
    if not left:
        return _blocked()
    return ngettext(
        "This is not your PIN. One try is left before it is blocked.",
        "This is not your PIN. %(left)d tries are left before it is blocked.",
        left,
    ) % {"left": left}


class PasswordCredential:
    """The password; with the code of a second factor where the session at hand holds none of this user."""

    kind = PASSWORD

    def prove(self, user: User, evidence: Mapping[str, str]) -> Proof:
        request = _request()
        usage = ratelimit.consume(request, app="allauth.account", action="login_failed", key=f"proof:{user.pk}")
        if not usage:
            raise CredentialError(str(get_adapter().error_messages["too_many_login_attempts"]))
        if not user.check_password(evidence.get("password", "")):
            raise CredentialError(_("This password is not right. Check the capitals and type it again."))
        usage.rollback()
        if needs_code(user):
            _prove_code(user, evidence.get("code", ""))
        return _proof(PASSWORD, user)


def needs_code(user: User) -> bool:
    """Tell whether a password alone says too little: the session at hand is not that user's, or has one factor."""
    request = context.request
    mine = request is not None and request.user.is_authenticated and request.user.pk == user.pk
    if mine and session.second_factor_done(request):
        return False
    with_code = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    return bool(Authenticator.objects.filter(user=user, type__in=with_code).exists())


def _prove_code(user: User, code: str) -> None:
    form = ReauthenticateForm(data={"code": code or "-"}, user=user)
    with context.request_context(_request()):
        if not form.is_valid():
            raise CredentialError(" ".join(form.errors["code"]))


def _request() -> HttpRequest:
    """Give the request at hand; a command counts its tries as from this machine."""
    if context.request is not None:
        return context.request  # type: ignore[no-any-return]
    request = HttpRequest()
    request.method, request.META["REMOTE_ADDR"] = "POST", "127.0.0.1"
    return request


class PasskeyCredential:
    """A passkey, with the gesture that it asks for; the challenge comes from `accounts:challenge`."""

    kind = PASSKEY

    def prove(self, user: User, evidence: Mapping[str, str]) -> Proof:
        form: Any = PasskeyProofForm(data={"credential": evidence.get("credential", "")}, user=user)  # type: ignore[call-arg]
        if not form.is_valid():
            raise CredentialError(" ".join(form.errors["credential"]))
        form.cleaned_data["credential"].record_usage()
        return _proof(PASSKEY, user)


class DemoCredential:
    """One click, for a session of the demo on this very machine."""

    kind = DEMO

    def prove(self, user: User, evidence: Mapping[str, str]) -> Proof:  # noqa: ARG002
        request = context.request
        mine = request is not None and request.user.is_authenticated and request.user.pk == user.pk
        if not (mine and session.is_demo(request) and session.demo_open(request)):
            raise CredentialError(_("One click is enough on the demonstration only. Use your password or passkey."))
        return _proof(DEMO, user)


KINDS: dict[str, Credential] = {
    one.kind: one for one in (PinCredential(), PasswordCredential(), PasskeyCredential(), DemoCredential())
}


def offered(data: Mapping[str, str]) -> str:
    """Give the kind of proof among posted fields, or nothing."""
    return next((kind for name, kind in FIELDS.items() if data.get(name)), "")


def prove(user: User, data: Mapping[str, str]) -> Proof:
    """Prove to be `user` with the posted fields; whether it worked is written in the audit trail."""
    kind = offered(data)
    if not kind:
        raise CredentialError(_("Type your PIN or your password, or use your passkey."))
    try:
        proof = KINDS[kind].prove(user, data)
    except CredentialError:
        trail.note_of(user, "refusal", "account.prove", outcome="refused", kind=kind)
        raise
    trail.note_of(user, "sign-in", "account.prove", kind=kind)
    return proof


def prove_here(request: HttpRequest, *, strong: bool = False) -> Proof:
    """Prove to be the session's own user with the posted form, and remember it for five minutes."""
    assert request.user.is_authenticated
    if strong and offered(request.POST) == PIN:
        raise CredentialError(_("A PIN is too little here. Use your password or your passkey."))
    proof = prove(request.user, request.POST)
    session.mark_proved(request, proof.kind)
    return proof


def ways(request: HttpRequest, user: User | None = None, *, strong: bool = False) -> dict[str, object]:
    """Say by which ways a user may prove who they are here: what `accounts/credential.html` shows."""
    assert request.user.is_authenticated
    who = user or request.user
    mine = who.pk == request.user.pk
    pin = not strong and Pin.objects.filter(user=who, tries_left__gt=0).exists()
    passkey = mine and Authenticator.objects.filter(user=who, type=Authenticator.Type.WEBAUTHN).exists()
    return {
        "who": who,
        "pin": pin,
        "passkey": passkey,
        "password": who.has_usable_password(),
        "code": needs_code(who),
        "demo": mine and session.is_demo(request) and session.demo_open(request),
    }

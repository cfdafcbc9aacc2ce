"""What allauth does our way: no sign-up, our words, our own re-authentication, secrets kept under our key."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from quittance.people.accounts import going, recent
from quittance.people.accounts.devices import described
from quittance.people.models import User

TOO_MANY = _(
    "Too many wrong tries: this account or this computer must wait. "
    "Try again in five minutes; nothing else is lost meanwhile."
)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Sign-in with an e-mail address and a password."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "This address and password do not go together. "
            "Check the capitals, or ask the owner of the practice for a new link."
        ),
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "enter_current_password": _("This is not your current password. Check the capitals and type it again."),
    }

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        return going.ours(context.request, url)

    def is_ajax(self, request: HttpRequest) -> bool:
        """Only the options of a passkey are asked for as data."""
        return request.method == "GET" and request.headers.get("Accept") == "application/json"

    def add_message(self, request: HttpRequest, level: int, *_args: Any, message: str = "", **_more: Any) -> None:
        """Show what is said in our own words; allauth's templates stay unused."""
        if message:
            messages.add_message(request, level, message)

    def respond_user_inactive(self, request: HttpRequest, _user: User) -> HttpResponse:
        messages.error(request, gettext("This account is closed. Ask the owner of the practice to open it again."))
        return redirect("account_login")

    def is_reauthentication_required(self, **_more: Any) -> bool:
        return not recent.fresh(context.request, strong=True)

    def get_reauthentication_methods(self, _user: Any) -> list[dict[str, str]]:
        return [{"id": "reauthenticate", "description": "", "url": reverse("accounts:confirm_strongly")}]

    def get_password_change_redirect_url(self, _request: HttpRequest) -> str:
        return reverse("accounts:own")


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The second factors."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This proof is not valid: a code serves once and for thirty seconds. Wait for the next one and try again."
        ),
        "cannot_delete_authenticator": _(
            "This is your only second factor, and each account needs one. Add another first, then remove this one."
        ),
    }

    def get_totp_issuer(self) -> str:
        return "Quittance"

    def _get_site_name(self) -> str:
        return "Quittance"

    def encrypt(self, text: str) -> str:
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            # The key of the installation has changed: a secret that nobody has, so that no code is right.
            return base64.b32encode(secrets.token_bytes(20)).decode()

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002
        """Propose a name: that of the device at hand, so far as it tells."""
        agent = context.request.headers.get("User-Agent", "") if context.request else ""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return described(agent) or gettext("Passkey %(n)d") % {"n": number}

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Keep the last one: every account needs a second factor."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())


def _box() -> Fernet:
    """Lock secrets with the key of the installation, which is not in the database."""
    digest = hashlib.sha256(b"second factors\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))

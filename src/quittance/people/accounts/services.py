"""What changes an account: invitation, PIN, sessions."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.mail import send_mail
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from quittance import audit
from quittance.people.accounts import trail
from quittance.people.accounts.models import TRIES, Invitation, Pin
from quittance.people.models import User

DAYS = 7


class InvitationError(Exception):
    """The invitation cannot be made or used; the text says why and what to do."""


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def invite(acting: Any, email: str, first_name: str = "", last_name: str = "") -> tuple[User, str]:
    """Open an account for this address and give the link, valid once for seven days, that its owner signs in with.

    An address that has an account in use gives it and no link: nobody is given a way into another's account. `acting`
    is who invites; a `Practice` stands for a command.
    """
    with transaction.atomic():
        known = User.objects.select_for_update().filter(email=email.strip().lower()).first()
        if known is not None and not _waits(known):
            return known, ""
        if known is not None and not known.invitations.filter(practice=acting.practice).exists():
            raise InvitationError(_("This address was invited by another practice and has not signed in yet: wait."))
        user = known or User.objects.create_user(email, first_name=first_name, last_name=last_name)
        link = _new_link(acting, user)
    _send(user, link)
    return user, link


def renew(acting: Any, user: User) -> str:
    """Give a member of the practice, who forgot the password, a new link; the second factor stays required."""
    with transaction.atomic():
        link = _new_link(acting, user)
    _send(user, link)
    return link


@transaction.atomic
def reset(user: User) -> str:
    """Take all that opens an account, which its owner has lost, and give a link; the caller runs the server."""
    Authenticator.objects.filter(user=user).delete()
    Pin.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    for one in UserSession.objects.filter(user=user):
        one.end()
    return _new_link(None, user)


def _waits(user: User) -> bool:
    """Tell whether an account was never used."""
    return user.last_login is None and not user.has_usable_password()


def _new_link(acting: Any | None, user: User) -> str:
    """Make the only valid link of a user: an older one ends."""
    token, now = secrets.token_urlsafe(32), timezone.now()
    practice, inviter = getattr(acting, "practice", None), getattr(acting, "user", None)
    Invitation.objects.filter(user=user, used_at=None, expires_at__gt=now).update(expires_at=now)
    made = Invitation.objects.create(
        user=user, practice=practice, by=inviter, digest=_digest(token), expires_at=now + timedelta(days=DAYS)
    )
    path = reverse("accounts:invitation", args=[token])
    who = acting if hasattr(acting, "chain") else audit.Someone(chain=practice.pk if practice else audit.INSTALLATION)
    audit.record(who, "change", "account.invite", made, detail={"user": str(user.pk)})
    return context.request.build_absolute_uri(path) if context.request else path


def _send(user: User, link: str) -> None:
    """Send the link where e-mail is set up; it is shown to the inviter anyway."""
    if not settings.EMAIL_HOST or not link:
        return
    text = _("%(name)s, open this link within seven days to choose your password: %(link)s")
    body = text % {"name": user, "link": link}
    send_mail(_("Your account in Quittance"), body, None, [user.email], fail_silently=True)


def find_invitation(token: str) -> Invitation:
    """Find a link's invitation; `InvitationError` when it is unknown, used or too old."""
    found = Invitation.objects.select_related("user").filter(digest=_digest(token)).first()
    if found is None:
        raise InvitationError(_("This link leads to no invitation. Check that it is whole, or ask for another one."))
    if found.used_at is not None:
        raise InvitationError(_("This link has been used already. Log in with the password that was chosen with it."))
    if found.expires_at <= timezone.now() or not found.user.is_active:
        raise InvitationError(_("This link is no longer valid. Ask the person who gave it to you for another one."))
    return found


@transaction.atomic
def use_invitation(token: str, password: str) -> User:
    """Choose the password of an invited account: of two at once, one is refused."""
    invitation = find_invitation(token)
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now()):
        raise InvitationError(_("This link has been used already. Log in with the password that was chosen with it."))
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    Pin.objects.filter(user=user).delete()
    trail.note_of(user, "change", "account.invitation_used", invitation=invitation.pk)
    return user


@transaction.atomic
def set_pin(request: HttpRequest, pin: str) -> None:
    """Choose a PIN, or another one."""
    assert request.user.is_authenticated
    hashed = {"hash": make_password(pin), "tries_left": TRIES, "changed_at": timezone.now()}
    Pin.objects.update_or_create(user=request.user, defaults=hashed)
    trail.note(request, "change", "account.pin")


@transaction.atomic
def drop_pin(request: HttpRequest) -> None:
    """Do without a PIN."""
    assert request.user.is_authenticated
    Pin.objects.filter(user=request.user).delete()
    trail.note(request, "change", "account.pin_dropped")


def sessions(user: User) -> Sequence[UserSession]:
    """List a user's open sessions, this one and the latest first."""
    found = UserSession.objects.purge_and_list(user)
    return sorted(found, key=lambda one: (one.is_current(), one.last_seen_at), reverse=True)


@transaction.atomic
def end_sessions(request: HttpRequest, ended: Sequence[UserSession]) -> None:
    """End sessions of the user: each is out at its next request."""
    for one in ended:
        one.end()
    trail.note(request, "sign-out", "account.sessions_ended", count=len(ended))

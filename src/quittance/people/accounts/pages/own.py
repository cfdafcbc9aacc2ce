"""A user's own account: delays, PIN, password, second factors, sessions."""

from __future__ import annotations

from typing import Any

from allauth.account.views import PasswordChangeView
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from quittance.people import access
from quittance.people.accounts import recent, services, trail
from quittance.people.accounts.devices import described
from quittance.people.accounts.forms import DelaysForm, PinForm
from quittance.people.accounts.models import Pin
from quittance.people.accounts.pages.door import READ_OR_SEND, Refusing
from quittance.people.models import User

Type = Authenticator.Type


def _me(request: HttpRequest) -> User:
    assert request.user.is_authenticated
    return request.user


@access.signed_in
@require_http_methods(READ_OR_SEND)
def own(request: HttpRequest) -> HttpResponse:
    """Show the user's account, and keep its delays."""
    form = DelaysForm(request.POST or None, instance=_me(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        trail.note(request, "change", "account.delays")
        messages.success(request, _("The delays are kept."))
        return redirect("accounts:own")
    status = 422 if form.errors else 200
    # The form has written what was typed into the user of the request: the page shows the row of the database.
    context = {"form": form, "pin": Pin.objects.filter(user=_me(request)).first()} | _factors(_me(request))
    return render(request, "accounts/own.html", context, status=status)


def _factors(user: User) -> dict[str, Any]:
    """Sort the second factors by kind."""
    found = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = next((one for one in found if one.type == Type.RECOVERY_CODES), None)
    return {
        "passkeys": [one for one in found if one.type == Type.WEBAUTHN],
        "totp": next((one for one in found if one.type == Type.TOTP), None),
        "codes": codes,
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else 0,
        "factors": sum(1 for one in found if one.type != Type.RECOVERY_CODES),
    }


@access.signed_in
@require_http_methods(READ_OR_SEND)
@recent.required(strong=True)
def pin(request: HttpRequest) -> HttpResponse:
    """Choose a PIN, or another one."""
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.set_pin(request, form.cleaned_data["new_pin"])
        messages.success(request, _("The PIN is kept: it opens a locked screen."))
        return redirect("accounts:own")
    has = Pin.objects.filter(user=_me(request)).exists()
    return render(request, "accounts/pin.html", {"form": form, "has": has}, status=422 if form.errors else 200)


@access.signed_in
@require_POST
@recent.required(strong=True)
def pin_remove(request: HttpRequest) -> HttpResponse:
    """Do without a PIN."""
    services.drop_pin(request)
    messages.success(request, _("The PIN is removed: the password or a passkey opens a locked screen."))
    return redirect("accounts:own")


class Password(Refusing, PasswordChangeView):  # type: ignore[misc]
    template_name = "accounts/password.html"

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, _("The password is changed; your other sessions have ended."))
        return super().form_valid(form)  # type: ignore[no-any-return]


@access.signed_in
@require_http_methods(READ_OR_SEND)
def password(request: HttpRequest) -> HttpResponseBase:
    """Change the password; the other sessions end."""
    if not _me(request).has_usable_password():
        messages.info(request, _("This account has no password."))
        return redirect("accounts:own")
    answer: HttpResponseBase = Password.as_view()(request)
    return answer


@access.signed_in
@require_http_methods(["GET", "HEAD"])
def sessions(request: HttpRequest) -> HttpResponse:
    """List the open sessions: where from, since when, which one this is."""
    found = [(one, described(one.user_agent)) for one in services.sessions(_me(request))]
    return render(request, "accounts/sessions.html", {"sessions": found})


@access.signed_in
@require_POST
def session_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session of the user's own."""
    one = get_object_or_404(UserSession, pk=pk, user=_me(request))
    services.end_sessions(request, [one])
    messages.success(request, _("The session has ended."))
    return redirect("accounts:sessions")


@access.signed_in
@require_POST
def sessions_end(request: HttpRequest) -> HttpResponse:
    """End every other session of the user's own."""
    others = [one for one in services.sessions(_me(request)) if not one.is_current()]
    services.end_sessions(request, others)
    words = ngettext("%(n)d other session has ended.", "%(n)d other sessions have ended.", len(others))
    messages.success(request, words % {"n": len(others)})
    return redirect("accounts:sessions")

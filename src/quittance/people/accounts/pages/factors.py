"""Second factors: the first one, which every account needs, and the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.internal.flows import delete_and_cleanup
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.auth import begin_registration
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from quittance.people import access
from quittance.people.accounts import going, recent, session
from quittance.people.accounts.lock import before_second_factor
from quittance.people.accounts.pages.door import READ_OR_SEND, Refusing

AFTER = "after_enrolment"
OWN = reverse_lazy("accounts:own")
Page = Callable[..., HttpResponseBase]


def enrolling(view: Page) -> Page:
    """Open to a session without second factor, only while its user has none to show.

    Else whoever stole a password would add a factor of their own instead of showing the owner's.
    """

    @before_second_factor
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not session.second_factor_done(request) and not _may_enrol(request):
            logout(request)
            return going.away(request, "account_login")
        if not recent.fresh(request, strong=True):
            return going.away(request, "accounts:confirm_strongly")
        return view(request, *args, **kwargs)

    return inner


def _may_enrol(request: HttpRequest) -> bool:
    """Tell whether the user has no second factor yet, and a password to prove who they are."""
    assert request.user.is_authenticated
    enrolled = Authenticator.objects.filter(user=request.user).exists()
    return not enrolled and request.user.has_usable_password()


class Common(Refusing):
    """What the pages of allauth need to look like ours."""

    request: HttpRequest

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        given: dict[str, Any] = super().get_context_data(**more)  # type: ignore[misc]
        return given | shown_to(self.request)

    def get_success_url(self) -> str:
        return resolve_url("accounts:codes") if getattr(self, "did_generate_recovery_codes", False) else str(OWN)


def shown_to(request: HttpRequest) -> dict[str, Any]:
    """Hide the practice from a session that has not shown its second factor."""
    return {} if session.second_factor_done(request) else {"acting": None}


class Adding(Common):
    """Who has just enrolled a second factor holds it."""

    kind: str

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        session.mark_second_factor(self.request.session, self.request.user.pk, self.kind)
        return response


class Totp(Adding, ActivateTOTPView):  # type: ignore[misc]
    template_name = "accounts/totp.html"
    kind = Authenticator.Type.TOTP


class Passkey(Adding, AddWebAuthnView):  # type: ignore[misc]
    template_name = "accounts/passkey.html"
    kind = Authenticator.Type.WEBAUTHN

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        """Ask for a key that the device finds by itself, and that asks who is there."""
        given = super().get_context_data(**more)
        return given | {"js_data": {"creation_options": begin_registration(self.request.user, True)}}


class Codes(Common, ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/codes.html"


class NewCodes(Common, GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/codes_new.html"
    success_url = reverse_lazy("accounts:codes")

    def get_success_url(self) -> str:
        return str(self.success_url)


@access.signed_in
@enrolling
@require_http_methods(["GET", "HEAD"])
def enrol(request: HttpRequest) -> HttpResponseBase:
    """Choose the second factor that every account needs."""
    if session.second_factor_done(request):
        return redirect(going.wanted(request))
    request.session[AFTER] = going.wanted(request)
    return render(request, "accounts/enrol.html", shown_to(request))


@access.signed_in
@enrolling
@require_http_methods(READ_OR_SEND)
def totp(request: HttpRequest) -> HttpResponseBase:
    """Add an app that shows codes."""
    if Authenticator.objects.filter(user=request.user, type=Authenticator.Type.TOTP).exists():
        return redirect("accounts:own")
    answer: HttpResponseBase = Totp.as_view()(request)
    return answer


@access.signed_in
@enrolling
@require_http_methods(READ_OR_SEND)
def passkey(request: HttpRequest) -> HttpResponseBase:
    """Add a passkey."""
    answer: HttpResponseBase = Passkey.as_view()(request)
    return answer


@access.signed_in
@require_POST
@recent.required(strong=True)
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Remove a second factor, when another one remains."""
    factor = get_object_or_404(Authenticator, pk=pk, user=request.user)
    adapter = get_adapter()
    if adapter.can_delete_authenticator(factor):
        delete_and_cleanup(request, factor)
        messages.success(request, _("The second factor is removed."))
    else:
        messages.error(request, adapter.error_messages["cannot_delete_authenticator"])
    return redirect("accounts:own")


@access.signed_in
@require_http_methods(["GET", "HEAD"])
@recent.required(strong=True)
def codes(request: HttpRequest) -> HttpResponseBase:
    """Show the recovery codes, once."""
    after = request.session.get(AFTER) or str(OWN)
    answer: HttpResponseBase = Codes.as_view(extra_context={"after": after})(request)
    return answer


@access.signed_in
@require_http_methods(READ_OR_SEND)
@recent.required(strong=True)
def codes_new(request: HttpRequest) -> HttpResponseBase:
    """Make new recovery codes; the old ones end."""
    answer: HttpResponseBase = NewCodes.as_view()(request)
    return answer

"""Coming in and leaving: password, second factor, passkey, one click of the demo, logout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.stagekit import clear_login
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.webauthn.views import LoginWebAuthnView
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from quittance.people import access
from quittance.people.accounts import going, session, trail
from quittance.people.accounts.lock import before_second_factor, while_locked
from quittance.people.models import Membership, Professional, User

READ_OR_SEND = ["GET", "HEAD", "POST"]


class Refusing:
    """A refused form answers 422, with what was typed."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]
        response.status_code = 422
        return response


class Login(Refusing, LoginView):  # type: ignore[misc]
    """E-mail and password, a passkey alone, or the one click of the demo."""

    template_name = "accounts/login.html"

    def get_context_data(self, **more: Any) -> dict[str, Any]:
        shown = _demo_people() if session.demo_open(self.request) else []
        given = {"people": shown, "next": going.wanted(self.request)}
        return super().get_context_data(**more) | given  # type: ignore[no-any-return]


class SecondFactor(Refusing, AuthenticateView):  # type: ignore[misc]
    """The second factor, after the password."""

    template_name = "accounts/second_factor.html"


@access.public
@require_http_methods(READ_OR_SEND)
def login(request: HttpRequest) -> HttpResponseBase:
    """Ask for the e-mail address and the password; `other` forgets one that waits for its second factor."""
    if "other" in request.GET:
        clear_login(request)
    answer: HttpResponseBase = Login.as_view()(request)
    return answer


@access.public
@require_http_methods(READ_OR_SEND)
def second_factor(request: HttpRequest) -> HttpResponseBase:
    """Ask for the second factor, once the password was right."""
    answer: HttpResponseBase = SecondFactor.as_view()(request)
    return answer


@access.public
@require_http_methods(READ_OR_SEND)
def passkey(request: HttpRequest) -> HttpResponseBase:
    """Give the challenge of a passkey, and sign in with its answer."""
    answer: HttpResponseBase = LoginWebAuthnView.as_view()(request)
    return answer


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """Somebody whom one click of the demo lets in: the membership, the name, and what he is there."""

    key: int
    user: User
    name: str
    plain_name: str
    quality: str
    practice: str


def _demo_people() -> list[DemoPerson]:
    """List the members of the demo practices: the professionals by their title, the others by their role."""
    everyone = Membership.objects.unscoped("the demo login shows each demo practice")
    shown = (
        everyone.filter(practice__is_demo=True, user__is_active=True).select_related("user", "practice").order_by("pk")
    )
    carers = Professional.objects.unscoped("the same").filter(practice__is_demo=True, is_substitute=False)
    by_user = {one.user_id: one for one in carers}
    found = []
    for one in shown:
        carer = by_user.get(one.user_id)
        name, quality = (carer.full_name, carer.profession) if carer else (str(one.user), one.get_role_display())
        found.append(DemoPerson(one.pk, one.user, name, str(one.user), str(quality), one.practice.name))
    return found


@access.public
@require_POST
def demo(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as somebody of the demo, by one click."""
    if not session.demo_open(request):
        raise Http404
    chosen = next((one for one in _demo_people() if one.key == pk), None)
    if chosen is None:
        raise Http404
    get_adapter().login(request, chosen.user)
    session.mark_demo(request)
    UserSession.objects.create_from_request(request)
    trail.note_of(chosen.user, "sign-in", "account.login", kind=session.DEMO)
    return redirect(going.wanted(request))


@access.signed_in
@while_locked
@before_second_factor
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Leave, and forget the session."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()
    logout(request)
    return redirect("account_login")


def too_many(request: HttpRequest) -> HttpResponse:
    """Say that there were too many tries, and how long to wait."""
    return render(request, "accounts/too_many.html", {"acting": None}, status=429)

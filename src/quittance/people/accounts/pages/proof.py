"""Proving who one is in a session: the lock, re-authentication, the challenge of a passkey."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from allauth.mfa.webauthn.internal.auth import begin_authentication
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from quittance.people import access
from quittance.people.accounts import credentials, going, recent, session, trail
from quittance.people.accounts.lock import before_second_factor, must_lock, silent, while_locked
from quittance.people.accounts.pages.door import READ_OR_SEND


def quiet(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Open to whoever is signed in what a script asks by itself: no act of a person, so nothing for the journal."""

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        return view(request) if request.user.is_authenticated else going.away(request, "account_login")

    inner.power = access.LOGIN  # type: ignore[attr-defined]
    return inner


@access.signed_in
@while_locked
@silent
@require_http_methods(READ_OR_SEND)
def lock(request: HttpRequest) -> HttpResponse:
    """Show a locked screen, and open it with a proof: the page one was on comes back."""
    if request.method != "POST":
        return _locked(request) if session.is_locked(request) else going.leave(request, going.wanted(request))
    try:
        credentials.prove_here(request)
    except credentials.CredentialError as refused:
        return _locked(request, refused)
    session.unlock(request)
    trail.note(request, "sign-in", "session.unlock")
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Trigger": "unlocked"})
    return going.leave(request, going.wanted(request))


def _locked(request: HttpRequest, error: credentials.CredentialError | None = None) -> HttpResponse:
    part = bool(request.headers.get("HX-Request"))
    context = {
        "acting": None,
        "ways": credentials.ways(request),
        "error": error,
        "next": going.back(request) if part else going.wanted(request),
        "part": part,
    }
    name = "accounts/lock_form.html" if part else "accounts/lock.html"
    return render(request, name, context, status=422 if error else 200)


@access.signed_in
@while_locked
@require_POST
def lock_now(request: HttpRequest) -> HttpResponse:
    """Lock the screen, before leaving it."""
    session.lock(request)
    trail.note(request, "change", "session.lock", why="asked")
    return going.away(request, "accounts:lock")


@quiet
@while_locked
@silent
@require_http_methods(["GET", "HEAD"])
def idle(request: HttpRequest) -> HttpResponse:
    """Say in how many seconds the screen locks; asking does not put it off, another window may have."""
    assert request.user.is_authenticated
    left = request.user.idle_minutes * 60 - session.idle_seconds(request)
    return JsonResponse({"left": 0 if must_lock(request) else left})


@quiet
@require_POST
def alive(_request: HttpRequest) -> HttpResponse:
    """Note that somebody types, between two requests of the page."""
    return HttpResponse(status=204)


@quiet
@while_locked
@before_second_factor
@require_http_methods(["GET", "HEAD"])
def challenge(request: HttpRequest) -> HttpResponse:
    """Give the challenge that a passkey of the session's user must answer."""
    return JsonResponse({"request_options": begin_authentication(request.user)})


@access.signed_in
@before_second_factor
@require_http_methods(READ_OR_SEND)
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask again who is there, then go on where one was going."""
    return _confirm(request, strong=False)


@access.signed_in
@before_second_factor
@require_http_methods(READ_OR_SEND)
def confirm_strongly(request: HttpRequest) -> HttpResponse:
    """Ask again, where a PIN is too little."""
    return _confirm(request, strong=True)


def _confirm(request: HttpRequest, *, strong: bool) -> HttpResponse:
    error = None
    if recent.fresh(request, strong=strong):
        return going.leave(request, going.wanted(request))
    if request.method == "POST":
        try:
            credentials.prove_here(request, strong=strong)
        except credentials.CredentialError as refused:
            error = refused
        else:
            return going.leave(request, going.wanted(request))
    context = {"ways": credentials.ways(request, strong=strong), "error": error, "next": going.wanted(request)}
    if not session.second_factor_done(request):
        context["acting"] = None
    return render(request, "accounts/confirm.html", context, status=422 if error else 200)

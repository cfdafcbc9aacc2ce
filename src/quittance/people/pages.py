"""Login, logout, and for whom one works."""

from __future__ import annotations

import ipaddress

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from quittance.people import access
from quittance.people.acting import choose, memberships
from quittance.people.models import Membership, Professional, User


class LoginForm(AuthenticationForm):
    """E-mail and password; the same words whether the address or the password is wrong."""

    username = UsernameField(label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"}))
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _(
            "This address and password do not go together. "
            "Check the capitals, or ask the owner of the practice for a new password."
        ),
        "inactive": _("This account is closed. Ask the owner of the practice to open it again."),
    }


def _loopback(request: HttpRequest) -> bool:
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _demo_open(request: HttpRequest) -> bool:
    """Tell whether one click may log in: on a demo, and only from this very machine."""
    return bool(settings.DEMO) and _loopback(request)


def _demo_professionals() -> list[Professional]:
    everyone = Professional.objects.unscoped("the demo login shows each demo practice")
    shown = everyone.filter(practice__is_demo=True, user__is_active=True)
    return list(shown.select_related("user", "practice").order_by("pk"))


def _next(request: HttpRequest) -> str:
    """Give where to go after login, only when it is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure())
    return wanted if ours else settings.LOGIN_REDIRECT_URL


@access.public
def login_page(request: HttpRequest) -> HttpResponse:
    """Ask for the e-mail address and the password."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = LoginForm(request, data=request.POST or None)
    if request.method == "POST" and form.is_valid():
        login(request, form.get_user())
        return redirect(_next(request))
    professionals = _demo_professionals() if _demo_open(request) else []
    context = {"form": form, "professionals": professionals, "next": _next(request)}
    return render(request, "people/login.html", context)


@access.public
@require_POST
def demo_login(request: HttpRequest, pk: int) -> HttpResponse:
    """Log in as a professional of the demo, by one click."""
    if not _demo_open(request):
        raise Http404
    chosen = next((one for one in _demo_professionals() if one.pk == pk), None)
    if chosen is None or chosen.user is None:
        raise Http404
    login(request, chosen.user, "django.contrib.auth.backends.ModelBackend")
    return redirect(_next(request))


@access.signed_in
@require_POST
def logout_page(request: HttpRequest) -> HttpResponse:
    """Leave, and forget the session."""
    logout(request)
    return redirect("people:login")


def _choices(user: User) -> list[tuple[Membership, list[Professional]]]:
    return [(one, list(Professional.objects.for_(one))) for one in memberships(user)]


@access.signed_in
def choose_page(request: HttpRequest) -> HttpResponseBase:
    """Choose the practice and the professional one works for."""
    if isinstance(request.user, AnonymousUser):
        raise Http404
    if request.method == "POST":
        ours = Membership.objects.unscoped("any practice of the user's own may be chosen")
        allowed = [one.pk for one in memberships(request.user)]
        membership = get_object_or_404(ours.filter(pk__in=allowed), pk=_number(request, "membership"))
        wanted = access.own_or_404(membership, Professional, pk=_number(request, "professional"))
        choose(request, membership, wanted)
        return redirect(_next(request))
    context = {"choices": _choices(request.user), "next": _next(request)}
    return render(request, "people/choose.html", context)


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name, "")
    if not value.isdecimal():
        raise Http404
    return int(value)

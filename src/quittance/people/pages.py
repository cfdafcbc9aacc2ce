"""Login and logout."""

from __future__ import annotations

import ipaddress

from django import forms
from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from quittance.people import access
from quittance.people.models import Professional


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

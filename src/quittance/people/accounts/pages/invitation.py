"""The first sign-in of an invited person."""

from __future__ import annotations

from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from quittance.people import access
from quittance.people.accounts import services
from quittance.people.accounts.forms import InvitationForm
from quittance.people.accounts.pages.door import READ_OR_SEND


@access.public
@sensitive_post_parameters()
@require_http_methods(READ_OR_SEND)
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Choose the password of an invited account, then sign in: the second factor comes next."""
    try:
        user = services.find_invitation(token).user
        form = InvitationForm(user, request.POST or None)
        if request.method == "POST" and form.is_valid():
            user = services.use_invitation(token, form.cleaned_data["new_password1"])
            logout(request)  # somebody else may have been signed in here
            return perform_login(request, user)  # type: ignore[no-any-return]
    except services.InvitationError as refused:
        told = {"refused": str(refused), "acting": None}
        return render(request, "accounts/invitation_refused.html", told, status=410)
    context = {"form": form, "who": user, "acting": None}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)

"""The door of every page: login, practice, power. A route without it fails a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from quittance.people.acting import Acting, PageRequest
from quittance.people.powers import POWERS, may
from quittance.people.scoping import HasPractice, PracticeOwned, ScopedQuerySet

P = ParamSpec("P")
M = TypeVar("M", bound=PracticeOwned)
View = Callable[Concatenate[PageRequest, P], HttpResponseBase]
Page = Callable[Concatenate[HttpRequest, P], HttpResponseBase]

PUBLIC, LOGIN = "public", "login"
ROUTES: dict[str, str] = {}


def _register(view: Callable[..., Any], page: Callable[..., Any], power: str) -> None:
    page.power = power  # type: ignore[attr-defined]
    ROUTES[f"{view.__module__}.{view.__qualname__}"] = power


def _to_login(request: HttpRequest) -> HttpResponse:
    """Send to the login page; an htmx request as a whole page, not into its target."""
    answer = redirect_to_login(request.get_full_path())
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = answer["Location"]
        return response
    return answer


def page(power: str, *, needs_professional: bool = False) -> Callable[[View[P]], Page[P]]:
    """Open a page to members who have `power`: visitors log in, others get 403.

    `needs_professional`: a secretary who has not said for whom is asked first.
    """
    if power not in POWERS:
        raise KeyError(f"unknown power {power}: declare it in people/powers.py")

    def decorate(view: View[P]) -> Page[P]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            acting: Acting | None = request.acting  # type: ignore[attr-defined]
            if acting is None:
                return redirect("people:choose")
            if not may(acting, power):
                return render(request, "web/refused.html", status=403)
            if needs_professional and acting.professional is None:
                return redirect("people:choose")
            return view(cast(PageRequest, request), *args, **kwargs)

        _register(view, inner, power)
        return cast("Page[P]", inner)

    return decorate


def signed_in(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Page[P]:
    """Open a page to whoever is logged in, in a practice or not."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_login(request)
        return view(request, *args, **kwargs)

    _register(view, inner, LOGIN)
    return cast("Page[P]", inner)


def public(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Page[P]:
    """Open a page to everybody: the login page, and nothing that shows a row."""
    _register(view, view, PUBLIC)
    return view


def own_or_404(acting: HasPractice, rows: type[M] | ScopedQuerySet[M], **lookup: Any) -> M:
    """Get one row of the practice; a row of another practice does not exist (404)."""
    found = rows if isinstance(rows, models.QuerySet) else rows.objects.all()
    try:
        return cast("ScopedQuerySet[M]", found).for_(acting).get(**lookup)
    except (found.model.DoesNotExist, ValueError) as error:
        raise Http404 from error

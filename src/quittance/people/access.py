"""The door of every page: login, practice, power, and the event of the journal. A route without it fails a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.apps import apps
from django.contrib.auth.views import redirect_to_login
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from quittance.audit import Someone
from quittance.audit import request as account
from quittance.people.acting import CAPACITY, Acting, PageRequest
from quittance.people.powers import POWERS, may
from quittance.people.scoping import HasPractice, PracticeOwned, ScopedQuerySet
from quittance.people.substitutes.days import next_days

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


def _action(request: HttpRequest, named: str) -> str:
    """Say what a request does, in the journal's words."""
    if named or request.method not in {"GET", "HEAD"}:
        return named or "change"
    return "search" if "q" in request.GET else "view"


def _route(request: HttpRequest) -> str:
    match = request.resolver_match
    return match.view_name if match else ""


def told(request: HttpRequest, action: str, answer: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Give the answer, and write the event of the request where no service has."""
    acting: Acting | None = request.acting  # type: ignore[attr-defined]
    status = 500
    try:
        response = answer()
        status = response.status_code
    except Http404:
        status = 404
        raise
    finally:
        if status != 405:
            who = acting or Someone(request.user.pk)
            account.finish(who, _route(request), _action(request, action), status)
    return response


def _ended(request: HttpRequest) -> HttpResponse:
    """Say that the access has ended; htmx loads the whole page again, which says so too."""
    response = render(request, "people/ended.html", status=403)
    if getattr(request, "htmx", False):
        response["HX-Refresh"] = "true"
    return response


def refused(request: HttpRequest, acting: Acting) -> HttpResponseBase:
    """Say why the page is closed; to a substitute off his days, when the next ones are."""
    if acting.is_off:
        coming = next_days(acting, acting.user_id, acting.today())
        return render(request, "substitutes/off.html", {"coming": coming}, status=403)
    return render(request, "web/refused.html", status=403)


def _stopped(request: HttpRequest, acting: Acting | None, power: str) -> HttpResponseBase | None:
    """Say why a page stays closed to somebody logged in; None when it opens."""
    if acting is None:
        if not request.session.get(CAPACITY):
            return redirect("people:choose")
        return told(request, "refusal", lambda: _ended(request))
    if not may(acting, power):
        return told(request, "refusal", lambda: refused(request, acting))
    return None


def _require_country(request: HttpRequest, acting: Acting | None) -> None:
    """Close a country's own pages to the practices of another one: there they do not exist (404)."""
    space = request.resolver_match.namespace if request.resolver_match else ""
    config = apps.app_configs.get(space) if space else None
    code = getattr(config, "country_code", "")
    if code and acting is not None and acting.practice.country != code:
        raise Http404


def page(power: str, *, needs_professional: bool = False, action: str = "") -> Callable[[View[P]], Page[P]]:
    """Open a page to those who have `power`: visitors log in, others get 403. Each opening is told to the journal.

    `needs_professional`: a secretary who has not said for whom is asked first. `action` is the journal's word where
    the method does not say it: `print`, `export`, `search`.
    """
    if power not in POWERS:
        raise KeyError(f"unknown power {power}: declare it in people/powers.py")

    def decorate(view: View[P]) -> Page[P]:
        @wraps(view)
        def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_login(request)
            acting: Acting | None = request.acting  # type: ignore[attr-defined]
            stopped = _stopped(request, acting, power)
            if stopped is not None:
                return stopped
            if needs_professional and acting is not None and acting.professional is None:
                return redirect("people:choose")

            def answer() -> HttpResponseBase:
                _require_country(request, acting)
                return view(cast(PageRequest, request), *args, **kwargs)

            return told(request, action, answer)

        _register(view, inner, power)
        return cast("Page[P]", inner)

    return decorate


def signed_in(view: Callable[Concatenate[HttpRequest, P], HttpResponseBase]) -> Page[P]:
    """Open a page to whoever is logged in, in a practice or not."""

    @wraps(view)
    def inner(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return _to_login(request)
        return told(request, "", lambda: view(request, *args, **kwargs))

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
        row = cast("ScopedQuerySet[M]", found).for_(acting).get(**lookup)
    except (found.model.DoesNotExist, ValueError) as error:
        raise Http404 from error
    account.note(row)
    return row

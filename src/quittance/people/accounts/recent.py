"""Re-authentication (preuve récente) before what must not happen on an unattended screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast, overload

from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render

from quittance.people.accounts import credentials, going, session

SECONDS = 5 * 60
V = TypeVar("V", bound=Callable[..., HttpResponseBase])


def fresh(request: HttpRequest, *, strong: bool = False) -> bool:
    """Tell whether the user proved who they are in the last five minutes; `strong`: by more than a PIN."""
    last = session.proved(request)
    if last is None or last[1] >= SECONDS:
        return False
    return not (strong and last[0] == credentials.PIN) and (last[0] != session.DEMO or session.demo_open(request))


@overload
def required(view: V) -> V: ...
@overload
def required(*, strong: bool) -> Callable[[V], V]: ...
def required(view: V | None = None, *, strong: bool = False) -> V | Callable[[V], V]:
    """Ask for a proof before the page; `@recent.required(strong=True)` where a PIN is too little.

    A page that is read sends to the proof and comes back. A form that comes too late is not lost: the proof is asked
    with all that was typed, and the form goes on with it.
    """
    return _required(view, strong) if view is not None else lambda inner: _required(inner, strong)


def _required(view: V, strong: bool) -> V:
    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        known = fresh(request, strong=strong)
        if request.method in {"GET", "HEAD"} and not known:
            return going.away(request, "accounts:confirm_strongly" if strong else "accounts:confirm")
        if request.method == "POST" and not known and (refusal := _prove(request, strong)):
            return refusal
        return view(request, *args, **kwargs)

    return cast("V", inner)


def _prove(request: HttpRequest, strong: bool) -> HttpResponse | None:
    """Prove with the fields posted; None when it is done, else the page that asks."""
    typed = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [(name, value) for name, value in typed if name not in credentials.FIELDS and not name.startswith("csrf")]
    error = None
    if credentials.offered(request.POST):
        try:
            credentials.prove_here(request, strong=strong)
        except credentials.CredentialError as refused:
            error = refused
        else:
            _without_proof(request, kept)
            return None
    context = {"kept": kept, "error": error, "ways": credentials.ways(request, strong=strong), "late": True}
    answer = render(request, "accounts/confirm.html", context, status=422)
    if request.headers.get("HX-Request"):
        answer["HX-Retarget"], answer["HX-Reselect"], answer["HX-Reswap"] = "#main", "#main > *", "innerHTML"
    return answer


def _without_proof(request: HttpRequest, kept: list[tuple[str, str]]) -> None:
    """Take the proof out of the form, so that no page stores or shows it."""
    posted = QueryDict(mutable=True)
    for name, value in kept:
        posted.appendlist(name, value)
    request.POST = posted  # type: ignore[assignment]

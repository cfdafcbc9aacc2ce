"""Where to go next: only to a page of ours."""

from __future__ import annotations

from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url
from django.utils.http import url_has_allowed_host_and_scheme


def ours(request: HttpRequest, url: str) -> bool:
    """Tell whether an address is of this very host."""
    return url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure())


def wanted(request: HttpRequest) -> str:
    """Give the page that was asked for, or the first one."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if ours(request, asked) else resolve_url(settings.LOGIN_REDIRECT_URL)


def back(request: HttpRequest) -> str:
    """Give the page to come back to: this one when it was read, else the one it was sent from."""
    if request.headers.get("HX-Current-URL"):
        return _ours_or_first(request, request.headers["HX-Current-URL"])
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return _ours_or_first(request, request.headers.get("Referer", ""))


def _ours_or_first(request: HttpRequest, url: str) -> str:
    return url if ours(request, url) else resolve_url(settings.LOGIN_REDIRECT_URL)


def away(request: HttpRequest, name: str, *, remember: bool = True) -> HttpResponse:
    """Leave for another page; an htmx request as a whole page, not into its target."""
    url = resolve_url(name)
    if remember:
        url += "?" + urlencode({"next": back(request)}, safe="/")
    return leave(request, url)


def leave(request: HttpRequest, url: str) -> HttpResponse:
    """Send to `url`, the whole page even when htmx asked for a part."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return HttpResponseRedirect(url)

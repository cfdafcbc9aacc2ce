"""Start and end the account of each request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from quittance.audit import request as account


class AuditMiddleware:
    """Let the journal know where what happens comes from. `people.access.page` writes the event."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = account.begin(request)
        try:
            return self.get_response(request)
        finally:
            account.end(token)

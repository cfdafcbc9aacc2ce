"""The content security policy: only our own files, scripts of this page by nonce, nothing inline."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; media-src 'self' blob:; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class ContentSecurityPolicy:
    """Give each request a nonce (`request.csp_nonce`) and each HTML answer the policy."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        # On a PDF the policy would stop the browser's own viewer.
        if response.get("Content-Type", "").startswith("text/html"):
            response["Content-Security-Policy"] = POLICY.format(nonce=nonce)
            response["Permissions-Policy"] = "geolocation=(), microphone=(), payment=()"
            # Health data: neither a proxy nor the back button after logout may show it again.
            response.setdefault("Cache-Control", "no-store")
        return response

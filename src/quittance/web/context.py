"""What every template may use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def common(request: HttpRequest) -> dict[str, Any]:
    """Give the nonce of the page, who works, and whether this is a demo."""
    return {
        "csp_nonce": getattr(request, "csp_nonce", ""),
        "acting": getattr(request, "acting", None),
        "demo": settings.DEMO,
    }

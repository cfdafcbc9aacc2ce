"""The door of the pages about one professional: the power, the record of this practice, whether it is his to change."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.models import Professional
from quittance.people.professionals import rules

View = Callable[..., HttpResponseBase]


def of_record(part: str, *, power: str = "", post_only: bool = False) -> Callable[[View], View]:
    """Open a page that changes a part of a record; the view is given the professional in place of its key."""
    allowed = ["POST"] if post_only else ["GET", "HEAD", "POST"]

    def decorate(view: View) -> View:
        guarded = require_http_methods(allowed)(view)

        @wraps(view)
        def inner(request: PageRequest, pk: int, **rest: Any) -> HttpResponseBase:
            professional = access.own_or_404(request.acting, Professional, pk=pk)
            if not rules.may_change(request.acting, professional, part):
                return render(request, "web/refused.html", status=403)
            answer: HttpResponseBase = guarded(request, professional, **rest)
            return answer

        return access.page(power=power or rules.power_of(part))(inner)

    return decorate

"""Booklets of certificates of a professional: add, say which sheet is next, delete one typed wrong."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.belgium.forms.papers import BookletForm, NextSheetForm
from quittance.belgium.models import Booklet
from quittance.belgium.pages.papers_parts import paperless, reached, tell
from quittance.belgium.services import booklets
from quittance.billing.services.errors import RefusedError
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.people.powers import may


@access.page(power="bill.read", needs_professional=True)
@require_safe
def list_page(request: PageRequest) -> HttpResponse:
    """List the booklets: the one in use, those that wait, those that are full."""
    acting, professional = request.acting, request.acting.professional
    assert professional is not None
    rows = [(one, booklets.left_in(one, acting.today())) for one in booklets.booklets_of(acting, professional)]
    used = next((one for one, left in rows if left), None)
    left = sum(left for _one, left in rows)
    context = {
        "rows": rows,
        "used": used,
        "left": left,
        "few": left < booklets.FEW,
        "professional": professional,
        "rule": paperless(professional, acting.today()),
        "may_print": may(acting, "bill.issue"),
    }
    return render(request, "belgium/papers_booklets.html", context)


@access.page(power="bill.issue", needs_professional=True)
@require_http_methods(["GET", "HEAD", "POST"])
def new_page(request: PageRequest) -> HttpResponseBase:
    """Add a booklet."""
    acting, professional = request.acting, request.acting.professional
    assert professional is not None
    data = request.POST if request.method == "POST" else None
    form = BookletForm(data, acting.today(), initial={"next_sheet": 1})
    if data is not None and form.is_valid():
        told = form.cleaned_data
        try:
            made = booklets.add_booklet(
                acting,
                professional,
                named=told["number"],
                next_sheet=told["next_sheet"],
                model_code=told["model_code"],
            )
        except RefusedError as refused:
            _beside(form, refused)
        else:
            messages.success(request, _("Booklet %(number)s is added.") % {"number": made})
            return redirect("belgium:booklets")
    return _show(request, form, None)


@access.page(power="bill.issue")
@require_http_methods(["GET", "HEAD", "POST"])
def change_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Say which sheet of a booklet is next, and its model."""
    booklet = access.own_or_404(request.acting, reached(request.acting, Booklet), pk=pk)
    data = request.POST if request.method == "POST" else None
    initial = {"next_sheet": booklet.next_sheet, "model_code": booklet.model_code}
    form = NextSheetForm(data, request.acting.today(), initial=initial)
    if data is not None and form.is_valid():
        try:
            booklets.change_booklet(request.acting, booklet, **form.cleaned_data)
        except RefusedError as refused:
            _beside(form, refused)
        else:
            messages.success(request, _("Booklet %(number)s is changed.") % {"number": booklet})
            return redirect("belgium:booklets")
    return _show(request, form, booklet)


def _beside(form: NextSheetForm, refused: RefusedError) -> None:
    for one in refused.problems:
        form.add_error(one["path"] if one["path"] in form.fields else None, one["message"])


def _show(request: PageRequest, form: NextSheetForm, booklet: Booklet | None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "booklet": booklet}
    if booklet is not None:
        context["may_delete"] = booklets.first_free(booklet) == 1
        context["finished"] = form.sheets + 1
    return render(request, "belgium/papers_booklet.html", context, status=422 if form.is_bound else 200)


@access.page(power="bill.issue")
@require_POST
def delete_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Delete a booklet on which nothing was printed, after the question the page asks."""
    booklet = access.own_or_404(request.acting, reached(request.acting, Booklet), pk=pk)
    try:
        booklets.delete_booklet(request.acting, booklet)
    except RefusedError as refused:
        tell(request, refused)
        return redirect("belgium:booklet", pk)
    messages.success(request, _("Booklet %(number)s is deleted.") % {"number": booklet})
    return redirect("belgium:booklets")

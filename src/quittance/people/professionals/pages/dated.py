"""Rows of the dated parts of a record: add, change, delete."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from quittance.people import access
from quittance.people.accounts import recent
from quittance.people.acting import PageRequest
from quittance.people.models import Professional
from quittance.people.professionals import services
from quittance.people.professionals.country import dated_parts, warnings_of
from quittance.people.professionals.dated_forms import DatedForm
from quittance.people.professionals.pages.door import View, of_record
from quittance.people.professionals.parts import PARTS, Part


def _named(view: View, part: Part, name: str) -> View:
    """Tell the views of one part from those of another, in the table of routes."""
    view.__name__ = f"{part.name}_{name}"
    view.__qualname__ = view.__name__
    return view


def _closed(part: Part, view: View, name: str, *, post_only: bool = False) -> View:
    """Close a view of a part: its power, its record, and a recent proof where the part needs one."""
    guarded: Callable[..., Any] = recent.required(view) if part.proof else view
    return of_record(part.power, post_only=post_only)(_named(guarded, part, name))


def _choices(professional: Professional, part: Part) -> Any:
    """Give the values of a part; 404 where the country has no such part."""
    try:
        return dated_parts(professional)[part.name]
    except KeyError:
        raise Http404 from None


def _overlap(form: DatedForm, row: Any) -> None:
    """Say which period holds at the same time."""
    known = {"first": date_format(row.from_day, "d/m/Y")}
    if row.to_day is None:
        text = _("The period since %(first)s has no end and would hold at the same time: end it first.")
    else:
        known["last"] = date_format(row.to_day, "d/m/Y")
        text = _("The period from %(first)s to %(last)s would hold at the same time: write another day, or shorten it.")
    form.add_error("from_day", text % known)


def _edit(request: PageRequest, professional: Professional, part: Part, row: Any, *, new: bool) -> HttpResponseBase:
    data = request.POST if request.method == "POST" else None
    form = part.form(data, instance=row, choices=_choices(professional, part))
    if data is not None and form.is_valid():
        try:
            services.keep_row(request.acting, part, form.instance)
        except services.OverlapError as error:
            _overlap(form, error.row)
        else:
            messages.success(request, _("The changes are kept."))
            for text in warnings_of(form):
                messages.warning(request, text)
            return redirect("professionals:detail", professional.pk)
    return _show(request, professional, part, form, new=new)


def _show(request: PageRequest, professional: Professional, part: Part, form: Any, *, new: bool) -> HttpResponse:
    context = {"professional": professional, "part": part, "form": form, "row": None if new else form.instance}
    return render(request, "professionals/dated.html", context, status=422 if form.is_bound else 200)


def new(part: Part) -> View:
    """Make the page that adds a row to a part."""

    def view(request: PageRequest, professional: Professional) -> HttpResponseBase:
        return _edit(request, professional, part, part.blank(professional), new=True)

    return _closed(part, view, "new")


def change(part: Part) -> View:
    """Make the page that changes a row of a part."""

    def view(request: PageRequest, professional: Professional, row: int) -> HttpResponseBase:
        found = access.own_or_404(request.acting, part.rows(professional), pk=row)
        return _edit(request, professional, part, found, new=False)

    return _closed(part, view, "change")


def delete(part: Part) -> View:
    """Make the page that deletes a row of a part, after the question the form asks."""

    def view(request: PageRequest, professional: Professional, row: int) -> HttpResponseBase:
        found = access.own_or_404(request.acting, part.rows(professional), pk=row)
        services.delete_row(request.acting, part, found)
        messages.success(request, _("It is deleted."))
        return redirect("professionals:detail", professional.pk)

    return _closed(part, view, "delete", post_only=True)


VIEWS = [(part, new(part), change(part), delete(part)) for part in PARTS.values()]

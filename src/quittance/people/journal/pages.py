"""The journal of the practice for its owner, and its export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from quittance.audit import events, record
from quittance.audit.models import AuditEvent
from quittance.people import access
from quittance.people.accounts import recent
from quittance.people.acting import Acting, PageRequest
from quittance.people.journal import names, reading, words
from quittance.people.journal.forms import FilterForm
from quittance.people.models import Mandate, Membership, OrganisationMember

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def people_of_practice(acting: Acting, also: str = "") -> dict[UUID, str]:
    """Name whoever works or worked here, and one more that the filter asks for if he did something here."""
    keys = set(Membership.objects.for_(acting).values_list("user_id", flat=True))
    keys |= set(OrganisationMember.objects.for_(acting).values_list("user_id", flat=True))
    keys |= set(Mandate.objects.for_(acting).exclude(grantee_user=None).values_list("grantee_user_id", flat=True))
    with suppress(ValueError):
        if UUID(also) not in keys and events(acting).filter(user=UUID(also)).exists():
            keys.add(UUID(also))
    return names.users(keys)


def before(request: HttpRequest) -> int | None:
    """Read from which row the page begins."""
    typed = request.GET.get("before", "")
    return int(typed) if typed.isdecimal() and len(typed) < 19 else None


def shown(
    request: PageRequest, form: FilterForm, found: QuerySet[AuditEvent], template: str, **context: Any
) -> HttpResponse:
    """Show a page of events that the filter keeps; a refused filter shows none."""
    practice = request.acting.practice
    wanted = form.cleaned_data if form.is_valid() else None
    page = None
    if wanted is not None:
        page = reading.page(practice, reading.narrowed(found, wanted, practice.time_zone), before(request))
    kept = urlencode([(name, value) for name, value in request.GET.items() if name != "before" and value])
    context |= {"form": form, "page": page, "kept": kept, "first": before(request) is None}
    return render(request, template, context, status=200 if page else 422)


@access.page(power="audit.read")
@require_safe
def list_page(request: PageRequest) -> HttpResponse:
    """Show the journal of the practice, newest first."""
    form = FilterForm(request.GET, people_of_practice(request.acting, request.GET.get("user", "")))
    return shown(request, form, events(request.acting), "journal/list.html")


@access.page(power="audit.read")
@require_http_methods(["GET", "HEAD", "POST"])
@recent.required
def export_page(request: PageRequest) -> HttpResponseBase:
    """Choose what to export; then give the file, row by row."""
    sent = request.method == "POST"
    data = request.POST if sent else request.GET
    form = FilterForm(data, people_of_practice(request.acting, str(data.get("user", ""))))
    if not sent or not form.is_valid():
        return render(request, "journal/export.html", {"form": form}, status=422 if form.errors else 200)
    record(request.acting, "export", "journal.export")
    practice = request.acting.practice
    found = reading.narrowed(events(practice), form.cleaned_data, practice.time_zone)
    answer = StreamingHttpResponse(_lines(reading.everything(practice, found)), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="journal-{practice.today():%Y-%m-%d}.csv"'
    return answer


class _Line:
    """What the csv writer writes to: it hands each line on."""

    def write(self, line: str) -> str:
        return line


def _plain(value: object) -> str:
    """Write a cell that a spreadsheet takes for no formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _lines(rows: Iterator[reading.Row]) -> Iterator[str]:
    """Write the export as French spreadsheets read it."""
    writer = csv.writer(_Line(), delimiter=";")
    heads = (
        *(_("Row"), _("When"), _("Who"), _("As"), _("For whom"), _("Action"), _("What"), _("Object"), _("Patient")),
        *(_("From where"), _("Outcome"), _("Account"), _("Code"), _("Seal")),
    )
    yield "\ufeff" + writer.writerow(heads)
    for row in rows:
        one = row.event
        cells = (
            *(one.seq, row.at, row.who, row.capacity, row.whom, words.ACTIONS.get(one.action, one.action)),
            *(
                row.what,
                words.thing(one.object),
                row.patient.name if row.patient else "",
                row.origin,
                row.outcome,
                one.user,
                one.what,
                one.hash,
            ),
        )
        yield writer.writerow([_plain(cell) for cell in cells])

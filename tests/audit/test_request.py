"""One request is one event: of its page, or of the service that it called."""

from contextlib import suppress
from types import SimpleNamespace

import pytest
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from quittance import audit
from quittance.audit import request as account
from quittance.audit.middleware import AuditMiddleware
from quittance.audit.models import AuditEvent

WHO = audit.Someone(None, audit.INSTALLATION, "membership:12")


def answer(page, **headers):
    """Run a page as a request of the middleware."""

    def respond(_request):
        page()
        return HttpResponse()

    return AuditMiddleware(respond)(RequestFactory().get("/", **headers))


def row(label, pk, **more):
    return SimpleNamespace(_meta=SimpleNamespace(label=label), pk=pk, **more)


def test_a_page_is_one_event_of_one_query(db):
    def page():
        account.note(row("patients.Cover", 4, patient_id=5))
        account.note(row("patients.Patient", 5))
        account.note(row("patients.Patient", 5))
        with CaptureQueriesContext(connection) as queries:
            account.finish(WHO, "patients:cover", "view", 200)
            account.finish(WHO, "patients:cover", "view", 200)
        assert len(queries) == 1

    answer(page)
    event = AuditEvent.objects.get()
    assert (event.action, event.what, event.outcome) == ("view", "patients:cover", "done")
    assert (event.object, event.patient, event.origin) == ("patients.Cover:4", 5, "127.0.0.1")
    assert event.detail == '{"also":"patients.Patient:5"}'


def test_a_service_that_wrote_its_event_tells_for_the_page(db):
    def page():
        with transaction.atomic():
            audit.record(WHO, "change", "bill.issue")
        account.finish(WHO, "billing:issue", "change", 302)

    answer(page)
    assert [event.what for event in AuditEvent.objects.all()] == ["bill.issue"]


@pytest.mark.db
@pytest.mark.parametrize("database", ["db", "transactional_db"])
def test_a_service_that_was_undone_does_not(request, database):
    request.getfixturevalue(database)

    def page():
        with suppress(ZeroDivisionError), transaction.atomic():
            audit.record(WHO, "change", "bill.issue")
            raise ZeroDivisionError
        account.finish(WHO, "billing:issue", "change", 422)

    answer(page)
    event = AuditEvent.objects.get()
    assert (event.what, event.outcome) == ("billing:issue", "refused")


def test_a_view_stays_when_the_write_after_it_is_undone(transactional_db):
    answer(lambda: account.finish(WHO, "patients:detail", "view", 200))
    with suppress(ZeroDivisionError), transaction.atomic():
        audit.record(WHO, "change", "bill.issue")
        raise ZeroDivisionError
    assert [event.action for event in AuditEvent.objects.all()] == ["view"]


@pytest.mark.parametrize(
    ("status", "action", "outcome"),
    [
        (200, "view", "done"),
        (302, "view", "done"),
        (403, "refusal", "refused"),
        (404, "view", "missing"),
        (405, "view", "refused"),
        (422, "view", "refused"),
        (429, "refusal", "refused"),
        (500, "view", "failed"),
    ],
)
def test_the_status_says_how_it_ended(db, status, action, outcome):
    answer(lambda: account.finish(None, "a:b", "view", status))
    event = AuditEvent.objects.get()
    assert (event.action, event.outcome, event.chain) == (action, outcome, audit.INSTALLATION)


def test_many_rows_opened_do_not_overflow_the_detail(db):
    def page():
        for pk in range(40):
            account.note(row("patients.Patient", pk))
        account.finish(WHO, "a:b", "view", 200)

    answer(page)
    assert AuditEvent.objects.get().detail.startswith('{"also":"patients.Patient:1,patients.Patient:2')


@pytest.mark.parametrize(
    ("https", "headers", "origin"),
    [
        (False, {}, "127.0.0.1"),
        (False, {"REMOTE_ADDR": "fe80::1%eth0"}, "fe80::1"),
        (False, {"REMOTE_ADDR": ""}, "unknown"),
        (False, {"HTTP_X_FORWARDED_FOR": "203.0.113.9"}, "127.0.0.1"),
        (True, {"HTTP_X_FORWARDED_FOR": "forged, 203.0.113.9"}, "203.0.113.9"),
        (True, {"HTTP_X_FORWARDED_FOR": "Marie"}, "unknown"),
    ],
    ids=str,
)
def test_the_address_is_that_of_the_machine_or_what_its_proxy_saw(settings, https, headers, origin):
    settings.HTTPS = https
    assert account.origin_of(RequestFactory().get("/", **headers)) == origin


def test_out_of_a_request_nothing_is_remembered():
    account.note(row("patients.Patient", 5))
    assert (account.origin(), account.is_told()) == ("command", False)

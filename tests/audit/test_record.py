"""One event is one statement, in the transaction at hand, and holds no name."""

import json
from contextlib import suppress
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from quittance import audit
from quittance.audit.canonical import COLUMNS, GENESIS, link, payload
from quittance.audit.models import AuditEvent

WHO = audit.Someone(UUID(int=7), UUID(int=9), "membership:12", 3)


def test_an_event_says_everything_in_one_query(db, practice):
    with CaptureQueriesContext(connection) as queries:
        audit.record(WHO, "change", "bill.issue", practice, patient=5, detail={"lines": 3, "code": "G", "none": None})
    assert len(queries) == 1
    event = AuditEvent.objects.get()
    assert (event.chain, event.seq, event.user, event.capacity) == (UUID(int=9), 1, UUID(int=7), "membership:12")
    assert (event.for_professional, event.action, event.what) == (3, "change", "bill.issue")
    assert (event.object, event.patient) == (f"people.Practice:{practice.pk}", 5)
    assert (event.origin, event.outcome) == ("command", "done")
    assert event.detail == '{"code":"G","lines":3,"none":null}'


def test_each_row_follows_from_the_one_before_in_its_chain(db):
    for _ in range(3):
        audit.record(WHO, "view", "a")
        audit.record(None, "sign-in", "b")
    for chain in (WHO.chain, audit.INSTALLATION):
        previous = GENESIS
        for seq, event in enumerate(AuditEvent.objects.filter(chain=chain).order_by("seq"), 1):
            text = payload([getattr(event, name) for name in COLUMNS])
            assert (event.seq, event.previous) == (seq, previous)
            assert event.hash == link(previous, seq, text)
            previous = event.hash
        assert seq == 3


def test_the_text_hashed_is_the_same_on_every_database():
    values = [UUID(int=9), 1, None, "membership:12", 3, "view", "a", "", None, "command", "done", "{}"]
    text = '["00000000000000000000000000000009",1,null,"membership:12",3,"view","a","",null,"command","done","{}"]'
    assert payload(values) == text
    assert link(GENESIS, 1, text) == "754ac84779b332cf2c58d029eb31d95a8da5f9da22d88d2dac42af6b9fb28988"


def test_an_event_of_a_write_falls_with_it(db):
    with suppress(ZeroDivisionError), transaction.atomic():
        audit.record(WHO, "change", "a")
        raise ZeroDivisionError
    assert not AuditEvent.objects.exists()
    audit.record(WHO, "view", "a")
    assert AuditEvent.objects.get().seq == 1


@pytest.mark.parametrize(
    "detail",
    [{"who": "Marie Durand"}, {"who": "Élise"}, {"mail": "a@example.org"}, {"Marie Durand": 1}, {"share": 1.5},
     {"niss": "85010112345"}, {"nested": {"a": 1}}, {"long": "a" * 81}, {"text": "a\n"}],
    ids=str,
)  # fmt: skip
def test_no_name_nor_number_of_a_person_enters(db, detail):
    with pytest.raises(ValueError, match="ids and codes"):
        audit.record(WHO, "view", "a", detail=detail)
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(("action", "outcome"), [("look", "done"), ("view", "fine")])
def test_actions_and_outcomes_are_those_of_the_journal(db, action, outcome):
    with pytest.raises(ValueError, match="is none of"):
        audit.record(WHO, action, "a", outcome=outcome)


def test_a_practice_reads_its_own_chain_and_who_opened_a_file(practice, elsewhere):
    for scope in (practice, elsewhere):
        who = audit.Someone(uuid4(), scope.pk)
        audit.record(who, "view", "patients:detail", patient=5)
        audit.record(who, "search", "patients:list")
    assert [event.seq for event in audit.events(practice)] == [2, 1]
    assert [event.action for event in audit.of_patient(practice, 5)] == ["view"]
    assert {event.chain for event in audit.events(elsewhere)} == {elsewhere.pk}


def test_the_detail_is_canonical_json(db):
    audit.record(WHO, "view", "a", detail={"b": True, "a": "x"})
    assert AuditEvent.objects.get().detail == json.dumps({"a": "x", "b": True}, separators=(",", ":"))

"""A row altered, missing or moved is found and named, whatever was changed, and so is an end that was cut."""

from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quittance import audit
from quittance.audit import immutable
from quittance.audit.canonical import COLUMNS
from quittance.audit.models import AuditEvent
from quittance.audit.sql import TABLE
from quittance.audit.verify import Finding, verify

ROWS = 8
CHAIN = UUID(int=9)
HERE = CHAIN.hex
WHO = audit.Someone(UUID(int=7), CHAIN, "membership:12", 3)
NUMBERS = ("seq", "at_us", "for_professional", "patient")
IDENTIFIERS = ("chain", "user")
NULLABLE = ("user", "for_professional", "patient")
EVERY = (*COLUMNS, "seq", "previous", "hash")


@pytest.fixture
def journal(db):
    """Eight rows of one chain and two of another, with nobody to protect them."""
    for number in range(ROWS):
        audit.record(WHO, "view", "patients:detail", patient=number or None, detail={"n": number})
    audit.record(None, "sign-in", "accounts:login")
    audit.record(None, "sign-out", "accounts:logout")
    immutable.drop()


def change(assignment: str, *values: Any, seq: int = 5) -> None:
    key = HERE if connection.vendor == "sqlite" else CHAIN
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET {assignment} WHERE chain = %s AND seq = %s", [*values, key, seq])
        assert cursor.rowcount == 1


def found(kind, seq, last=None, place=None):
    return Finding(kind, HERE, seq, last or seq, place)


def delete(*seqs: int) -> None:
    AuditEvent.objects.filter(chain=CHAIN, seq__in=seqs)._raw_delete("default")


def test_an_untouched_journal_has_nothing_to_tell(journal):
    report = verify()
    assert (report.rows, report.findings) == (ROWS + 2, [])
    assert {chain: head[0] for chain, head in report.heads.items()} == {HERE: ROWS, audit.INSTALLATION.hex: 2}


def test_an_altered_row_is_named(journal):
    change("outcome = 'missing'")
    assert verify().findings == [found("altered", 5)]


def test_a_missing_row_is_named(journal):
    delete(5)
    assert verify().findings == [found("missing", 5)]


def test_missing_rows_are_named_together_and_the_first_too(journal):
    delete(1, 2, 3, 6)
    assert verify().findings == [found("missing", 1, 3), found("missing", 6)]


def test_two_rows_that_changed_places_are_named(journal):
    change("seq = 999", seq=5)
    change("seq = 5", seq=6)
    change("seq = 6", seq=999)
    assert verify().findings == [found("reordered", 5, place=6), found("reordered", 6, place=5)]


def test_a_row_moved_to_the_end_is_named_with_the_gap_it_leaves(journal):
    change("seq = 9", seq=5)
    assert verify().findings == [found("missing", 5), found("reordered", 9, place=5)]


def test_a_row_put_in_with_a_hash_that_fits_does_not_follow(journal):
    from quittance.audit.canonical import link, payload

    event = AuditEvent.objects.get(chain=CHAIN, seq=5)
    values = [getattr(event, name) for name in COLUMNS[:-1]] + ["{}"]
    change("detail = '{}', hash = %s", link(event.previous, 5, payload(values)))
    assert verify().findings == [found("reordered", 6)]


def test_a_row_before_the_first_is_found(journal):
    change("seq = 0", seq=8)
    assert [one.seq for one in verify().findings] == [0]


def test_another_chain_is_walked_on_its_own(journal):
    other = UUID(int=10) if connection.vendor == "postgresql" else UUID(int=10).hex
    change("chain = %s", other, seq=8)
    report = verify()
    name = UUID(int=10).hex
    assert report.findings == [Finding("missing", name, 1, 7), Finding("altered", name, 8, 8)]
    assert report.heads[HERE][0] == 7


def test_a_cut_end_is_found_by_what_was_noted(journal):
    chain, (seq, digest) = next(item for item in verify().heads.items() if item[0] == HERE)
    noted = {chain: {seq: digest}}
    assert verify(noted).findings == []
    delete(7, 8)
    assert verify().findings == []
    assert verify(noted).findings == [found("cut", 8)]
    delete(*range(1, 7))
    assert verify(noted).findings == [found("cut", 8)]


def test_an_end_written_anew_is_found_by_what_was_noted(journal):
    noted = {HERE: {8: verify().heads[HERE][1]}}
    delete(8)
    audit.record(WHO, "view", "patients:detail")
    assert verify().findings == []
    assert verify(noted).findings == [found("altered", 8)]


def test_a_journal_written_anew_does_not_fill_the_memory(journal, monkeypatch):
    monkeypatch.setattr("quittance.audit.verify.SHOWN", 3)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET origin = 'x'")
    report = verify()
    assert (len(report.findings), report.more) == (5, 5)


def values_of(column: str) -> st.SearchStrategy[object]:
    if column in NUMBERS:
        kinds: st.SearchStrategy[object] = st.integers(-(2**63), 2**63 - 1)
    elif column in IDENTIFIERS:
        kinds = st.uuids().map(lambda one: one.hex if connection.vendor == "sqlite" else one)
    else:
        lengths = {field.name: field.max_length for field in AuditEvent._meta.concrete_fields}
        letters = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
        kinds = st.text(letters, max_size=lengths[column] or 200)
    return st.one_of(st.none(), kinds) if column in NULLABLE else kinds


@pytest.mark.property
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data(), column=st.sampled_from(EVERY), seq=st.integers(1, ROWS))
def test_any_change_to_any_column_of_any_row_is_found(journal, data, column, seq):
    with transaction.atomic():
        before = AuditEvent.objects.filter(chain=CHAIN, seq=seq).values_list(column, flat=True).get()
        value = data.draw(values_of(column))
        taken = column == "seq" and isinstance(value, int) and 1 <= value <= ROWS
        if not taken and value != (before.hex if isinstance(before, UUID) else before) and value != before:
            change(f'"{column}" = %s', value, seq=seq)
            last = column in {"chain", "seq"} and seq == ROWS
            assert verify().findings or last
            assert verify({HERE: {ROWS: "0" * 64}}).findings
        transaction.set_rollback(True)

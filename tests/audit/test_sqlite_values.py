"""SQLite takes any value in any column: what is no text or no number is found like any other change."""

import pytest
from django.db import connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from quittance.audit import canonical, sql
from quittance.audit.verify import verify

CHAIN = "0" * 31 + "9"


@pytest.fixture
def file(tmp_path, django_db_blocker):
    """A journal of three rows in a SQLite file of its own, whatever the database of the tests is."""
    alias = "odd"
    options = {**connections.configure_settings({alias: {}, "default": {}})[alias]}
    options |= {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "odd.sqlite3")}
    connection = DatabaseWrapper(options, alias)
    connections[alias] = connection
    with django_db_blocker.unblock():
        columns = ", ".join(f'"{name}"' for name in (*canonical.COLUMNS, "seq", "previous", "hash"))
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE {sql.TABLE} ({columns}, UNIQUE (chain, seq))")
        for _ in range(3):
            sql.append([CHAIN, 1, None, "", None, "view", "a", "", 5, "command", "done", "{}"], alias)
        yield connection
        connection.close()
    del connections[alias]


VALUES = (
    "what = x'61'",
    "what = cast(x'ff' AS text)",
    "hash = cast(x'ff' AS text)",
    "previous = x'00'",
    "at_us = 1.0",
    "patient = '5'",
    "seq = 'a'",
    "seq = 2.5",
    "chain = upper('0000000000000000000000000000000a')",
    "origin = NULL",
)


@pytest.mark.parametrize("assignment", VALUES)
def test_a_value_of_another_kind_is_found(file, assignment):
    assert verify(using="odd").findings == []
    with file.cursor() as cursor:
        cursor.execute(f"UPDATE {sql.TABLE} SET {assignment} WHERE seq = 2")
    report = verify(using="odd")
    assert report.findings
    assert {finding.seq for finding in report.findings} <= {1, 2, 3, 4}

"""The database itself refuses to change or delete what was issued, whoever asks.

Written once here, for SQLite and for PostgreSQL. Django rebuilds a SQLite table when its columns change and drops
its triggers without a word: so they are installed again after each `migrate`, and the program does not start while
one is missing (`missing`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = (
    "billing_bill",
    "billing_line",
    "billing_share",
    "billing_receivable",
    "billing_billevent",
    "billing_payment",
)
VERBS = ("update", "delete")
FUNCTION = "quittance_refuse_change"
REFUSAL = "{table}: what was issued is never changed or deleted"


def name_of(table: str, verb: str) -> str:
    """Name the trigger of a table against a verb."""
    return f"{table}_no_{verb}"


def expected() -> list[str]:
    """List the triggers that must be there."""
    return [name_of(table, verb) for table in TABLES for verb in VERBS]


def _sqlite(table: str, verb: str) -> str:
    refusal = REFUSAL.format(table=table)
    name = name_of(table, verb)
    return f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END"


def _postgresql(table: str, verb: str) -> str:
    name = name_of(table, verb)
    return f"CREATE TRIGGER {name} BEFORE {verb.upper()} ON {table} FOR EACH ROW EXECUTE FUNCTION {FUNCTION}()"


POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: what was issued is never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
WRITERS: dict[str, Callable[[str, str], str]] = {"sqlite": _sqlite, "postgresql": _postgresql}
LISTS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """Name the triggers that the database has."""
    with connection.cursor() as cursor:
        cursor.execute(LISTS[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def _tables_present(connection: BaseDatabaseWrapper) -> bool:
    return set(TABLES) <= set(connection.introspection.table_names())


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """List the triggers that should be there and are not; all of them while the tables do not exist."""
    there = present(connections[using])
    return [name for name in expected() if name not in there]


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Create the triggers that are missing and give their names; nothing while the tables are not all there."""
    connection = connections[using]
    if not _tables_present(connection):
        return []
    absent = set(missing(using))
    with connection.cursor() as cursor:
        if absent and connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for table in TABLES:
            for verb in VERBS:
                if name_of(table, verb) in absent:
                    cursor.execute(WRITERS[connection.vendor](table, verb))
    return sorted(absent)


def drop(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the triggers away: only tests do, to empty their throw-away database."""
    connection = connections[using]
    there = present(connection)
    with connection.cursor() as cursor:
        for table in TABLES:
            for name in (name_of(table, verb) for verb in VERBS):
                if name in there:
                    cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor != "sqlite" else ""))


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Install after each application's migrations: whichever came last may have rebuilt one of our tables."""
    install(using)

"""The database itself refuses to change or delete the rows of the tables that a room names, whoever asks.

Written once here, for SQLite and for PostgreSQL. Django rebuilds a SQLite table when its columns change and drops
its triggers without a word: so they are installed again after each `migrate`, and the program does not start while
one is missing (`missing`).
"""

from __future__ import annotations

from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

VERBS = {"sqlite": ("update", "delete"), "postgresql": ("update", "delete", "truncate")}
FUNCTION = "quittance_refuse_change"
REFUSAL = "a row written here is never changed or deleted"
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: {REFUSAL}', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$
"""
LISTS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
}
LONGEST_NAME = 63  # PostgreSQL's: it cuts a longer one
_tables: dict[str, None] = {}


class ImmutableError(RuntimeError):
    """A row that is written once would have been changed or deleted."""


def protect(*tables: str) -> None:
    """Name tables whose rows are written once: each room does for its own, when it is ready."""
    for table in tables:
        if len(name_of(table, "truncate")) > LONGEST_NAME:
            raise ValueError(f"{table}: too long a name for its triggers")
        _tables[table] = None


def protected() -> tuple[str, ...]:
    """List the tables that are named."""
    return tuple(_tables)


def name_of(table: str, verb: str) -> str:
    """Name the trigger of a table against a verb."""
    return f"{table}_no_{verb}"


def expected(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """List the triggers that must be there."""
    return [name_of(table, verb) for table in _tables for verb in VERBS[connections[using].vendor]]


def _statement(vendor: str, table: str, verb: str) -> str:
    start = f"CREATE TRIGGER {name_of(table, verb)} BEFORE {verb.upper()} ON {table}"
    if vendor == "sqlite":
        return f"{start} BEGIN SELECT RAISE(ABORT, '{table}: {REFUSAL}'); END"
    return f"{start} FOR EACH {'STATEMENT' if verb == 'truncate' else 'ROW'} EXECUTE FUNCTION {FUNCTION}()"


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """Name the triggers that the database has."""
    with connection.cursor() as cursor:
        cursor.execute(LISTS[connection.vendor])
        return {name for (name,) in cursor.fetchall()}


def missing(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """List the triggers that should be there and are not; all of those of a table that does not exist."""
    there = present(connections[using])
    return [name for name in expected(using) if name not in there]


def install(using: str = DEFAULT_DB_ALIAS) -> list[str]:
    """Create the triggers that are missing and give their names; those of a table not yet there wait for it."""
    connection = connections[using]
    absent, tables = set(missing(using)), set(connection.introspection.table_names())
    wanted = [
        (table, verb)
        for table in _tables
        for verb in VERBS[connection.vendor]
        if table in tables and name_of(table, verb) in absent
    ]
    with connection.cursor() as cursor:
        if wanted and connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for table, verb in wanted:
            cursor.execute(_statement(connection.vendor, table, verb))
    return sorted(name_of(table, verb) for table, verb in wanted)


def drop(using: str = DEFAULT_DB_ALIAS) -> None:
    """Take the triggers away: only tests do, to empty their throw-away database."""
    connection = connections[using]
    there = present(connection)
    with connection.cursor() as cursor:
        for table in _tables:
            for name in (name_of(table, verb) for verb in VERBS[connection.vendor]):
                if name in there:
                    cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor != "sqlite" else ""))


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **_signal: Any) -> None:
    """Install after migrations."""
    install(using)

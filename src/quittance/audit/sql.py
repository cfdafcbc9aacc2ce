"""The one statement that appends an event, on SQLite and on PostgreSQL.

SQLite has one writer at a time, and takes the lock before the statement reads. PostgreSQL takes a lock of the chain,
held until the transaction ends, before it reads the last row. A chain so has neither fork nor gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from quittance.audit.canonical import COLUMNS, GENESIS, link, payload

TABLE = "audit_auditevent"
WRITTEN = ", ".join(f'"{name}"' for name in COLUMNS)
PLACES = ", ".join(["%s"] * len(COLUMNS))
SQLITE = f"""
INSERT INTO {TABLE} ({WRITTEN}, "seq", "previous", "hash")
SELECT {PLACES}, seq, previous, quittance_link(previous, seq, %s) FROM (
  SELECT coalesce(last."seq", 0) + 1 AS seq, coalesce(last."hash", '{GENESIS}') AS previous
  FROM (SELECT 1) LEFT JOIN
    (SELECT "seq", "hash" FROM {TABLE} WHERE "chain" = %s ORDER BY "seq" DESC LIMIT 1) AS last ON true
)
"""  # noqa: S608 - names of ours
POSTGRESQL = f"SELECT quittance_audit_append({PLACES}, %s)"
_TYPES = ["uuid", "bigint", "uuid", "text", "bigint", "text", "text", "text", "bigint", "text", "text", "text", "text"]
_GIVEN = ", ".join(f"${place}" for place in range(1, len(COLUMNS) + 1))
_TEXT = f"${len(COLUMNS) + 1}"
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION quittance_audit_append({", ".join(_TYPES)}) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  place bigint;
  before text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('quittance.audit ' || $1::text, 0));
  SELECT "seq", "hash" INTO place, before FROM {TABLE} WHERE "chain" = $1 ORDER BY "seq" DESC LIMIT 1;
  place := coalesce(place, 0) + 1;
  before := coalesce(before, '{GENESIS}');
  INSERT INTO {TABLE} ({WRITTEN}, "seq", "previous", "hash") VALUES ({_GIVEN}, place, before,
    encode(sha256(convert_to(before || E'\\n' || place::text || E'\\n' || {_TEXT}, 'UTF8')), 'hex'));
END $$
"""  # noqa: S608 - names of ours


def on_connection(connection: BaseDatabaseWrapper, **_signal: Any) -> None:
    """Give a new connection to SQLite the function that its statement calls."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("quittance_link", 3, link, deterministic=True)


def after_migrate(using: str, **_signal: Any) -> None:
    """Write the function of PostgreSQL again: it is then that of this release."""
    if connections[using].vendor == "postgresql":
        with connections[using].cursor() as cursor:
            cursor.execute(POSTGRESQL_FUNCTION)


def append(values: Sequence[Any], using: str) -> None:
    """Append the values of `COLUMNS` as the next row of their chain: one query."""
    connection = connections[using]
    text = payload(values)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL, [*values, text])
        else:
            plain = [value.hex if isinstance(value, UUID) else value for value in values]
            cursor.execute(SQLITE, [*plain, text, plain[0]])

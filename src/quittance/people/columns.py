"""Columns that behave alike on every database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class FoldedField(models.CharField[str, str]):
    """Text folded to plain letters and digits: sorted and compared byte by byte.

    SQLite does so by itself. PostgreSQL would follow the language of its database, where a text no longer lies
    between its start and the next letter, and where an index cannot find what starts with some letters.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        """Name the collation where the database knows it."""
        found = super().db_parameters(connection)
        return found | {"collation": "C"} if connection.vendor == "postgresql" else found

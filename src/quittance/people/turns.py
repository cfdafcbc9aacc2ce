"""One at a time: what SQLite does with every transaction that writes, PostgreSQL does for a row that is taken."""

from __future__ import annotations

from typing import Any

from django.db import connection, models


def take_turn(model: type[models.Model], pk: Any) -> None:
    """Wait until no other transaction has its turn on the row, and keep it until the end of this one.

    A service that looks and then writes takes it first: what it saw stays true. On SQLite its transaction has waited
    already and this asks nothing. Rows that merely refer to this one are written meanwhile.
    """
    if connection.vendor == "postgresql":
        rows: models.QuerySet[Any] = models.QuerySet(model).filter(pk=pk)
        rows.select_for_update(no_key=True).order_by().values_list("pk", flat=True).first()

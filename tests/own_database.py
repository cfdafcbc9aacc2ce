"""A database of its own for a process that a test starts, of the kind that the tests run on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4


@contextmanager
def own_database(folder: Path) -> Iterator[dict[str, str]]:
    """Give the environment variables: a file in `folder`, or a new database of the server, dropped afterwards."""
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        yield {"QUITTANCE_DATA": str(folder)}
        return
    import psycopg

    name = f"own_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}".encode())
        try:
            yield {"QUITTANCE_DATA": str(folder), "DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

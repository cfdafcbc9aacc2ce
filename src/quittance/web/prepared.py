"""What the last start has prepared, so that the next one need not: a note in the data folder.

The note holds for exactly this code and this schema of the database. When either differs (an upgrade, a backup
put back, a trigger dropped) the start prepares everything again. A database that is not SQLite has no note.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

NOTE = "prepared.json"
DATABASE = "quittance.sqlite3"
CODE = Path(__file__).resolve().parents[1]


def code_digest(code: Path = CODE) -> str:
    """Digest the names, sizes and times of the files of the program: milliseconds, where reading them takes longer."""
    digest = hashlib.sha256(f"{sys.version}{sys.prefix}".encode())
    for folder, folders, files in os.walk(code):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            status = Path(folder, name).stat()
            digest.update(f"{folder}/{name} {status.st_size} {status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def schema(database: Path) -> str:
    """Digest the schema of the database, its triggers and the migrations it has had; empty when there is none."""
    if not database.is_file():
        return ""
    digest = hashlib.sha256()
    try:
        with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
            for query in ("SELECT sql FROM sqlite_master ORDER BY 1", "SELECT app, name FROM django_migrations"):
                digest.update(repr(connection.execute(query).fetchall()).encode())
    except sqlite3.Error:
        return ""
    return digest.hexdigest()


def state(data: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Give the state that a note is for; empty when the start must always prepare."""
    found = schema(data / DATABASE)
    if "DATABASE_URL" in environment or not found:
        return ""
    ours = sorted(f"{name}={value}" for name, value in environment.items() if name.startswith("QUITTANCE_"))
    return hashlib.sha256("\n".join([code_digest(), found, *ours]).encode()).hexdigest()


def recall(data: Path) -> list[str] | None:
    """Give the lines that the last start noted, or None when it must be done again."""
    try:
        note = json.loads((data / NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    now = state(data)
    return list(note["lines"]) if now and note.get("state") == now else None


def remember(data: Path, lines: list[str]) -> None:
    """Note that everything is prepared, and the lines to show at the next start."""
    if now := state(data):
        draft = data / f".{NOTE}.{os.getpid()}"
        draft.write_text(json.dumps({"state": now, "lines": lines}), encoding="utf-8")
        draft.replace(data / NOTE)

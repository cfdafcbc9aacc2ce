"""The data folder: database, secret key, files of the practice."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def folder() -> Path:
    """Give the data folder, made private to its owner when it does not exist.

    `QUITTANCE_DATA` names it; without it, `var` in a checkout, else `~/.local/share/quittance`.
    """
    named = os.environ.get("QUITTANCE_DATA")
    if named:
        path = Path(named).expanduser().resolve()
    else:
        root = Path(__file__).resolve().parents[3]
        checkout = (root / "pyproject.toml").is_file()
        path = root / "var" if checkout else Path.home() / ".local/share/quittance"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def secret_key(data: Path) -> str:
    """Read the secret key of this installation, written once and readable by its owner only."""
    path = data / "secret_key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(64)
        file.write(key)
    return key

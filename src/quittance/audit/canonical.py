"""What an event is as text, and how its hash follows from the row before: alike on every database."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Any
from uuid import UUID

# The order is that of the text hashed: a new column goes to the end and changes no row already written.
COLUMNS = (
    "chain",
    "at_us",
    "user",
    "capacity",
    "for_professional",
    "action",
    "what",
    "object",
    "patient",
    "origin",
    "outcome",
    "detail",
)
GENESIS = "0" * 64


def _plain(value: object) -> str:
    """Write an identifier as its 32 digits, and what no column should hold as what it is."""
    return value.hex if isinstance(value, UUID) else repr(value)


_encoder = json.JSONEncoder(separators=(",", ":"), default=_plain)


def payload(values: Sequence[Any]) -> str:
    """Write the values of `COLUMNS` as the one text that is hashed."""
    return _encoder.encode(values)


def link(previous: str, seq: int, text: str) -> str:
    """Give the hash of a row: of the hash before it, its place and its content."""
    return sha256(f"{previous}\n{seq}\n{text}".encode(errors="surrogatepass")).hexdigest()

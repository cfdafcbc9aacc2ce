"""Heads of the chains noted in a file kept elsewhere: a chain cut or written anew no longer has them.

One line is a day and hour, a chain, the place of its last row and that row's hash.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

LINE = re.compile(r"(\S+) ([0-9a-f]{32}) ([0-9]+) ([0-9a-f]{64})", re.ASCII)
Noted = dict[str, dict[int, str]]


class AnchorsError(ValueError):
    """The file is not one of anchors: `line` is the first that cannot be read."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def read(path: Path) -> Noted:
    """Give the hashes noted, by chain and place; none when there is no file yet."""
    noted: Noted = {}
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    for number, line in enumerate(lines, 1):
        found = LINE.fullmatch(line)
        if found is None:
            raise AnchorsError(number)
        _at, chain, seq, digest = found.groups()
        if noted.setdefault(chain, {}).setdefault(int(seq), digest) != digest:
            raise AnchorsError(number)
    return noted


def add(path: Path, heads: Mapping[str, tuple[int, str]], noted: Noted) -> int:
    """Append the heads that are not noted yet, to disk before it returns; give how many."""
    fresh = [(chain, seq, digest) for chain, (seq, digest) in heads.items() if seq not in noted.get(chain, {})]
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with path.open("a", encoding="utf-8") as file:
        file.writelines(f"{now} {chain} {seq} {digest}\n" for chain, seq, digest in fresh)
        file.flush()
        os.fsync(file.fileno())
    return len(fresh)

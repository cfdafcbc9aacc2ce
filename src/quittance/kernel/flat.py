"""One file holds all tables of a country: named integer arrays read in place, and a part of strings.

Layout: eight bytes of magic, the header's length on eight bytes, the header (JSON: each array's name,
type, length and offset; the strings' offset and length), the arrays one after another on 64-byte
boundaries, the strings (JSON). The plain path maps it; the compiled path reads the same bytes as one record.
"""

from __future__ import annotations

import json
import mmap
import os
import sys
import tempfile
from array import array
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import SimpleNamespace
from typing import Any

Arrays = Mapping[str, tuple[str, Sequence[int]]]

_MAGIC = b"QFLAT\x00\x00\x01"
_ALIGN = 64


class FlatError(Exception):
    """A file that is not a flat file of this version."""


class Flat:
    """An open flat file: `arrays.NAME[i]` gives an integer; `strings` is parsed at its first use."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._map = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self.path = path
        view = memoryview(self._map)
        if bytes(view[:8]) != _MAGIC:
            raise FlatError(f"{path.name}: fichier de tables illisible ; lancez « quittance law build »")
        start = 16 + int.from_bytes(view[8:16], "little")
        self.header: dict[str, Any] = json.loads(bytes(view[16:start]))
        self.base = _aligned(start)
        self._view = view
        self.arrays = SimpleNamespace()
        for name, (typecode, length, offset) in self.header["arrays"].items():
            begin = self.base + offset
            setattr(self.arrays, name, view[begin : begin + length * array(typecode).itemsize].cast(typecode))

    @cached_property
    def strings(self) -> dict[str, Any]:
        """The labels, codes and texts that stand beside the arrays."""
        offset, length = self.header["strings"]
        parsed: dict[str, Any] = json.loads(bytes(self._view[self.base + offset : self.base + offset + length]))
        return parsed

    @property
    def digest(self) -> str:
        """What the file was built from, as one digest: the law digest of every quote."""
        return str(self.header["digest"])


def _aligned(offset: int) -> int:
    return -(-offset // _ALIGN) * _ALIGN


def padded(length: int) -> int:
    """Length rounded up in steps, so that a few rows more do not change the record's layout (and compiled code).

    >>> padded(3), padded(1000), padded(1001)
    (3, 1024, 1024)
    """
    if length < 64:
        return length
    step = 1 << (length.bit_length() - 4)
    return -(-length // step) * step


def write(path: Path, arrays: Arrays, strings: Mapping[str, Any], digest: str) -> None:
    """Write a flat file, renamed into place when it is whole.

    Typecodes are those of the `array` module (`b`, `h`, `i`, `q`). Raises `OverflowError` for a figure that
    its type cannot hold.
    """
    if sys.byteorder != "little":
        raise FlatError("les tables compilées demandent une machine petit-boutiste")
    entries: dict[str, list[str | int]] = {}
    blocks: list[bytes] = []
    offset = 0
    for name, (typecode, values) in sorted(arrays.items()):
        block = array(typecode, values)
        block.extend([0] * (padded(len(values)) - len(values)))
        content = block.tobytes()
        entries[name] = [typecode, len(block), offset]
        padding = _aligned(len(content)) - len(content)
        blocks.append(content + bytes(padding))
        offset += len(content) + padding
    text = json.dumps(strings, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    header = json.dumps({"arrays": entries, "strings": [offset, len(text)], "digest": digest}).encode()
    start = 16 + len(header)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name)
    with os.fdopen(descriptor, "wb") as file:
        file.write(_MAGIC + len(header).to_bytes(8, "little") + header + bytes(_aligned(start) - start))
        file.writelines(blocks)
        file.write(text)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)

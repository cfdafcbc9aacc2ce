"""Where the flat file of a country lies: beside its code in a wheel, else in the user's cache, by content."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

from quittance.kernel.flat import Arrays, Flat, FlatError, write


def cache_folder() -> Path:
    """The folder of what can be built again: `QUITTANCE_CACHE`, or the user's cache."""
    given = os.environ.get("QUITTANCE_CACHE")
    if given:
        return Path(given)
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "quittance"


def digest_of(files: Iterable[Path]) -> str:
    """One digest of the names and contents of files: what was built from them is good while it holds."""
    state = blake2b(digest_size=16)
    for path in sorted(files, key=lambda path: (path.name, str(path))):
        content = path.read_bytes()
        state.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return state.hexdigest()


def open_or_build(
    name: str, sources: Iterable[Path], build: Callable[[], tuple[Arrays, dict[str, Any]]], shipped: Path
) -> Flat:
    """The flat file that fits the sources, built first under a lock where none does."""
    digest = digest_of(sources)
    cached = cache_folder() / f"{name}-{digest}.flat"
    for path in (cached, shipped):
        if path.exists():
            flat = Flat(path)
            if flat.digest == digest:
                return flat
    cached.parent.mkdir(parents=True, exist_ok=True)
    with (cached.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not cached.exists():
            arrays, strings = build()
            write(cached, arrays, strings, digest)
    flat = Flat(cached)
    if flat.digest != digest:
        raise FlatError(f"{cached.name} ne correspond pas à son contenu ; supprimez ce fichier et relancez.")
    return flat

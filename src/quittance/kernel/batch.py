"""The same rules compiled for millions of lines (extra `batch`: numpy, numba).

Compiled code lies in a folder named by the digest of every rule's text, the record layouts and the compiler's
version: Numba's own cache looks at one file only, and would serve stale law when a rule in another one changes.
"""

from __future__ import annotations

import importlib.util
import inspect
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import numba
import numpy as np
from numba.extending import overload

from quittance.kernel.cache import cache_folder
from quittance.kernel.flat import Flat
from quittance.kernel.record import Field
from quittance.kernel.rule import HELPERS, RULES

_TYPES = {"b": "i1", "h": "i2", "i": "i4", "q": "i8"}

_ENTRY = '''"""Compiled entry of one country's rules; written by the kernel, safe to delete."""
from numba import njit, prange
from {module} import {name} as price_bill


@njit(parallel=True, cache=True, nogil=True)
def run(tables, bills, lines{parameters}):
    for at in prange(len(bills)):
        price_bill(tables[0], bills[at], lines)
{copies}'''
# While a bill's lines are at hand: a second look at them, one field at a time, costs as much as a third of the pricing.
_COPIES = """        for line in range(bills[at].first, bills[at].last):
"""
_COPY = """            {name}[line] = lines[line].{name}
"""


def record_type(layout: Iterable[Field]) -> np.dtype[Any]:
    """The record of a layout, aligned as its integers want."""
    names = [(f.name, _TYPES[f.typecode], (f.length,)) if f.length else (f.name, _TYPES[f.typecode]) for f in layout]
    return np.dtype(names, align=True)


def tables_record(flat: Flat) -> Any:
    """All tables of a country as one record over the file's own bytes: no copy."""
    entries = flat.header["arrays"]
    end = max(offset + length * np.dtype(_TYPES[code]).itemsize for code, length, offset in entries.values())
    record = np.dtype(
        {
            "names": list(entries),
            "formats": [(_TYPES[code], (length,)) for code, length, _ in entries.values()],
            "offsets": [offset for _, _, offset in entries.values()],
            "itemsize": end,
        }
    )
    # Copied once: a read-only map has another type inside the compiler than an array that it may write.
    return np.fromfile(flat.path, dtype=np.uint8, count=end, offset=flat.base).view(record)


def _alias(raw: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the same parameters that hands the compiler the rule's own text (without annotations)."""
    bare = FunctionType(raw.__code__, raw.__globals__, raw.__name__)
    names = ", ".join(inspect.signature(raw).parameters)
    made: Callable[..., Any] = eval(f"lambda {names}: bare", {"bare": bare})  # noqa: S307 - our own parameter names
    return made


_TAUGHT: set[Callable[..., Any]] = set()


def teach() -> None:
    """Tell the compiler what each rule and helper stands for, once each; rule modules never import it."""
    stands_for = {rule.call: rule.raw for rule in RULES.values()} | {helper: helper for helper in HELPERS}
    for call, raw in stands_for.items():
        if call not in _TAUGHT:
            overload(call)(_alias(raw))
            _TAUGHT.add(call)


def _of_country(price_bill: Callable[..., Any]) -> list[Callable[..., Any]]:
    """Rules and helpers of one country and of the kernel: another country that is loaded too changes nothing."""
    rooms = (price_bill.__module__.rpartition(".")[0], __name__.rpartition(".")[0])
    functions = [rule.raw for rule in RULES.values()] + HELPERS
    return [one for one in functions if one.__module__.startswith(rooms)]


def code_digest(price_bill: Callable[..., Any], *layouts: Any) -> str:
    """Digest of every file with a rule or helper that the entry reaches, the layouts and the compiler."""
    state = blake2b(digest_size=16)
    functions = _of_country(price_bill)
    for path in sorted({inspect.getfile(function) for function in functions}):
        state.update(Path(path).read_bytes())
    # Constants of the rules are numbers to the compiler: their module belongs to the text.
    for name in sorted({f"{function.__module__.rpartition('.')[0]}.codes" for function in functions}):
        if name in sys.modules:
            state.update(Path(str(sys.modules[name].__file__)).read_bytes())
    state.update(repr((layouts, numba.__version__, np.__version__, sys.version_info[:2])).encode())
    return state.hexdigest()


def compiled(price_bill: Callable[..., Any], *layouts: Any, columns: Sequence[str] = ()) -> Callable[..., None]:
    """The rules of a country as one compiled function over (tables, bills, lines), from its cache where it fits.

    It takes an array more for each of `columns`: fields of the line, which it copies there line by line.
    """
    teach()
    entry = _entry(price_bill, columns)
    folder = cache_folder() / "compiled" / code_digest(price_bill, *layouts, entry)
    run: Callable[..., None] = _entry_module(folder, entry).run
    return run


def _entry(price_bill: Callable[..., Any], columns: Sequence[str]) -> str:
    """The text of the compiled entry."""
    return _ENTRY.format(
        module=price_bill.__module__,
        name=price_bill.__name__,
        parameters="".join(f", {name}" for name in columns),
        copies="".join([_COPIES, *(_COPY.format(name=name) for name in columns)] if columns else ()),
    )


def _entry_module(folder: Path, entry: str) -> ModuleType:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "entry.py"
    if not path.exists():
        descriptor, temporary = tempfile.mkstemp(dir=folder)
        with os.fdopen(descriptor, "w") as file:
            file.write(entry)
        Path(temporary).replace(path)
    config: Any = numba.config
    before, config.CACHE_DIR = config.CACHE_DIR, str(folder)
    try:
        spec = importlib.util.spec_from_file_location(f"_quittance_{folder.name}", path)
        if spec is None or spec.loader is None:
            raise ImportError(str(path))
        module = importlib.util.module_from_spec(spec)
        # The compiler finds the module of cached code by its name.
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
    finally:
        config.CACHE_DIR = before
    return module


def records_of(layout: Iterable[Field], objects: Iterable[Any]) -> Any:
    """Plain bills or lines as an array of records: how a test prices the same session both ways."""
    layout, objects = tuple(layout), list(objects)
    array = np.zeros(len(objects), dtype=record_type(layout))
    for at, one in enumerate(objects):
        for field in layout:
            array[at][field.name] = getattr(one, field.name)
    return array

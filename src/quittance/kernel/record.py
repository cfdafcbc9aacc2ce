"""What a bill and a line are inside the kernel: integer fields, the same for one bill and for millions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple


class Field(NamedTuple):
    """One integer field: name with its unit, type of the `array` module, length when it is a small array."""

    name: str
    typecode: str = "q"
    length: int = 0


def fields(text: str) -> tuple[Field, ...]:
    """Fields from words: `name`, `name:typecode`, `name:typecode:length`.

    >>> fields("base_cents half:b modifiers:b:4")[2]
    Field(name='modifiers', typecode='b', length=4)
    """
    found = []
    for word in text.split():
        name, typecode, length = [*word.split(":"), "", ""][:3]
        found.append(Field(name, typecode or "q", int(length or "0")))
    return tuple(found)


def record_class(name: str, layout: Iterable[Field]) -> type[Any]:
    """A class with one slot a field, all zero at first: what the rules read and write in plain Python."""
    layout = tuple(layout)
    body = "".join(f"    self.{f.name} = {[0] * f.length if f.length else 0}\n" for f in layout)
    space: dict[str, Any] = {}
    exec(f"def __init__(self):\n{body}", space)  # noqa: S102 - the text is built from our own field names
    return type(name, (), {"__slots__": tuple(f.name for f in layout), "__init__": space["__init__"]})

"""Columns of the Parquet files of `quittance price`: which field of bill or line each one fills."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Column(NamedTuple):
    """One input column.

    `owner` is `bill` (read from the bill's first line) or `line`. With `words`, the column holds text whose
    number is looked up; an unknown word is a refusal of that line, with the message bit `unknown`.
    `slot` is the place in an array field; `typed` is the bit set in the line's `typed` where a value stands.
    """

    name: str
    owner: str
    field: str
    words: Mapping[str, int] | None = None
    default: int = 0
    least: int = 0
    most: int = 0
    slot: int = -1
    typed: int = 0
    present: str = ""


class BatchPlan(NamedTuple):
    """What the batch path needs of a country; `required` are the columns that no file may lack, beside `bill`."""

    columns: tuple[Column, ...]
    outputs: tuple[str, ...]
    unknown: int
    errors: int
    invalid: int
    required: tuple[str, ...] = ("code", "date", "specialty")

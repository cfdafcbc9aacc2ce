"""Belgian identifiers: one module a number, each with `check`.

`check` gives a `Checked`: the number as it is kept, as it is printed, and what looks wrong with it though it is
accepted (French texts). It refuses only what cannot be the number (length, characters, check digits) by raising
`NumberError`, a French text that says what, why and what to do.
"""

from __future__ import annotations

from quittance.belgium.numbers import bce, inami, mutuality, niss, third_party
from quittance.belgium.numbers._shared import (
    BisError,
    CheckDigitsError,
    Checked,
    FormError,
    NumberError,
    OldFormError,
    UnknownError,
)

__all__ = [
    "BisError",
    "CheckDigitsError",
    "Checked",
    "FormError",
    "NumberError",
    "OldFormError",
    "UnknownError",
    "bce",
    "inami",
    "mutuality",
    "niss",
    "third_party",
]

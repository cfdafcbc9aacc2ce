"""French identifiers: one module a number, each with `compact`, `validate`, `is_valid`, `format` and `doubt`.

`validate` refuses only what cannot be the number at all (length, characters) by raising `NumberError`, a French text
that says what to do; `doubt` tells, in French, what looks wrong with a number that is nevertheless accepted (a key
that does not fit, an unknown month). A valid number refused stops a bill; a wrong one accepted is corrected later.
"""

from __future__ import annotations

from quittance.france.numbers import adeli, am_number, birth_date, finess, nir, organism, rpps
from quittance.france.numbers._shared import NumberError

__all__ = ["NumberError", "adeli", "am_number", "birth_date", "finess", "nir", "organism", "rpps"]

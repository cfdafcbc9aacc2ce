"""Billing for independent health professionals in France and Belgium.

`quittance.quote(session)` prices one session of care and explains every cent; `docs/` tells the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "quote"]


def quote(session: Any, *, trace: bool = True) -> dict[str, Any]:
    """Price one session of care: a dict of the contract in, a dict of the contract out.

    A refused session gives `{"error": [{"code", "path", "message"}, …]}`, with every fault found. Without
    `trace` the acts carry no `steps`.

    >>> quote({"country": "XX"})["error"][0]["code"]
    'country.unknown'
    """
    from quittance.kernel.country import countries

    if not isinstance(session, Mapping):
        return _refused("session.invalid", "", "La séance doit être un objet JSON. Voyez « quittance quote --schema ».")
    known = countries()
    country = known.get(str(session.get("country")))
    if country is None:
        names = ", ".join(sorted(known))
        return _refused(
            "country.unknown", "country", f"Le champ « country » manque ou est inconnu. Choisissez : {names}."
        )
    return country.quote(session, trace=trace)


def _refused(code: str, path: str, message: str) -> dict[str, Any]:
    return {"error": [{"code": code, "path": path, "message": message}]}

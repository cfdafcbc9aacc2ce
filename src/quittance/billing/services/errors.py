"""Why a service refused: what is wrong, why, and what to do, beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict


class Problem(TypedDict):
    """One reason: stable code, path of the field in the session, text for the person."""

    code: str
    path: str
    message: str


class RefusedError(Exception):
    """The service did nothing; `problems` says all the reasons."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(one["message"] for one in problems))
        self.problems = list(problems)


def refuse(code: str, message: str, path: str = "") -> RefusedError:
    """Make the error of one reason."""
    return RefusedError([Problem(code=code, path=path, message=str(message))])


class LedgerError(AssertionError):
    """The figures of the ledger do not sum: never shown as an amount, always a fault of ours."""

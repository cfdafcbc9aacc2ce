"""Why a step of a mandate is refused."""

from __future__ import annotations


class MandateError(Exception):
    """A step is refused; the text says what is so and what to do, `field` beside which field."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field

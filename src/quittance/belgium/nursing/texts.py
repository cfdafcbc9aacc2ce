"""Messages from the law file, filled with the values of the case."""

from __future__ import annotations

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing.model import Message
from quittance.belgium.speech.days import shown


def message(code: str, rule: law.Value | None = None, /, **values: str | int) -> Message:
    """A message by its code, with the figure of law behind it.

    >>> message("nothing", day="01/01/2026").what
    "Aucun soin n'est indiqué pour le 01/01/2026."
    """
    text = law.labels("messages")[code]
    what, why, remedy = (text[part].format(**values) for part in ("what", "why", "do"))
    return Message(code, text["severity"], what, why, remedy, rule)


def euros(cents: int) -> str:
    """An amount as French text reads it.

    >>> euros(1755)
    '17,55 €'
    """
    return f"{cents // 100},{cents % 100:02d} €"


__all__ = ["euros", "message", "shown"]

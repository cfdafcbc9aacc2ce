"""Messages of the rules of nursing as the pages show them: what, why, what to do, and how sure their source is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from quittance.belgium.law.nursing_care import Source, Value, marks
from quittance.belgium.nursing import Message

LEVELS = {"error": "error", "warning": "warning"}


@dataclass(frozen=True, slots=True)
class Note:
    """A message on a page: its level, its first sentence, the rest, and its source."""

    level: str
    what: str
    text: str
    source: str = ""


def source_text(source: Source) -> str:
    """Name a source with its mark of certainty."""
    return f"{source.label} ({marks()[source.mark]})"


def doubt_text(rule: Value) -> str:
    """Say why a figure of law is to be verified; empty for a sure one."""
    return f"{source_text(rule.source)}. {rule.note}".strip() if rule.doubtful else ""


def note(message: Message) -> Note:
    """Lay out a message of the rules."""
    source = source_text(message.source) if message.source else ""
    if message.doubtful:
        source = _("%(source)s, to be verified") % {"source": source}
    level = LEVELS.get(message.severity, "info")
    return Note(level, message.what, f"{message.why} {message.remedy}", source)


def notes(messages: Iterable[Message]) -> list[Note]:
    """Lay out messages, the gravest first."""
    order = ("error", "warning", "info")
    return sorted(map(note, messages), key=lambda one: order.index(one.level))

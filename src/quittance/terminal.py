"""The language of the terminal: it is set before any account, so gettext's choice is not known yet."""

from __future__ import annotations

import os


def both(french: str, english: str) -> str:
    """Choose the text in the language of the terminal."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return french if next(filter(None, names), "").startswith("fr") else english

"""Words of the printed papers, by language."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from quittance.belgium.law._read import parsed


class Language(StrEnum):
    """A language of the country, in which a patient or an insurer is written to."""

    FR = "fr"
    NL = "nl"
    DE = "de"


@cache
def content() -> dict[str, dict[str, dict[str, Any]]]:
    """The file as it is written: by paper, then by language."""
    text = resources.files(__package__).joinpath("words.yaml").read_text(encoding="utf-8")
    return dict(parsed(text))


def words(paper: str, language: Language) -> dict[str, Any]:
    """The words of a paper with those that all of them share, and the `language` they are in."""
    return content()["common"][language] | content()[paper][language] | {"language": str(language)}

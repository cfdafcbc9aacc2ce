"""What an act is called in the language of the patient: French on the bill, in others by the words of `labels.yaml`.

>>> label("712316", "Séance individuelle de logopédie, 30 minutes : aphasie (b1), au cabinet", Language.NL)
'Individuele logopediezitting, 30 minuten: afasie (b1), in de praktijk'
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from quittance.belgium.documents.words import Language
from quittance.belgium.law import speech
from quittance.belgium.law._read import parsed

DIGITS = 6


@cache
def content() -> dict[str, Any]:
    """The file as it is written: by part, then by word, then by language."""
    text = resources.files(__package__).joinpath("labels.yaml").read_text(encoding="utf-8")
    return dict(parsed(text))


def label(code: str, typed: str, language: Language) -> str:
    """The label of an act; of one of the nomenclature that has none in the language, a word that says no more.

    `typed` is the label on the bill. It stays for an act outside the nomenclature: those words are the professional's.
    """
    if language is Language.FR or not is_nomenclature(code):
        return typed or code
    return _composed(code, language) or str(content()["neutral"][language])


def with_code(code: str, typed: str, language: Language) -> str:
    """The label of an act where its code has no column of its own: the word that says no more is given its code."""
    found = label(code, typed, language)
    return f"{found} {code}" if found == content()["neutral"].get(language) else found


def is_nomenclature(code: str) -> bool:
    """Whether a code is one of the nomenclature, as all of six digits are."""
    return len(code) == DIGITS and code.isascii() and code.isdecimal()


def _composed(code: str, language: Language) -> str:
    """The label of a session of speech therapy; empty for another code."""
    act, words = speech.act(code), content()
    if act is None:
        return ""
    disorder = [f"{words['disorders'][act.disorder][language]} ({act.disorder})"] if act.disorder else []
    return f"{words['kinds'][act.kind.code][language]}: {', '.join([*disorder, words['places'][act.place][language]])}"

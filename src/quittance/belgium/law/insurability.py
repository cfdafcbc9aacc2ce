"""Codes of insurability (code titulaire 1 et 2): which ones exist, and what their digits say in words.

>>> check("ct1", " 1 1 1 "), is_preferential("111"), is_preferential("110")
('111', True, False)
>>> [(word.digit, word.text, word.doubtful) for word in explain("ct1", "131")][1:]
[('3', 'pensionné, veuf, veuve ou orphelin', True), ('1', 'intervention majorée (BIM)', False)]
>>> [word.text for word in explain("ct2", "911")]
['', '', '']
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from quittance.belgium.law import _read, figures

DIGITS, PREFERENTIAL = 3, "1"


class CodeError(ValueError):
    """A text that is no code of insurability on the day. The text (French) says what, why and what to do."""


@dataclass(frozen=True, slots=True)
class Word:
    """What a digit of a code says: empty where it is not explained, `doubtful` where no official text says so."""

    digit: str
    text: str
    doubtful: bool
    source: str


def check(name: str, text: str, day: date | None = None) -> str:
    """The code of `ct1` or `ct2`, that still holds on `day` (None = a day to come). Raises CodeError."""
    code, told = "".join(text.split()), name.upper()
    known = figures.insurability(name)
    if len(code) != DIGITS or not (code.isascii() and code.isdecimal()):
        raise CodeError(f"{told} : « {text[:12]} » n’a pas trois chiffres, comme 110 ; reprenez-les sur la vignette.")
    if code not in known:
        raise CodeError(
            f"{told} : {code} n’est pas un code que les mutualités connaissent. Reprenez les trois chiffres de la "
            "vignette, ou demandez l’assurabilité à la mutualité."
        )
    last = known[code]
    if last is not None and (day is None or day > last):
        raise CodeError(
            f"{told} : {code} ne vaut plus pour des soins depuis le {last:%d/%m/%Y}. Demandez l’assurabilité à la "
            "mutualité, elle donne le code qui le remplace."
        )
    return code


def is_preferential(ct1: str) -> bool:
    """Whether the third digit of CT1 tells the preferential rate (intervention majorée)."""
    return ct1[2:] == PREFERENTIAL


def explain(name: str, code: str) -> tuple[Word, ...]:
    """What the digits of a code of `ct1` or `ct2` say; an unknown scheme and the third digit of CT2 say nothing."""
    if len(code) != DIGITS:
        return ()
    scheme, both, last = _table("scheme"), _table("convention"), code[2]
    if name == "ct1" and code[:2] in both.words:
        return both.word(code[:2]), _table("preferential").word(last)
    known = code[0] in scheme.words
    status = _table("status").word(code[1]) if known else _silent(code[1])
    return scheme.word(code[0]), status, _table("preferential").word(last) if name == "ct1" else _silent(last)


def _silent(digit: str) -> Word:
    return Word(digit, "", False, "")


@dataclass(frozen=True, slots=True)
class _Table:
    words: Mapping[str, str]
    doubtful: bool
    source: str

    def word(self, digit: str) -> Word:
        """What a digit of this place says."""
        text = self.words.get(digit)
        return Word(digit, text, self.doubtful, self.source) if text else _silent(digit)


@cache
def _table(place: str) -> _Table:
    where = f"insurability_words.yaml, {place}"
    content = _read.load("insurability_words.yaml")
    row = _read.need(where, content, place)
    mark, words = _read.need(where, row, "mark"), _read.need(where, row, "words")
    _read.within(where, {"mark": [mark]}, "mark", ("O", "P", "B"))
    return _Table(words, mark == "B", _read.need(where, content["sources"], _read.need(where, row, "source")))

"""Search over the nomenclature: by the start of a code, or by the start of any words in any order."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from quittance.kernel.dated import day_number

EXACT_CODE, CODE_START, WHOLE_WORDS, WORD_STARTS = 400, 300, 200, 100
_SPELT = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"))
_LAST = "\x7f"


class ActHit(NamedTuple):
    """An act found; a higher `score` is a better answer."""

    code: str
    label: str
    kind: str
    score: int


def fold(text: str) -> str:
    """Lower case without accents, anything but letters and digits made a space.

    >>> fold("Séance à l'école, 30 min.")
    'seance a l ecole  30 min '
    """
    for letter, spelt in _SPELT:
        text = text.replace(letter, spelt)
    plain = unicodedata.normalize("NFD", text.replace("’", " ")).encode("ascii", "ignore").decode("ascii").lower()
    return "".join(letter if letter.isalnum() else " " for letter in plain)


class ActIndex:
    """Acts in order of the length of their label, and the acts of each word.

    Built from the strings of the flat file. `periods` gives the first and last days of each act's prices, one pair
    after another: with a day, only acts that have a price on it are found.
    """

    def __init__(
        self,
        acts: Sequence[str],
        labels: Sequence[str],
        periods: Mapping[str, Sequence[int]] | None = None,
        kinds: Mapping[str, str] | None = None,
    ) -> None:
        order = sorted(range(len(acts)), key=lambda at: (len(labels[at]), acts[at]))
        self.codes = [acts[at] for at in order]
        self.labels = [labels[at] for at in order]
        self._periods, self._kinds = periods, kinds or {}
        self._at = {code: at for at, code in enumerate(self.codes)}
        self._sorted = sorted(self.codes)
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for at, label in enumerate(self.labels):
            for word in set(fold(label).split()):
                postings[word].append(at)
        self._words = sorted(postings)
        self._postings = [postings[word] for word in self._words]

    @classmethod
    def from_strings(cls, strings: Mapping[str, Any]) -> ActIndex:
        """The index of a flat file's strings (`acts`, `labels`, `search`)."""
        found = strings.get("search", {})
        return cls(strings["acts"], strings["labels"], found.get("periods"), found.get("kinds"))

    def search(self, words: str, on_day: date | int | None = None, limit: int = 20) -> list[ActHit]:
        """The best acts for what was typed, at most `limit`."""
        day = day_number(on_day) if isinstance(on_day, date) else on_day
        hits: dict[int, int] = {}
        for at, score in self._ranked(words):
            if len(hits) >= limit:
                break
            if at not in hits and self._holds(at, day):
                hits[at] = score
        return [
            ActHit(self.codes[at], self.labels[at], self._kinds.get(self.codes[at], ""), score)
            for at, score in hits.items()
        ]

    def _ranked(self, words: str) -> Iterable[tuple[int, int]]:
        typed = words.strip()
        for at in self._by_code(typed):
            yield at, EXACT_CODE if self.codes[at] == typed else CODE_START
        sought = sorted(set(fold(words).split()), key=lambda word: (-len(word), word))
        sought = [word for word in sought if len(word) > 1] or sought[:1]
        yield from ((at, WHOLE_WORDS) for at in _in_all([self._exact(word) for word in sought]))
        yield from ((at, WORD_STARTS) for at in _in_all([self._starting(word) for word in sought]))

    def _by_code(self, typed: str) -> list[int]:
        if not typed:
            return []
        first, last = bisect_left(self._sorted, typed), bisect_left(self._sorted, typed + _LAST)
        return [self._at[code] for code in self._sorted[first:last]]

    def _exact(self, word: str) -> set[int]:
        at = bisect_left(self._words, word)
        return set(self._postings[at]) if at < len(self._words) and self._words[at] == word else set()

    def _starting(self, word: str) -> set[int]:
        first, last = bisect_left(self._words, word), bisect_left(self._words, word + _LAST)
        return set().union(*self._postings[first:last])

    def _holds(self, at: int, day: int | None) -> bool:
        if day is None or self._periods is None:
            return True
        spans = self._periods.get(self.codes[at], ())
        return any(first <= day <= last for first, last in zip(spans[::2], spans[1::2], strict=True))


def _in_all(sets: Sequence[set[int]]) -> list[int]:
    return sorted(set.intersection(*sets)) if sets else []

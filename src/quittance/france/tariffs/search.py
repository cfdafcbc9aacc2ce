"""Search over every act: by the start of its code, by words in any order, by keyword and its categories."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from quittance.kernel.dated import OPEN, day_number

EXACT_CODE, CODE_START, WHOLE_WORDS, WORD_STARTS = 400, 300, 200, 100
_SPELT = (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae"), ("’", "'"))
_KEPT = bytes(byte if chr(byte).isalnum() or chr(byte) == "_" else 32 for byte in range(128)).lower() + b" " * 128
_LAST = "\x7f"


class ActHit(NamedTuple):
    """An act found; `kind` is `ccam` or `ngap`, a higher `score` is a better answer."""

    code: str
    label: str
    kind: str
    score: int


class Keyword(NamedTuple):
    """A word of the labels, with its accents, and how many acts carry it."""

    word: str
    acts: int


class Category(NamedTuple):
    """A chapter of the CCAM and how many acts of an answer stand in it."""

    chapter: str
    label: str
    acts: int


def fold(text: str) -> str:
    """Lower case without accents, anything but letters and digits made a space.

    >>> fold("Œsophage, d'âge")
    'oesophage  d age'
    """
    for letter, spelt in _SPELT:
        text = text.replace(letter, spelt)
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").translate(_KEPT).decode("ascii")


def _fold_lines(labels: Sequence[str]) -> list[str]:
    """Every label folded, all in one pass; the underscore stands for the end of a label."""
    return fold("_".join(label.replace("_", " ") for label in labels)).split("_")


class ActIndex:
    """Acts in order of the length of their label, and the acts of each word.

    Built from the strings of the flat file; nothing here reads a file.
    """

    def __init__(
        self,
        acts: Sequence[str],
        labels: Sequence[str],
        *,
        chapter_of: Mapping[str, str] | None = None,
        chapters: Mapping[str, str] | None = None,
        periods: Mapping[str, Sequence[int]] | None = None,
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        order = sorted(range(len(acts)), key=lambda at: (len(labels[at]), acts[at]))
        self.codes = [acts[at] for at in order]
        self.labels = [labels[at] for at in order]
        self._chapter_of, self._chapters, self._periods = chapter_of or {}, chapters or {}, periods or {}
        self._own = [self._chapter_of.get(code, "") for code in self.codes]
        self._at = {code: at for at, code in enumerate(self.codes)}
        self._dated = [
            (self._at[code], first, last) for code, (first, last) in self._periods.items() if code in self._at
        ]
        self._inside: dict[str, frozenset[int]] = {}
        self._sorted_codes = sorted(self.codes)
        other = aliases or {}
        texts = [
            f"{label} {other[code]}" if code in other else label
            for code, label in zip(self.codes, self.labels, strict=True)
        ]
        postings: defaultdict[str, list[int]] = defaultdict(list)
        for at, line in enumerate(_fold_lines(texts)):
            for word in set(line.split()):
                postings[word].append(at)
        self._words = sorted(postings)
        self._postings = [postings[word] for word in self._words]

    @classmethod
    def from_strings(cls, strings: Mapping[str, Any]) -> ActIndex:
        """The index of a flat file's strings."""
        found = strings.get("search", {})
        chapters = {row["code"]: row["label"] for row in strings.get("chapters", [])}
        return cls(
            strings["acts"],
            strings["labels"],
            chapter_of=found.get("chapter_of"),
            chapters=chapters,
            periods=found.get("periods"),
            aliases=found.get("aliases"),
        )

    def search(
        self,
        words: str,
        on_day: date | int | None = None,
        limit: int = 20,
        kinds: Iterable[str] = ("ngap", "ccam"),
        chapter: str = "",
    ) -> list[ActHit]:
        """The best acts for what was typed, at most `limit`; `chapter` keeps those inside it."""
        day = day_number(on_day) if isinstance(on_day, date) else on_day
        wanted = frozenset(kinds)
        inside = self._acts_of(chapter)
        hits: dict[int, int] = {}
        for at, score in self._ranked(words):
            if at in inside and at not in hits and self._kind(at) in wanted and self._holds(at, day):
                hits[at] = score
                if len(hits) == limit:
                    break
        return [ActHit(self.codes[at], self.labels[at], self._kind(at), score) for at, score in hits.items()]

    def keywords(self, start: str, limit: int = 50) -> list[Keyword]:
        """Words of the labels beginning with `start`, as they are written, in alphabetical order."""
        folded = fold(start).split()
        if not folded:
            return []
        counts: Counter[str] = Counter()
        for at in self._starting(folded[-1]):
            for word in set(_written(self.labels[at])):
                if fold(word).startswith(folded[-1]):
                    counts[word] += 1
        found = sorted(counts.items(), key=lambda item: fold(item[0]))
        return [Keyword(word, count) for word, count in found[:limit]]

    def categories(
        self,
        words: str,
        depth: int = 1,
        on_day: date | int | None = None,
        kinds: Iterable[str] = ("ngap", "ccam"),
        chapter: str = "",
    ) -> list[Category]:
        """Chapters of the acts that `search` would find, the fullest first; `depth` 2 goes down to sub-chapters."""
        day = day_number(on_day) if isinstance(on_day, date) else on_day
        wanted = frozenset(kinds)
        # A letter matches thousands of acts: sets and one count of whole chapters, cut to the depth afterwards.
        acts_at = {*self._matching(words), *self._by_code(words.strip().upper())} & self._acts_of(chapter)
        if day is not None:
            acts_at -= {at for at, first, last in self._dated if not first <= day <= last}
        counts: Counter[str] = Counter()
        for own, acts in Counter(map(self._own.__getitem__, acts_at)).items():
            if ("ccam" if own else "ngap") in wanted:
                counts[".".join(own.split(".")[:depth])] += acts
        found = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        return [Category(chapter, self._chapters.get(chapter, "NGAP"), count) for chapter, count in found]

    def _ranked(self, words: str) -> Iterable[tuple[int, int]]:
        typed = words.strip().upper()
        for at in self._by_code(typed):
            yield at, EXACT_CODE if self.codes[at] == typed else CODE_START
        exact = self._all([self._exact(word) for word in _significant(words)])
        yield from ((at, WHOLE_WORDS) for at in exact)
        yield from ((at, WORD_STARTS) for at in self._matching(words))

    def _by_code(self, typed: str) -> list[int]:
        if not typed:
            return []
        first = bisect_left(self._sorted_codes, typed)
        last = bisect_left(self._sorted_codes, typed + _LAST)
        return [self._at[code] for code in sorted(self._sorted_codes[first:last], key=lambda code: (len(code), code))]

    def _matching(self, words: str) -> list[int]:
        return self._all([self._starting(word) for word in _significant(words)])

    @staticmethod
    def _all(sets: Sequence[Iterable[int]]) -> list[int]:
        if not sets:
            return []
        first, *others = sets
        return sorted(set(first).intersection(*others))

    def _exact(self, word: str) -> list[int]:
        at = bisect_left(self._words, word)
        return self._postings[at] if at < len(self._words) and self._words[at] == word else []

    def _starting(self, word: str) -> set[int]:
        first, last = bisect_left(self._words, word), bisect_left(self._words, word + _LAST)
        return set().union(*self._postings[first:last]) if last > first else set()

    def _kind(self, at: int) -> str:
        return "ccam" if self._own[at] else "ngap"

    def _acts_of(self, chapter: str) -> frozenset[int]:
        """Acts of a chapter and of all below it; every act for none."""
        if chapter not in self._inside:
            places = enumerate(self._own)
            found = frozenset(at for at, own in places if not chapter or f"{own}.".startswith(f"{chapter}."))
            if not found:
                return found
            self._inside[chapter] = found
        return self._inside[chapter]

    def _holds(self, at: int, day: int | None) -> bool:
        start, end = self._periods.get(self.codes[at], (0, OPEN)) if day is not None else (0, OPEN)
        return day is None or start <= day <= end


def _significant(words: str) -> list[str]:
    """The words to look for, the longest first; a lone letter left by an apostrophe only counts alone."""
    found = sorted(set(fold(words).split()), key=lambda word: (-len(word), word))
    return [word for word in found if len(word) > 1] or found[:1]


@lru_cache(maxsize=1_000)
def _written(label: str) -> tuple[str, ...]:
    """Words of a label with their accents."""
    text = "".join(letter if letter.isalnum() else " " for letter in label.lower())
    return tuple(text.split())

"""The Katz scale: the level that six scores give, and why, sentence by sentence.

>>> level_of((4, 4, 4, 4, 3, 4), 20454), level_of((4, 4, 4, 4, 2, 4), 20454), level_of((3, 3, 1, 3, 1, 1), 20454)
(<Level.C: 'C'>, <Level.B: 'B'>, <Level.A: 'A'>)
>>> for sentence in explain((3, 3, 3, 1, 1, 1), 20454).sentences[:3]:
...     print(sentence.text)
Forfait A : « se laver » est à 3, il faut au moins 3 : rempli.
Forfait A : « s'habiller » est à 3, il faut au moins 3 : rempli.
Forfait A : « se transférer et se déplacer » (3) ou « aller à la toilette » (1) doit être à 3 au moins : rempli.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing.model import ITEMS, Level, Scores

ORDER = (Level.A, Level.B, Level.C)
EVERY_SCORE = range(1, 5)


@dataclass(frozen=True, slots=True)
class Clause:
    """One condition of a level: one of its items must reach a score."""

    level: Level
    items: tuple[str, ...]
    least: int
    rule: law.Value

    def met(self, scores: Mapping[str, int]) -> bool:
        """Whether one of the items reaches the score."""
        return any(scores[item] >= self.least for item in self.items)


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one condition says of the scores; `missing` are the items any one of which would meet it."""

    level: Level
    met: bool
    missing: tuple[str, ...]
    text: str
    rule: law.Value


@dataclass(frozen=True, slots=True)
class Explanation:
    """The level, each condition of A, then B, then C, the conclusion, and the uncertain figures that were read."""

    level: Level
    sentences: tuple[Sentence, ...]
    conclusion: str
    doubts: tuple[law.Value, ...]

    def missing(self, level: Level) -> tuple[Sentence, ...]:
        """The conditions of a level that are not met."""
        return tuple(one for one in self.sentences if one.level is level and not one.met)


def complete(scores: tuple[int, ...]) -> bool:
    """Whether the six scores stand between 1 and 4.

    >>> complete((1, 2, 3, 4, 1, 2)), complete((1, 2, 3, 4, 1)), complete((0, 2, 3, 4, 1, 2))
    (True, False, False)
    """
    return len(scores) == len(ITEMS) and all(one in EVERY_SCORE for one in scores)


def clauses(book: law.Book) -> Iterator[Clause]:
    """The conditions of the three levels by the law of a day, or as the practice reads the last one of C."""
    some, total, strict = (book.read(name) for name in ("katz_dependent", "katz_total", "katz_c_strict"))
    low, high = book.number("katz_dependent"), book.number("katz_total")
    both = ("continence", "eat")
    yield from (Clause(Level.A, (item,), low, some) for item in ("wash", "dress"))
    yield Clause(Level.A, ("transfer", "toilet"), low, some)
    yield from (Clause(Level.B, (item,), low, some) for item in ITEMS[:4])
    yield Clause(Level.B, both, low, some)
    yield from (Clause(Level.C, (item,), high, total) for item in ITEMS[:4])
    if not strict.value:
        yield Clause(Level.C, both, low, strict)
        return
    yield Clause(Level.C, both, high, strict)
    yield from (Clause(Level.C, (item,), low, strict) for item in both)


def level_of(scores: Scores, day: int, chosen: Mapping[str, int] | None = None) -> Level:
    """The highest level all of whose conditions the scores meet, by the law of a day."""
    return level_by(law.Book(day, chosen or {}), scores)


def level_by(book: law.Book, scores: Scores) -> Level:
    """The same with the figures of a book."""
    return explained(book, scores).level


def explain(scores: Scores, day: int, chosen: Mapping[str, int] | None = None) -> Explanation:
    """The level and every condition in French, by the law of a day."""
    return explained(law.Book(day, chosen or {}), scores)


def explained(book: law.Book, scores: Scores) -> Explanation:
    """The same with the figures of a book."""
    named = dict(zip(ITEMS, scores, strict=True))
    sentences = tuple(_sentence(clause, named) for clause in clauses(book))
    reached = [level for level in ORDER if all(one.met for one in sentences if one.level is level)]
    level = reached[-1] if reached else Level.NONE
    doubts = tuple({one.rule.name: one.rule for one in sentences if one.rule.doubtful}.values())
    return Explanation(level, sentences, _conclusion(level, sentences), doubts)


def _sentence(clause: Clause, scores: Mapping[str, int]) -> Sentence:
    met = clause.met(scores)
    names = [(f"« {law.labels('items')[item]} »", scores[item]) for item in clause.items]
    if len(names) == 1:
        said = f"{names[0][0]} est à {names[0][1]}, il faut {_least(clause.least)}"
    else:
        said = f"{' ou '.join(f'{name} ({score})' for name, score in names)} doit être à {_reach(clause.least)}"
    text = f"Forfait {clause.level} : {said} : {'rempli' if met else 'manqué'}."
    return Sentence(clause.level, met, () if met else clause.items, text, clause.rule)


def _least(score: int) -> str:
    return "4" if score == EVERY_SCORE[-1] else f"au moins {score}"


def _reach(score: int) -> str:
    return "4" if score == EVERY_SCORE[-1] else f"{score} au moins"


def _conclusion(level: Level, sentences: tuple[Sentence, ...]) -> str:
    said = f"Niveau {level}." if level else "Aucun forfait : profil de toilette (T2 ou T7)."
    above = next((one for one in ORDER if one > level), None)
    if above is None:
        return said
    missed = [one for one in sentences if one.level is above and not one.met]
    items = [" ou ".join(f"« {law.labels('items')[item]} »" for item in one.missing) for one in missed]
    return f"{said} Il manque pour {above} : {', '.join(dict.fromkeys(items))}."

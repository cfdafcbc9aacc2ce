"""The information pages as a book: rules by topic and group, search over all of them, and the address of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Generic, TypeVar
from urllib.parse import urlencode

from django.urls import reverse

from quittance.belgium.info import frame, words
from quittance.belgium.info.gather import rules
from quittance.belgium.info.model import Page, Rule, Topic, Value

T = TypeVar("T")
CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")
MOST = 30
"""Rules shown for a search; more are told as a number."""


def url_of(name: str) -> str:
    """The address of a rule's card, or of the topic of a step of an explanation (`belgium.third_party.rule`).

    LookupError for a name that is neither.
    """
    if name in rules():
        return f"{reverse('belgium:info_topic', args=[frame.topic_of(name)])}?{urlencode({'rule': name})}#{name}"
    return url_of_step(name)


def url_of_step(name: str) -> str:
    """The address of the topic of a step of an explanation (`belgium.third_party.rule`); LookupError without one."""
    slug = frame.topic_of_step(name)
    if not slug:
        raise LookupError(f"no rule of the Belgian law files has the name {name}")
    return reverse("belgium:info_topic", args=[slug])


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as a card writes it: its text, its days, and the word for its mark of certainty."""

    value: Value
    text: str
    days: str
    mark: str

    @classmethod
    def of(cls, value: Value) -> Shown:
        """Write a value."""
        return cls(value, words.shown(value), words.period(value), frame.marks()[value.source.mark]["label"])


@dataclass(frozen=True, slots=True)
class Card:
    """A rule on a day: the value in force, the others as history; `state` tells where the day stands without one."""

    rule: Rule
    topic: Topic
    first: Shown
    older: tuple[Shown, ...]
    state: str

    @property
    def url(self) -> str:
        """The address of the card."""
        return url_of(self.rule.name)

    @property
    def page(self) -> Page | None:
        """The official page that tells of the rule."""
        return frame.page_of(self.rule.name)

    @property
    def details(self) -> list[list[tuple[str, str]]]:
        """The details in pieces: a text, and the address of its page where it is a code of the nomenclature."""
        return [[(one, _code_url(one)) for one in CODE.split(text)] for text in self.rule.details]


def _code_url(text: str) -> str:
    return frame.nomensoft(text) if CODE.fullmatch(text) else ""


def card(rule: Rule, day: date) -> Card:
    """A rule as it stands on a day: the value in force first, else the newest known."""
    now = rule.on(day)
    first = now or rule.values[0]
    older = tuple(Shown.of(one) for one in rule.values if one is not first)
    state = "" if now else words.state(rule.values, day)
    return Card(rule, frame.topics()[frame.topic_of(rule.name)], Shown.of(first), older, state)


@dataclass(frozen=True, slots=True)
class Group:
    """Cards under one heading: those of today, and the rows of the law that are over."""

    label: str
    cards: tuple[Card, ...]
    past: tuple[Card, ...]

    @property
    def names(self) -> list[str]:
        """The names of its rules."""
        return [one.rule.name for one in (*self.cards, *self.past)]

    @property
    def past_names(self) -> list[str]:
        """The names of those that are over."""
        return [one.rule.name for one in self.past]


def groups(slug: str, day: date) -> list[Group]:
    """The cards of a topic, group by group in the order of the law files; in each, those in force first."""
    found: dict[str, list[Card]] = {}
    for rule in of_topic(slug):
        found.setdefault(rule.group, []).append(card(rule, day))
    order = list(frame.content()["groups"])
    labels = sorted(found, key=lambda label: order.index(label) if label in order else -1)
    return [Group(label, *_split(sorted(found[label], key=lambda one: bool(one.state)))) for label in labels]


def _split(cards: list[Card]) -> tuple[tuple[Card, ...], tuple[Card, ...]]:
    over = [one.rule.row and one.state == "after" for one in cards]
    kept = tuple(one for one, past in zip(cards, over, strict=True) if not past)
    return kept, tuple(one for one, past in zip(cards, over, strict=True) if past)


def marks_of(found: Iterable[Group]) -> list[Mapping[str, str]]:
    """The marks of certainty that the cards of a page bear, with what each means, in the order of the file."""
    borne = {value.source.mark for group in found for one in (*group.cards, *group.past) for value in one.rule.values}
    return [row for mark, row in frame.marks().items() if mark in borne]


def of_topic(slug: str) -> list[Rule]:
    """The rules of a topic."""
    return [one for name, one in rules().items() if frame.topic_of(name) == slug]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """What a search found, and how many it left out."""

    rows: tuple[T, ...]
    left: int = 0


def search(typed: str, day: date) -> tuple[list[Topic], list[Page], Found[Card]]:
    """Topics, official pages and rules that hold every word typed, by the start of a word, without accents."""
    wanted = words.searched([typed]).split()
    if not wanted:
        return [], [], Found(())
    topics = [one for one in frame.topics().values() if _has(words.searched([one.label, one.about]), wanted)]
    pages = [one for one in frame.pages().values() if _has(words.searched([one.label, one.about, one.search]), wanted)]
    names = [name for name, text in _texts().items() if _has(text, wanted)]
    cards = sorted((card(rules()[name], day) for name in names), key=lambda one: one.state == "after")
    return topics, pages, Found(tuple(cards[:MOST]), max(0, len(cards) - MOST))


def _has(text: str, wanted: Iterable[str]) -> bool:
    return all(f" {one}" in text for one in wanted)


@cache
def _texts() -> dict[str, str]:
    """What each rule is searched by."""
    return {name: words.searched(_parts(one)) for name, one in rules().items()}


def _parts(rule: Rule) -> Iterator[str]:
    yield from (rule.label, rule.group, *rule.details, frame.topics()[frame.topic_of(rule.name)].label)
    for value in rule.values:
        yield from (value.note, value.source.label, value.raw if isinstance(value.raw, str) else "")

"""What an information page shows: a rule with its values by day, each with its source; topics and official pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Authority:
    """Who answers for a topic: short and whole name, official site, and what tells that the site is official."""

    code: str
    label: str
    name: str
    url: str
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value was read: title, address (may be empty), mark of certainty, day of reading."""

    label: str
    url: str
    mark: str
    read_on: date | None = None
    official: bool = False


@dataclass(frozen=True, slots=True)
class Value:
    """A value from a day to a day, both included, None = open; `raw` is a figure in its unit, a word, or unknown."""

    raw: int | str | None
    unit: str
    first: date | None
    last: date | None
    source: Source
    doubtful: bool = False
    note: str = ""
    verified_until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a law file: its name (the anchor of its card), label, conditions, and values, the newest first.

    `row`: a row of the law, which is over after its last day; a figure is merely not known then.
    """

    name: str
    label: str
    values: tuple[Value, ...]
    group: str = ""
    details: tuple[str, ...] = ()
    row: bool = False

    def on(self, day: date) -> Value | None:
        """The value in force on a day."""
        return next((one for one in self.values if one.holds(day)), None)


@dataclass(frozen=True, slots=True)
class Page:
    """An official page: its address, or the site of its authority and what to look for there.

    `details` are what was read of it in short, each with the word for its mark of certainty; `rules` are patterns of
    the names of the rules that it tells of.
    """

    code: str
    label: str
    about: str
    authority: Authority
    url: str
    search: str
    found: str = ""
    also: tuple[str, str] | None = None
    topic: str = ""
    route: str = ""
    summary: bool = True
    details: tuple[tuple[str, str], ...] = ()
    rules: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Whether the address is that of the page itself."""
        return bool(self.url)

    @property
    def href(self) -> str:
        """Where to go."""
        return self.url or self.authority.url


@dataclass(frozen=True, slots=True)
class Topic:
    """A page of information: what it is about, whose site answers for it, and the official pages beside it."""

    slug: str
    label: str
    about: str
    icon: str
    authority: Authority
    search: str
    patterns: tuple[str, ...]
    pages: tuple[Page, ...] = field(default=())

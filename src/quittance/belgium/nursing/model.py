"""What a day of home nursing is made of, and the lines that it becomes. Days are days since 1970-01-01."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from quittance.belgium.law.nursing_care import Source, Value, marks

ITEMS = ("wash", "dress", "transfer", "toilet", "continence", "eat")
"""The items of the Katz scale, in the order of the notification (message 410000)."""

Scores = tuple[int, int, int, int, int, int]


class Level(StrEnum):
    """The level of dependency that the Katz scale gives; empty = toilets only."""

    NONE = ""
    A = "A"
    B = "B"
    C = "C"


class Place(StrEnum):
    """Where a visit takes place."""

    HOME = "home"
    OFFICE = "office"
    CONVALESCENT = "convalescent"
    COMMUNITY = "community"
    DAY_CARE = "day_care"
    REST_HOME = "rest_home"


class Role(StrEnum):
    """What a line is: a statistical line (zero, norm 9), an act, a flat rate, a supplement or a pseudo-code."""

    STATISTIC = "statistic"
    ACT = "act"
    FLAT = "flat"
    SUPPLEMENT = "supplement"
    PSEUDO = "pseudo"


@dataclass(frozen=True, slots=True)
class Act:
    """What was done at a visit. `code` is only needed where the list has none; `prescribed` is a day.

    `office` is the kind of office (relative code), `minutes` the duration of a wound care, `surgical` an act (B2) that
    keeps its prescription whatever the year.
    """

    kind: str
    visit: int = 1
    place: Place = Place.HOME
    provider: str = ""
    code: str = ""
    prescribed: int | None = None
    office: str = ""
    minutes: int = 0
    surgical: bool = False


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A Katz evaluation of a patient; `last` None = the longest the law allows.

    `granted` is the level that the medical adviser accepted (None = that of the scores), `toilets` the profile T2 or
    T7, `disoriented` a moderate or severe disorientation, `incontinent` at night, `stopped` the last day of care when
    it ended earlier, `stop_told` whether that end was notified, `sent` whether the evaluation itself was. Of two of
    the same first day, the one of the greater `number` stands.
    """

    scores: Scores
    first: int
    last: int | None = None
    granted: Level | None = None
    refused: bool = False
    toilets: str = ""
    disoriented: bool = False
    incontinent: bool = False
    address: bool = True
    stopped: int | None = None
    stop_told: bool = False
    sent: bool = True
    number: int = 0


@dataclass(frozen=True, slots=True)
class WoundNotice:
    """A notification of complex wound care: type 3, 4, 5 (first) or 6, 7, 8 (renewed), from a day to a day."""

    type: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Patient:
    """The patient on the day: fund and number, first day of the palliative notification, day of death or admission.

    `paragraph_4_6` says that article 8, § 4, 6° applies to him (flat rate PP).
    """

    number: str
    fund: str
    palliative: int | None = None
    paragraph_4_6: bool = False
    rural: bool = False
    left: int | None = None
    wounds: tuple[WoundNotice, ...] = ()


@dataclass(frozen=True, slots=True)
class Done:
    """An act of the past: an advice, a toilet, a flat rate already billed."""

    kind: str
    day: int


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity check: `minute` of the day, codes of the lists of reading, media and reasons."""

    reading: str
    media: str
    serial: str = ""
    day: int | None = None
    minute: int | None = None
    manual: str = "0"
    vignette: str = "0"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the practice chose: values of parameters by name, codes by kind and column."""

    values: Mapping[str, int] = field(default_factory=dict)
    codes: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Message:
    """Something to know: a stable code, its severity, what, why, what to do, and the figure of law behind it."""

    code: str
    severity: str
    what: str
    why: str
    remedy: str
    law: Value | None = None

    @property
    def text(self) -> str:
        """The sentences as one text; that of a doubtful rule ends with its mark."""
        said = f"{self.what} {self.why} {self.remedy}"
        if self.law is None or not self.law.doubtful:
            return said
        return f"{said} (Règle à vérifier, source : {self.law.source.label} – {marks()[self.law.source.mark]}.)"

    @property
    def source(self) -> Source | None:
        """Where the rule comes from; None where the fault is in what was typed."""
        return None if self.law is None else self.law.source

    @property
    def doubtful(self) -> bool:
        """Whether the rule was not read in an official text."""
        return self.law is not None and self.law.doubtful


@dataclass(frozen=True, slots=True)
class Line:
    """A line to bill. `cents` is the fee after the ceiling, None where its price was not given.

    `provider` is the executing nurse, `group` the group in whose name it is billed, `norm` 1 (one nurse) or 9
    (several, on a flat rate), `related` the relative code or the code that a pseudo-code goes with. `prescribed`,
    `minutes` and `surgical` are those of its act: from them the day can be judged again.
    """

    code: str
    kind: str
    role: Role
    day: int
    fund: str
    patient: str
    place: Place
    provider: str
    visit: int
    group: str = ""
    norm: str = "1"
    related: str = ""
    prescriber: bool = False
    cents: int | None = None
    prescribed: int | None = None
    minutes: int = 0
    surgical: bool = False

    @property
    def zero(self) -> bool:
        """Whether the line is sent with a zero amount."""
        return self.cents == 0

    @property
    def statistical(self) -> bool:
        """Whether the record of the line carries norm 9 (statistics)."""
        return self.role is Role.STATISTIC


@dataclass(frozen=True, slots=True)
class Refused:
    """What cannot be billed as it stands: the act (or the kind that it would have made) and why."""

    kind: str
    visit: int
    message: Message


@dataclass(frozen=True, slots=True)
class Day:
    """The lines of a day in the order in which they are sent, what is refused, and everything worth knowing."""

    lines: tuple[Line, ...]
    refused: tuple[Refused, ...]
    messages: tuple[Message, ...]
    level: Level = Level.NONE
    doubts: tuple[Value, ...] = ()

    @property
    def ready(self) -> bool:
        """Whether the day can be sent as it is."""
        return not self.refused and all(one.severity != "error" for one in self.messages)

"""The parts that a country fills in on the bill page: fields, folds, quick sets of acts, and the sheet they read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, Protocol, cast

from quittance.billing.models import Draft
from quittance.billing.services import beside
from quittance.billing.services.pricing import library, on_top_cents
from quittance.kernel.money import AmountError, parse_cents
from quittance.patients.models import Patient
from quittance.people.models import Professional
from quittance.web.country import Hit, Kind, country_web

Level = Literal["error", "warning", "info"]
FieldKind = Literal["text", "date", "decimal", "money", "whole", "select", "pills", "toggles", "check", "fact"]
Act = dict[str, Any]
FEE, PATIENT = "fee", "patient"
OF_PATIENT = (FEE, PATIENT)
"""Of a line beside the quote, the amounts that are all of it: the patient bears it whole."""


@dataclass(frozen=True, slots=True)
class Message:
    """What the quote says beside a field. `quiet` ones are told by a `word`, in full where the amount is explained."""

    level: Level
    code: str
    path: str
    text: str
    quiet: bool = False
    word: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of a field: `note` is its amount or value, `off` says that it cannot be taken now."""

    value: str
    label: str
    chosen: bool = False
    note: str = ""
    cents: int | None = None
    off: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field as the page draws it. `name` is the name that is posted; `value` is what was typed."""

    name: str
    label: str
    kind: FieldKind = "text"
    value: str = ""
    choices: Sequence[Choice] = ()
    help: str = ""
    placeholder: str = ""
    unit: str = ""
    messages: Sequence[Message] = ()
    wide: bool = False

    @property
    def bad(self) -> bool:
        """Whether what was typed is refused."""
        return any(one.level == "error" for one in self.messages)

    @property
    def on(self) -> bool:
        """Whether a box is ticked."""
        return self.value not in ("", "0", "false")


@dataclass(frozen=True, slots=True)
class Editor:
    """The fields of the act being edited; `more` are the rare ones, folded until `more_open`."""

    fields: Sequence[Field]
    more: Sequence[Field] = ()
    more_open: bool = False
    facts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Fold:
    """A folded part of the page: what it holds in short, and the fields inside."""

    id: str
    title: str
    value: str = ""
    chip: str = ""
    chip_kind: Kind = "info"
    open: bool = False
    fields: Sequence[Field] = ()
    messages: Sequence[Message] = ()


@dataclass(frozen=True, slots=True)
class Quick:
    """Acts added by one tap. `value` is the action that is posted."""

    label: str
    value: str
    icon: str = ""
    first: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A line of « Why this amount? »: what was figured, from what, by which text, and the page that tells of it."""

    label: str
    result: str
    inputs: Sequence[tuple[str, str]] = ()
    source: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Category:
    """A category of the acts found and how many it holds; `title` is its whole name, `value` what is posted."""

    value: str
    label: str
    acts: int
    title: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """The acts found, and the categories that narrow them where there are more than the list shows."""

    hits: Sequence[Hit]
    categories: Sequence[Category] = ()

    @property
    def narrowed(self) -> bool:
        """Whether a category is chosen: one tap leads back to all."""
        return any(one.chosen for one in self.categories)


@dataclass
class Sheet:
    """A draft with its session and its quote: what every part of the page is drawn from."""

    draft: Draft
    patient: Patient
    professional: Professional
    day: date
    input: dict[str, Any]
    session: dict[str, Any] = field(default_factory=dict)
    quote: dict[str, Any] = field(default_factory=dict)
    open_act: str = ""
    messages: list[Message] = field(default_factory=list)
    waived_cents: int = 0

    @property
    def acts(self) -> list[Act]:
        """The acts as they were typed."""
        return cast("list[Act]", self.input.get("acts", []))

    @property
    def beside(self) -> list[Act]:
        """The lines beside the quote as they were typed."""
        return cast("list[Act]", self.input.get(beside.KEY, []))

    @property
    def lines(self) -> list[Act]:
        """All that is billed: the acts, then the lines beside the quote."""
        return [*self.acts, *self.beside]

    @property
    def extras(self) -> dict[str, Any]:
        """What prices do not turn on."""
        return cast("dict[str, Any]", self.input.get("extras", {}))

    @property
    def priced(self) -> bool:
        """Whether the amounts are known."""
        return bool(self.quote) and "error" not in self.quote

    def position(self, act: Mapping[str, Any]) -> int:
        """Give the place of an act in the bill."""
        return next(at for at, one in enumerate(self.acts) if one["id"] == act["id"])

    def is_beside(self, line: Mapping[str, Any]) -> bool:
        """Whether a line stands beside the quote."""
        return any(one["id"] == line["id"] for one in self.beside)

    def path(self, line: Mapping[str, Any]) -> str:
        """Give the path of a line, which begins those of the messages about it."""
        if not self.is_beside(line):
            return f"acts[{self.position(line)}]"
        return f"{beside.KEY}[{self.beside.index(cast(Act, line))}]"

    def told(self, *paths: str) -> list[Message]:
        """Give the messages that stand beside these paths."""
        return [one for one in self.messages if one.path in paths]

    def about(self, act: Mapping[str, Any], name: str = "") -> list[Message]:
        """Give the messages about a field of an act; without name, about the act itself."""
        path = self.path(act)
        return self.told(f"{path}.{name}" if name else path)

    def answer(self, act: Mapping[str, Any]) -> dict[str, Any] | None:
        """Give what the quote figured for an act, None while it is refused."""
        return self.quote["acts"][self.position(act)] if self.priced else None

    def cents(self, act: Mapping[str, Any], role: str) -> int | None:
        """Give an amount of an act in cents, None while it is refused; the fee with what is asked above it."""
        if self.is_beside(act):
            return beside.cents_of(act) if role in OF_PATIENT else 0
        answer = self.answer(act)
        if answer is None:
            return None
        more = self._on_top(self.session["acts"][self.position(act)]) if role == FEE else 0
        return parse_cents(answer[role]) + more

    def total(self, role: str, part: str = "totals") -> int | None:
        """Give an amount of the whole bill in cents, None while it is refused; the fee as `cents` gives it."""
        borne = [self.cents(one, role) for one in self.beside]
        if not self.priced or None in borne:
            return None
        more = sum(map(self._on_top, self.session["acts"])) if role == FEE and part == "totals" else 0
        return parse_cents(self.quote[part][role]) + more + sum(filter(None, borne))

    def _on_top(self, typed: Mapping[str, Any]) -> int:
        return on_top_cents(library(self.draft.country), typed)

    @property
    def asked_cents(self) -> int | None:
        """What the patient is asked today: his due without what he is let off."""
        due = self.total(PATIENT, "due")
        return None if due is None else due - self.waived_cents


class BillPage(Protocol):
    """What a country puts on the bill page: kept as `bill_page` on its web half."""

    by_hand: Sequence[str]

    def read(self, data: Mapping[str, Any], sheet: Sheet) -> dict[str, Any]:
        """Give the input with what the form posted."""

    def new_act(self, code: str, sheet: Sheet) -> Act:
        """Make an act of this code, with what the patient's file already says."""

    def opens(self, act: Act, sheet: Sheet) -> bool:
        """Say whether a new act asks something at once."""

    def label(self, code: str) -> str:
        """Give the label of an act."""

    def tags(self, act: Act, sheet: Sheet) -> list[str]:
        """Say in short what was set on an act."""

    def editor(self, act: Act, sheet: Sheet) -> Editor:
        """Give the fields that the act allows."""

    def folds(self, sheet: Sheet) -> list[Fold]:
        """Give the folded parts of the page."""

    def say(self, problem: Mapping[str, str]) -> Message:
        """Put a message of the quote into the words of the page."""

    def search(self, words: str, sheet: Sheet, recent: Sequence[str], category: str = "") -> Found:
        """Find acts for what was typed, the recent ones first; without words, the recent ones.

        `category` is the value of a category of an earlier answer: only its acts are found.
        """

    def common(self, sheet: Sheet) -> list[tuple[str, list[Act]]]:
        """Give the usual sets of acts of the profession: label and acts."""

    def like(self, snapshot: Mapping[str, Any]) -> tuple[list[Act], dict[str, Any]]:
        """Give the acts and the settlement of an earlier bill, to be billed again."""

    def facts(self, patient: Patient) -> str:
        """Tell what identifies the patient to the insurer, shortened."""

    def why(self, act: Mapping[str, Any], role: str) -> list[Step]:
        """Explain an amount of an act from the steps of its answer."""

    def formula(self, answer: Mapping[str, Any], act: Act) -> str:
        """Write the sum of an act in one line, from the answer of the quote and what was typed."""


def bill_page(code: str) -> BillPage:
    """Find a country's part of the bill page; LookupError when it is not installed."""
    return cast(BillPage, cast(Any, country_web(code)).bill_page)


def typed_cents(value: object) -> int | None:
    """Read a typed amount, None where it is not one.

    >>> typed_cents("4,50"), typed_cents("x")
    (450, None)
    """
    try:
        return parse_cents(value)
    except AmountError:
        return None

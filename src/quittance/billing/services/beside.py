"""Lines beside the quote: acts that no list of prices holds, billed by a free label; the patient bears each whole.

A draft keeps them under `beside` as they were typed: `label`, `amount`, and `date` where it is not the bill's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quittance.kernel.money import AmountError, parse_typed
from quittance.web.country import Missing

KEY = "beside"
FIELDS = ("label", "amount", "date")
Typed = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line beside the quote that has no fault, its amount in cents."""

    day: date
    label: str
    cents: int


def read(draft_input: Typed, day: date) -> list[Line]:
    """Read the lines of a draft's input that have no fault; `day` is that of a line without its own.

    >>> read({"beside": [{"label": "Copie d'un rapport", "amount": "12,50"}, {"label": "?"}]}, date(2026, 5, 4))
    [Line(day=datetime.date(2026, 5, 4), label="Copie d'un rapport", cents=1250)]
    """
    found = []
    for one in draft_input.get(KEY, ()):
        cents, on = cents_of(one), day_of(one, day)
        if cents is not None and on is not None and label_of(one):
            found.append(Line(on, label_of(one), cents))
    return found


def faults(draft_input: Typed, today: date) -> Iterator[Missing]:
    """Say what keeps a line from being billed, by field: no label, no amount above nothing, a day that is none.

    A day of its own that is still to come is a warning.
    """
    for at, one in enumerate(draft_input.get(KEY, ())):
        path = f"{KEY}[{at}]"
        if not any(one.get(name) for name in FIELDS):
            # Just added: one text for all of it, so that no field is marked before anything was typed.
            yield Missing("beside.empty", path, _("Type the label and the amount of the line added, or remove it."))
            continue
        if not label_of(one):
            text = _("Say in a few words what is billed: the patient reads it.")
            yield Missing("beside.label", f"{path}.label", text)
        if cents_of(one) is None:
            yield Missing("beside.amount", f"{path}.amount", _amount_fault(str(one.get("amount", ""))))
        on = day_of(one, today)
        if on is None:
            yield Missing("beside.date", f"{path}.date", _("This is not a day. Choose it in the calendar."))
        elif on > today:
            yield Missing("beside.future", f"{path}.date", _("This day is still to come: check it."), "warning")


def _amount_fault(typed: str) -> str:
    if not typed.strip():
        return _("Type the amount asked of the patient, like 23,50.")
    if _typed_cents(typed) is None:
        return _("This is not an amount. Write euros, a comma and at most two decimals, like 23,50.")
    return _("The amount asked is more than nothing: correct it, or remove the line.")


def label_of(one: Typed) -> str:
    """Give the label of a line, its spaces made plain; empty where none is typed.

    >>> label_of({"label": "  Copie   du rapport "})
    'Copie du rapport'
    """
    return " ".join(str(one.get("label", "")).split())


def cents_of(one: Typed) -> int | None:
    """Give the amount of a line in cents, None where it is none or not above nothing.

    >>> [cents_of({"amount": typed}) for typed in ("23,50", "23.5 €", "0", "-5", "beaucoup")]
    [2350, 2350, None, None, None]
    """
    cents = _typed_cents(str(one.get("amount", "")))
    return cents if cents is not None and cents > 0 else None


def _typed_cents(typed: str) -> int | None:
    try:
        return parse_typed(typed)
    except AmountError:
        return None


def day_of(one: Typed, day: date) -> date | None:
    """Give the day of a line, that of the bill where it has none of its own; None where what is typed is no day."""
    typed = str(one.get("date", ""))
    try:
        return date.fromisoformat(typed) if typed else day
    except ValueError:
        return None


def answers(snapshot: Typed) -> list[Any]:
    """Give the answer of the quote for each line of a bill; None for the lines beside it, which come last.

    >>> answers({"output": {"acts": ["priced"]}, "lines": [{"code": "712316"}, {"code": "", "kind": "beside"}]})
    ['priced', None]
    """
    return [*snapshot["output"]["acts"], *(None for line in snapshot["lines"] if line.get("kind") == KEY)]


def named(draft_input: Typed) -> str:
    """Name all that an input bills in one line: the codes of its acts, the labels of its lines beside the quote.

    >>> named({"acts": [{"code": "712316"}], "beside": [{"label": "Coaching"}]})
    '712316 + Coaching'
    """
    codes = [str(act.get("code", "")) for act in draft_input.get("acts", ())]
    return " + ".join(filter(None, [*codes, *map(label_of, draft_input.get(KEY, ()))]))


def like(draft_input: Typed) -> list[dict[str, Any]]:
    """Give the lines of an earlier bill to be billed again, without their days; of a series, each once.

    >>> coaching = {"id": 3, "label": "Coaching", "amount": "50"}
    >>> like({"beside": [coaching, {**coaching, "date": "2026-05-05"}]})
    [{'label': 'Coaching', 'amount': '50'}]
    """
    held = draft_input.get(KEY, ())
    kept = [{name: one[name] for name in ("label", "amount") if name in one} for one in held]
    if len({one.get("date") for one in held}) > 1:
        kept = list({tuple(one.items()): one for one in kept}.values())
    return kept

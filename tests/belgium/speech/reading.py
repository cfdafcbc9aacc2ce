"""Reading of the cases: named patients and agreements, and histories in shorthand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from quittance.belgium.speech import Agreement, Patient, Session, Status, Stay, StayKind
from quittance.kernel.dated import OPEN, day_number

CONTENT: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = CONTENT["cases"]
DAYS = ("begin", "end", "decided", "prescribed", "form", "prescription", "assessed", "onset", "begun_elsewhere")


def number(day: date | str | None) -> int | None:
    """The day number of a date of the file."""
    if day is None:
        return None
    return day_number(date.fromisoformat(day) if isinstance(day, str) else day)


def _merged(what: Any, named: dict[str, Any]) -> dict[str, Any]:
    if isinstance(what, str):
        return dict(named[what])
    return {**named.get(what.get("use", ""), {}), **{key: value for key, value in what.items() if key != "use"}}


def patient(what: Any) -> Patient:
    """A patient by his name or his traits."""
    row = _merged(what, CONTENT["people"])
    stays = tuple(
        Stay(StayKind(one["kind"]), day_number(one["first"]), number(one.get("last")) or OPEN, one.get("service", ""))
        for one in row.get("stays", ())
    )
    return Patient(number(row["birth"]), stays)


def agreement(what: Any) -> Agreement:
    """An agreement by its name, changed or not."""
    row = _merged(what, CONTENT["agreements"])
    days: dict[str, Any] = {name: number(row[name]) for name in DAYS if name in row}
    rest = {name: value for name, value in row.items() if name not in (*DAYS, "status")}
    return Agreement(**rest, **days, status=Status(row["status"]))


def session(what: Any) -> Session:
    """A session of a line or of a table."""
    if isinstance(what, str):
        return next(history(what))
    row: dict[str, Any] = {name: number(one) if name in ("day", "prescribed") else one for name, one in what.items()}
    return Session(**row)


def history(line: str) -> Iterator[Session]:
    """The sessions of « code[/disorder] day [@place] [xN +D] »."""
    head, day, *more = line.split()
    code, _, disorder = head.partition("/")
    place = next((word[1:] for word in more if word[0] == "@"), "")
    times = next((int(word[1:]) for word in more if word[0] == "x"), 1)
    step = next((int(word[1:]) for word in more if word[0] == "+"), 1)
    for turn in range(times):
        yield Session(code, day_number(date.fromisoformat(day)) + turn * step, disorder=disorder, place=place)

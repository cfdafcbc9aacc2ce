"""Reading of the cases: acts, evaluations and readings in shorthand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, cast

import yaml

from quittance.belgium.nursing import Act, Choices, Done, Evaluation, Identity, Level, Patient, Place, WoundNotice
from quittance.belgium.nursing.model import Scores
from quittance.kernel.dated import day_number

CONTENT: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("cases.yaml").read_text(encoding="utf-8"))


def number(day: date | str) -> int:
    """The day number of a date of the file."""
    return day_number(date.fromisoformat(day) if isinstance(day, str) else day)


def day_or_none(day: date | str | None) -> int | None:
    """The same of a date that the file may leave out."""
    return None if day is None else number(day)


def act(line: str, day: int) -> Act:
    """An act of a line; « rx » alone is a prescription of the day before."""
    kind, *words = line.split()
    told: dict[str, Any] = {}
    for at, word in enumerate(words):
        name, _, value = word.partition("=")
        if word[0] == "v" and word[1:].isdecimal():
            told["visit"] = int(word[1:])
        elif word[0] == "@":
            told["place"] = Place(word[1:])
        elif word == "by":
            told["provider"] = words[at + 1]
        elif name == "rx":
            told["prescribed"] = number(value) if value else day - 1
        elif name == "min":
            told["minutes"] = int(value)
        elif word == "b2":
            told["surgical"] = True
        elif value:
            told[name] = value
    return Act(kind, **told)


def scores(digits: str) -> Scores:
    """The scores of as many digits; a case may leave one out, as a form may."""
    return cast("Scores", tuple(map(int, digits)))


def evaluation(line: str) -> Evaluation:
    """An evaluation of a line."""
    digits, first, *words = line.split()
    told: dict[str, Any] = {}
    for word in words:
        name, _, value = word.partition("=")
        if word in ("T2", "T7"):
            told["toilets"] = word
        elif name == "granted":
            told["granted"] = Level(value)
        elif name == "stopped":
            told["stopped"] = number(value)
        elif word in ("told", "homeless", "unsent"):
            told |= {"told": {"stop_told": True}, "homeless": {"address": False}, "unsent": {"sent": False}}[word]
        elif word[0].isdecimal():
            told["last"] = number(word)
        else:
            told[word] = True
    return Evaluation(scores(digits), day_number(date.fromisoformat(first)), **told)


def patient(row: dict[str, Any]) -> Patient:
    """A patient with the traits of the case."""
    told: dict[str, Any] = {
        name: day_or_none(one) if name in ("palliative", "left") else one for name, one in row.items()
    }
    notices = tuple(WoundNotice(kind, number(first), number(last)) for kind, first, last in told.pop("wounds", ()))
    return Patient("85.01.01-001.04", "135", wounds=notices, **told)


def identity(row: dict[str, Any]) -> Identity:
    """An identity check, at nine with a serial number unless said."""
    return Identity(**{"serial": "0123456789", "minute": 540, **row, "day": day_or_none(row.get("day"))})


def day_of_care(case: dict[str, Any]) -> dict[str, Any]:
    """The arguments of `lines_of_day`."""
    day = number(case["day"])
    codes = {tuple(name.split("/")): code for name, code in case.get("codes", {}).items()}
    readings = case.get("identities")
    return {
        "acts": [act(line, day) for line in case["acts"]],
        "katz": [evaluation(line) for line in case.get("katz", ())],
        "patient": patient(case.get("patient", {})),
        "day": day,
        "readings": None if readings is None else {visit: identity(row) for visit, row in readings.items()},
        "history": [Done(line.split()[0], number(line.split()[1])) for line in case.get("history", ())],
        "fees": case.get("fees"),
        "choices": Choices(case.get("values", {}), codes),
    }

"""What the page of a day of care shows of a judged day: lines, amounts, refusals, messages, notes of each visit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import Line, Role, faults
from quittance.belgium.nursing import identity as checks
from quittance.belgium.nursing.case import label
from quittance.belgium.nursing.model import Identity
from quittance.belgium.nursing.texts import message, shown
from quittance.belgium.pages.nursing_notes import Note, note, notes
from quittance.belgium.pages.nursing_sheet import CODE, Sheet
from quittance.belgium.services import care as on_file
from quittance.belgium.services.nursing import Care, Judged
from quittance.kernel.dated import day_number
from quittance.kernel.money import parse_cents

ROLES = {
    Role.STATISTIC: gettext_lazy("statistical line"),
    Role.ACT: gettext_lazy("act"),
    Role.FLAT: gettext_lazy("flat rate"),
    Role.SUPPLEMENT: gettext_lazy("supplement"),
    Role.PSEUDO: gettext_lazy("pseudo-code"),
}
OWN = ("identity.", "ceiling.", "nothing")
"""Messages told elsewhere: beside the visit, or by the price of the bill."""


@dataclass(frozen=True)
class LineShown:
    """A line as the page shows it; `cents` None = its price is not known."""

    code: str
    label: str
    role: str
    is_flat: bool
    visit: int
    nurse: str
    norm: str
    related: str
    prescriber: bool
    cents: int | None


@dataclass(frozen=True)
class Result:
    """What the right side of the page tells."""

    lines: list[LineShown] = field(default_factory=list)
    level: str = ""
    refused: list[tuple[str, Note]] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    total: int | None = None
    insurer: int | None = None
    patient: int | None = None
    prices: Note | None = None
    wrong: int = 0
    billed: int = 0
    group: str = ""
    several: bool = False


def visit_notes(sheet: Sheet) -> dict[int, list[Note]]:
    """Say of each visit what is wrong with its identity check, or that it lacks."""
    found: dict[int, list[Note]] = {}
    care = sheet.care
    for visit in care.visits if care else ():
        assert care is not None
        if visit.identity is not None:
            found[visit.number] = notes(checks.check(visit.identity, _within(care.day)))
        elif care.third_party and visit.acts:
            needed = law.value("identity_needed", _within(care.day))
            found[visit.number] = [note(message("identity.missing", needed, visit=visit.number))]
    return found


def _within(day: date) -> int:
    """Give the number of a day, that of the first one known for an earlier day."""
    return max(day_number(day), law.first_day())


def result(sheet: Sheet, judged: Judged | None, readings: Sequence[tuple[Identity, int]] = ()) -> Result:
    """Lay out a judged day, with what the month's identity checks want; nothing while the sheet cannot be read."""
    care = sheet.care
    if care is None or judged is None:
        return Result()
    found, fees = judged.day, _amounts(judged)
    lines = [_line(line, judged, cents) for line, cents in zip(found.lines, fees, strict=True)]
    total = None if any(cents is None for cents in fees) or not fees else sum(cents or 0 for cents in fees)
    due = judged.quote.get("due", {}) if total is not None else {}
    return Result(
        lines=lines,
        level=found.level.value,
        refused=[(label(one.kind), note(one.message)) for one in found.refused],
        notes=[*_notes(care, judged), *_share(care, readings)],
        asked=_asked(sheet, care, judged),
        total=total,
        insurer=parse_cents(due["insurer"]) if due else None,
        patient=parse_cents(due["patient"]) if due else None,
        prices=_prices(care, judged),
        wrong=len(found.refused)
        + sum(1 for one in found.messages if one.severity == "error" and one.code != "nothing")
        + len(judged.guards),
        billed=judged.billed,
        group=judged.group.practice.name if judged.group else "",
        several=any(line.norm == "9" for line in found.lines),
    )


def _amounts(judged: Judged) -> list[int | None]:
    """Give what each line is billed: as the bill prices it, else the official fee where it is known."""
    acts = judged.quote.get("acts")
    if acts:
        return [parse_cents(act["fee"]) for act in acts]
    return [line.cents for line in judged.day.lines]


def _line(line: Line, judged: Judged, cents: int | None) -> LineShown:
    nurse = judged.nurses.get(line.provider)
    return LineShown(
        code=line.code,
        label=label(line.kind),
        role=str(ROLES[line.role]),
        is_flat=line.role is Role.FLAT,
        visit=line.visit,
        nurse=nurse.full_name if nurse else line.provider,
        norm=line.norm,
        related=line.related,
        prescriber=line.prescriber,
        cents=cents,
    )


def _notes(care: Care, judged: Judged) -> list[Note]:
    """Gather what is to be known of the day: the rules, the insurers' checks, the price of the bill."""
    priced = "acts" in judged.quote
    told = [one for one in judged.day.messages if not one.code.startswith(OWN)]
    told += [one for one in judged.day.messages if one.code == "identity.presence"]
    told += [] if priced else [one for one in judged.day.messages if one.code.startswith("ceiling.")]
    found = [
        *([_again(care, judged)] if judged.billed else []),
        *(Note("error", f"{one.error}.", one.text) for one in faults(judged.day.lines)),
        *(Note("error", one.what, one.remedy) for one in judged.guards),
        *notes(one for one in told if one.code != "ceiling.unpriced"),
        *_said(judged.quote),
    ]
    if any(one.code.startswith("identity.") and one.severity == "error" for one in judged.day.messages):
        found.insert(0, Note("error", _("The identity is not checked as it should be."), _("See each visit.")))
    return found


def _share(care: Care, readings: Sequence[tuple[Identity, int]]) -> list[Note]:
    """Tell where too few of the month's checks are direct."""
    told = checks.share(readings, _within(care.day)) if care.third_party and readings else None
    return [note(told)] if told else []


def _again(care: Care, judged: Judged) -> Note:
    what = _("%(count)s acts of %(day)s are billed already.") % {"count": judged.billed, "day": f"{care.day:%d/%m/%Y}"}
    return Note("warning", what, _("What you bill now is added to them: only what is left to bill."))


def _said(quote: Any) -> list[Note]:
    """Give what the price of the bill says, but for prices that lack: they are told once."""
    problems = [one for one in quote.get("error", []) if one["code"] != "price.unknown"]
    told = [one for one in quote.get("messages", []) if one["code"] != "flat_rate.replaces"]
    return [
        *(Note("error", one["message"], "") for one in problems),
        *(Note(one["level"], one["text"], "") for one in told),
    ]


def _prices(care: Care, judged: Judged) -> Note | None:
    """Say plainly that prices of the day lack, which days are known, and how to import them."""
    lacking = [one for one in judged.quote.get("error", []) if one["code"] == "price.unknown"]
    codes = dict.fromkeys(line.code for line in judged.unpriced)
    if not codes and not lacking:
        return None
    day = f"{care.day:%d/%m/%Y}"
    periods = [
        _("from %(first)s to %(last)s") % {"first": shown(first), "last": shown(last)}
        if last is not None
        else _("since %(first)s") % {"first": shown(first)}
        for first, last in on_file.priced_days()
    ]
    if codes:
        what = _("The price of %(codes)s is not known on %(day)s.") % {"codes": ", ".join(codes), "day": day}
    else:
        what = _("Prices of %(day)s are not known.") % {"day": day}
    known = _("Fees of home nursing are known %(periods)s.") % {"periods": ", ".join(periods) or "–"}
    ask = _(
        "Nothing is guessed: the day can wait in a draft. To import the prices, whoever looks after the installation "
        "runs: quittance tariffs --country BE import nomensoft FOLDER --published YYYY-MM-DD"
    )
    return Note("warning", what, f"{known} {ask}")


def _asked(sheet: Sheet, care: Care, judged: Judged) -> list[tuple[str, str, str]]:
    """List the codes that the list lacks, and those that the practice has typed: name of the field, label, value."""
    columns = law.labels("columns")
    places = {visit.number: visit.acts[0].place for visit in care.visits if visit.acts}
    wanted = [
        (one.kind, on_file.column_of(care.day, places[one.visit]))
        for one in judged.day.refused
        if one.message.code == "code.unknown" and one.visit in places
    ]
    used = [(line.kind, on_file.column_of(care.day, line.place)) for line in judged.day.lines]
    keys = dict.fromkeys([*wanted, *(key for key in used if key in sheet.codes)])
    found = []
    for kind, column in keys:
        if column in columns:
            name = f"{CODE}{kind}/{column}"
            value = str(sheet.data.get(name, sheet.codes.get((kind, column), "")))
            found.append((name, f"{label(kind)}, {columns[column]}", value))
    return found

"""What the pages of the Katz scale show: level, conditions, days, state and what is to be done of each evaluation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from quittance.belgium.law import nursing_care as law
from quittance.belgium.models import KatzEvaluation
from quittance.belgium.nursing import Evaluation, Level, compare, evaluations, katz
from quittance.belgium.nursing.evaluations import Comparison
from quittance.belgium.nursing.katz import Explanation
from quittance.belgium.nursing.model import ITEMS
from quittance.belgium.pages.nursing_notes import Note, doubt_text, notes, source_text
from quittance.belgium.services.nursing_choices import Choice, values_on
from quittance.kernel.dated import day_number, day_of
from quittance.patients.models import Patient
from quittance.web.country import Chip

RENEW = ("evaluation.ending", "evaluation.ended")
"""What is said of an evaluation that nothing follows."""


@dataclass(frozen=True)
class Shown:
    """An evaluation as the list shows it."""

    row: KatzEvaluation
    level: str
    scores: list[tuple[str, int]]
    until: date
    state: Chip
    notes: list[Note]
    lowered: Comparison | None
    lowered_notes: list[Note]
    is_open: bool


@dataclass(frozen=True)
class Said:
    """What one condition says of the scores, and whether its figure is to be verified."""

    met: bool
    text: str
    is_doubtful: bool


@dataclass(frozen=True)
class Judged:
    """An evaluation under way: its level and why, until when it holds, what changes since the one before."""

    missing: list[str]
    level: str = ""
    explained: Explanation | None = None
    groups: tuple[tuple[Level, bool, list[Said]], ...] = ()
    sources: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    until: date | None = None
    compared: Comparison | None = None
    before: KatzEvaluation | None = None
    notes: tuple[Note, ...] = ()


def level_text(told: Evaluation, chosen: Mapping[str, int] | None = None) -> str:
    """Name the level that counts, or the profile of toilets; `chosen` are the values that the practice chose.

    >>> level_text(Evaluation((3, 3, 3, 1, 1, 1), 20454))
    'A'
    >>> level_text(Evaluation((1, 1, 1, 1, 1, 1), 20454, toilets="T2"))
    'T2'
    """
    found = evaluations.level(told, law.Book(told.first, chosen or {}))
    return found.value or told.toilets or "–"


def shown(
    row: KatzEvaluation, rows: Sequence[KatzEvaluation], billed: Sequence[int], today: date, choices: Sequence[Choice]
) -> Shown:
    """Lay out an evaluation; of one that is replaced only its state is told.

    One that another follows ends on its eve, as when care is billed, and asks for no renewal.
    """
    told, chosen = row.evaluation(), values_on(choices, row.first)
    every = [one.evaluation() for one in rows]
    after = evaluations.following(told, every)
    until = max(day_of(evaluations.ends(told, every, law.Book(told.first))), row.first)
    gone = after is not None and after.first <= day_number(today)
    found = [] if gone else evaluations.check(told, day_number(today), chosen)
    found = [one for one in found if after is None or one.code not in RENEW]
    lowered = None
    if row.was_granted:
        asked = replace(told, granted=None)
        lowered = compare(asked, told, billed[-1] if billed else None, chosen)
    return Shown(
        row=row,
        level=level_text(told, chosen),
        scores=list(zip((law.labels("items")[item] for item in ITEMS), row.scores, strict=True)),
        until=until,
        state=_state(row, until, today, gone=gone),
        notes=notes(found),
        lowered=lowered if lowered and lowered.old is not lowered.new else None,
        lowered_notes=notes(lowered.messages) if lowered else [],
        is_open=not gone and row.sent_on is None,
    )


def _state(row: KatzEvaluation, until: date, today: date, *, gone: bool) -> Chip:
    if row.refused:
        return Chip(_("evaluation refused"), "bad")
    if gone:
        return Chip(_("evaluation replaced"))
    if row.stopped and row.stopped <= today:
        return Chip(_("care ended"))
    if until < today:
        return Chip(_("evaluation over"), "bad")
    if row.first > today:
        return Chip(_("evaluation to come"), "info")
    return Chip(_("evaluation in force"), "good")


def before(row_first: date, own: int | None, rows: Sequence[KatzEvaluation]) -> KatzEvaluation | None:
    """Find the evaluation that another one follows: the newest that begins before it and is not refused."""
    earlier = [one for one in rows if one.pk != own and not one.refused and one.first < row_first]
    return max(earlier, key=lambda one: (one.first, one.pk), default=None)


def judged(
    form: Any, rows: Sequence[KatzEvaluation], own: int | None, billed_until: int | None, choices: Sequence[Choice]
) -> Judged:
    """Judge what is typed: what lacks while it is not whole, else level, conditions and changes."""
    form.is_valid()
    told = form.evaluation()
    if told is None:
        cleaned = getattr(form, "cleaned_data", {})
        lacks = [law.labels("items")[item] for item in ITEMS if item not in cleaned]
        return Judged([*lacks, *([_("first day")] if "first" not in cleaned else [])])
    chosen = values_on(choices, day_of(told.first))
    explained = katz.explain(told.scores, told.first, chosen)
    earlier = before(day_of(told.first), own, rows)
    compared = compare(earlier.evaluation(), told, billed_until, chosen) if earlier else None
    messages = [*(compared.messages if compared else ()), *evaluations.check(told, told.first, chosen)]
    sources = dict.fromkeys(source_text(one.rule.source) for one in explained.sentences)
    return Judged(
        missing=[],
        level=level_text(told, chosen),
        explained=explained,
        groups=tuple(_group(level, explained) for level in katz.ORDER),
        sources=tuple(sources),
        doubts=tuple(doubt_text(one) for one in explained.doubts),
        until=day_of(evaluations.until(told, law.Book(told.first))),
        compared=compared,
        before=earlier,
        notes=tuple(notes(messages)),
    )


def _group(level: Level, explained: Explanation) -> tuple[Level, bool, list[Said]]:
    found = [one for one in explained.sentences if one.level is level]
    said = [Said(one.met, _bare(one.text), one.rule.doubtful) for one in found]
    return level, all(one.met for one in found), said


def _bare(text: str) -> str:
    """Leave out of a sentence the level that its heading names."""
    said = text.partition(" : ")[2]
    return said[:1].upper() + said[1:]


def palliative(patient: Patient) -> dict[str, Any]:
    """Tell the first day of the palliative notification, and where it is written."""
    belgian = getattr(patient, "belgian", None)
    try:
        url = reverse("belgium:insurability", args=[patient.pk])
    except NoReverseMatch:
        url = ""
    return {"from": belgian.palliative_from if belgian else None, "url": url}

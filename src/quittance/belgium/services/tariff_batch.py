"""Which codes of speech therapy an own tariff in a batch is for: category, disorders, duration, places."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from quittance.belgium.law import speech
from quittance.kernel.dated import day_number

INDIVIDUAL, COLLECTIVE, GUIDANCE, ASSESSMENT, EVALUATION = (
    *("individual", "collective", "guidance"),
    *("assessment", "evaluation"),
)
KINDS = {
    INDIVIDUAL: ("individual_30", "individual_60"),
    COLLECTIVE: ("collective",),
    GUIDANCE: ("guidance_individual", "guidance_collective"),
    ASSESSMENT: ("assessment",),
    EVALUATION: ("evaluation", "evolution", "relapse"),
}
"""The kinds of session of each category; the first three are those of a disorder (pathologie)."""
BY_DISORDER = frozenset({INDIVIDUAL, COLLECTIVE, GUIDANCE})
PLACES = ("practice", "home", "school", "rehabilitation", "hospital")
AMBULATORY = frozenset({"practice", "home", "rehabilitation"})
"""Where the code of an assessment holds that names no place: neither in hospital, nor at school."""
Lacking = Literal["minutes", "disorders", "places"]


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen; no disorder stands for all of them, no minutes for any duration."""

    category: str
    disorders: frozenset[str]
    minutes: int | None
    places: frozenset[str]


@dataclass(frozen=True, slots=True)
class Nothing:
    """Why nothing matches: the first choice that leaves no code, and what could be chosen there instead."""

    choice: Lacking
    instead: tuple[str, ...]


def _places(act: speech.Act) -> frozenset[str]:
    return AMBULATORY if act.place == speech.AMBULATORY else frozenset({act.place})


def durations() -> tuple[int, ...]:
    """List the durations that some session has, in minutes."""
    return tuple(sorted({one.minutes for one in speech.kinds().values()}))


def _of_category(selection: Selection, on: date) -> list[speech.Act]:
    day, kinds = day_number(on), KINDS[selection.category]
    return [one for one in speech.acts().values() if one.kind.code in kinds and one.first <= day <= one.last]


def _steps(selection: Selection, on: date) -> Iterable[tuple[Lacking, list[speech.Act], list[speech.Act]]]:
    """Narrow the codes by one choice after another: the choice, the codes before it, the codes after it."""
    acts = _of_category(selection, on)
    kept = [one for one in acts if selection.minutes in (None, one.kind.minutes)]
    yield "minutes", acts, kept
    acts = kept
    if selection.category in BY_DISORDER and selection.disorders:
        kept = [one for one in acts if one.disorder in selection.disorders]
        yield "disorders", acts, kept
        acts = kept
    yield "places", acts, [one for one in acts if selection.places & _places(one)]


def matching(selection: Selection, on: date) -> tuple[str, ...]:
    """List the codes in force on a day that were chosen, in order; none where nothing matches."""
    kept: list[speech.Act] = []
    for _choice, _before, kept in _steps(selection, on):
        if not kept:
            break
    return tuple(sorted(one.code for one in kept))


def why_nothing(selection: Selection, on: date) -> Nothing | None:
    """Say which choice leaves no code, with what could be chosen instead; None where some code matches."""
    for choice, before, after in _steps(selection, on):
        if not after:
            return Nothing(choice, _instead(choice, before))
    return None


def _instead(choice: Lacking, acts: list[speech.Act]) -> tuple[str, ...]:
    if choice == "minutes":
        return tuple(str(one) for one in sorted({act.kind.minutes for act in acts}))
    if choice == "disorders":
        known = {act.disorder for act in acts}
        return tuple(code for code in speech.disorders() if code in known)
    known = {place for act in acts for place in _places(act)}
    return tuple(place for place in PLACES if place in known)

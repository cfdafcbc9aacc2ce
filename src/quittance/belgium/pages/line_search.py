"""Find acts as one types: those of the profession that have a price on the day, the recent ones first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _

from quittance.belgium.country import country
from quittance.belgium.file import file_of
from quittance.belgium.law import speech
from quittance.belgium.law._read import parsed
from quittance.belgium.pages.line_act import Facts, facts
from quittance.belgium.pages.line_input import new_act
from quittance.belgium.pages.line_session import profession_of
from quittance.billing.pages.draft_parts import Act, Category, Found, Sheet
from quittance.web.country import Hit

LIMIT, LOOKED_AT = 12, 200
SPEECH = "speech_therapist"


def search_acts(words: str, sheet: Sheet, recent: Sequence[str], category: str = "") -> Found:
    """Find acts by the start of the code or by words; disorders narrow what is longer than the list."""
    if not words.strip():
        codes = [*recent, *_treated(sheet), *(code for _label, codes in _sets(sheet) for code in codes)]
        return Found(_hits(_known(codes, sheet), recent)[:LIMIT])
    found = _known((hit.code for hit in country.search(words, on=sheet.day, limit=LOOKED_AT)), sheet)
    categories = _categories(found, category)
    if category:
        found = [one for one in found if one.pathology == category] or found
    return Found(_hits(found, recent)[:LIMIT], categories if category or len(found) > LIMIT else [])


def _known(codes: Iterable[str], sheet: Sheet) -> list[Facts]:
    """Keep the acts of the profession; one without a price on the day is shown too, and says so."""
    profession = profession_of(sheet.professional)
    known = (facts(code, sheet.day) for code in dict.fromkeys(codes))
    return [one for one in known if one.label and one.profession in ("", profession)]


def _hits(found: Iterable[Facts], recent: Sequence[str]) -> list[Hit]:
    rank = {code: at for at, code in enumerate(recent)}
    # Sorting is stable: what was billed lately first, then the order of the search.
    ordered = sorted(found, key=lambda one: rank.get(one.code, len(rank)))
    return [Hit(one.code, one.label, one.cents, _note(one, rank)) for one in ordered]


def _note(one: Facts, rank: dict[str, int]) -> str:
    if one.cents is None:
        return _("no price on this day")
    return _("recent") if one.code in rank else ""


def _categories(found: Sequence[Facts], chosen: str) -> list[Category]:
    """The disorders of the acts found, each with how many it has."""
    counts: dict[str, int] = {}
    for one in found:
        if one.pathology:
            counts[one.pathology] = counts.get(one.pathology, 0) + 1
    known = speech.disorders()
    return [
        Category(code, f"{code} {known[code].label}" if code in known else code, count, chosen=code == chosen)
        for code, count in sorted(counts.items())
        if not chosen or code == chosen
    ]


def _treated(sheet: Sheet) -> list[str]:
    """The individual sessions of the disorders for which the patient has an agreement."""
    disorders = {one.disorder for one in file_of(sheet.patient).agreements}
    order = {"practice": 0, "home": 1, "school": 2}
    found = [
        one
        for one in speech.acts().values()
        if one.disorder in disorders and one.kind.family == "therapy" and one.place in order
    ]
    return [one.code for one in sorted(found, key=lambda one: (one.kind.minutes, order[one.place]))]


@lru_cache(maxsize=1)
def _commons() -> dict[str, list[dict[str, Any]]]:
    text = files("quittance.belgium.pages").joinpath("line_common.yaml").read_text(encoding="utf-8")
    found: dict[str, list[dict[str, Any]]] = parsed(text)
    return found


def _sets(sheet: Sheet) -> list[tuple[str, list[str]]]:
    return [(one["label"], one["codes"]) for one in _commons().get(profession_of(sheet.professional), [])]


def common(sheet: Sheet) -> list[tuple[str, list[Act]]]:
    """Give the sessions of the patient's agreements, then the usual sets whose acts have a price on the day."""
    sets = [(_short(code), [code]) for code in _treated(sheet)[:2]] + _sets(sheet)
    return [
        (label, [new_act(code, sheet) for code in codes])
        for label, codes in sets
        if all(facts(code, sheet.day).cents is not None for code in codes)
    ]


def _short(code: str) -> str:
    """Name a session in few words: disorder, minutes, place.

    >>> _short("711336")
    'a · 30 min · à domicile'
    """
    one = speech.acts()[code]
    places = {"practice": "au cabinet", "home": "à domicile", "school": "à l’école"}
    return " · ".join(part for part in (one.disorder, f"{one.kind.minutes} min", places.get(one.place, "")) if part)

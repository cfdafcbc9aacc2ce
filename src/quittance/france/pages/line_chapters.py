"""Chapters of the CCAM that hold the acts found, to narrow a long list: the keyword search (recherche par mot clé)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import cast

import yaml

from quittance.billing.pages.draft_parts import Category
from quittance.france import law
from quittance.france.country import country
from quittance.france.tariffs.search import Category as Chapter

KINDS = ("ccam",)
_BEGINS = re.compile(
    r"^(?P<other>Autres )?actes (?P<kind>thérapeutiques|diagnostiques) (?:sur|chez|pour) (?:l'|les? |la )?",
    re.IGNORECASE,
)


def chapters(words: str, profile: Mapping[str, str], day: date, chosen: str, most: int) -> list[Category]:
    """Give the chapters to narrow to; inside a chosen one that holds more than `most` acts, its sub-chapters."""
    if not may_bill_ccam(profile):
        return []
    found = country.index.categories(words, 1, day, KINDS)
    if not chosen:
        return [_category(one, chosen) for one in found] if len(found) > 1 else []
    head = chosen.split(".", maxsplit=1)[0]
    own = [one for one in found if one.chapter == head]
    inside = country.index.categories(words, 2, day, KINDS, head) if own and own[0].acts > most else []
    return [_category(one, chosen) for one in (*own, *(inside if len(inside) > 1 else ()))]


def may_bill_ccam(profile: Mapping[str, str]) -> bool:
    """Say whether the CCAM has a price grid for the profession; one that is not known yet is not held back.

    >>> may_bill_ccam({"specialty": "01"}), may_bill_ccam({"specialty": "24"}), may_bill_ccam({})
    (True, False, True)
    """
    known = law.specialties().get(profile.get("specialty", ""))
    return "specialty" not in profile or (known is not None and known.price_group != "none")


def _category(one: Chapter, chosen: str) -> Category:
    return Category(one.chapter, short(one.chapter, one.label), one.acts, one.label, one.chapter == chosen)


def short(chapter: str, label: str) -> str:
    """Shorten the name of a chapter: most sub-chapters begin with the same five words.

    >>> short("04.03", "Actes thérapeutiques sur les artères")
    'Artères'
    >>> short("16.02", "Actes diagnostiques sur le sein")
    'Diagnostic : sein'
    """
    if chapter in _names():
        return _names()[chapter]
    begins = _BEGINS.match(label)
    if begins is None:
        return label
    organ = label[begins.end() :]
    if begins["kind"].lower() == "diagnostiques":
        return f"Diagnostic : {organ}"
    return f"Autres : {organ}" if begins["other"] else organ[:1].upper() + organ[1:]


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    text = files("quittance.france.pages").joinpath("line_chapters.yaml").read_text(encoding="utf-8")
    return cast("dict[str, str]", yaml.safe_load(text))

"""Find acts as one types: those that this professional may bill for this patient, the recent ones first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml
from django.utils.translation import gettext as _

from quittance.billing.pages.draft_parts import Act, Found
from quittance.france.country import country
from quittance.france.pages import line_chapters
from quittance.france.pages.line_act import facts, profile_of
from quittance.people.models import Professional
from quittance.web.country import Hit

LIMIT, LOOKED_AT = 12, 60


def search_acts(
    words: str,
    professional: Professional,
    day: date,
    birth: Any = None,
    recent: Sequence[str] = (),
    category: str = "",
) -> Found:
    """Find acts by the start of the code, by words or by keyword; without words, the recent and the common ones.

    Where there are more than the list shows, the chapters of the CCAM narrow them (recherche par mot clé).
    """
    profile = profile_of(professional)
    if not words.strip():
        codes = [*recent, *_common_codes(professional)]
        return Found(_hits(codes, words, profile, day, birth, recent)[:LIMIT])
    codes = _codes(words, day, category)
    if category and not codes:
        return search_acts(words, professional, day, birth, recent)
    hits = _hits(codes, words, profile, day, birth, recent)
    more = len(hits) > LIMIT or len(codes) == LOOKED_AT
    chapters = line_chapters.chapters(words, profile, day, category, LIMIT) if more or category else []
    # Where no chapter narrows a narrowed list further, it is shown as far as was looked.
    most = LOOKED_AT if category and (not more or "." in category or len(chapters) < 2) else LIMIT
    return Found(hits[:most], chapters)


def _hits(
    codes: Iterable[str], words: str, profile: dict[str, str], day: date, birth: Any, recent: Sequence[str]
) -> list[Hit]:
    """Show the acts that may be billed: the typed code, then what was billed lately, then the order of the search."""
    rank = {code: at for at, code in enumerate(reversed(recent))}
    typed = words.strip().upper()
    # Sorting is stable.
    codes = sorted(dict.fromkeys(codes), key=lambda code: (code != typed, -rank.get(code, -1)))
    hits = (_hit(code, profile, day, birth, code in rank) for code in codes)
    return [hit for hit in hits if hit is not None]


def _codes(words: str, day: date, chapter: str) -> list[str]:
    return [hit.code for hit in country.index.search(words, day, LOOKED_AT, chapter=chapter)]


def _hit(code: str, profile: dict[str, str], day: date, birth: Any, recent: bool) -> Hit | None:
    """Show an act that the professional may bill and whose age fits; one that is not covered says so."""
    known = facts(code, profile, day, birth)
    if not known.fits_age or (known.kind == "ngap" and not known.usable):
        return None
    if known.pairs and (1, 0) not in known.pairs:
        known = facts(code, profile, day, birth, known.pairs[0])
    note = "" if known.price_cents is not None else _("no price")
    note = note if known.covered else _("not covered")
    return Hit(code, known.label, known.price_cents, note or (_("recent") if recent else ""))


@dataclass(frozen=True, slots=True)
class Common:
    """A usual set of acts: its label and the acts as the draft keeps them."""

    label: str
    acts: tuple[dict[str, Any], ...]


@lru_cache(maxsize=1)
def _commons() -> dict[str, tuple[Common, ...]]:
    text = files("quittance.france.pages").joinpath("line_common.yaml").read_text(encoding="utf-8")
    found: dict[str, tuple[Common, ...]] = {}
    for group in yaml.safe_load(text):
        sets = tuple(Common(one["label"], tuple(one["acts"])) for one in group["sets"])
        found |= dict.fromkeys(group["specialties"], sets)
    return found


def _common_codes(professional: Professional) -> list[str]:
    sets = _commons().get(profile_of(professional).get("specialty", ""), ())
    return [str(act["code"]) for one in sets for act in one.acts]


def common(professional: Professional, day: date, birth: Any = None) -> list[tuple[str, list[Act]]]:
    """Give the usual sets of a profession whose acts exist on the day and fit the patient's age."""
    profile = profile_of(professional)
    found = []
    for one in _commons().get(profile.get("specialty", ""), ()):
        known = [facts(str(act["code"]), profile, day, birth) for act in one.acts]
        if all(fact.usable and fact.fits_age for fact in known):
            found.append((one.label, [dict(act) for act in one.acts]))
    return found

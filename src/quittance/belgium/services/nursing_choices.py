"""What a practice chose where the law of home nursing is uncertain: a value of a figure from a day on.

Kept beside the codes of the practice, among the preferences of each of its nurses (`nursing_choices`): the newest
copy counts, so that a nurse who comes later, or one who leaves, changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from quittance.audit import record
from quittance.belgium.law import nursing_care as law
from quittance.belgium.nursing import Choices
from quittance.belgium.services.care import NURSE, codes_in
from quittance.people.acting import Acting
from quittance.people.models import Practice, Professional
from quittance.people.turns import take_turn

KEY = "nursing_choices"


class Choice(NamedTuple):
    """The value of a figure (cents for an amount) from a day on; None = that of the law again."""

    name: str
    value: int | None
    first: date


def choices_in(preferences: Iterable[Mapping[str, Any]]) -> list[Choice]:
    """Read the choices of a practice from the preferences of its professionals, by figure and day."""
    kept = [one[KEY] for one in preferences if one and KEY in one]
    newest = max(kept, key=_saved, default=None)
    known, found = law.choosable(), newest["rows"] if newest else []
    rows = [Choice(row["name"], row["value"], date.fromisoformat(row["from"])) for row in found]
    return sorted((one for one in rows if one.name in known), key=lambda one: (one.name, one.first))


def _saved(kept: Mapping[str, Any]) -> str:
    return str(kept["saved"])


def values_on(choices: Iterable[Choice], day: date) -> dict[str, int]:
    """Give the values that hold on a day; `choices` in the order of their days."""
    found = {one.name: one.value for one in choices if one.first <= day}
    return {name: value for name, value in found.items() if value is not None}


def preferences_of(scope: Any) -> list[Mapping[str, Any]]:
    """List the preferences of the professionals of a practice, in one query."""
    return list(Professional.objects.for_(scope).order_by("pk").values_list("preferences", flat=True))


def chosen_on(
    preferences: Sequence[Mapping[str, Any]], day: date, codes: Mapping[tuple[str, str], str] | None = None
) -> Choices:
    """Give values and codes of a practice on a day, as the rules read them; `codes` stand over those that are kept."""
    return Choices(values_on(choices_in(preferences), day), {**codes_in(preferences), **(codes or {})})


@transaction.atomic
def keep_choice(acting: Acting, choice: Choice) -> None:
    """Keep a choice; one of the same figure and day gives way."""
    take_turn(Practice, acting.practice.pk)
    known = choices_in(preferences_of(acting))
    _save(acting, [one for one in known if (one.name, one.first) != (choice.name, choice.first)] + [choice])


@transaction.atomic
def drop_choice(acting: Acting, name: str, first: date) -> bool:
    """Take a choice away; False where there is none."""
    take_turn(Practice, acting.practice.pk)
    known = choices_in(preferences_of(acting))
    left = [one for one in known if (one.name, one.first) != (name, first)]
    if len(left) == len(known):
        return False
    _save(acting, left)
    return True


def carry(professional: Professional, preferences: Iterable[Mapping[str, Any]]) -> None:
    """Give a professional who came later the choices of the practice, so that they hold for his drafts too."""
    kept = [one[KEY] for one in preferences if one and KEY in one]
    newest, own = max(kept, key=_saved, default=None), (professional.preferences or {}).get(KEY)
    if newest is not None and newest != own:
        professional.preferences = {**(professional.preferences or {}), KEY: newest}
        professional.save(update_fields=["preferences"])


def _save(acting: Acting, choices: Iterable[Choice]) -> None:
    rows = [{"name": one.name, "value": one.value, "from": one.first.isoformat()} for one in choices]
    kept = {"saved": timezone.now().isoformat(), "rows": rows}
    assert acting.professional is not None
    for one in Professional.objects.for_(acting).order_by("pk"):
        if one.pk == acting.professional.pk or (one.profile or {}).get("profession") == NURSE:
            one.preferences = {**(one.preferences or {}), KEY: kept}
            one.save(update_fields=["preferences"])
    record(acting, "change", "nursing.choices", acting.professional)

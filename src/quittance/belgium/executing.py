"""Who gave the care of a nurses' bill (dispensateur exécutant): the name and the INAMI number that its papers print.

An act that a day of care put into the draft keeps both of its nurse (`services.nursing`); any other act was done by
whoever the bill is of, or his substitute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from quittance.belgium.pages.line_session import day_or, profession_of
from quittance.belgium.terms import terms_of
from quittance.billing.models import Draft
from quittance.web.country import Missing
from quittance.web.templatetags.quittance import day as written

NURSE = "nurse"


class Nurse(NamedTuple):
    """A nurse as the papers name her; `number` is her INAMI number on the day of the care, empty where none is known.

    >>> Nurse.of({"provider_name": "Emma Exemple", "provider_number": "49900263001"})
    Nurse(name='Emma Exemple', number='49900263001')
    """

    name: str
    number: str

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Nurse | None:
        """Read the nurse whom an act names; None where it names nobody."""
        name = str(told.get("provider_name", ""))
        return cls(name, str(told.get("provider_number", ""))) if name else None


def of_acts(draft: Draft, day: date) -> list[tuple[date, Nurse]]:
    """Give the day and the nurse of each act of a draft, in their order; `day` is that of an act without its own.

    Empty for another profession.
    """
    if profession_of(draft.biller) != NURSE:
        return []
    who = draft.substitute or draft.biller
    own, found = terms_of(who), []
    for act in draft.input.get("acts", []):
        on = day_or(str(act.get("date", "")), day)
        found.append((on, Nurse.of(act) or Nurse(who.full_name, own.inami(on))))
    return found


def faults(draft: Draft, day: date) -> Iterator[Missing]:
    """Say once of each nurse that her INAMI number lacks: in third-party payment the insurers pay no act without."""
    told = set[str]()
    for at, (on, nurse) in enumerate(of_acts(draft, day)):
        if not nurse.number and nurse.name not in told:
            told.add(nurse.name)
            yield Missing("provider.number", f"acts[{at}].code", number_lacks(nurse.name, on))


def number_lacks(name: str, on: date) -> str:
    """Say that a nurse has no INAMI number on a day, why it is needed, and what to do."""
    text = _(
        "The INAMI number of %(name)s on %(day)s is not known: in third-party payment the insurers want that of the "
        "nurse who gave the care. Write it in the record of the professional, then bill the day again."
    )
    return text % {"name": name, "day": written(on)}


def printed(draft: Draft, day: date) -> dict[str, list[dict[str, Any]]]:
    """Copy each executing nurse with the positions of the lines that are hers, in the order of their first act."""
    lines: dict[Nurse, list[int]] = {}
    for position, (_on, nurse) in enumerate(of_acts(draft, day), 1):
        lines.setdefault(nurse, []).append(position)
    rows = [{"name": one.name, "number": one.number, "lines": held} for one, held in lines.items()]
    return {"nurses": rows} if rows else {}


def nurses_of(snapshot: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """List the executing nurses as a bill copied them; empty for another profession, or an older bill."""
    rows: Sequence[Mapping[str, Any]] = (snapshot.get("printed") or {}).get("nurses") or []
    return rows

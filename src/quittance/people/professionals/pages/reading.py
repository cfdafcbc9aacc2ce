"""What the pages show of professionals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from quittance.people.acting import Acting
from quittance.people.country import Fact, Scope, scopes_of
from quittance.people.models import Issuer, Mandate, Professional, Substitution, valid_on
from quittance.people.powers import may
from quittance.people.professionals import bank, rules
from quittance.people.professionals.country import dated_parts, half_of, situation_part
from quittance.people.professionals.parts import BANK, CONVENTION, PARTS, Part


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a dated part in words: `now` tells that it holds today."""

    pk: int
    text: str
    note: str
    first: Any
    last: Any
    now: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A dated part as the record shows it."""

    part: Part
    rows: list[Row]
    may_change: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A professional in the list: `note` says whom he replaces, or who replaces him."""

    professional: Professional
    number: str
    names: str


def _listed(acting: Acting, found: list[Professional]) -> list[Listed]:
    numbers: dict[int, str] = {}
    for issuer in Issuer.objects.for_(acting).filter(archived_at=None).order_by("-pk"):
        numbers[issuer.professional_id] = issuer.number
    pairs = Substitution.objects.for_(acting).filter(deactivated_at=None).select_related("holder", "substitute")
    names: dict[int, list[str]] = {}
    for pair in pairs:
        names.setdefault(pair.holder_id, []).append(str(pair.substitute))
        names.setdefault(pair.substitute_id, []).append(str(pair.holder))
    return [Listed(one, numbers.get(one.pk, ""), ", ".join(sorted(names.get(one.pk, ())))) for one in found]


def everyone(acting: Acting) -> dict[str, list[Listed]]:
    """List holders, substitutes and who has left, by name."""
    found = _listed(acting, list(Professional.objects.for_(acting).order_by("last_name", "first_name", "pk")))
    return {
        "holders": [one for one in found if not one.professional.archived_at and not one.professional.is_substitute],
        "substitutes": [one for one in found if not one.professional.archived_at and one.professional.is_substitute],
        "gone": [one for one in found if one.professional.archived_at],
    }


def _scope(acting: Acting) -> Scope | None:
    """Give the scope of the mandate under which one works."""
    if not acting.is_mandatary:
        return None
    key = acting.capacity.partition(":")[2]
    mandate = Mandate.objects.for_(acting).filter(pk=key).only("type").first()
    return scopes_of(acting.practice.country).get(mandate.type) if mandate else None


def _facts(acting: Acting, professional: Professional) -> list[Fact]:
    """Explain numbers and status: to who works in the practice, or to whom the convention is entrusted."""
    half = half_of(professional.practice)
    if half is None or (acting.is_mandatary and not rules.may_read(acting, professional, CONVENTION)):
        return []
    return list(half.facts(professional, acting.today()))


def _words(part: Part, row: Any, choices: Any) -> tuple[str, str]:
    """Tell a row: what it says, and what stands smaller beside it."""
    if part.name == "address":
        return str(row), " · ".join(filter(None, (row.label, row.phone)))
    if part.name == BANK:
        return bank.shown(row.iban), " · ".join(filter(None, (row.bic, row.holder)))
    if hasattr(row, "value"):
        return str(dict(choices).get(row.value, row.value)), ""
    return f"{row.year} · {row.get_state_display()}", row.note


def _dated(acting: Acting, professional: Professional) -> list[Shown]:
    today, readable = acting.today(), rules.readable(acting, professional)
    found = []
    for name, choices in dated_parts(professional).items():
        part = PARTS[name]
        if part.power not in readable:
            continue
        current = set()
        if "from_day" in {field.name for field in part.model._meta.fields}:
            current = set(part.rows(professional).filter(valid_on(today)).values_list("pk", flat=True))
        rows = [
            Row(
                row.pk,
                *_words(part, row, choices),
                getattr(row, "from_day", None),
                getattr(row, "to_day", None),
                row.pk in current,
            )
            for row in part.rows(professional)
        ]
        found.append(Shown(part, rows, rules.may_change(acting, professional, part.power)))
    return found


def _situations(acting: Acting, professional: Professional) -> dict[str, Any]:
    """Tell the further situations, where the country knows them."""
    if acting.is_mandatary or situation_part(professional, None, None) is None:
        return {}
    rows = list(Issuer.objects.for_(acting).filter(professional=professional).order_by("pk"))
    return {"main": rows[0] if rows else None, "situations": rows[1:], "may_have_situations": True}


def record_of(acting: Acting, professional: Professional) -> dict[str, Any]:
    """Gather what a record shows to whoever reads it."""
    half = half_of(professional.practice)
    changeable = rules.changeable(acting, professional)
    prefers = half is not None and not professional.is_substitute and rules.WHOLE in changeable
    return {
        "professional": professional,
        "facts": _facts(acting, professional),
        "dated": _dated(acting, professional),
        "readable": rules.readable(acting, professional),
        "changeable": changeable,
        "scope": _scope(acting),
        "may_list": may(acting, "professional.list"),
        "may_delete": may(acting, "professional.delete"),
        "may_prefer": prefers and half is not None and half.preferences_form(None, professional) is not None,
        **_situations(acting, professional),
    }

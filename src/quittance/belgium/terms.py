"""On what terms a professional works on a day: convention status and own fees, read in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db.models import DateField, F, Value
from django.db.models.functions import JSONObject

from quittance.belgium.models import CustomTariff
from quittance.belgium.status import CONVENTION, INAMI
from quittance.people.models import GroupRecord, Identifier, Professional, StatusPeriod

KEPT = "_belgian_terms"
STATUS, TARIFF, NUMBER = "status", "tariff", "number"
COLUMNS = ("what", "name", "first", "told")
GROUP = ("third_party_number", "contact_fund", "reference_provider", "subscription_number", "representative_number")
ORGANISATION = ("company_number", "provider_number")
NO_DAY = Value(None, output_field=DateField())


class Period(NamedTuple):
    """A status, a number or the fee of a code (in cents) from a day to a day, both included, None = open."""

    name: str
    cents: int
    from_day: date
    to_day: date | None

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.from_day <= day and (self.to_day is None or day <= self.to_day)


@dataclass(frozen=True)
class Terms:
    """The convention statuses of a professional, his own tariffs and INAMI numbers, the newest first; his group.

    `group` holds the numbers of the group's record (fiche du groupement), empty for who works alone.
    """

    statuses: tuple[Period, ...] = ()
    tariffs: tuple[Period, ...] = ()
    group: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[Period, ...] = ()

    def convention(self, day: date) -> str:
        """The convention status of a day in the words of the contract; empty where it is not known."""
        return next((one.name for one in self.statuses if one.holds(day)), "")

    def inami(self, day: date) -> str:
        """The INAMI number of a day; empty where none is known."""
        return next((one.name for one in self.numbers if one.holds(day)), "")

    def fees(self, day: date, codes: Iterable[str]) -> dict[str, int]:
        """The own fees of some codes on a day, in cents."""
        wanted = set(codes)
        return {one.name: one.cents for one in reversed(self.tariffs) if one.name in wanted and one.holds(day)}


def terms_of(professional: Professional) -> Terms:
    """Give the terms of a professional; read once for a professional in memory."""
    if KEPT not in professional.__dict__:
        first, *others = queries(professional)
        keep(professional, first.union(*others, all=True))
    kept: Terms = professional.__dict__[KEPT]
    return kept


def queries(professional: Professional) -> tuple[Any, ...]:
    """Query statuses, own tariffs, INAMI numbers and the group as rows of `COLUMNS`, to be read with others."""
    mine = {"professional": professional.pk}
    statuses = StatusPeriod.objects.for_(professional).filter(kind=CONVENTION, **mine).order_by()
    tariffs = CustomTariff.objects.for_(professional).filter(**mine).order_by()
    numbers = Identifier.objects.for_(professional).filter(system=INAMI, **mine).order_by()
    told = JSONObject(cents=Value(0), to=F("to_day"))
    own = JSONObject(cents=F("cents"), to=F("to_day"))
    group = GroupRecord.objects.for_(professional).order_by()
    record = {name: F(name) for name in GROUP} | {name: F(f"organisation__{name}") for name in ORGANISATION}
    return (
        statuses.annotate(what=Value(STATUS), name=F("value"), first=F("from_day"), told=told).values_list(*COLUMNS),
        tariffs.annotate(what=Value(TARIFF), name=F("code"), first=F("from_day"), told=own).values_list(*COLUMNS),
        numbers.annotate(what=Value(NUMBER), name=F("value"), first=F("from_day"), told=told).values_list(*COLUMNS),
        group.annotate(what=Value("group"), name=Value(""), first=NO_DAY, told=JSONObject(**record)).values_list(
            *COLUMNS
        ),
    )


def keep(professional: Professional, rows: Iterable[tuple[str, str, date | None, Any]]) -> None:
    """Keep the terms that such rows tell, for a professional in memory."""
    found: dict[str, list[Period]] = {STATUS: [], TARIFF: [], NUMBER: []}
    kept = list(rows)
    group: dict[str, str] = next((told for what, _name, _first, told in kept if what == "group"), {})
    dated = (row for row in kept if row[0] in found)
    for what, name, first, told in sorted(dated, key=lambda row: row[2] or date.min, reverse=True):
        last = told["to"] and date.fromisoformat(told["to"])
        found[what].append(Period(name, told["cents"], first or date.min, last))
    professional.__dict__[KEPT] = Terms(tuple(found[STATUS]), tuple(found[TARIFF]), group, tuple(found[NUMBER]))

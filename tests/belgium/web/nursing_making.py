"""Home nursing for tests: nurses of a group, evaluations, days as the page's form sends them."""

from __future__ import annotations

from datetime import date
from typing import Any

from quittance.belgium.models import KatzEvaluation
from quittance.belgium.nursing.model import ITEMS
from tests.belgium import making

MONDAY = "2018-03-05"
READ = {"reading": "1", "document": "1", "serial": "592123456789", "hour": "08:15", "manual": "0", "vignette": "0"}


def nurse(**group: Any) -> Any:
    """Dora, nurse, at work; with `number`, in a group of that third-party number."""
    acting = making.at_work(making.belgian_practice(), "nurse", "conventioned")
    if group:
        from quittance.people.models import GroupRecord, Organisation

        made = Organisation.objects.for_(acting).create(kind="group", provider_number=group["number"][:8])
        GroupRecord.objects.for_(acting).create(organisation=made, third_party_number=group["number"])
    return acting


EMMA = "49900263001"


def colleague(acting: Any, number: str = EMMA) -> Any:
    """Emma, another nurse of the practice; without a `number`, none is written."""
    from quittance.people.models import Identifier, Professional

    emma = Professional.objects.for_(acting).create(
        first_name="Emma", last_name="Exemple", profession="Infirmière", profile={"profession": "nurse"}
    )
    if number:
        known = {"professional": emma, "from_day": date(2017, 1, 1)}
        Identifier.objects.for_(acting).create(system="be.inami", value=number, **known)
    return emma


def katz(patient: Any, scores: str = "333111", first: str = "2018-02-01", **more: Any) -> KatzEvaluation:
    """An evaluation of six digits, notified on its first day."""
    from quittance.people.models import Professional

    who = Professional.objects.for_(patient).first()
    assert who is not None
    day = date.fromisoformat(first)
    told = {"first": day, "sent_on": day, **dict(zip(ITEMS, map(int, scores), strict=True)), **more}
    return KatzEvaluation.objects.for_(patient).create(patient=patient, professional=who, **told)


def scored(scores: str = "333111", first: str = "2026-01-01", **more: str) -> dict[str, str]:
    """The form of the scale as it is sent."""
    return {**dict(zip(ITEMS, scores, strict=True)), "first": first, "address": "on", **more}


def day_form(*visits: dict[str, Any], day: str = MONDAY, **more: str) -> dict[str, Any]:
    """The form of a day: each visit by its fields, `acts` as words `kind` or `kind+rx` (prescribed the day before)."""
    sent: dict[str, Any] = {"day": day, "third_party": "on", "n": str(len(visits)), "billed": "0", **more}
    for number, visit in enumerate(visits, 1):
        for name, value in {"place": "home", **visit}.items():
            if name != "acts":
                sent[f"v{number}-{name}"] = value
                continue
            sent[f"v{number}-acts"] = [word.partition("+")[0] for word in value.split()]
            for word in value.split():
                kind, _plus, told = word.partition("+")
                if told == "rx":
                    sent[f"v{number}-{kind}-prescribed"] = "2018-01-15"
    return sent


def flat_rate_of(level: str = "A", day: str = MONDAY) -> list[dict[str, Any]]:
    """The lines that a day of care with one toilet puts into a draft."""
    flat = {"A": "425272", "B": "425294"}[level]
    lines = [("425014", "basic_1", "statistic"), ("425110", "toilet", "statistic"), (flat, f"flat_{level}", "flat")]
    shared = {"date": day, "visit": 1, "place": "home", "provider": "61234516802"}
    return [{"code": code, "kind": kind, "role": role, **shared} for code, kind, role in lines]

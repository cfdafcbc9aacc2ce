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


def colleague(acting: Any) -> Any:
    """Emma, another nurse of the practice, whose INAMI number is not written."""
    from quittance.people.models import Professional

    return Professional.objects.for_(acting).create(
        first_name="Emma", last_name="Exemple", profession="Infirmière", profile={"profession": "nurse"}
    )


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

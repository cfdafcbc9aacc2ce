"""A Belgian practice for the benchmarks: a speech therapist without convention, her tariffs, a patient with a file."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

CODE = "712316"
SESSIONS = 60


def practice() -> Any:
    """Give who works: Dora, with an own tariff for each code of her list, in two periods."""
    from quittance.belgium.law import speech
    from quittance.belgium.models import CustomTariff
    from tests.belgium import making

    acting = making.at_work(making.belgian_practice())
    known = {"practice": acting.practice, "professional": acting.professional}
    CustomTariff.objects.bulk_create(
        CustomTariff(code=code, cents=4500, from_day=first, to_day=last, **known)
        for code in speech.acts()
        for first, last in ((date(2025, 1, 1), date(2025, 12, 31)), (date(2026, 1, 1), None))
    )
    return acting


def patient(acting: Any) -> Any:
    """Give a patient under agreement, sixty sessions of whom were billed since January."""
    from tests.belgium import making

    made = making.patient_of(acting)
    begin = date(2026, 1, 1)
    making.agreement_of(made, begin=begin.isoformat(), assessed=date(2025, 12, 20))
    for at in range(0, SESSIONS, 10):
        days = [begin + timedelta(days=2 * (at + place)) for place in range(10)]
        acts = [{"code": CODE, "date": day.isoformat()} for day in days]
        making.bill_of(acting, made, *acts, day=days[-1].isoformat())
    return made


def acts(first: date, count: int = 10) -> list[dict[str, Any]]:
    """Give sessions on days that follow each other."""
    return [{"code": CODE, "date": (first + timedelta(days=at)).isoformat()} for at in range(count)]

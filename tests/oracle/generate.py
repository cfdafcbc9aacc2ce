"""Sessions for the comparison of the product with the oracle: valid ones, of every profession, zone, day and right.

`session(random)` asks its choices of a `random.Random`; the Hypothesis strategy `sessions` gives one that shrinks.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.oracle import acts, covers, laws
from tests.oracle.quoting import quote

Session = dict[str, Any]

FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)
#: Days on which something of the law or of a price list changes: drawn more often than the others.
TURNS = (
    "2018-12-31", "2019-01-01", "2019-12-31", "2020-01-01", "2022-03-31", "2022-04-01", "2023-10-14", "2023-10-15",
    "2023-10-31", "2023-11-01", "2024-01-27", "2024-01-28", "2024-02-21", "2024-02-22", "2024-12-21", "2024-12-22",
    "2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01",
)  # fmt: skip
OFTEN = ("01", "12", "19", "21", "24", "26", "27", "28", "29", "02", "06", "15", "32", "33", "41", "49", "70")
ZONES = ("guadeloupe", "martinique", "guyane", "reunion", "mayotte")


def session(random: Random) -> Session:
    """One valid session. The same random numbers give the same session."""
    while True:
        made = _attempt(random)
        if made["acts"]:
            return _with_excess(random, made)


sessions = st.randoms(use_true_random=False).map(session)


def _attempt(random: Random) -> Session:
    day = _day(random)
    professional = _professional(random)
    made: Session = {"country": "FR", "date": day.isoformat(), "professional": professional}
    birth = _birth(random, day)
    if birth is not None:
        made["patient"] = {"birth_date": birth}
    cover = covers.cover(random, day)
    if cover:
        made["cover"] = cover
    made["acts"] = acts.lines(random, made, day)
    return made


def _day(random: Random) -> date:
    if random.random() < 0.3:
        return date.fromisoformat(random.choice(TURNS))
    return FIRST + timedelta(days=random.randrange((LAST - FIRST).days + 1))


@cache
def _specialties() -> list[str]:
    """Who has prices of his own: health professionals, not suppliers nor carriers."""
    wanted = (
        "doctor",
        "dentist",
        "midwife",
        "nurse",
        "physiotherapist",
        "chiropodist",
        "speech_therapist",
        "orthoptist",
    )
    return [row["code"] for row in laws.file("specialties")["specialties"] if row["profession"] in wanted]


def _professional(random: Random) -> dict[str, str]:
    specialty = random.choice(OFTEN if random.random() < 0.7 else _specialties())
    made = {"specialty": specialty}
    if random.random() < 0.25:
        made["zone"] = random.choice(ZONES)
    if laws.specialty(int(specialty))["profession"] == "doctor" and random.random() < 0.6:
        made["sector"] = random.choice(("1", "1DP", "2", "2", "0"))
        if made["sector"] != "0" and random.random() < 0.6:
            made["option"] = random.choice(("optam", "optam_aco"))
    return made


def _birth(random: Random, day: date) -> Any:
    """None, a lunar date of an adult, or a date that makes any age, birthdays of the law included."""
    kind = random.random()
    if kind < 0.15:
        return None
    if kind < 0.2:
        return {"raw": random.choice(("31021950", "00051948", "01201961", "00991970"))}
    years = random.choice((0, 1, 2, 4, 5, 12, 15, 16, 17, 25, 40, 60, 80, 81, 90))
    return (day - timedelta(days=int(years * 365.25) + random.randrange(366) + 2)).isoformat()


def _with_excess(random: Random, made: Session) -> Session:
    """A fee above the tariff, where a qualifier or the sector allows it."""
    priced = quote(made)
    if "error" in priced:
        return made
    for act, shown in zip(made["acts"], priced["acts"], strict=True):
        usual = _usual_fee(act, shown)
        if usual is None or random.random() < 0.4:
            continue
        free = act.get("qualifier") in covers.EXCESS or made["professional"].get("sector") == "0"
        if free and (made.get("cover", {}).get("scheme") != "c2s" or act.get("qualifier") == "E"):
            act["total"] = f"{min(usual + random.randrange(20_000) / 100, 99_999.99):.2f}"
    return made


def _usual_fee(act: dict[str, Any], shown: dict[str, Any]) -> float | None:
    return None if act.get("qualifier") == "G" else float(shown["fee"])

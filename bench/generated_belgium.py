"""Random Belgian sessions, valid or not, made quickly: for benchmarks and for plain against compiled."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from quittance.belgium import country
from quittance.kernel.dated import day_number

FIRST, LAST = date(2011, 6, 1), date(2027, 3, 31)
KNOWN = {
    "speech_therapist": (date(2026, 1, 1), date(2026, 12, 31)),
    "nurse": (date(2018, 1, 1), date(2018, 12, 31)),
    "physiotherapist": (date(2024, 1, 1), date(2024, 12, 31)),
    "doctor": (date(2024, 1, 1), date(2024, 12, 31)),
    "dentist": (date(2021, 1, 1), date(2021, 12, 31)),
    "midwife": (FIRST, LAST),
}
"""Days on which most acts of a profession have a price."""
PLACES = ("practice", "home", "school", "rehabilitation", "hospital", "rest_home", "community", "day_care")
SCORES = ("wash", "dress", "transfer", "toilet", "continence", "eat")
REASONS = ("early_hour", "weekend", "holiday", "home_request", "travel_request", "particular_demand")


@cache
def codes_of(profession: str, priced: bool) -> tuple[str, ...]:
    """Codes of a profession (of none: all codes); with `priced`, those with a reimbursement in its known days."""
    words, arrays = country.flat.strings["words"]["profession"], country.flat.arrays
    wanted, first = words.index(profession), day_number(KNOWN[profession][0])
    found = tuple(
        code
        for at, code in enumerate(country.texts.acts)
        if arrays.act_profession[at] == wanted
        and (
            not priced
            or any(
                arrays.row_kind[row] and arrays.row_from[row] <= first <= arrays.row_to[row]
                for row in range(arrays.row_first[at], arrays.row_last[at])
            )
        )
    )
    return found or tuple(country.texts.acts)


def session(random: Random, most_acts: int = 6) -> dict[str, Any]:
    """One session; about half are refused by a rule."""
    profession = random.choice(list(KNOWN))
    first, last = KNOWN[profession] if random.random() < 0.85 else (FIRST, LAST)
    day = first + timedelta(days=random.randrange((last - first).days + 1))
    made: dict[str, Any] = {
        "country": "BE",
        "date": day.isoformat(),
        "professional": {
            "profession": profession,
            "convention": random.choice(("conventioned", "none", "none", "partial")),
        },
        "patient": _patient(random, day),
        "third_party": random.random() < 0.4,
        "acts": [_act(random, profession, day) for _ in range(random.randint(1, most_acts))],
    }
    if random.random() < 0.05:
        made["place"] = random.choice(PLACES)
    if random.random() < 0.5:
        chosen = {act["code"] for act in made["acts"]}
        made["custom_tariffs"] = [{"code": code, "fee": _euro(random, 9000)} for code in sorted(chosen)]
    if random.random() < 0.2:
        earlier = [_act(random, profession, day) for _ in range(random.randrange(8))]
        made["history"] = [{"code": one["code"], "date": one.get("date", day.isoformat())} for one in earlier]
    return made


def _euro(random: Random, most: int) -> str:
    cents = random.randrange(most)
    return f"{cents // 100}.{cents % 100:02d}"


def _patient(random: Random, day: date) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if random.random() < 0.8:
        made["birth_date"] = (day - timedelta(days=random.randrange(1, 36_000))).isoformat()
    if random.random() < 0.5:
        made["ct1"] = random.choice(("110", "111", "130", "131"))
    for name, chance in (("preferential", 0.2), ("gmd", 0.3), ("chronic", 0.2), ("palliative", 0.1)):
        if random.random() < chance:
            made[name] = random.random() < 0.8
    if random.random() < 0.2:
        made["force_official"] = True
    if random.random() < 0.5:
        made["katz"] = {name: random.randint(1, 4) for name in SCORES}
    return made


def _act(random: Random, profession: str, day: date) -> dict[str, Any]:
    codes = codes_of(profession if random.random() < 0.98 else "nurse", random.random() < 0.95)
    act: dict[str, Any] = {"code": random.choice(codes)}
    if random.random() < 0.05:
        act["date"] = (day - timedelta(days=random.randrange(20))).isoformat()
    if random.random() < 0.2:
        act["quantity"] = random.randint(1, 4)
    if random.random() < 0.1:
        act["supplement"] = _euro(random, 2000)
        if random.random() < 0.8:
            act["supplement_reason"] = random.choice(REASONS)
    return act

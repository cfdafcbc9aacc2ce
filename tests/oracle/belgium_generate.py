"""Belgian sessions for the comparison of the product with the second calculator.

`session(random)` asks its choices of a `random.Random`; the Hypothesis strategy `sessions` gives one that shrinks.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st

from tests.oracle import belgium_tables as tables
from tests.oracle.belgium_reading import KATZ

Session = dict[str, Any]

#: Days on which the law or a list changes, week-ends and holidays among them: drawn more often than the others.
TURNS = (
    "2014-01-01", "2014-12-31", "2017-01-01", "2018-01-01", "2018-04-02", "2018-07-21", "2018-11-11", "2018-12-31",
    "2021-12-31", "2022-06-01", "2022-12-31", "2024-01-01", "2024-12-31", "2026-01-01", "2026-03-31", "2026-04-01",
    "2026-12-31",
)  # fmt: skip
OFTEN = ("speech_therapist",) * 3 + ("nurse",) * 3 + ("physiotherapist", "doctor", "doctor", "dentist")
REASONS = ("early_hour", "weekend", "holiday", "home_request", "travel_request", "particular_demand")


def session(random: Random) -> Session:
    """One session, nearly always one that can be priced. The same random numbers give the same session."""
    profession = random.choice(OFTEN)
    day, place = _day(random, profession), None
    codes = [code for code in _open(profession, day) if _day_fits(code, day)]
    if random.random() < 0.6:
        place = random.choice(tables.acts()[random.choice(codes)]["places"].split() or ["practice"])
        codes = [code for code in codes if place in tables.acts()[code]["places"].split() or not _places(code)]
    made: Session = {"country": "BE", "date": day.isoformat(), "professional": _professional(random, profession)}
    made["patient"] = _patient(random, profession, day)
    made["acts"] = _acts(random, codes, day, made)
    _around(random, made, place, codes, day)
    if random.random() < 0.03:
        _mistake(random, made)
    return {name: value for name, value in made.items() if value not in ({}, [])}


sessions = st.randoms(use_true_random=False).map(session)


@cache
def _open(profession: str, day: date) -> list[str]:
    """The codes of the profession that have a fee and a reimbursement of some kind on the day."""
    return [
        code
        for code, act in sorted(tables.acts().items())
        if act["profession"] == profession and _listed(code, "fee", day) and _listed(code, "reimbursement", day)
    ]


def _listed(code: str, kind: str, day: date) -> bool:
    return any(row["from"] <= day.isoformat() <= row["to"] for row in tables.prices().get((code, kind), []))


@cache
def _days(profession: str) -> list[tuple[date, date]]:
    """The periods for which the profession has reimbursements."""
    found = {
        (row["from"], row["to"])
        for code, act in tables.acts().items()
        if act["profession"] == profession
        for row in tables.prices().get((code, "reimbursement"), [])
        if row["from"] == row["to"][:5] + "01-01" or row["from"] > "2018"
    }
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in sorted(found)]


def _day(random: Random, profession: str) -> date:
    first, last = random.choice(_days(profession))
    turns = [date.fromisoformat(turn) for turn in TURNS]
    turns = [turn for turn in turns if first <= turn <= last]
    if turns and random.random() < 0.3:
        day = random.choice(turns)
    else:
        day = first + timedelta(days=random.randrange((last - first).days + 1))
    return day


def _day_fits(code: str, day: date) -> bool:
    kind = tables.acts()[code]["weekend"]
    return kind == "any" or (kind == "weekend") == tables.day_off(day)


def _places(code: str) -> list[str]:
    return tables.acts()[code]["places"].split()


def _professional(random: Random, profession: str) -> dict[str, str]:
    made = {"profession": profession}
    if random.random() < 0.7:
        made["convention"] = random.choice(("none", "none", "none", "conventioned", "partial"))
    return made


def _patient(random: Random, profession: str, day: date) -> dict[str, Any]:
    made: dict[str, Any] = {}
    kind = random.random()
    years = random.choice((0, 3, 9, 10, 14, 15, 17, 18, 40, 74, 75, 90) if profession != "dentist" else (5, 12, 14))
    if kind < 0.8:
        made["birth_date"] = _born(random, years, day).isoformat()
    for name in ("gmd", "chronic", "palliative", "force_official"):
        if random.random() < (0.4 if name in ("gmd", "chronic") else 0.08):
            made[name] = random.random() < 0.9
    if random.random() < 0.4:
        made["ct1"] = random.choice(("110", "111", "130", "131", "450", "451"))
        made["ct2"] = random.choice(("000", "110", "111"))
    if random.random() < 0.2:
        made["preferential"] = random.random() < 0.6
    if profession == "nurse" and random.random() < 0.5:
        made["katz"] = {name: random.choice((3, 3, 4, 4, random.randrange(1, 5))) for name in KATZ}
    return made


def _born(random: Random, years: int, day: date) -> date:
    """Near a birthday, on it too; else anywhere in the year of age."""
    birthday = date(day.year - years, day.month, min(day.day, 28))
    if random.random() < 0.4:
        return min(day, birthday + timedelta(days=random.choice((-1, 0, 1))))
    return birthday - timedelta(days=random.randrange(365))


def _acts(random: Random, codes: list[str], day: date, made: Session) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    for _ in range(random.choice((1, 1, 2, 3, 5))):
        act: dict[str, Any] = {"code": random.choice(codes)}
        if _once_a_day(act["code"]) and any(_once_a_day(line["code"]) for line in lines):
            continue
        if random.random() < 0.25:
            act["date"] = _near(random, act["code"], day).isoformat()
        if random.random() < 0.3 and not _once_a_day(act["code"]):
            act["quantity"] = random.choice((1, 2, 3, 7))
        if random.random() < 0.15:
            act["supplement"] = random.choice(("5.00", "12,50", 3, "0.01"))
            if random.random() < 0.85:
                act["supplement_reason"] = random.choice(REASONS)
        lines.append(act)
    return lines or [{"code": codes[0]}]


def _near(random: Random, code: str, day: date) -> date:
    """The day of the bill, or one before it on which the code may be billed."""
    other = day - timedelta(days=random.choice((0, 0, 1, 2, 7, 31)))
    return other if code in _open(tables.acts()[code]["profession"], other) and _day_fits(code, other) else day


def _once_a_day(code: str) -> bool:
    return code in tables.flat_rate_levels() or code in ("425014", "425036")


def _around(random: Random, made: Session, place: str | None, codes: list[str], day: date) -> None:
    """The place, third-party payment, the professional's own fees and the earlier acts."""
    if place is not None:
        made["place"] = place
    if random.random() < 0.4:
        made["third_party"] = random.random() < 0.6
    mine = sorted({act["code"] for act in made["acts"]})
    made["custom_tariffs"] = [
        {"code": code, "fee": f"{random.choice((random.randrange(1, 3000), random.randrange(20_000))) / 100:.2f}"}
        for code in mine
        if random.random() < 0.6
    ]
    made["history"] = [_earlier(random, codes, day) for _ in range(random.choice((0, 0, 0, 1, 2, 4)))]


def _mistake(random: Random, made: Session) -> None:
    """Something that the contract refuses: another's act, another place, a patient not born, two first visits."""
    kind = random.randrange(4)
    if kind == 0:
        made["acts"][0]["code"] = random.choice(sorted(tables.acts()))
    elif kind == 1:
        made["place"] = random.choice(("practice", "home", "school", "hospital", "rest_home", "community", "day_care"))
    elif kind == 2:
        made["patient"]["birth_date"] = (date.fromisoformat(made["date"]) + timedelta(days=1)).isoformat()
    else:
        made["acts"].append(dict(random.choice(made["acts"])))


def _earlier(random: Random, codes: list[str], day: date) -> dict[str, Any]:
    made: dict[str, Any] = {"code": random.choice(codes)}
    often = 0.15 if _once_a_day(made["code"]) else 0.6
    before = 0 if random.random() < often else random.choice((1, 30, 400))
    made["date"] = (day - timedelta(days=before)).isoformat()
    if random.random() < 0.4:
        made["quantity"] = random.choice((1, 2, 5))
    return made

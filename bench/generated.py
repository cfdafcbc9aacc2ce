"""Random French sessions, valid or not, made quickly: for benchmarks and for plain against compiled."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from quittance.france import country

FIRST, LAST = date(2017, 6, 1), date(2026, 12, 31)
FORMULAS: dict[str, dict[str, Any]] = {
    "052": {},
    "050": {"percent": 80},
    "021": {"percent": 130},
    "02A": {"percent": "162.5"},
    "010": {},
}
CAPPED = {"013": {"percent": 100, "ceiling": "45.00"}, "031": {"percent": 30, "lump": "5.00", "ceiling": "20"}}
PERCENTS = {"percent_dr": 0, "percent_tr": 125, "percent_mro": "12.5", "percent_pmss": "0.5", "percent_tc": 0}
GENERIC = {"090": {**PERCENTS, "percent_tm": "33.33", "lump": "1.00", "ceiling": "80.00"}}
ALL_FORMULAS: list[tuple[str, dict[str, Any]]] = [*FORMULAS.items(), *CAPPED.items(), *GENERIC.items()]
SPECIALTIES = ("01", "04", "02", "06", "07", "12", "19", "21", "24", "26", "27", "28", "29", "36", "33", "45")
COMMON = {
    "01": ("G", "VG", "C", "MD", "IK", "DEQP003", "AFLB001", "QZJA002", "K", "COE"),
    "24": ("AMI", "AMX", "AIS", "BSA", "BSC", "IFA", "IK", "MCI", "MIE", "DI"),
    "26": ("AMK", "AMS", "RAM", "TMK", "IFD", "IK"),
    "28": ("AMO", "TMO", "FPH"),
    "21": ("SF", "C", "V", "MSF", "IK", "JQGD010"),
    "19": ("C", "HBGD038", "HBMD038", "HBLD038", "LBLD015"),
}


def ccam_codes() -> list[str]:
    """Every CCAM code of the tables."""
    kinds = country.flat.arrays.act_kind
    return [code for at, code in enumerate(country.texts.acts) if kinds[at] == 2]


def session(random: Random, ccam: list[str], most_acts: int = 6) -> dict[str, Any]:
    """One session; about a third are refused by a rule."""
    specialty = random.choice(SPECIALTIES)
    day = FIRST + timedelta(days=random.randrange((LAST - FIRST).days))
    made: dict[str, Any] = {
        "country": "FR",
        "date": day.isoformat(),
        "professional": {
            "specialty": specialty,
            "sector": random.choice(("1", "1", "1", "2", "1DP", "0")),
            "option": random.choice(("none", "none", "optam", "optam_aco")),
            "zone": random.choice(("metropole",) * 5 + ("reunion", "guyane", "mayotte", "guadeloupe")),
        },
        "cover": _cover(random),
        "acts": [_act(random, specialty, day, ccam) for _ in range(random.randint(1, most_acts))],
    }
    if random.random() < 0.8:
        made["patient"] = {"birth_date": (day - timedelta(days=random.randrange(1, 36_000))).isoformat()}
    return made


def _cover(random: Random) -> dict[str, Any]:
    cover: dict[str, Any] = {
        "nature": random.choice(("illness",) * 8 + ("maternity", "work_accident", "free_care", "prevention")),
        "exemption": random.choice(("0",) * 8 + ("1", "3", "4", "5", "7", "9", "C")),
        "scheme": random.choice(("none",) * 8 + ("c2s", "ame")),
        "local_scheme": random.random() < 0.1,
        "fsv": random.random() < 0.05,
        "pathway": random.choice((None, "T", "O", "S1", "S2")),
        "third_party": {"amo": random.random() < 0.5, "amc": random.random() < 0.5},
    }
    if cover["nature"] == "free_care":
        cover["free_care_amount"] = f"{random.randrange(0, 200)}.50"
    if random.random() < 0.7:
        formula, parameters = random.choice(ALL_FORMULAS)
        cover["complementary"] = {"formula": formula, **parameters}
    return cover


def _act(random: Random, specialty: str, day: date, ccam: list[str]) -> dict[str, Any]:
    usual = COMMON.get(specialty, ("C", "CS", "IK"))
    code = random.choice(usual) if random.random() < 0.65 else random.choice(ccam)
    act: dict[str, Any] = {"code": code}
    if random.random() < 0.2:
        act["date"] = (day - timedelta(days=random.randrange(3))).isoformat()
    if len(code) == 7:
        act["association"] = random.choice((None, None, 1, 2, 3, 4, 5))
        act["activity"] = random.choice((1, 1, 1, 1, 4))
        if random.random() < 0.4:
            act["modifiers"] = random.sample("FPSUJKT7MLRYZEN9A", random.randint(1, 2))
        act["exceptional"] = random.choice((None,) * 6 + ("O", "N"))
    else:
        act["quantity"] = random.choice((1, 1, 1, 2, 12))
        if random.random() < 0.4:
            act["coefficient"] = random.choice(("1", "1.5", "2.5", "4", "7.5", "10.7", "60", "33.98"))
        act["half"] = random.random() < 0.1
        act["complement"] = random.choice(("none",) * 8 + ("night", "sunday", "deep_night"))
    return act | _typed(random)


def _typed(random: Random) -> dict[str, Any]:
    made: dict[str, Any] = {}
    if random.random() < 0.15:
        made["qualifier"] = random.choice("ABDEFGN")
        made["total"] = f"{random.randrange(10, 300)}.{random.randrange(100):02d}"
    if random.random() < 0.1:
        made["base"] = f"{random.randrange(1, 250)}.{random.randrange(100):02d}"
    if random.random() < 0.05:
        made["unit_price"] = f"{random.randrange(1, 99)}.37"
    if random.random() < 0.05:
        made["amo"] = "12.34"
    if random.random() < 0.05:
        made["exemption"] = random.choice(("4", "1", "C", "3"))
    if random.random() < 0.1:
        made["prior_agreement"] = random.choice(("0", "4", "5", "D"))
    return made

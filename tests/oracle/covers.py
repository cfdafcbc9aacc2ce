"""Random rights: nature, exemption, scheme, pathway, complementary contract."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

from tests.oracle import complementary

NATURES = ("illness",) * 8 + ("maternity", "work_accident", "prevention", "free_care")
EXEMPTIONS = ("1", "2", "3", "4", "4", "5", "6", "7", "9", "C")
PATHWAYS = ("T", "N", "R", "O", "M", "J", "B", "D", "U", "H", "S1", "S2", "S1", "S2")
EXCESS = ("A", "B", "D", "E", "F")
#: The years whose monthly ceiling the law files know.
CEILING_YEARS = (2025, 2026)
WITH_CEILING = ("040", "041", "042", "043", "090")


def cover(random: Random, day: date) -> dict[str, Any]:
    made: dict[str, Any] = {}
    nature = random.choice(NATURES)
    if nature != "illness":
        made["nature"] = nature
    if nature == "free_care":
        made["free_care_amount"] = _amount(random, 20_000)
    _rights(random, made)
    if random.random() < 0.5:
        made["third_party"] = {"amo": random.random() < 0.5, "amc": random.random() < 0.5}
    if random.random() < 0.75:
        made["complementary"] = contract(random, day)
    return made


def _rights(random: Random, made: dict[str, Any]) -> None:
    if random.random() < 0.35:
        made["exemption"] = random.choice(EXEMPTIONS)
    if random.random() < 0.15:
        made["local_scheme"] = True
    if random.random() < 0.1:
        made["fsv"] = True
    if made.get("nature", "illness") != "free_care" and random.random() < 0.15:
        made["scheme"] = random.choice(("c2s", "ame"))
    if random.random() < 0.4:
        made["pathway"] = random.choice(PATHWAYS)
    if random.random() < 0.3:
        made["treating_doctor"] = random.choice(("yes", "no", "unknown"))


def contract(random: Random, day: date) -> dict[str, Any]:
    """A formula with all it needs."""
    formulas = [name for name in complementary.NEEDS if name not in WITH_CEILING or day.year in CEILING_YEARS]
    formula = random.choice(formulas)
    made: dict[str, Any] = {"formula": formula}
    for need in complementary.NEEDS[formula]:
        if need.startswith("percent"):
            made[need] = _percent(random, small="pmss" in need or formula.startswith("04"))
        elif need in ("ceiling", "lump"):
            made[need] = _amount(random, 6_000)
    return made


def _percent(random: Random, *, small: bool) -> str:
    hundredths = random.randrange(0, 300 if small else 30_000)
    return f"{hundredths / 100:.2f}" if random.random() < 0.5 else str(hundredths // 100)


def _amount(random: Random, most: int) -> str:
    return f"{random.randrange(most) / 100:.2f}"

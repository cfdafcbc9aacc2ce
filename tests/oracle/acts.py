"""Random acts a professional may bill: letters and CCAM codes from the lists, with what each accepts."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from random import Random
from typing import Any

from tests.oracle import covers, laws, prices
from tests.oracle.amounts import number
from tests.oracle.prices import Row
from tests.oracle.reading import read

Act = dict[str, Any]

URGENCY = frozenset("FPSUO")
ONCE = frozenset("FMPSU")
APART = (("K", "T"), ("Y", "Z"))
#: Exclude NGAP nights and Sundays, and are excluded by them.
NIGHT_LETTERS = ("MM",)


def lines(random: Random, session: dict[str, Any], day: date) -> list[Act]:
    """One to six acts; none where this professional has no price that day."""
    ask = read({**session, "acts": []})
    has_grid = laws.grid(ask, day) is not None
    state = {"used": set(), "urgent": has_grid and random.random() < 0.3}
    made = []
    for _ in range(random.choice((1, 1, 2, 2, 3, 4, 6))):
        on = day - timedelta(days=random.choice((0, 0, 0, 0, 1)))
        ccam = has_grid and random.random() < 0.65
        act = _ccam(random, ask, on, state) if ccam else _ngap(random, ask, on, state)
        if act is not None:
            if on != day:
                act["date"] = on.isoformat()
            made.append(_common(random, act, session))
    return made


@cache
def _open_letters(specialty: int, zone: str, sector: str, option: str, day: date) -> list[Row]:
    ask = {"specialty": specialty, "zone": zone, "sector": sector, "option": option}
    return [row for row in (prices.letter_row(code, ask, day) for code in prices.letters()) if row is not None]


def _ngap(random: Random, ask: Act, day: date, state: Act) -> Act | None:
    open_rows = _open_letters(ask["specialty"], ask["zone"], ask["sector"], ask["option"], day)
    if state["urgent"]:
        open_rows = [row for row in open_rows if "night" not in prices.flags()[row["code"]]]
    if not open_rows:
        return None
    row = random.choice(_likely(random, open_rows))
    act: Act = {"code": row["code"]}
    coefficient = _coefficient(random, row)
    if coefficient != "1":
        act["coefficient"] = coefficient
    if random.random() < 0.25:
        act["quantity"] = (
            random.randrange(1, 60) if "kilometres" in prices.flags()[row["code"]] else random.randrange(2, 15)
        )
    if random.random() < 0.2:
        act["half"] = True
    complements = [name for name in prices.COMPLEMENTS if int(row[name]) >= 0]
    if complements and not state["urgent"] and random.random() < 0.3:
        act["complement"] = random.choice(complements)
    return act


def _likely(random: Random, open_rows: list[Row]) -> list[Row]:
    """Mostly letters that are worth something; often those with a coefficient, a night, or a K."""
    kind = random.random()
    worth = [row for row in open_rows if row["cents"] != "0"]
    by_coefficient = [row for row in worth if row["coefficient_min"] != row["coefficient_max"]]
    with_night = [row for row in worth if int(row["night"]) >= 0]
    keys = [row for row in worth if row["code"] in ("K", "KC")]
    wanted = (by_coefficient, with_night, keys, worth)[(kind > 0.3) + (kind > 0.6) + (kind > 0.7)]
    return wanted if wanted and kind < 0.95 else open_rows


def _coefficient(random: Random, row: Row) -> str:
    """A coefficient inside the bounds of the row, in hundredths."""
    least, most = int(row["coefficient_min"]), min(int(row["coefficient_max"]), 300_000)
    if least == most:
        return _decimal(least)
    if row["coefficient_required"] == "0" and least <= 1000 <= most and random.random() < 0.7:
        return "1"
    around = (max(least, 500), 59_500, 60_000, 61_000, min(most, 40_000), most)
    milli = random.choice(around) if random.random() < 0.3 else random.randrange(max(least, 500), min(most, 80_000) + 1)
    milli = min(max(milli // 10 * 10, least), most)
    return _decimal(milli)


def _decimal(milli: int) -> str:
    return f"{milli // 1000}.{milli % 1000:03d}".rstrip("0").rstrip(".")


@cache
def _keys() -> list[tuple[str, str, str]]:
    return sorted({(row["code"], row["activity"], row["phase"]) for row in prices.rows("ccam_prices")})


@cache
def _light_keys() -> list[tuple[str, str, str]]:
    """Acts that do not meet the threshold by themselves: imaging, dental care, ultrasound, small surgery."""
    dear = {(row["code"], row["activity"], row["phase"]) for row in prices.rows("ccam_prices") if _dear(row)}
    rare = [(row["code"], row["activity"], row["phase"]) for row in prices.rows("ccam_properties") if _rare(row)]
    return [key for key in _keys() if key not in dear] + rare


def _dear(row: Row) -> bool:
    return any(number(group.split(":")[0]) >= 110 for group in row["prices"].split())


def _rare(row: Row) -> bool:
    """What the list holds few of, and each rule needs: odd exemption sets, conditions, agreements, rare letters."""
    odd = row["exemption"] not in ("1", "") or set(row["modifiers"]) & set("BCDEGNYZHQVWMO96")
    return bool(odd) or row["conditional"] == "1" or row["agreement"] == "1"


def _ccam(random: Random, ask: Act, day: date, state: Act) -> Act | None:
    """An act that has a price in this professional's grid; tried a few times at random."""
    for _ in range(40):
        code, activity, phase = random.choice(_light_keys() if random.random() < 0.65 else _keys())
        act: Act = {"code": code, "activity": int(activity), "phase": int(phase), "day": day}
        try:
            facts = prices.ccam(code, int(activity), int(phase), day)
            unit = prices.ccam_unit(act, laws.grid(ask, day))
        except laws.Unknown:
            continue
        if facts["covered"] and unit:
            del act["day"]
            return _dress(random, act, facts, ask, day, state)
    return None


def _dress(random: Random, act: Act, facts: Act, ask: Act, day: date, state: Act) -> Act:
    letters = _modifiers(random, facts, ask, day, state)
    if letters:
        act["modifiers"] = letters
    if random.random() < 0.5:
        act["association"] = random.randrange(1, 6)
    if random.random() < 0.3 if facts["conditional"] else random.random() < 0.02:
        act["exceptional"] = random.choice("ON")
    if random.random() < 0.05:
        act["supplement"] = f"{random.randrange(3_000) / 100:.2f}"
    return act


def _modifiers(random: Random, facts: Act, ask: Act, day: date, state: Act) -> list[str]:
    """Up to four letters that the act, the profession, the age and the rest of the bill allow."""
    taken: list[str] = []
    letters = list(facts["modifiers"])
    random.shuffle(letters)
    for letter in letters[: random.choice((0, 0, 1, 2, 4))]:
        if _allowed(letter, taken, ask, day, state):
            taken.append(letter)
            state["used"].add(letter)
    return taken


def _allowed(letter: str, taken: list[str], ask: Act, day: date, state: Act) -> bool:
    if letter in URGENCY and (not state["urgent"] or state["used"] & URGENCY):
        return False
    if letter in ONCE and letter in state["used"]:
        return False
    if any(letter in pair and set(pair) & set(taken) for pair in APART):
        return False
    return laws.modifier(letter, ask, day) is not None and _age_allows(letter, ask["birth"], day)


def _age_allows(letter: str, birth: Any, day: date) -> bool:
    bounds = [row for row in laws.file("modifiers")["ages"] if row["code"] == letter]
    if not bounds:
        return True
    if not isinstance(birth, str):
        return False
    born = date.fromisoformat(birth)
    found = [row for row in bounds if row["from"] <= day <= row.get("to", date.max)]
    return any(
        _birthday(born, row["least"], row.get("days", 0)) <= day < _birthday(born, row["below"], row.get("days", 0))
        for row in found
    )


def _birthday(born: date, years: int, days: int) -> date:
    """The day someone reaches so many years (1 March for 29 February), moved by some days."""
    year = born.year + years
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    day = date(year, 3, 1) if (born.month, born.day) == (2, 29) and not leap else born.replace(year=year)
    return day + timedelta(days=days)


def _common(random: Random, act: Act, session: Act) -> Act:
    """What any act may carry: exemption of its own, qualifier, agreement, typed and forced amounts."""
    cover = session.get("cover", {})
    if random.random() < 0.1:
        act["exemption"] = random.choice(("0", *covers.EXEMPTIONS))
    if random.random() < 0.2:
        act["qualifier"] = random.choice((*covers.EXCESS, "E", "N", "G"))
    if random.random() < 0.1:
        act["prior_agreement"] = random.choice("9045D")
    if random.random() < 0.04:
        act["unit_price"] = f"{random.randrange(1, 20_000) / 100:.2f}"
    elif random.random() < 0.04:
        act["base"] = f"{random.choice((11_999, 12_000, random.randrange(30_000))) / 100:.2f}"
    if (cover.get("complementary") or {}).get("formula") in ("060", "061", "090"):
        act["convention_tariff"] = f"{random.randrange(10_000) / 100:.2f}"
    if cover.get("nature") != "free_care":
        for share in ("amo", "amc"):
            if random.random() < 0.02:
                act[share] = f"{random.randrange(5_000) / 100:.2f}"
    return act

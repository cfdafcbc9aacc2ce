"""What the compulsory insurer owes: the rate of each act, the session's threshold, the contribution, free care."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle import laws
from tests.oracle.amounts import half_up
from tests.oracle.reading import age_in_years, is_ccam

Act = dict[str, Any]
Ask = dict[str, Any]

FULL = Fraction(100)
#: Typed exemptions that leave nothing to pay, and those that leave the contribution.
WITHOUT_CONTRIBUTION = ("2", "3", "4", "5", "6", "7")
WITH_CONTRIBUTION = ("1", "C")
AT_FULL = ("maternity", "work_accident", "prevention")


def share(ask: Ask) -> None:
    """Write `rate`, `pav`, `amo`, and `tm_of_pathway` into each act."""
    if ask["nature"] == "free_care":
        _free_care(ask)
        return
    for day in sorted({act["day"] for act in ask["acts"]}):
        _session([act for act in ask["acts"] if act["day"] == day], ask, day)
    for act in ask["acts"]:
        act["amo"] = half_up(act["tr"] * act["rate"] / 100) - act["pav"]
        in_pathway = half_up(act["tr"] * act["usual_rate"] / 100)
        act["tm_of_pathway"] = act["pav"] or act["tr"] - max(in_pathway, act["amo"])


def _free_care(ask: Ask) -> None:
    """The typed amount, line after line, up to each base."""
    left = ask["free_care"]
    for act in ask["acts"]:
        act["amo"] = min(left, act["tr"])
        left -= act["amo"]
        act["rate"], act["pav"], act["tm_of_pathway"] = None, 0, 0


def _session(acts: list[Act], ask: Ask, day: date) -> None:
    reached = _reached(acts, day)
    whole_session = any(_code(act) == 4 for act in acts) or any(_code(act) == 1 for act in reached)
    for act in acts:
        act["usual_rate"] = _usual(act, ask)
        through_threshold = act in reached or (whole_session and _code(act) != 5)
        if through_threshold or _exempted(act, ask) or act["exemption"] in WITH_CONTRIBUTION:
            act["rate"] = FULL
        else:
            act["rate"] = act["usual_rate"] - _loss(act, ask)
        act["pav"] = 0
    _contribution(acts, reached, ask, day)


def _code(act: Act) -> int:
    """The exemption code of the act: the table's for the CCAM, 1 for a K or KC of a large coefficient."""
    if is_ccam(act["code"]):
        return int(act["facts"]["exemption"])
    enough = Fraction(laws.parameter("key_coefficient_threshold", act["day"]), 1000)
    return 1 if act["facts"]["k_kc"] and act["coefficient"] >= enough else 0


def _reached(acts: list[Act], day: date) -> list[Act]:
    """The acts that met the threshold: code 1 together, code 2 each alone."""
    threshold = laws.parameter("exemption_threshold", day)
    ones = [act for act in acts if _code(act) == 1]
    together = ones if sum(act["tr"] for act in ones) >= threshold else []
    alone = [act for act in acts if _code(act) == 2 and act["tr"] >= threshold]
    return [act for act in acts if act in together or act in alone]


def _exempted(act: Act, ask: Ask) -> bool:
    """Nothing is left to the patient whatever the price: rights, nature, scheme, or the act's own nature."""
    return (
        ask["nature"] in AT_FULL
        or ask["scheme"] == "ame"
        or act["exemption"] in WITHOUT_CONTRIBUTION
        or bool(act["facts"].get("child_exam"))
        or (is_ccam(act["code"]) and _code(act) in (3, 4))
    )


def _usual(act: Act, ask: Ask) -> Fraction:
    """The common rate in the pathway; the local scheme and the FSV raise it."""
    if _exempted(act, ask):
        return FULL
    rates = [_common(act, ask)]
    if ask["local"]:
        rates.append(laws.rate("local_scheme", act["day"]))
    if ask["fsv"] or act["exemption"] == "9":
        rates.append(laws.rate("fsv", act["day"]))
    return max(rates)


def _common(act: Act, ask: Ask) -> Fraction:
    who = laws.specialty(ask["specialty"])
    if who["profession"] == "dentist" and is_ccam(act["code"]):
        dental = laws.family(act["facts"]["grouping"]) == "dental"
        return laws.rate("dental" if dental else "dentist_medical", act["day"])
    return laws.rate(who["rate"], act["day"])


def _loss(act: Act, ask: Ask) -> Fraction:
    """Out of pathway: 40 points, on a doctor's act, in illness, from sixteen on, never with the C2S."""
    age = age_in_years(ask["birth"], act["day"])
    doctor = laws.specialty(ask["specialty"])["profession"] == "doctor"
    adult = age is None or age >= laws.parameter("pathway_age", act["day"])
    out = ask["pathway"] in ("S1", "S2") and ask["nature"] == "illness" and ask["scheme"] == "none"
    return Fraction(laws.parameter("pathway_reduction", act["day"]), 100) if out and doctor and adult else Fraction(0)


def _contribution(acts: list[Act], reached: list[Act], ask: Ask, day: date) -> None:
    """Once a session, on the dearest act that met the threshold and owes it; the first of equals."""
    if ask["local"] or ask["scheme"] != "none":
        return
    typed = [act for act in acts if act["exemption"] in WITH_CONTRIBUTION]
    owing = [act for act in acts if (act in reached or act in typed) and not _exempted(act, ask)]
    if owing:
        dearest = max(owing, key=lambda act: act["tr"])
        dearest["pav"] = min(laws.parameter("contribution", day), dearest["tr"])

"""What the complementary insurer owes: the formulas, written out one by one."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.oracle.amounts import half_up

#: Formula -> the parameters it cannot do without. `percent` is the one percentage of the formula.
NEEDS: dict[str, tuple[str, ...]] = {
    "010": (), "011": ("ceiling",), "012": ("percent",), "013": ("percent", "ceiling"), "014": ("percent", "ceiling"),
    "020": (), "021": ("percent",), "022": ("percent", "ceiling"), "023": ("percent", "lump"),
    "024": ("percent", "lump", "ceiling"), "025": ("percent", "lump"), "026": ("percent", "lump", "ceiling"),
    "027": ("percent", "lump"), "028": ("percent", "lump", "ceiling"), "029": (), "02A": ("percent",),
    "030": ("percent", "lump"), "031": ("percent", "lump", "ceiling"), "032": ("percent",),
    "040": ("percent",), "041": ("percent", "ceiling"), "042": ("percent",), "043": ("percent", "ceiling"),
    "050": ("percent",), "051": ("percent", "ceiling"), "052": (),
    "060": ("percent", "convention_tariff"), "061": ("percent", "convention_tariff", "ceiling"),
    "090": ("percent_dr", "percent_tr", "percent_mro", "percent_pmss", "percent_tm", "percent_tc", "lump", "ceiling"),
    "101": ("lump",), "102": ("lump",),
}  # fmt: skip


def inner(formula: str, s: dict[str, Any]) -> Fraction:  # noqa: C901 - one line a formula, on purpose
    """The expression inside the formula. Symbols in cents: dr, tr, mro, tm, pmss, tc; p the percentage, f the lump."""
    match formula:
        case "010" | "011":
            return Fraction(s["dr"])
        case "012" | "013":
            return s["p"] * s["dr"]
        case "014":
            return s["p"] * s["dr"] - s["mro"]
        case "020":
            return Fraction(s["tr"])
        case "021" | "022":
            return s["p"] * s["tr"]
        case "023" | "024":
            return s["p"] * s["tr"] + s["f"]
        case "025" | "026":
            return s["p"] * s["tr"] - s["mro"] + s["f"]
        case "027" | "028":
            return s["p"] * s["tr"] + s["mro"] + s["f"]
        case "029":
            return Fraction(s["tr"] - s["mro"])
        case "02A" | "032":
            return s["p"] * s["tr"] - s["mro"]
        case "030" | "031":
            return s["p"] * s["mro"] + s["f"]
        case "040" | "041":
            return s["p"] * s["pmss"]
        case "042" | "043":
            return s["p"] * s["pmss"] - s["mro"]
        case "050" | "051":
            return s["p"] * s["tm_of_pathway"]
        case "052":
            return Fraction(s["tm_of_pathway"])
        case "060" | "061":
            return s["p"] * s["tc"]
        case "090":
            return _generic(s)
        case "101" | "102":
            return Fraction(s["f"])
    raise ValueError(formula)


def _generic(s: dict[str, Any]) -> Fraction:
    worth = {**s, "tm": s["tm_of_pathway"]}
    parts = ("dr", "tr", "mro", "pmss", "tm", "tc")
    return Fraction(sum(s[f"percent_{part}"] * (worth[part] or 0) for part in parts) + s["f"])


def amount(formula: str, s: dict[str, Any]) -> int:
    """`max(0, min(DR - MRO [, ceiling], expression))`, rounded once to the cent."""
    bounds = [Fraction(s["dr"] - s["mro"]), inner(formula, s)]
    if "ceiling" in NEEDS[formula]:
        bounds.append(Fraction(s["ceiling"]))
    return half_up(max(Fraction(0), min(bounds)))

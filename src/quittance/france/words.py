"""Words of the French trade for pages: formulas written out, parameters, days left."""

from __future__ import annotations

from datetime import date

from quittance.france import law
from quittance.france.law import Formula

SYMBOLS = ("dr", "tr", "mro", "pmss", "tm", "tc")
USUAL = ("052", "02A", "029", "020", "021", "050", "012", "090")
SOON = 60


def _term(symbol: str, share: int | None) -> str:
    """Write one term.

    >>> _term("tr", None), _term("mro", -100), _term("tm", 0)
    ('+ % TR', '− MRO', '')
    """
    if share == 0:
        return ""
    sign = "−" if share is not None and share < 0 else "+"
    return f"{sign} {'% ' if share is None else ''}{symbol.upper()}"


def formula_text(formula: Formula) -> str:
    """Write a formula as the trade does.

    >>> formula_text(law.formulas()["02A"]), formula_text(law.formulas()["051"])
    ('Min (DR − MRO, % TR − MRO)', 'Min (DR − MRO, plafond, % TM)')
    """
    shares = (formula.of_dr, formula.of_tr, formula.of_mro, formula.of_pmss, formula.of_tm, formula.of_tc)
    ordered = sorted(zip(SYMBOLS, shares, strict=True), key=lambda one: one[1] is not None and one[1] < 0)
    terms = [term for symbol, share in ordered if (term := _term(symbol, share))]
    terms += ["+ forfait"] * formula.lump
    inner = " ".join(terms).removeprefix("+ ")
    return f"Min (DR − MRO, {'plafond, ' if formula.capped else ''}{inner})"


def parameters_of(code: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Name the parameters that a formula reads from the contract, and those without which it cannot be figured.

    >>> parameters_of("024")
    (('percent', 'ceiling', 'lump'), ('percent', 'ceiling', 'lump'))
    >>> parameters_of("052"), parameters_of("")
    (((), ()), ((), ()))
    """
    formula = law.formulas().get(code)
    if formula is None:
        return (), ()
    asked = [symbol for symbol in SYMBOLS if getattr(formula, f"of_{symbol}") is None]
    generic = len(asked) > 1
    reads = [f"percent_{symbol}" for symbol in asked] if generic else ["percent"] * len(asked)
    reads += ["ceiling"] * formula.capped + ["lump"] * formula.lump
    return tuple(reads), tuple(name for name in formula.needs if name in reads)


def find_formulas(typed: str) -> list[Formula]:
    """Find formulas by code or words; the usual ones when nothing is typed.

    >>> [formula.code for formula in find_formulas("modérateur")], len(find_formulas(" "))
    (['050', '051', '052'], 8)
    """
    from quittance.patients.folding import fold

    known = law.formulas()
    words = fold(typed).split()
    if not words:
        return [known[code] for code in USUAL if code in known]
    texts = {code: f" {fold(code)} {fold(one.label)} {fold(formula_text(one))}" for code, one in known.items()}
    return [known[code] for code, text in texts.items() if all(f" {word}" in text for word in words)]


def percent(basis_points: int) -> str:
    """Write basis points as a percentage.

    >>> percent(10000), percent(6250)
    ('100 %', '62,50 %')
    """
    whole, rest = divmod(basis_points, 100)
    return f"{whole},{rest:02d} %" if rest else f"{whole} %"


def days_left(to_day: date | None, day: date) -> int | None:
    """Count the days until rights end, when they end soon; None while they are far from it or open.

    >>> days_left(date(2026, 12, 31), date(2026, 11, 22)), days_left(None, date(2026, 1, 1))
    (39, None)
    """
    if to_day is None:
        return None
    left = (to_day - day).days
    return left if left <= SOON else None

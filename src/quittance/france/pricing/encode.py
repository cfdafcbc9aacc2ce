"""From the typed session to the integers of the kernel: words become numbers, codes become places in the tables."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Any

from quittance.france.pricing import codes
from quittance.france.pricing.input import Act, Complementary, Session
from quittance.france.pricing.layout import Bill, Line
from quittance.kernel.dated import day_number
from quittance.kernel.session import Problem

SYMBOL = {symbol: at + 1 for at, symbol in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")}
TERMS = ("dr", "tr", "mro", "pmss", "tm", "tc")
PARAMETER_NAMES = {
    "percent": "le pourcentage (percent)",
    "ceiling": "le plafond (ceiling)",
    "lump": "le forfait (lump)",
    "tc": "le tarif de convention de l'acte (convention_tariff)",
}


class Words:
    """Numbers of the words and codes of one flat file, looked up at every quote."""

    def __init__(self, strings: dict[str, Any]) -> None:
        self.act = {code: at for at, code in enumerate(strings["acts"])}
        self.formula = {row["code"]: at + 1 for at, row in enumerate(strings["formulas"])}
        self.formulas: list[dict[str, Any]] = strings["formulas"]
        self.specialties: dict[str, str] = strings["specialties"]
        words: dict[str, list[str]] = strings["words"]
        self.sector, self.option, self.zone, self.nature, self.scheme = (
            {word: at for at, word in enumerate(words[name])}
            for name in ("sector", "option", "zone", "nature", "scheme")
        )
        self.exemption, self.complement, self.agreement = (
            {word: at for at, word in enumerate(words[name])} for name in ("exemption", "complement", "agreement")
        )
        self.pathway, self.exceptional, self.qualifier = (
            {None if at == 0 else word: at for at, word in enumerate(words[name])}
            for name in ("pathway", "exceptional", "qualifier")
        )


def birth_day(birth: date | str) -> int:
    """Day number from which an age is counted. A lunar date counts from the nearest day its month has.

    >>> birth_day("31021950") == birth_day(date(1950, 2, 28)), birth_day("00001950") == birth_day(date(1950, 1, 1))
    (True, True)
    """
    if isinstance(birth, date):
        return day_number(birth)
    day, month, year = int(birth[:2]), int(birth[2:4]), int(birth[4:])
    month = month if 1 <= month <= 12 else 1
    return day_number(date(year, month, min(max(day, 1), monthrange(year, month)[1])))


def encode(session: Session, words: Words) -> tuple[Any, list[Any], list[Problem]]:
    """Bill and lines of a session, and what of its codes is unknown."""
    problems: list[Problem] = []
    bill = _bill(session, words, problems)
    default = words.exemption[session.cover.exemption]
    day = day_number(session.date)
    lines = [_line(at, act, words, default, day, problems) for at, act in enumerate(session.acts)]
    bill.last = len(lines)
    if session.cover.complementary is not None:
        _formula(session.cover.complementary, bill, lines, words, problems)
    return bill, lines, problems


def _bill(session: Session, words: Words, problems: list[Problem]) -> Any:
    bill, professional, cover = Bill(), session.professional, session.cover
    if professional.specialty not in words.specialties:
        text = (
            f"La spécialité « {professional.specialty} » n'existe pas. Donnez les deux chiffres de la caisse (01, 24…)."
        )
        problems.append(Problem(code="specialty.unknown", path="professional.specialty", message=text))
    else:
        bill.specialty = int(professional.specialty)
    bill.sector = words.sector[professional.sector]
    bill.option = words.option[professional.option]
    bill.zone = words.zone[professional.zone]
    bill.day = day_number(session.date)
    if session.patient.birth_date is not None:
        bill.birth_day, bill.birth_known = birth_day(session.patient.birth_date), 1
    bill.nature = words.nature[cover.nature]
    bill.free_care_cents = cover.free_care_amount
    bill.scheme = words.scheme[cover.scheme]
    bill.local_scheme, bill.fsv = int(cover.local_scheme), int(cover.fsv)
    bill.pathway = words.pathway[cover.pathway]
    bill.third_party_amo, bill.third_party_amc = int(cover.third_party.amo), int(cover.third_party.amc)
    return bill


def _line(at: int, act: Act, words: Words, exemption: int, day: int, problems: list[Problem]) -> Any:
    line = Line()
    line.position = at
    number = words.act.get(act.code)
    if number is None:
        text = f"Le code « {act.code[:20]} » n'existe ni en CCAM ni en NGAP. Cherchez l'acte, ou corrigez."
        problems.append(Problem(code="act.unknown", path=f"acts[{at}].code", message=text))
    else:
        line.act = number
    line.day = day if act.date is None else day_number(act.date)
    line.quantity, line.coefficient_milli = act.quantity, act.coefficient
    line.complement, line.half = words.complement[act.complement], int(act.half)
    line.activity, line.phase = act.activity, act.phase
    for slot, modifier in enumerate(act.modifiers):
        line.modifiers[slot] = SYMBOL[modifier]
    line.association = act.association or 0
    line.exceptional, line.qualifier = words.exceptional[act.exceptional], words.qualifier[act.qualifier]
    line.supplement_cents = act.supplement
    line.exemption = exemption if act.exemption is None else words.exemption[act.exemption]
    line.agreement = words.agreement[act.prior_agreement]
    _typed(act, line)
    return line


def _typed(act: Act, line: Any) -> None:
    """Amounts typed by hand, and the mask that says which."""
    if act.unit_price is not None:
        line.unit_typed_cents, line.typed = act.unit_price, line.typed | codes.TYPED_UNIT
    if act.base is not None:
        line.base_typed_cents, line.typed = act.base, line.typed | codes.TYPED_BASE
    if act.total is not None:
        line.total_typed_cents, line.typed = act.total, line.typed | codes.TYPED_TOTAL
    if act.amo is not None:
        line.amo_typed_cents, line.typed = act.amo, line.typed | codes.TYPED_AMO
    if act.amc is not None:
        line.amc_typed_cents, line.typed = act.amc, line.typed | codes.TYPED_AMC
    if act.convention_tariff is not None:
        line.tariff_typed_cents, line.typed = act.convention_tariff, line.typed | codes.TYPED_TARIFF


def _formula(given: Complementary, bill: Any, lines: list[Any], words: Words, problems: list[Problem]) -> None:
    path = "cover.complementary"
    number = words.formula.get(given.formula)
    if number is None:
        text = f"La formule « {given.formula[:10]} » n'existe pas. Choisissez-la dans la liste (par exemple 052)."
        problems.append(Problem(code="formula.unknown", path=f"{path}.formula", message=text))
        return
    bill.formula = number
    generic = words.formulas[number - 1]["generic"]
    bill.ceiling_cents, bill.lump_cents = given.ceiling or 0, given.lump or 0
    for at, term in enumerate(TERMS):
        percent = getattr(given, f"percent_{term}") if generic else given.percent
        bill.percent_bp[at] = percent or 0
    needs = words.formulas[number - 1]["needs"]
    if "tc" in needs or (generic and given.percent_tc):
        _tariffs(lines, given, problems)
    problems += [
        _missing(given.formula, f"{path}.{need}", PARAMETER_NAMES.get(need, need))
        for need in needs
        if need != "tc" and getattr(given, need) is None
    ]


def _tariffs(lines: list[Any], given: Complementary, problems: list[Problem]) -> None:
    for line in lines:
        if not line.typed & codes.TYPED_TARIFF:
            path = f"acts[{line.position}].convention_tariff"
            problems.append(_missing(given.formula, path, PARAMETER_NAMES["tc"]))


def _missing(formula: str, path: str, name: str) -> Problem:
    text = f"La formule {formula} a besoin d'un paramètre qui manque : {name}. Saisissez-le."
    return Problem(code="formula.parameter_missing", path=path, message=text)

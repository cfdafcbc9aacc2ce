"""From the typed session to the integers of the kernel: words become numbers, codes become places in the tables."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from quittance.belgium.pricing import codes
from quittance.belgium.pricing.input import Act, Katz, Session
from quittance.belgium.pricing.layout import Bill, Line
from quittance.kernel.dated import day_number
from quittance.kernel.session import Problem

PREFERENTIAL_DIGIT = "1"
SCORES = tuple(Katz.model_fields)


class Words:
    """Numbers of the words and codes of one flat file, looked up at every quote."""

    def __init__(self, strings: dict[str, Any]) -> None:
        self.act = {code: at for at, code in enumerate(strings["acts"])}
        self.insurability: dict[str, dict[str, str | None]] = strings["insurability"]
        words: dict[str, list[str]] = strings["words"]
        self.profession, self.convention = (
            {word: at for at, word in enumerate(words[name])} for name in ("profession", "convention")
        )
        self.place, self.reason = (
            {None if at == 0 else word: at for at, word in enumerate(words[name])}
            for name in ("place", "supplement_reason")
        )


def check_digit(code: str) -> str:
    """Sixth digit of a nomenclature code: the first five modulo 7 (INAMI, facts of pricing section 1.1).

    >>> check_digit("701013")
    '3'
    """
    return str(int(code[:5]) % 7)


def encode(session: Session, words: Words) -> tuple[Any, list[Any], list[Problem]]:
    """Bill and lines of a session (acts, then earlier acts), and what of its codes is refused."""
    problems: list[Problem] = []
    bill = _bill(session, words, problems)
    day = day_number(session.date)
    custom = _custom(session, words, problems)
    lines = [_line(at, act, words, day, custom, problems) for at, act in enumerate(session.acts)]
    for at, earlier in enumerate(session.history):
        line = Line()
        line.past, line.position = 1, len(lines)
        line.act = _act(earlier.code, f"history[{at}].code", words, problems)
        line.day, line.quantity = day_number(earlier.date), earlier.quantity
        lines.append(line)
    bill.last = len(lines)
    return bill, lines, problems


def preferential_by(ct1: str | None) -> bool:
    """Whether the first insurability code tells the preferential rate: its third digit is 1.

    >>> preferential_by("111"), preferential_by("110"), preferential_by(None)
    (True, False, False)
    """
    return ct1 is not None and ct1[2:3] == PREFERENTIAL_DIGIT


def own_tariffs_count(session: Mapping[str, Any]) -> bool:
    """Whether a professional's own tariffs may be asked in a session: nothing imposes the official fee (contract).

    >>> free = {"professional": {"convention": "none"}}
    >>> own_tariffs_count(free), own_tariffs_count({**free, "third_party": True}), own_tariffs_count({})
    (True, False, False)
    >>> own_tariffs_count({**free, "patient": {"ct1": "111"}})
    False
    """
    patient = session.get("patient", {})
    preferential = patient.get("preferential", preferential_by(patient.get("ct1")))
    bound = preferential or patient.get("force_official") or session.get("third_party")
    return session.get("professional", {}).get("convention") == "none" and not bound


def _bill(session: Session, words: Words, problems: list[Problem]) -> Any:
    bill, professional, patient = Bill(), session.professional, session.patient
    bill.profession = words.profession[professional.profession]
    bill.convention = words.convention[professional.convention]
    bill.day = day_number(session.date)
    if patient.birth_date is not None:
        bill.birth_day, bill.birth_known = day_number(patient.birth_date), 1
    for name, code in (("ct1", patient.ct1), ("ct2", patient.ct2)):
        if code is not None:
            _insurability(name, code, session.date, words, problems)
    by_code = preferential_by(patient.ct1)
    bill.preferential = int(by_code if patient.preferential is None else patient.preferential)
    if patient.ct1 is not None and bill.preferential != by_code:
        bill.messages |= codes.M_PREFERENTIAL_DIFFERS
    bill.gmd, bill.chronic, bill.palliative = int(patient.gmd), int(patient.chronic), int(patient.palliative)
    bill.force_official, bill.third_party = int(patient.force_official), int(session.third_party)
    if patient.katz is not None:
        bill.katz_known = 1
        bill.katz = [getattr(patient.katz, name) for name in SCORES]
    bill.place = words.place[session.place]
    return bill


def _insurability(name: str, code: str, day: date, words: Words, problems: list[Problem]) -> None:
    known = words.insurability[name]
    if code not in known:
        text = (
            f"« {code[:10]} » n'est pas un code titulaire {name.upper()}. Reprenez les trois chiffres de la vignette."
        )
    elif known[code] is not None and day.isoformat() > str(known[code]):
        text = f"Le {name.upper()} {code} ne vaut plus depuis le {known[code]}. Demandez l'assurabilité à la mutualité."
    else:
        return
    problems.append(Problem(code="insurability.unknown", path=f"patient.{name}", message=text))


def _custom(session: Session, words: Words, problems: list[Problem]) -> dict[int, int]:
    """Own tariff of each act, in cents."""
    found: dict[int, int] = {}
    for at, tariff in enumerate(session.custom_tariffs):
        path = f"custom_tariffs[{at}].code"
        refused = len(problems)
        act = _act(tariff.code, path, words, problems)
        if len(problems) > refused:
            continue
        if act in found:
            text = f"Deux tarifs personnels pour {tariff.code}. Gardez celui qui vaut à la date de la facture."
            problems.append(Problem(code="custom_tariff.twice", path=path, message=text))
        found[act] = tariff.fee
    return found


def _act(code: str, path: str, words: Words, problems: list[Problem]) -> int:
    """Number of a code, or why it is refused: its form, its check digit, or no list knows it."""
    number = words.act.get(code)
    if number is not None:
        return number
    if len(code) != 6 or not code.isascii() or not code.isdecimal():
        refused = "act.invalid"
        text = f"« {code[:20]} » n'est pas un code de prestation : six chiffres, zéros compris. Corrigez-le."
    elif code[5] != check_digit(code):
        refused = "act.check_digit"
        right = code[:5] + check_digit(code)
        text = f"Le chiffre de contrôle de {code} est faux ({right} serait juste). Vérifiez les six chiffres."
    else:
        refused = "act.unknown"
        text = (
            f"Le code {code} n'est dans aucune liste connue de l'INAMI. Cherchez l'acte, ou importez une autre liste."
        )
    problems.append(Problem(code=refused, path=path, message=text))
    return 0


def _line(at: int, act: Act, words: Words, day: int, custom: dict[int, int], problems: list[Problem]) -> Any:
    line = Line()
    line.position = at
    line.act = _act(act.code, f"acts[{at}].code", words, problems)
    line.day = day if act.date is None else day_number(act.date)
    line.quantity = act.quantity
    line.supplement_cents, line.supplement_reason = act.supplement, words.reason[act.supplement_reason]
    if line.act in custom:
        line.custom_cents, line.typed = custom[line.act], line.typed | codes.TYPED_CUSTOM
    return line

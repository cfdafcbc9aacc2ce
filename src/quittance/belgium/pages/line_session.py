"""From the draft of a bill to the session that is priced: what was typed, over what is on file.

A draft's input is the session of the contract as it was typed, texts for numbers, plus what prices do not turn on:
`extras`, the lines `beside` the quote, and in each act the names of `EXTRAS`. Of `cover` it keeps `third_party` where
it differs from the usual.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from quittance.belgium.country import country
from quittance.belgium.file import file_of, read_with_terms
from quittance.belgium.insured import rights_on
from quittance.belgium.law import figures, nursing_care
from quittance.belgium.nursing import evaluations, katz
from quittance.belgium.nursing.model import ITEMS, Level
from quittance.belgium.pages import line_act
from quittance.belgium.terms import terms_of
from quittance.kernel.dated import day_number
from quittance.kernel.money import format_cents
from quittance.patients.models import Patient
from quittance.people.models import Professional

OF_SPEECH = {"disorder", "place", "minutes", "persons", "prescribed", "anyway"}
OF_CARE = {"visit", "role", "norm", "related", "kind", "read", "surgical", "left"}
OF_NURSING = {"provider", "provider_name", "provider_number", *OF_CARE}
EXTRAS = {"id", *OF_SPEECH, *OF_NURSING}
TAKEN = {"extras", "acts", "beside", "cover", "katz"}
USUAL_THIRD_PARTY = "nurse"


def session_input(
    draft_input: Mapping[str, Any], patient: Model | None, professional: Professional, day: date
) -> dict[str, Any]:
    """Complete the draft's input into the input of a quote."""
    session = {name: value for name, value in draft_input.items() if name not in TAKEN}
    session["country"], session["date"] = "BE", day.isoformat()
    acts = [contract_act(act) for act in draft_input.get("acts", [])]
    known = patient if isinstance(patient, Patient) else None
    if known is not None:
        read_with_terms(known, professional)
    cared = first_day(draft_input, day)
    session.setdefault("professional", _professional(professional, cared))
    session.setdefault("patient", _patient(known, cared, katz_of(known, draft_input, day)))
    if place := str(draft_input.get("extras", {}).get("place", "")):
        session["place"] = place
    session["third_party"] = third_party(draft_input, session)
    fees = terms_of(professional).fees(cared, (str(act.get("code")) for act in acts))
    session["custom_tariffs"] = [{"code": code, "fee": format_cents(cents)} for code, cents in sorted(fees.items())]
    session["history"] = history(known, days_of(draft_input, day))
    session["acts"] = acts
    return session


def days_of(draft_input: Mapping[str, Any], day: date) -> list[date]:
    """List the days of care of a draft, the first one first; the bill's own day where it has no act."""
    return sorted({day_or(str(act.get("date", "")), day) for act in draft_input.get("acts", [])}) or [day]


def first_day(draft_input: Mapping[str, Any], day: date) -> date:
    """Give the first day of care: on it stand the status and the rights of a bill that holds no change of them."""
    return days_of(draft_input, day)[0]


def day_or(text: str, other: date) -> date:
    """Read an ISO day; another one where it is none.

    >>> day_or("2026-02-31", date(2026, 1, 5)).isoformat()
    '2026-01-05'
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return other


def profession_of(professional: Professional) -> str:
    """Give the profession in the words of the contract; empty where it is not filled in."""
    return str((professional.profile or {}).get("profession", ""))


def _professional(professional: Professional, day: date) -> dict[str, str]:
    told = {"profession": profession_of(professional), "convention": terms_of(professional).convention(day)}
    return {name: value for name, value in told.items() if value}


def _patient(patient: Patient | None, day: date, scores: Mapping[str, int]) -> dict[str, Any]:
    if patient is None:
        return {}
    known = dict(rights_on(patient, day))
    return {**known, "katz": dict(scores)} if scores else known


def katz_of(patient: Patient | None, draft_input: Mapping[str, Any], day: date) -> dict[str, int]:
    """Give the Katz scores on file, where an act of the draft is a flat rate that turns on them; else nothing.

    The quote takes one set of scores for a bill of several days: that of the highest level among the evaluations that
    cover its flat rates. `nursing_verdicts` judges each day by its own. Where the medical adviser granted more than any
    of these scores give, they are not given: his decision stands over them.
    """
    wanted, held = [], []
    known = file_of(patient).katz if patient is not None else ()
    for act in draft_input.get("acts", []):
        code = str(act.get("code", ""))
        if not line_act.needs_katz(code):
            continue
        number = day_number(day_or(str(act.get("date", "")), day))
        wanted.append(Level(figures.flat_rates()[code]))
        found = evaluations.covering(known, number, nursing_care.Book(number))
        if found is not None and katz.complete(found.scores):
            held.append((katz.level_of(found.scores, number), found))
    if not held:
        return {}
    level, best = max(held, key=lambda one: one[0])
    if level < max(wanted) and any(one.granted is not None and one.granted > level for _level, one in held):
        return {}
    return dict(zip(ITEMS, best.scores, strict=True))


def third_party(draft_input: Mapping[str, Any], session: Mapping[str, Any]) -> bool:
    """Tell whether the bill is in third-party payment: as typed, else as is usual."""
    typed = draft_input.get("cover", {}).get("third_party")
    if isinstance(typed, bool):
        return typed
    return usual_third_party(str(session.get("professional", {}).get("profession", "")), session.get("patient", {}))


def usual_third_party(profession: str, patient: Mapping[str, Any]) -> bool:
    """Tell what is usual: nurses work in third-party payment, general practitioners for preferential patients.

    >>> usual_third_party("doctor", {"ct1": "111"}), usual_third_party("speech_therapist", {"ct1": "111"})
    (True, False)
    """
    by_code = str(patient.get("ct1", ""))[2:3] == "1"
    return profession == USUAL_THIRD_PARTY or (profession == "doctor" and bool(patient.get("preferential", by_code)))


def history(patient: Patient | None, days: Iterable[date]) -> list[dict[str, Any]]:
    """List the earlier acts that limits by day, month and year count: those of the same calendar years."""
    if patient is None:
        return []
    years, known = {day.year for day in days}, country.words.act
    return [
        {"code": one.code, "date": one.day.isoformat(), "quantity": one.quantity}
        for one in file_of(patient).acts
        if one.day.year in years and one.code in known
    ]


def contract_act(act: Mapping[str, Any]) -> dict[str, Any]:
    """Give an act of the draft as the contract reads it; what was typed wrong is left for the quote to refuse.

    >>> contract_act({"id": 1, "code": "701013", "quantity": "2", "supplement": "1 234,50 €", "disorder": "b1"})
    {'code': '701013', 'quantity': 2, 'supplement': '1234,50'}
    """
    found: dict[str, Any] = {}
    for name, value in act.items():
        if name in EXTRAS or value in ("", None):
            continue
        text = value.strip() if isinstance(value, str) else value
        if name == "quantity":
            text = whole(text)
        elif name == "supplement" and isinstance(text, str):
            text = "".join(letter for letter in text if not letter.isspace() and letter != "€")
        found[name] = text
    return found


def whole(value: Any) -> Any:
    """Give a typed whole number as a number, anything else as it was typed.

    >>> whole(" 2 "), whole("x"), whole(3)
    (2, 'x', 3)
    """
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else value

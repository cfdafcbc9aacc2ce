"""From the draft of a bill to the session that is priced: what was typed, over what the patient's file says.

A draft's input is the session of the contract as it was typed, texts for numbers, plus what prices do not turn on:
`extras`, and in each act `id`, `km`, `trips` and `agreement_date`. Of `cover` it keeps only what differs from the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Model

from quittance.france.models import FrenchCover, FrenchPatient, Scheme
from quittance.france.pages.line_act import figure, profile_of
from quittance.kernel.money import format_cents
from quittance.patients.models import Cover, Patient, PayerKind
from quittance.people.models import Professional, valid_on

EXTRAS = {"id", "km", "trips", "agreement_date"}
AMOUNTS = {"supplement", "unit_price", "base", "total", "convention_tariff", "amo", "amc"}
WHOLE = {"quantity", "activity", "phase", "association"}
DEDUCTIONS = {"IK": "km_deduction_plain", "IKM": "km_deduction_mountain", "IKS": "km_deduction_foot"}
NO_COVER = "none"
PERCENTS = ("percent", "percent_dr", "percent_tr", "percent_mro", "percent_pmss", "percent_tm", "percent_tc")


def session_input(
    draft_input: Mapping[str, Any], patient: Model | None, professional: Professional, day: date
) -> dict[str, Any]:
    """Complete the draft's input into the input of a quote."""
    known = patient if isinstance(patient, Patient) else None
    session = {name: value for name, value in draft_input.items() if name not in {"extras", "acts", "cover"}}
    session.setdefault("country", "FR")
    session["date"] = day.isoformat()
    session.setdefault("professional", profile_of(professional))
    session.setdefault("patient", {"birth_date": birth_of(known)})
    wish = str(draft_input.get("extras", {}).get("cover", ""))
    session["cover"] = over(cover_of(known, professional, day, wish), draft_input.get("cover", {}))
    session["acts"] = [contract_act(act, day) for act in draft_input.get("acts", [])]
    return session


def birth_of(patient: Patient | None) -> Any:
    """Give the birth date as the contract reads it: ISO, raw when lunar, None when unknown.

    >>> birth_of(Patient(birth_raw="31021950"))
    {'raw': '31021950'}
    """
    if patient is None:
        return None
    if patient.birth_date is not None:
        return patient.birth_date.isoformat()
    raw = patient.birth_raw
    return {"raw": raw} if len(raw) == 8 and raw.isdecimal() else None


def over(known: dict[str, Any], typed: Mapping[str, Any]) -> dict[str, Any]:
    """Lay what was typed over what is known.

    >>> over({"nature": "illness", "third_party": {"amo": True, "amc": True}}, {"third_party": {"amc": False}})
    {'nature': 'illness', 'third_party': {'amo': True, 'amc': False}}
    """
    found = dict(known)
    for name, value in typed.items():
        inside = found.get(name)
        found[name] = {**inside, **value} if isinstance(inside, dict) and isinstance(value, dict) else value
    return found


def french_of(patient: Patient | None) -> FrenchPatient | None:
    """Give the French half of a patient, None where nobody filled it in."""
    return None if patient is None else getattr(patient, "french", None)


def cover_of(patient: Patient | None, professional: Professional, day: date, wish: str = "") -> dict[str, Any]:
    """Tell the patient's cover on a day as the contract writes it; `wish` is the complementary cover chosen."""
    french = french_of(patient)
    cover = _rights(french, day) if french else {}
    chosen = chosen_cover(patient, day, wish)
    if chosen is not None and (formula := complementary(chosen)):
        cover["complementary"] = formula
    cover["third_party"] = _third_party(cover, professional)
    if french and french.treating_doctor_name and is_doctor(professional):
        name = professional.last_name.casefold()
        if name in french.treating_doctor_name.casefold():
            cover["pathway"] = "T"
    return cover


def _holds(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _rights(french: FrenchPatient, day: date) -> dict[str, Any]:
    cover: dict[str, Any] = {"treating_doctor": french.treating_doctor}
    if french.exemption != "0" and _holds(french.exemption_from, french.exemption_to, day):
        cover["exemption"] = french.exemption
    elif french.rate_hint in {"full", "full_except", "full_border"}:
        cover["exemption"] = "5"
    if french.scheme != Scheme.NONE and _holds(french.scheme_from, french.scheme_to, day):
        cover["scheme"] = str(french.scheme)
    cover["local_scheme"] = french.local_scheme or french.rate_hint in {"local", "full_border"}
    cover["fsv"] = french.fsv or french.rate_hint == "fsv"
    return {name: value for name, value in cover.items() if value is not False}


def is_doctor(professional: Professional) -> bool:
    """Say whether the profession is one that the care pathway concerns."""
    from quittance.france import law

    specialty = law.specialties().get(str((professional.profile or {}).get("specialty", "")))
    return specialty is not None and specialty.doctor


def _third_party(cover: Mapping[str, Any], professional: Professional) -> dict[str, bool]:
    """Propose third-party payment: usual with auxiliaries, due to C2S, AME and exempted patients at a doctor's."""
    scheme = cover.get("scheme", "none")
    if scheme == "ame":
        return {"amo": True, "amc": False}
    due = scheme == "c2s" or not is_doctor(professional) or cover.get("exemption", "0") != "0"
    return {"amo": due, "amc": due and (scheme == "c2s" or "complementary" in cover)}


def covers_of(patient: Patient | None, day: date) -> list[Cover]:
    """List the complementary covers open on a day, the default one first; read once for a patient in memory."""
    if patient is None:
        return []
    kept: dict[date, list[Cover]] = patient.__dict__.setdefault("_covers_on", {})
    if day not in kept:
        rows = Cover.objects.for_(patient).filter(valid_on(day), patient=patient, kind=PayerKind.COMPLEMENTARY)
        kept[day] = list(rows.select_related("payer", "french"))
    return kept[day]


def chosen_cover(patient: Patient | None, day: date, wish: str = "") -> Cover | None:
    """Give the complementary cover of the bill: the one wished for, else the first."""
    if wish == NO_COVER:
        return None
    covers = covers_of(patient, day)
    return next((one for one in covers if str(one.pk) == wish), covers[0] if covers else None)


def complementary(cover: Cover) -> dict[str, Any] | None:
    """Tell a contract as the quote reads it, None where no formula is known."""
    french: FrenchCover | None = getattr(cover, "french", None)
    if french is None or not french.formula:
        return None
    found: dict[str, Any] = {"formula": french.formula}
    for name in PERCENTS:
        basis_points = getattr(french, f"{name}_bp")
        if basis_points is not None:
            found[name] = format_cents(basis_points)
    for name in ("ceiling", "lump"):
        cents = getattr(french, f"{name}_cents")
        if cents is not None:
            found[name] = format_cents(cents)
    return found


def plain(value: str) -> str:
    """Take out of a typed amount the spaces and the sign of the euro.

    >>> plain("1 234,50 €")
    '1234,50'
    """
    return "".join(letter for letter in value if not letter.isspace() and letter != "€").replace("\u2212", "-")


def whole(value: Any) -> Any:
    """Give a typed whole number as a number, anything else as it was typed.

    >>> whole(" 2 "), whole("x"), whole(3)
    (2, 'x', 3)
    """
    text = value.strip() if isinstance(value, str) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else value


def kilometres(act: Mapping[str, Any], day: date) -> int | None:
    """Give the kilometres to be billed for a distance: there and back, less the deduction of the law each way.

    None where no distance was typed, or the law does not know the day.

    >>> kilometres({"code": "IK", "km": "12", "trips": "1"}, date(2026, 1, 5))
    20
    """
    one_way, trips = whole(act.get("km", "")), whole(act.get("trips") or "1")
    name = DEDUCTIONS.get(str(act.get("code")))
    if name is None or not isinstance(one_way, int) or not isinstance(trips, int):
        return None
    deduction = figure(name, day)
    return None if deduction is None else max(0, 2 * trips * (one_way - deduction))


def contract_act(act: Mapping[str, Any], day: date) -> dict[str, Any]:
    """Give an act of the draft as the contract reads it; what was typed wrong is left for the quote to refuse."""
    found: dict[str, Any] = {}
    for name, value in act.items():
        if name in EXTRAS or value in ("", None, []):
            continue
        if name in WHOLE:
            found[name] = whole(value)
        elif name in AMOUNTS and isinstance(value, str):
            found[name] = plain(value)
        else:
            found[name] = value.strip() if isinstance(value, str) else value
    billed = kilometres(act, day)
    if billed is not None:
        found["quantity"] = billed
    elif bad := bad_distance(act):
        found["quantity"] = bad[1]
    return found


def bad_distance(act: Mapping[str, Any]) -> tuple[str, str] | None:
    """Give name and text of the part of a distance that is no whole number: the quote refuses it as the quantity.

    >>> bad_distance({"code": "IK", "km": "12", "trips": "deux"})
    ('trips', 'deux')
    """
    if act.get("code") not in DEDUCTIONS:
        return None
    typed = [(name, str(act.get(name, "")).strip()) for name in ("km", "trips")]
    return next(((name, text) for name, text in typed if text and not isinstance(whole(text), int)), None)

"""Home nursing as it is on file, read for the pure rules: evaluations, history, nurses, group, official fees."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from quittance.belgium import nursing, status
from quittance.belgium.country import country
from quittance.belgium.file import file_of
from quittance.belgium.law import nursing_care as law
from quittance.belgium.models import BelgianPatient, KatzEvaluation
from quittance.belgium.nursing import evaluations as in_time
from quittance.belgium.nursing.case import Case
from quittance.belgium.nursing.model import Evaluation
from quittance.billing.models import Draft
from quittance.kernel.dated import OPEN, day_number
from quittance.patients.models import Patient
from quittance.people.acting import Acting
from quittance.people.models import Organisation, Professional

NURSE, FEE, EVERY_AGE, CODES = "nurse", 0, (0, 9999), "nursing_codes"
CARED = ("flat_", "toilet")
"""Kinds that an evaluation opens, by the start of their name."""


@cache
def kinds_by_code() -> Mapping[str, str]:
    """Map each known code to its kind of act."""
    return {code: name for name, kind in law.kinds().items() for code in kind.codes.values()}


def kind_of(act: Mapping[str, Any]) -> str:
    """Give the kind of an act of a bill, as it was kept with it, else by its code; empty for another profession's."""
    kept = str(act.get("kind", ""))
    return kept if kept in law.kinds() else kinds_by_code().get(str(act.get("code", "")), "")


def katz_rows(patient: Patient) -> list[KatzEvaluation]:
    """List the evaluations of a patient, the newest first."""
    return list(KatzEvaluation.objects.for_(patient).filter(patient=patient))


def billed(patient: Patient) -> list[nursing.Done]:
    """List what was done and billed, by kind and day."""
    found = ((kind_of({"code": one.code, **one.typed}), day_number(one.day)) for one in file_of(patient).acts)
    return [nursing.Done(kind, day) for kind, day in found if kind]


def billed_with(row: KatzEvaluation, rows: Iterable[KatzEvaluation], patient: Patient) -> list[int]:
    """List the days whose toilet or flat rate was billed under an evaluation, in their order."""
    told = {one.pk: one.evaluation() for one in rows}
    cared = sorted({one.day for one in billed(patient) if one.kind.startswith(CARED)})
    return [day for day in cared if _covering(told, day) == row.pk]


def _covering(told: Mapping[int, Evaluation], day: int) -> int | None:
    if day < law.first_day():
        return None
    held = in_time.covering(list(told.values()), day, law.Book(day))
    return next((pk for pk, one in told.items() if one is held), None)


def patient_of(patient: Patient, day: date, *, left: bool = False) -> nursing.Patient:
    """Give the patient as the rules of nursing see him; `left`: he died or was admitted on the day."""
    belgian = getattr(patient, "belgian", None) or BelgianPatient()
    return nursing.Patient(
        number=belgian.niss,
        fund=belgian.mutuality,
        palliative=day_number(belgian.palliative_from) if belgian.palliative_from else None,
        paragraph_4_6=belgian.paragraph_4_6,
        rural=belgian.rural,
        left=day_number(day) if left else None,
        wounds=file_of(patient).wounds,
    )


def draft_of(acting: Acting, patient: Patient) -> Draft | None:
    """Find the draft that a bill of the patient would go on with; none is made."""
    mine = Draft.objects.for_(acting).filter(
        patient=patient, professional=acting.professional, substitute=acting.substitute
    )
    return mine.select_related("professional", "issuer").order_by("-updated_at").first()


def nurses_of(acting: Acting) -> list[Professional]:
    """List who may have given the care: who works first, then the nurses of the practice by name."""
    rows = Professional.objects.for_(acting).filter(archived_at=None, is_substitute=False)
    works = [one for one in (acting.substitute, acting.professional) if one is not None]
    others = [one for one in rows if (one.profile or {}).get("profession") == NURSE and one not in works]
    return [*works, *others]


def provider_of(professional: Professional, day: date) -> str:
    """Tell a nurse apart on a day of care: by the INAMI number, else by the key of the row, which no paper prints."""
    return status.number_on(professional, status.INAMI, day) or str(professional.pk)


def number_of(professional: Professional, provider: str) -> str:
    """Give the INAMI number by which `provider_of` tells a nurse apart; empty where it is the key of the row."""
    return "" if provider == str(professional.pk) else provider


def column_of(day: date, place: nursing.Place) -> str:
    """Give the column of the price list of a place on a day."""
    nobody = nursing.Patient("", "")
    return Case(day_number(day), nobody, (), None, (), {}, "", nursing.Choices()).column(place)


def group_of(acting: Acting) -> Organisation | None:
    """Find the group in whose name the practice bills: one whose record is filled in."""
    rows = Organisation.objects.for_(acting).filter(kind=Organisation.Kind.GROUP, group__isnull=False)
    return rows.select_related("group", "practice").first()


def group_number(group: Organisation | None) -> str:
    """Give the third-party number of a group; empty without one."""
    return group.group.third_party_number or group.provider_number if group else ""


def _fees(code: str) -> Iterable[tuple[int, int, int]]:
    """Give the official fees of a code for every patient: first day, last day, cents."""
    tables, act = country.tables(), country.words.act.get(code)
    for row in range(tables.row_first[act], tables.row_last[act]) if act is not None else ():
        ages = (tables.row_age_from_months[row], tables.row_age_to_months[row])
        if tables.row_kind[row] == FEE and not tables.row_requires[row] and ages == EVERY_AGE:
            yield int(tables.row_from[row]), int(tables.row_to[row]), int(tables.row_cents[row])


def fees_on(codes: Iterable[str], day: int) -> dict[str, int]:
    """Give the official fee of each code that has one on a day, in cents."""
    found = {code: [cents for first, last, cents in _fees(code) if first <= day <= last] for code in set(codes)}
    return {code: cents[-1] for code, cents in found.items() if cents}


def priced_days() -> list[tuple[int, int | None]]:
    """List the periods for which the price lists know fees of home nursing; a last day None = open."""
    spans = sorted({(first, last) for code in kinds_by_code() for first, last, cents in _fees(code) if cents})
    joined: list[list[int]] = []
    for first, last in spans:
        if joined and first <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return [(first, None if last >= OPEN else last) for first, last in joined]


def codes_of(nurses: Iterable[Professional]) -> dict[tuple[str, str], str]:
    """Give the codes that the list lacks and the nurses of the practice have typed, by kind and column."""
    return codes_in(nurse.preferences for nurse in nurses)


def codes_in(preferences: Iterable[Mapping[str, Any] | None]) -> dict[tuple[str, str], str]:
    """Read them from the preferences of professionals."""
    found: dict[tuple[str, str], str] = {}
    for kept in preferences:
        for name, code in (kept or {}).get(CODES, {}).items():
            kind, _slash, column = name.partition("/")
            found[kind, column] = str(code)
    return found


def keep_codes(professional: Professional, codes: Mapping[tuple[str, str], str]) -> bool:
    """Keep codes among the preferences of a professional; False where nothing is new."""
    known = dict((professional.preferences or {}).get(CODES, {}))
    wanted = known | {f"{kind}/{column}": code for (kind, column), code in codes.items()}
    if wanted == known:
        return False
    professional.preferences = {**(professional.preferences or {}), CODES: wanted}
    professional.save(update_fields=["preferences"])
    return True

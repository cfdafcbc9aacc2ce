"""The invented people of the Belgian demonstrations: a speech therapist, a group of nurses. Filled once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import yaml
from django.db import transaction

from quittance.belgium import demo_days
from quittance.belgium.country import country
from quittance.belgium.models import (
    BelgianCover,
    BelgianPatient,
    Booklet,
    CustomTariff,
    KatzEvaluation,
    SpeechAgreement,
)
from quittance.belgium.numbers import mutuality
from quittance.belgium.nursing.model import ITEMS
from quittance.belgium.patient_form import SYSTEM
from quittance.belgium.speech.days import last_day
from quittance.billing.models import Bill, Draft, Payment
from quittance.billing.services.errors import RefusedError
from quittance.billing.services.issue import issue_bill
from quittance.billing.services.payments import balance, record_payment
from quittance.kernel.dated import day_number, day_of
from quittance.patients import services
from quittance.patients.models import Patient, PayerKind, Prescriber
from quittance.people.acting import Acting, acting_for
from quittance.people.models import (
    BankAccount,
    GroupRecord,
    Identifier,
    Issuer,
    Organisation,
    OrganisationMember,
    Practice,
    Professional,
    StatusPeriod,
)

SOURCE = Path(__file__).with_suffix(".yaml")
SPEECH, NURSE = "speech_therapist", "nurse"
SESSION = "712316"
SINCE = date(2017, 1, 1)
Spec = dict[str, Any]


@transaction.atomic
def demo(practice: Practice) -> None:
    """Fill a demo practice by its profession; one that has patients stays as it is."""
    staff = list(Professional.objects.for_(practice).order_by("pk"))
    profession = str(staff[0].profile.get("profession", "")) if staff else ""
    spec = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    if profession not in (SPEECH, NURSE) or Patient.objects.for_(practice).exists():
        return
    for one in spec["prescribers"]:
        services.create_prescriber(practice, one, key=_key(practice, "prescriber", one["number"]))
    {SPEECH: _speech, NURSE: _nurses}[profession](practice, staff, spec[profession])


def _key(practice: Practice, *names: str) -> UUID:
    return uuid5(NAMESPACE_URL, "/".join(("quittance-demo", str(practice.pk), *names)))


def anchor(practice: Practice) -> date:
    """Give the day from which the demo counts: today, or the last one whose prices are known."""
    spans = country.flat.strings["search"]["periods"][SESSION]
    return min(practice.today(), day_of(spans[-1]))


def _terms(person: Professional, spec: Spec, numbers: Spec) -> None:
    """Give a professional numbers, statuses and, without convention, own tariffs."""
    for system, value in numbers.items():
        Identifier.objects.for_(person).create(professional=person, system=system, value=value, from_day=SINCE)
    for one in spec["convention"]:
        StatusPeriod.objects.for_(person).create(
            professional=person,
            kind=StatusPeriod.Kind.CONVENTION,
            value=one["value"],
            from_day=one["from"],
            to_day=one.get("to"),
        )
    CustomTariff.objects.for_(person).bulk_create(
        CustomTariff(practice=person.practice, professional=person, code=code, cents=one["cents"], from_day=one["from"])
        for one in spec.get("tariffs", [])
        for code in one["codes"]
    )


def _patients(practice: Practice, spec: Spec) -> list[Patient]:
    return [_patient(practice, one) for one in spec["patients"]]


def _patient(practice: Practice, spec: Spec) -> Patient:
    born: date = spec["birth"]
    fields = {
        "birth_name": spec["last"],
        "first_names": spec["first"],
        "birth_raw": born.strftime("%d%m%Y"),
        "birth_date": born,
        "sex": spec["sex"],
        "address_line1": "Rue de l'Exemple 3",
        "postcode": practice.postcode,
        "city": practice.city,
    }
    patient = services.create_patient(practice, fields, key=_key(practice, spec["last"]))
    BelgianPatient.objects.for_(practice).create(
        patient=patient,
        niss=spec["niss"],
        mutuality=spec["mutuality"],
        force_official=spec.get("force", False),
        rural=spec.get("rural", False),
        palliative_from=practice.today() + timedelta(days=spec["palliative"]) if "palliative" in spec else None,
    )
    number = spec["mutuality"]
    payer = services.record_payer(practice, SYSTEM, number, mutuality.name(number), PayerKind.COMPULSORY)
    known = {"member_number": spec["niss"], "from_day": SINCE}
    cover = services.add_cover(patient, payer, known, kind=PayerKind.COMPULSORY)
    BelgianCover.objects.for_(practice).create(cover=cover, ct1=spec["ct1"], ct2=spec["ct2"])
    return patient


def _speech(practice: Practice, staff: list[Professional], spec: Spec) -> None:
    """A speech therapist without convention: own tariffs, agreements, the sessions of the last weeks."""
    person, today = staff[0], anchor(practice)
    _terms(person, spec, spec["numbers"])
    BankAccount.objects.for_(practice).create(professional=person, from_day=SINCE, **spec["account"])
    Booklet.objects.for_(practice).create(professional=person, number=spec["booklet"])
    prescribers = list(Prescriber.objects.for_(practice).order_by("pk"))
    for patient, one in zip(_patients(practice, spec), spec["patients"], strict=True):
        for agreement in one["agreements"]:
            _agreement(patient, agreement, today, prescribers)
        _sessions(person, patient, one["sessions"], today, one["agreements"][0])


def _agreement(patient: Patient, spec: Spec, today: date, prescribers: list[Prescriber]) -> None:
    begin = today + timedelta(days=spec["begin"])
    by, assessed = prescribers[spec["prescriber"]], today + timedelta(days=spec["assessed"])
    waits = spec.get("status") == "waiting"
    SpeechAgreement.objects.for_(patient).create(
        patient=patient,
        disorder=spec["disorder"],
        begin=begin,
        end=day_of(last_day(day_number(begin), spec["months"])),
        status=spec.get("status", SpeechAgreement.Status.AGREED),
        decided=None if waits else begin,
        sessions=spec.get("sessions"),
        prescriber=by,
        prescriber_kind="specialist",
        prescribed=assessed,
        form=begin,
        prescription=begin,
        assessed=assessed,
        onset=today + timedelta(days=spec["onset"]) if "onset" in spec else None,
    )


def _sessions(person: Professional, patient: Patient, spec: Spec, today: date, agreement: Spec) -> None:
    """Bill the sessions of the last weeks, month by month; what the law of a day refuses is left out."""
    acting = _acting(person)
    days = [today - timedelta(days=1 + spec["every"] * back) for back in range(spec["count"] - 1, -1, -1)]
    months: dict[tuple[int, int], list[date]] = {}
    for day in days:
        months.setdefault((day.year, day.month), []).append(day)
    by = Prescriber.objects.for_(patient).order_by("pk")[agreement["prescriber"]]
    extras = {
        "prescriber_name": str(by),
        "prescriber_number": by.number,
        "prescription_date": (today + timedelta(days=agreement["assessed"])).isoformat(),
    }
    for held in months.values() if acting else ():
        acts = [{"code": spec["code"], "date": day.isoformat()} for day in held]
        _bill(acting, patient, held[-1], acts, third_party=spec.get("third_party", False), extras=extras, spec=spec)


def _acting(person: Professional) -> Acting | None:
    return acting_for(person.user) if person.user else None


def _bill(
    acting: Acting | None, patient: Patient, day: date, acts: list[Spec], *, third_party: bool, extras: Spec, spec: Spec
) -> Bill | None:
    if acting is None or acting.professional is None:
        return None
    draft = Draft.objects.for_(acting).create(
        professional=acting.professional,
        issuer=Issuer.objects.for_(acting).get(professional=acting.professional),
        patient=patient,
        country="BE",
        input={
            "date": day.isoformat(),
            "acts": acts,
            "beside": spec.get("beside", []),
            "cover": {"third_party": third_party},
            "extras": extras,
        },
    )
    try:
        with transaction.atomic():
            bill = issue_bill(acting, draft.pk, str(draft.key), draft.version)
    except RefusedError:
        draft.delete()
        return None
    left = balance(bill).left_cents
    if spec.get("paid") and left:
        record_payment(acting, bill, means=Payment.Means.CARD, cents=left, key=f"demo-{draft.key}", day=day)
    return bill


def _nurses(practice: Practice, staff: list[Professional], spec: Spec) -> None:
    """A nurses' group: its record, its evaluations, and days of care of the year whose prices are known."""
    for person, numbers in zip(staff, spec["numbers"], strict=True):
        _terms(person, spec, numbers)
    BankAccount.objects.for_(practice).create(from_day=SINCE, **spec["account"])
    _group(practice, staff, dict(spec["group"]))
    patients = _patients(practice, spec)
    for patient, one in zip(patients, spec["patients"], strict=True):
        for evaluation in one["katz"]:
            _katz(patient, staff[0], evaluation, practice.today())
    for one in spec["days"]:
        acting = _acting(staff[one["visits"][0]["nurse"]])
        if acting is not None:
            demo_days.bill(acting, patients[one["patient"]], staff, one)


def _group(practice: Practice, staff: list[Professional], spec: Spec) -> None:
    numbers = {name: spec.pop(name) for name in ("company_number", "provider_number")}
    made = Organisation.objects.for_(practice).create(kind=Organisation.Kind.GROUP, **numbers)
    GroupRecord.objects.for_(practice).create(organisation=made, **spec)
    functions = _functions()
    for person in staff:
        if person.user is not None:
            OrganisationMember.objects.for_(practice).create(
                organisation=made, user=person.user, function=next(functions), from_day=practice.today()
            )


def _functions() -> Iterator[str]:
    """The first one manages the access, the others are users."""
    yield OrganisationMember.Function.MAIN_MANAGER
    while True:
        yield OrganisationMember.Function.USER


def _katz(patient: Patient, nurse: Professional, spec: Spec, today: date) -> None:
    told = spec["first"]
    first = told if isinstance(told, date) else today + timedelta(days=told)
    KatzEvaluation.objects.for_(patient).create(
        patient=patient,
        professional=nurse,
        first=first,
        sent_on=first,
        toilets=spec.get("toilets", ""),
        **dict(zip(ITEMS, spec["scores"], strict=True)),
    )

"""What the patient's file and a bill say of a Belgian insurance on a day: chips, facts, what papers print."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from quittance.belgium import insured
from quittance.belgium.forms.exceptions import ALL_BP
from quittance.belgium.models import BelgianCover, BelgianPatient
from quittance.belgium.numbers import mutuality, niss
from quittance.kernel.money import format_cents
from quittance.patients.models import Cover, Patient
from quittance.web.country import Chip
from quittance.web.templatetags.quittance import day as write_day


def insurer(number: str) -> str:
    """Write a mutuality as its name and number, the number alone where the list has it not."""
    name = mutuality.name(number)
    return f"{name} · {number}" if name else number


def chips(patient: object, day: date) -> list[Chip]:
    """Tell what must be known before billing on a day."""
    belgian = insured.belgian_of(patient)
    covers = insured.covers_of(patient) if isinstance(patient, Patient) else []
    if not covers and (belgian is None or not (belgian.niss or belgian.mutuality)):
        return [Chip(_("Insurance not filled in"), "warn")]
    found = list(_number(belgian.niss if belgian else ""))
    if not covers:
        number = belgian.mutuality if belgian else ""
        found += [Chip(_mutuality(number)) if number else Chip(_("No mutuality"), "warn")]
    else:
        found += _cover(next((one for one in covers if one.holds_on(day)), None))
    return [*found, *(_exceptions(belgian, day) if belgian else ())]


def _mutuality(number: str) -> str:
    return mutuality.name(number) or _("Mutuality %(n)s") % {"n": number}


def _number(number: str) -> Iterator[Chip]:
    if not number:
        yield Chip(_("No national number"), "warn")
    elif niss.is_bis(number):
        yield Chip(_("BIS number"), "info")


def _cover(cover: Cover | None) -> Iterator[Chip]:
    """Tell a period: who insures, and with which rights."""
    if cover is not None:
        yield Chip(_mutuality(cover.payer.number))
    rights = insured.insurability_of(cover)
    if rights is None or (not rights.ct1 and rights.preferential is None):
        yield Chip(_("Insurability unknown"), "warn")
    if rights is not None:
        yield from rights_chips(rights)


def rights_chips(rights: BelgianCover) -> Iterator[Chip]:
    """Tell the rights of an insurability as chips."""
    if rights.is_preferential:
        yield Chip(_("BIM"), "good")
    if rights.gmd:
        yield Chip(_("DMG"), "info")
    if rights.maf:
        yield Chip(_("MAF"), "info")
    if rights.medical_house:
        yield Chip(_("Medical house"), "warn")


def _exceptions(belgian: BelgianPatient, day: date) -> Iterator[Chip]:
    if belgian.is_forced(day):
        yield Chip(_("Official tariff"), "info")
    if insured.is_palliative(belgian, day):
        yield Chip(_("Palliative"), "info")


def facts(patient: Patient, day: date) -> list[tuple[str, str]]:
    """Tell what is known of a patient's insurance on a day: label and value, what is empty left out."""
    belgian = insured.belgian_of(patient)
    if belgian is None:
        return []
    rights = insured.insurability_of(insured.cover_on(patient, day))
    rows = (
        (_("National number (NISS)"), niss.format(belgian.niss) if belgian.niss else ""),
        (_("Mutuality"), insurer(mutuality_on(patient, day))),
        (_("Number at the mutuality"), belgian.registration),
        ("CT1 / CT2", f"{rights.ct1 or '…'} / {rights.ct2 or '…'}" if rights and (rights.ct1 or rights.ct2) else ""),
        (_("Chronic condition status"), _("yes") if rights and rights.chronic else ""),
        (_("Personal share asked"), share_asked(belgian)),
        (_("Travel"), _("rural municipality") if belgian.rural else ""),
    )
    return [(label, value) for label, value in rows if value]


def mutuality_on(patient: Patient, day: date) -> str:
    """Give the number of the mutuality of a day; that of the file where no period is written."""
    cover, belgian = insured.cover_on(patient, day), insured.belgian_of(patient)
    if cover is not None:
        return cover.payer.number
    return belgian.mutuality if belgian and not insured.covers_of(patient) else ""


def share_asked(belgian: BelgianPatient) -> str:
    """Say which part of the personal share this patient is asked; empty as the professional usually does."""
    part = belgian.copay_bp
    if part is None:
        return ""
    if part in (0, ALL_BP):
        return _("all of it") if part else _("nothing")
    return f"{format_cents(part).replace('.', ',').removesuffix(',00')} %"


def exceptions(belgian: BelgianPatient | None) -> list[tuple[str, str]]:
    """Tell what holds for this patient alone: label and value, what is usual left out."""
    if belgian is None:
        return []
    days = [write_day(belgian.force_from) or "…", write_day(belgian.force_to) or "…"]
    rows = (
        (_("Official fee for this patient"), " – ".join(days) if belgian.force_official else ""),
        (_("Personal share asked"), share_asked(belgian)),
        (_("Language of the papers"), belgian.get_language_display()),
        (_("Travel"), _("rural municipality") if belgian.rural else ""),
        (_("Palliative notification, first day"), write_day(belgian.palliative_from)),
        (_("Palliative patient of article 8, § 4, 6°"), _("yes") if belgian.paragraph_4_6 else ""),
    )
    return [(label, value) for label, value in rows if value]


def printed(patient: Patient, day: date) -> dict[str, Any]:
    """Copy what the papers of a bill say of a patient: texts, and the raw data that forms print box by box."""
    belgian = insured.belgian_of(patient) or BelgianPatient()
    number = mutuality_on(patient, day)
    cover = insured.cover_on(patient, day)
    rights = insured.insurability_of(cover) or BelgianCover()
    lines = (patient.address_line1, patient.address_line2, f"{patient.postcode} {patient.city}".strip())
    return {
        "niss": niss.format(belgian.niss) if belgian.niss else "",
        "mutuality": insurer(number),
        "niss_number": belgian.niss,
        "mutuality_number": number,
        "mutuality_name": mutuality.name(number) or (cover.payer.name if cover else ""),
        "ct1": rights.ct1,
        "ct2": rights.ct2,
        "preferential": rights.is_preferential,
        "language": belgian.language,
        "address": [line for line in lines if line],
        "registration": belgian.registration,
    }

"""France's part of the patient page: the form, its two live helpers, and the facts of the file."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Model
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quittance.france import law
from quittance.france.law import funds
from quittance.france.models import FrenchPatient, Quality
from quittance.france.numbers import nir
from quittance.france.patient_form import FrenchPatientForm, nir_doubt
from quittance.patients.models import Patient
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.web.templatetags.quittance import day as write_day

Facts = list[tuple[str, str]]


def form(data: Any, files: Any, patient: Model | None) -> FrenchPatientForm:
    """Give the form of a patient's French insurance."""
    return FrenchPatientForm(data, files, instance=getattr(patient, "french", None))


@access.page(power="patient.read")
@require_safe
def nir_part(request: PageRequest, name: str) -> HttpResponse:
    """Doubt a number and its key beside the field, or say that they fit."""
    if name not in {"nir", "insured_nir"}:
        raise Http404
    number, key = request.GET.get(name, ""), request.GET.get(f"{name}_key", "")
    proposed = nir.key(number) if nir.is_valid(number) and len(nir.compact(number)) == 13 and not key.strip() else ""
    return render(request, "france/nir.html", {"doubt": nir_doubt(number, key), "key": proposed, "typed": number})


@access.page(power="patient.read")
@require_safe
def funds_part(request: PageRequest) -> HttpResponse:
    """List the funds whose name or number starts as typed."""
    return render(request, "france/funds.html", {"funds": funds.search(request.GET.get("fund_search", ""))})


@access.page(power="patient.read")
@require_safe
def fund_fields_part(request: PageRequest, regime: str, fund: str) -> HttpResponse:
    """Fill scheme, fund and centre with those of a fund of the list."""
    if (regime, fund) not in funds.funds():
        raise Http404
    filled = FrenchPatientForm(initial={"regime": regime, "fund": fund, "centre": "0000"})
    return render(request, "france/patient_form.html#fund", {"part": filled})


def _period(first: date | None, last: date | None) -> str:
    if first and last:
        return f"{write_day(first)} – {write_day(last)}"
    if first:
        return _("since %(day)s") % {"day": write_day(first)}
    return _("until %(day)s") % {"day": write_day(last)} if last else ""


def _insured(french: FrenchPatient) -> str:
    name = f"{french.insured_first_names} {french.insured_name.upper()}".strip()
    number = nir.format(french.insured_nir + french.insured_nir_key) if french.insured_nir else ""
    return " · ".join(part for part in (name, number) if part)


def _fund(french: FrenchPatient) -> str:
    known = funds.funds().get((french.regime, french.fund))
    code = f"{french.regime} {french.fund} {french.centre}".strip()
    return f"{known.name} · {code}" if known else code


def _rows(french: FrenchPatient) -> Facts:
    number = nir.format(french.nir + french.nir_key) if french.nir else ""
    exemption = law.exemptions()[french.exemption].label if french.exemption != "0" else ""
    travel = (("IK", french.travel_ik), ("IKM", french.travel_ikm), ("IKS", french.travel_iks))
    told = Quality(french.quality).label if french.quality in Quality.values else french.quality
    return [
        (_("Social security number"), number),
        (_("Quality and rank"), f"{told} · {french.rank}"),
        (_("Insured person"), _insured(french)),
        (_("Compulsory insurer"), _fund(french)),
        (_("Management code"), french.management_code),
        (_("Rights"), _period(french.rights_from, french.rights_to)),
        (_("Supporting document"), french.get_document_display() if french.document != "none" else ""),
        (_("Rate on the document"), french.get_rate_hint_display() if french.rate_hint else ""),
        (_("Exemption"), " ".join(filter(None, (exemption, _period(french.exemption_from, french.exemption_to))))),
        (_("Long-term illness"), (_period(french.ald_from, french.ald_to) or _("yes")) if french.ald else ""),
        (_("Treating doctor"), french.treating_doctor_name),
        (_("Usual travel"), " · ".join(f"{name} {km} km" for name, km in travel if km)),
    ]


def facts(patient: Patient, _day: date) -> Facts:
    """Tell what is known of a patient's insurance: label and value, what is empty left out."""
    french: FrenchPatient | None = getattr(patient, "french", None)
    return [(label, value) for label, value in _rows(french) if value] if french else []

"""What the patient's file shows of a Belgian insurance, and the parts its form asks for."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quittance.belgium.models import BelgianPatient
from quittance.belgium.numbers import NumberError, mutuality, niss
from quittance.belgium.patient_form import BelgianPatientForm, doubt
from quittance.patients.models import Patient
from quittance.people import access
from quittance.people.acting import PageRequest
from quittance.web.country import Chip


def _belgian(patient: object) -> BelgianPatient | None:
    found = getattr(patient, "belgian", None)
    return found if isinstance(found, BelgianPatient) else None


def _insurer(number: str) -> str:
    name = mutuality.name(number)
    return f"{name} · {number}" if name else number


def chips(patient: object, _day: date) -> list[Chip]:
    """Tell what must be known before billing."""
    belgian = _belgian(patient)
    if belgian is None or not (belgian.niss or belgian.mutuality):
        return [Chip(_("Insurance not filled in"), "warn")]
    found = []
    if not belgian.niss:
        found.append(Chip(_("No national number"), "warn"))
    elif niss.is_bis(belgian.niss):
        found.append(Chip(_("BIS number"), "info"))
    if belgian.mutuality:
        found.append(Chip(mutuality.name(belgian.mutuality) or _("Mutuality %(n)s") % {"n": belgian.mutuality}))
    else:
        found.append(Chip(_("No mutuality"), "warn"))
    return found


def facts(patient: Patient, _day: date) -> list[tuple[str, str]]:
    """Tell what is known of a patient's insurance: label and value, what is empty left out."""
    belgian = _belgian(patient)
    if belgian is None:
        return []
    rows = (
        (_("National number (NISS)"), niss.format(belgian.niss) if belgian.niss else ""),
        (_("Mutuality"), _insurer(belgian.mutuality)),
        (_("Number at the mutuality"), belgian.registration),
    )
    return [(label, value) for label, value in rows if value]


def printed(patient: Patient, _day: date) -> dict[str, str]:
    """Copy the national number and the mutuality."""
    belgian = _belgian(patient)
    if belgian is None:
        return {"niss": "", "mutuality": ""}
    return {"niss": niss.format(belgian.niss) if belgian.niss else "", "mutuality": _insurer(belgian.mutuality)}


def _told(number: str, birth: str, sex: str) -> str:
    """Say where the number tells another birth or sex than those typed."""
    try:
        value = niss.check(number).value
    except NumberError:
        return ""
    born, gender = niss.birth_date(value), niss.sex(value)
    digits = "".join(one for one in birth if one.isdecimal())
    if born and digits and digits != f"{born:%d%m%Y}":
        return _("The number says born on %(day)s: one of the two is wrong.") % {"day": f"{born:%d/%m/%Y}"}
    if gender and sex and gender != sex:
        return _("The number is that of the other sex: one of the two is wrong.")
    return ""


@access.page(power="patient.read")
@require_safe
def number_part(request: PageRequest, name: str) -> HttpResponse:
    """Doubt a number beside its field."""
    if name != "niss":
        raise Http404
    typed = request.GET.get(name, "")[:40]
    told = doubt(name, typed) or _told(typed, request.GET.get("birth", "")[:20], request.GET.get("sex", "")[:1])
    return render(request, "belgium/doubt.html", {"doubt": told})


@access.page(power="patient.read")
@require_safe
def mutualities_part(request: PageRequest) -> HttpResponse:
    """List the mutualities whose name, town or number starts as typed."""
    found = mutuality.search(request.GET.get("mutuality_search", "")[:80])
    return render(request, "belgium/mutualities.html", {"insurers": found})


@access.page(power="patient.read")
@require_safe
def mutuality_part(request: PageRequest, number: str) -> HttpResponse:
    """Fill the field with a mutuality of the list."""
    if number not in mutuality.insurers():
        raise Http404
    filled = BelgianPatientForm(initial={"mutuality": number})
    return render(request, "belgium/patient_form.html#mutuality", {"part": filled})

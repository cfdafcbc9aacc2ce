"""The parts that the form of a Belgian patient asks for: a number doubted, a code told, a mutuality found."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from quittance.belgium.forms.rights import CODES, told
from quittance.belgium.numbers import NumberError, mutuality, niss
from quittance.belgium.pages.patient_facts import chips, facts, printed
from quittance.belgium.patient_form import BelgianPatientForm, doubt
from quittance.people import access
from quittance.people.acting import PageRequest

__all__ = ["chips", "facts", "mutualities_part", "mutuality_part", "number_part", "printed"]


def _differs(number: str, birth: str, sex: str) -> str:
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
    """Doubt a number beside its field; say in words what a code of insurability tells."""
    typed = request.GET.get(name, "")[:40]
    if name in CODES:
        return render(request, "belgium/insurability_code.html", {"code": told(name, typed)})
    if name == "mutuality":
        told_of = {"name": mutuality.name(typed.strip()), "doubt": doubt(name, typed)}
        return render(request, "belgium/mutuality_note.html", told_of)
    if name != "niss":
        raise Http404
    found = doubt(name, typed) or _differs(typed, request.GET.get("birth", "")[:20], request.GET.get("sex", "")[:1])
    return render(request, "belgium/doubt.html", {"doubt": found})


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
    return render(request, "belgium/mutuality.html", {"part": filled})

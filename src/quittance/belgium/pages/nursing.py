"""The day of care at home: visits typed, lines and refusals at once, then the bill."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from quittance.belgium.forms.nursing import without
from quittance.belgium.pages import nursing_first, nursing_show
from quittance.belgium.pages.nursing_sheet import Sheet, count_of
from quittance.belgium.services import care as on_file
from quittance.belgium.services import nursing as services
from quittance.patients.models import Patient
from quittance.people import access
from quittance.people.acting import PageRequest


def _patient(request: PageRequest, pk: int) -> Patient:
    rows = Patient.objects.for_(request.acting).select_related("belgian")
    patient = access.own_or_404(request.acting, rows, pk=pk, archived_at=None)
    patient.practice = request.acting.practice
    return patient


@access.page(power="patient.read", action="view")
@require_http_methods(["GET", "HEAD", "POST"])
def nursing(request: PageRequest, pk: int) -> HttpResponse:
    """Show a day of care; sent back, it is judged again, with a visit more or less; nothing is kept."""
    patient = _patient(request, pk)
    nurses = on_file.nurses_of(request.acting)
    if request.method != "POST":
        day = services.iso_day(request.GET.get("day", "")) or request.acting.today()
        like = services.iso_day(request.GET.get("like", ""))
        data: Any = nursing_first.first_data(request.acting, patient, day, like, nurses)
    else:
        data = _done(request.POST, nurses)
    sheet = Sheet(data, nurses, on_file.codes_of(nurses))
    part = bool(request.htmx) and not request.POST.get("do")
    return _show(request, patient, sheet, "belgium/nursing_day.html#parts" if part else "belgium/nursing_day.html")


def _done(sent: QueryDict, nurses: list[Any]) -> Any:
    """Add or take away a visit, as the button says."""
    verb, _colon, number = sent.get("do", "").partition(":")
    data, count = sent.copy(), count_of(sent)
    if verb == "add":
        data["n"] = str(count + 1)
        first = nursing_first.blank(nurses) | {name: sent.get(f"v{count}-{name}", "") for name in ("nurse", "place")}
        for name, value in first.items():
            data[f"v{count + 1}-{name}"] = str(value)
    elif verb == "remove" and number.isascii() and number.isdecimal() and 1 <= int(number[:4]) <= count and count > 1:
        return without(data, int(number), count)
    return data


def _show(
    request: PageRequest, patient: Patient, sheet: Sheet, template: str, refused: str = "", status: int = 200
) -> HttpResponse:
    care = sheet.care
    judged = services.judge(request.acting, patient, care) if care else None
    day = sheet.day or request.acting.today()
    context = {
        "patient": patient,
        "sheet": sheet,
        "result": nursing_show.result(sheet, judged, services.readings_of_month(request.acting, day)),
        "visit_notes": nursing_show.visit_notes(sheet),
        "refused": refused,
        "details": request.POST.get("part") == "details",
        "like": nursing_first.last_day(patient, day),
        "day": day,
        "belgian": getattr(patient, "belgian", None),
    }
    return render(request, template, context, status=status)


@access.page(power="bill.write", needs_professional=True)
@require_POST
def nursing_bill(request: PageRequest, pk: int) -> HttpResponseBase:
    """Put the day into the draft of a bill and open it; a day that cannot be sent is shown with what is wrong."""
    patient, acting = _patient(request, pk), request.acting
    nurses = on_file.nurses_of(acting)
    sheet = Sheet(request.POST, nurses, on_file.codes_of(nurses))
    seen = request.POST.get("billed", "")
    refused = ""
    if sheet.care is not None:
        try:
            count = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 6 else 0
            draft = services.bill_day(acting, patient, sheet.care, count)
        except services.RefusedError as error:
            refused = str(error)
        else:
            return redirect("draft:bill", draft.pk)
    return _show(request, patient, sheet, "belgium/nursing_day.html", refused, 422)

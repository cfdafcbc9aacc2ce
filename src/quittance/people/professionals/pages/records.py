"""The list of professionals, and the record of one: read, add, change, take away."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from quittance.people import access
from quittance.people.accounts import recent
from quittance.people.acting import PageRequest
from quittance.people.models import Practice, Professional
from quittance.people.powers import may
from quittance.people.professionals import leaving, rules, services
from quittance.people.professionals.country import Part, professional_part, warnings_of
from quittance.people.professionals.forms import ContactForm, ProfessionalForm
from quittance.people.professionals.pages import reading
from quittance.people.professionals.pages.door import of_record

EDIT = ["GET", "HEAD", "POST"]


@access.page(power="professional.list")
@require_safe
def list_page(request: PageRequest) -> HttpResponse:
    """List the professionals of the practice: holders, substitutes, and who has left."""
    context = reading.everyone(request.acting) | {"may_add": may(request.acting, "professional.add")}
    return render(request, "professionals/list.html", context)


@access.page(power="record.read")
@require_safe
def mine_page(request: PageRequest) -> HttpResponseBase:
    """Lead to the record of whom one works for: a mandatary's way in."""
    if request.acting.professional is None:
        raise Http404
    return redirect("professionals:detail", request.acting.professional.pk)


@access.page(power="record.read")
@require_safe
def detail_page(request: PageRequest, pk: int) -> HttpResponse:
    """Show a record, in the parts that one may read."""
    professional = access.own_or_404(request.acting, Professional, pk=pk)
    return render(request, "professionals/detail.html", reading.record_of(request.acting, professional))


def _doubt(request: PageRequest, part: Any) -> None:
    """Say what was kept although it looks odd."""
    for text in warnings_of(part):
        messages.warning(request, text)


def _taken(form: ProfessionalForm, error: services.NumberTakenError) -> None:
    text = _("The number %(number)s is already that of %(other)s: open that record, or correct the number.")
    form.add_error(None, text % {"number": error.number, "other": error.other.full_name})


def _form_page(request: PageRequest, forms: Mapping[str, Any], professional: Professional | None) -> HttpResponse:
    refused = forms["form"].is_bound
    context = {**forms, "professional": professional}
    return render(request, "professionals/form.html", context, status=422 if refused else 200)


def _forms(
    request: PageRequest, practice: Practice, professional: Professional | None
) -> tuple[ProfessionalForm, Part]:
    data = request.POST if request.method == "POST" else None
    owner = may(request.acting, "professional.add")
    return ProfessionalForm(data, practice, professional, owner=owner), professional_part(practice, data, professional)


@access.page(power="professional.add")
@require_http_methods(EDIT)
def new_page(request: PageRequest) -> HttpResponseBase:
    """Add a professional who works in his own name."""
    form, part = _forms(request, request.acting.practice, None)
    contact = ContactForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and all([form.is_valid(), part.is_valid(), contact.is_valid()]):
        try:
            made = services.add_professional(request.acting, form.values() | contact.values(), part)
        except services.NumberTakenError as error:
            _taken(form, error)
        else:
            messages.success(request, _("%(name)s is added.") % {"name": made})
            _doubt(request, part)
            return redirect("professionals:detail", made.pk)
    return _form_page(request, {"form": form, "part": part, "contact": contact}, None)


@of_record(rules.WHOLE)
def change_page(request: PageRequest, professional: Professional) -> HttpResponseBase:
    """Change identity and numbers."""
    form, part = _forms(request, request.acting.practice, professional)
    if request.method == "POST" and all([form.is_valid(), part.is_valid()]):
        try:
            services.change_professional(request.acting, professional, form.values(), part)
        except services.NumberTakenError as error:
            _taken(form, error)
        else:
            messages.success(request, _("The changes are kept."))
            _doubt(request, part)
            return redirect("professionals:detail", professional.pk)
    known = access.own_or_404(request.acting, Professional, pk=professional.pk)
    return _form_page(request, {"form": form, "part": part}, known)


@of_record(rules.CONTACT)
def contact_page(request: PageRequest, professional: Professional) -> HttpResponseBase:
    """Change how a professional is reached."""
    form = ContactForm(request.POST if request.method == "POST" else None, instance=professional)
    if request.method == "POST" and form.is_valid():
        services.change_contact(request.acting, professional, form.values())
        messages.success(request, _("The changes are kept."))
        return redirect("professionals:detail", professional.pk)
    known = access.own_or_404(request.acting, Professional, pk=professional.pk)
    context = {"form": form, "professional": known}
    return render(request, "professionals/contact.html", context, status=422 if form.is_bound else 200)


@of_record(rules.WHOLE, power="professional.delete")
@recent.required
def delete_page(request: PageRequest, professional: Professional) -> HttpResponseBase:
    """Say what holds a professional or what would be lost; posted, delete or archive him."""
    held = leaving.reasons(professional)
    if request.method == "POST" and not held:
        try:
            return _leave(request, professional)
        except leaving.StillHeldError as error:
            held = error.reasons
    context = {
        "professional": professional,
        "held": held,
        "billed": leaving.has_billed(professional),
        "lost": leaving.lost_with(professional),
    }
    return render(request, "professionals/delete.html", context, status=422 if request.method == "POST" else 200)


def _leave(request: PageRequest, professional: Professional) -> HttpResponseBase:
    name = professional.full_name
    gone = leaving.remove_professional(request.acting, professional)
    text = _("%(name)s is deleted.") if gone else _("%(name)s is archived: the bills stay, with their professional.")
    messages.success(request, text % {"name": name})
    return redirect("professionals:list")


@access.page(power="professional.delete")
@require_POST
def restore_page(request: PageRequest, pk: int) -> HttpResponseBase:
    """Take an archived professional back."""
    professional = access.own_or_404(request.acting, Professional, pk=pk, archived_at__isnull=False)
    leaving.restore_professional(request.acting, professional)
    messages.success(request, _("%(name)s works here again.") % {"name": professional})
    return redirect("professionals:detail", pk)
